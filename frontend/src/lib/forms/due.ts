/** By when a promise is to be kept, as a person gives it. */
import { addDays, emptyWhen, joinWhen, type TypedWhen } from '../dates/dates';

export interface TypedDue {
  /** none, typed, or a number of days after it was promised. */
  chosen: string;
  typed: TypedWhen;
}

export function emptyDue(): TypedDue {
  return { chosen: 'none', typed: { ...emptyWhen } };
}

/** YYYY-MM-DD or YYYY-MM-DDTHH:MM; empty is “no date given”. */
export function dueOf(due: TypedDue, from: string): string {
  if (due.chosen === 'none') return '';
  // A typed date that stays empty is wrong, not “none”: Go says so.
  if (due.chosen === 'typed') return joinWhen(due.typed) || '?';
  return addDays(from, Number(due.chosen));
}
