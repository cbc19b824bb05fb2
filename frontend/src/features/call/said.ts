/** What was typed in a call, said back in words. */
import { isDay } from '../../lib/dates/dates';
import type { Texts } from '../../lib/i18n/texts.svelte';
import type { TypedPerson } from '../../lib/forms/person';
import type { TypedPromise } from '../../lib/forms/promise';

/** “Núria, technical service”; somebody whose name is not known is said to be that. */
export function nameOf(texts: Texts, person: TypedPerson): string {
  const name = person.refused ? texts.text('page.call.name_refused') : person.name.trim();
  return [name || texts.text('page.call.nobody_known'), person.position.trim()].filter(Boolean).join(', ');
}

/** “A technician comes, 438,20 EUR: by Tuesday, 24 November 2026.” */
export function promiseSaid(texts: Texts, promise: TypedPromise): string {
  const what = [promise.what.trim(), promise.amount.trim() && `${promise.amount.trim()} ${promise.currency}`];
  const day = promise.dueWall.slice(0, 10);
  const understood = isDay(day) ? `${texts.weekday(day)}, ${texts.when(promise.dueWall)}` : promise.due.trim();
  const by = understood ? texts.text('page.call.by', { date: understood }) : texts.text('page.due.none_read_back');
  return `${what.filter(Boolean).join(', ')}: ${by}`;
}
