/** Where everything stands on the strip that shows a whole case at a glance. All x are shares of the width, 0 to 1. */
import type { CaseStrip, StripPromise } from '../../lib/backend/backend';
import { addDays, daysBetween } from '../../lib/dates/dates';

export interface Mark {
  id: string;
  x: number;
  kind: 'call' | 'message' | 'other';
  incoming: boolean;
  /** Time on hold as a share of the longest. */
  hold: number;
}

export type Flag = StripPromise & { x: number };

export interface Strip {
  marks: Mark[];
  promises: Flag[];
  gaps: { from: number; to: number; days: number }[];
  /** The first day of each month that begins within; first is YYYY-MM-DD. */
  months: { x: number; first: string }[];
}

/** A silence at least this long is drawn as a gap. */
export const gapDays = 21;

export function stripOf({ marks: happened, promises: dated }: CaseStrip, today: string): Strip | null {
  const start = happened[0]?.day;
  if (!start) return null;
  const dues = dated.map((promise) => promise.dueDay).filter((day) => day < addDays(today, 45));
  const end = [today, ...dues, ...happened.map((item) => item.day)].reduce((a, b) => (a > b ? a : b));
  const span = Math.max(daysBetween(start, end), 7);
  const at = (day: string) => Math.min(1, Math.max(0, daysBetween(start, day) / span));
  const longest = Math.max(1, ...happened.map((item) => item.holdSeconds));

  const marks = happened.map((item): Mark => ({
    id: item.id,
    x: at(item.day),
    kind: item.channel === 'email' ? 'message' : item.channel === 'phone' ? 'call' : 'other',
    incoming: item.direction === 'incoming',
    hold: item.holdSeconds / longest,
  }));
  const promises = dated.map((promise) => ({ ...promise, x: at(promise.dueDay) }));

  const gaps = [];
  const days = [...happened.map((item) => item.day), today].sort();
  for (let index = 1; index < days.length; index++) {
    const [from, to] = [days[index - 1]!, days[index]!];
    const silent = daysBetween(from, to);
    if (silent >= gapDays) gaps.push({ from: at(from), to: at(to), days: silent });
  }
  return { marks, promises, gaps, months: monthsBetween(start, end).map((first) => ({ first, x: at(first) })) };
}

function monthsBetween(start: string, end: string): string[] {
  const months = [];
  let [year, month] = start.split('-').map(Number) as [number, number];
  for (;;) {
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    if (first > end) break;
    months.push(first);
  }
  const every = Math.ceil(months.length / 12);
  return months.filter((_, index) => index % every === 0);
}
