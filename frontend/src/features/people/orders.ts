/** What a list of people is sorted by, in the order of its columns. */
export const orders = ['name', 'contacts', 'last_contact', 'hold', 'not_kept'] as const;
export type Order = (typeof orders)[number];
