import type { Action } from './action';

/** What a line of the palette is, in the order in which the groups stand. */
export const groups = [
  'recent',
  'actions',
  'cases',
  'companies',
  'people',
  'happened',
  'promises',
  'messages',
  'files',
  'other',
] as const;
export type Group = (typeof groups)[number];

/** A line of the palette: an action, or something on record. */
export interface Item extends Action {
  group: Group;
  /** Where the words were found, each between «». */
  detail?: string;
  /** Which case it is of, and when. */
  place?: string;
}

/** The lines as they stand, without the groups that have none. */
export function grouped(items: readonly Item[]): { group: Group; items: Item[] }[] {
  return groups
    .map((group) => ({ group, items: items.filter((item) => item.group === group) }))
    .filter(({ items }) => items.length > 0);
}
