/** When there were dealings, in few words. */
import type { Dealings } from '../../lib/backend/people';
import type { Texts } from '../../lib/i18n/texts.svelte';

/** As much of the day as is known: “2 Mar 2026”, “March 2026”, “2026”. */
export function shortWhen(texts: Texts, wall: string): string {
  return wall.length >= 10 ? texts.shortDate(wall.slice(0, 10)) : texts.when(wall);
}

/** From when to when. */
export function spanOf(texts: Texts, { firstContact, lastContact }: Dealings): string {
  const [first, last] = [shortWhen(texts, firstContact), shortWhen(texts, lastContact)];
  return first === last ? first : texts.text('page.people.span', { first, last });
}
