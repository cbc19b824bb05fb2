/** Where everything stands on the strip that shows a whole case at a glance. All x are shares of the width, 0 to 1. */
import type { CaseStrip, StripFlag, StripGap, StripMark } from '../../lib/backend/backend';
import { addDays, daysBetween } from '../../lib/dates/dates';

export type Placed<Thing> = Thing & { x: number };

export interface Month {
  /** The days it is about, YYYY-MM-DD: a month or a year, or several where there is no room for each. */
  from: string;
  to: string;
  x: number;
}

export interface Drawing {
  first: string;
  last: string;
  /** hold is time on hold as a share of the longest, and size the share of the most that are gathered in one mark. */
  marks: Placed<StripMark & { hold: number; size: number }>[];
  flags: Placed<StripFlag>[];
  gaps: (StripGap & { x: number; end: number })[];
  months: Month[];
  /** Whether those are years. */
  years: boolean;
}

/** How far ahead of today a date is worth drawing, in days. */
const ahead = 45;
const mostMonths = 12;

export function drawingOf(strip: CaseStrip): Drawing | null {
  const { first, last: today } = strip;
  if (!first) return null;
  const dues = strip.flags.map((flag) => flag.day).filter((day) => day < addDays(today, ahead));
  const last = [today, ...dues].reduce((a, b) => (a > b ? a : b));
  const span = Math.max(daysBetween(first, last), 7);
  const at = (day: string) => Math.min(1, Math.max(0, daysBetween(first, day) / span));
  const middle = (from: string, to: string) => (at(from) + at(to)) / 2;
  const longest = Math.max(1, ...strip.marks.map((mark) => mark.holdSeconds));
  const most = Math.max(1, ...strip.marks.map((mark) => mark.count));
  const months = monthsOf(first, last);
  return {
    first,
    last,
    marks: strip.marks.map((mark) => ({
      ...mark,
      x: middle(mark.day, mark.until),
      hold: mark.holdSeconds / longest,
      size: most === 1 ? 0 : mark.count / most,
    })),
    flags: strip.flags.map((flag) => ({ ...flag, x: at(flag.day) })),
    gaps: strip.gaps.map((gap) => ({ ...gap, x: at(gap.from), end: at(gap.until) })),
    months: months.map((month) => ({ ...month, x: at(month.from) })),
    years: months.length > 1 && months.every(({ from }) => from.endsWith('-01-01')),
  };
}

/** The days around a place on the strip: what is told there, and a week at least. */
export function daysAround(drawing: Drawing, x: number): { from: string; to: string } {
  const span = Math.max(daysBetween(drawing.first, drawing.last), 7);
  const half = Math.max(3, Math.round(span / 60));
  const day = addDays(drawing.first, Math.round(Math.min(1, Math.max(0, x)) * span));
  return { from: addDays(day, -half), to: addDays(day, half) };
}

/** Over more than two years the names of months alone would say nothing. */
const inYears = (months: string[]) => months.length > 24;

function monthsOf(first: string, last: string): Omit<Month, 'x'>[] {
  const firsts = [];
  let [year, month] = first.split('-').map(Number) as [number, number];
  for (;;) {
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    const day = `${year}-${String(month).padStart(2, '0')}-01`;
    if (day > last) break;
    firsts.push(day);
  }
  const wanted = inYears(firsts) ? firsts.filter((day) => day.endsWith('-01-01')) : firsts;
  const every = Math.ceil(wanted.length / mostMonths);
  const shown = wanted.filter((_, index) => index % every === 0);
  return shown.map((from, index) => ({ from, to: addDays(shown[index + 1] ?? last, shown[index + 1] ? -1 : 0) }));
}
