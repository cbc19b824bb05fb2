/**
 * Calendar days as YYYY-MM-DD text. Only calendar arithmetic happens here: which instant a wall time is, and in which
 * zone, is Go's to say.
 */
export type Day = string;

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day as a Date at noon UTC, for Intl; null when there is no such day. */
export function asDate(day: Day): Date | null {
  const match = pattern.exec(day);
  if (!match) return null;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  const at = new Date(Date.UTC(year, month - 1, date, 12));
  at.setUTCFullYear(year);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at : null;
}

export function isDay(day: string): boolean {
  return asDate(day) !== null;
}

/** The day that many days later; negative goes back. An impossible day comes back as it is. */
export function addDays(day: Day, days: number): Day {
  const at = asDate(day);
  if (!at) return day;
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Whole days from one to the other. */
export function daysBetween(from: Day, to: Day): number {
  const start = asDate(from);
  const end = asDate(to);
  return start && end ? Math.round((end.getTime() - start.getTime()) / 86_400_000) : 0;
}

/** A wall time the way people type it, day first: “2/3/2026 10:05”. Of less than a day it stays as it is. */
export function typedWall(wall: string): string {
  const [day = '', clock = ''] = wall.split('T');
  const match = pattern.exec(day);
  if (!match) return wall.replace('T', ' ');
  const [year, month, date] = match.slice(1).map(Number);
  return [`${date}/${month}/${year}`, clock].filter(Boolean).join(' ');
}

/** What stands in typed day, month, year and time fields. */
export interface TypedWhen {
  day: string;
  month: string;
  year: string;
  time: string;
}

export const emptyWhen: TypedWhen = { day: '', month: '', year: '', time: '' };

/**
 * Typed fields as one text, as exact as what was filled in: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM. Whatever is
 * not a number stays as it was typed, so that Go can refuse it with its own words. Empty when nothing was typed.
 */
export function joinWhen(typed: TypedWhen): string {
  const [day, month, time] = [typed.day.trim(), typed.month.trim(), typed.time.trim()];
  const year = fullYear(typed.year.trim());
  if (!day && !month && !year && !time) return '';
  const parts = [year || '?'];
  if (month || day || time) parts.push(pad(month) || '?');
  if (day || time) parts.push(pad(day) || '?');
  const date = parts.join('-');
  return time ? `${date}T${clock(time)}` : date;
}

/** The day of a wall time, or another where it names no real one. */
export function dayOf(wall: string, otherwise: Day): Day {
  const day = wall.slice(0, 10);
  return isDay(day) ? day : otherwise;
}

/** The fields that a day and a clock fill. */
export function splitDay(day: Day, time = ''): TypedWhen {
  const match = pattern.exec(day);
  if (!match) return { ...emptyWhen, time };
  return { year: match[1] ?? '', month: String(Number(match[2])), day: String(Number(match[3])), time };
}

/** The wall time of an instant (RFC 3339) by this computer's clock; what is none stays as it is. */
export function localWall(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const [day, clock] = [
    [at.getFullYear(), at.getMonth() + 1, at.getDate()],
    [at.getHours(), at.getMinutes()],
  ].map((parts) => parts.map((part) => pad(String(part))));
  return `${day!.join('-')}T${clock!.join(':')}`;
}

/** The fields that as much of a wall time as is known fills: YYYY, YYYY-MM, YYYY-MM-DD, then THH or THH:MM. */
export function splitWhen(wall: string): TypedWhen {
  const [date = '', time = ''] = wall.split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month: month && String(Number(month)), day: day && String(Number(day)), time };
}

function pad(text: string): string {
  return /^\d$/.test(text) ? `0${text}` : text;
}

/** 26 means 2026: nobody keeps a dispute of the first century. */
function fullYear(text: string): string {
  return /^\d{2}$/.test(text) ? `20${text}` : text;
}

/** 9, 9:5, 9.30, 930 and 09h30 are all times of day. */
function clock(text: string): string {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*h?$/.exec(text);
  if (!match) return text;
  return `${pad(match[1] ?? '')}:${match[2] ?? '00'}`;
}
