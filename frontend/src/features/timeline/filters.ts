/** What of a timeline is shown. */
import type { TimelineItem, TimelinePage } from '../../lib/backend/backend';
import { fold, matches } from '../../lib/text/fold';

/** The chips above the timeline. */
export const groups = ['calls', 'emails', 'other_contacts', 'promises', 'evidence'] as const;
export type Group = (typeof groups)[number];

export function groupOf(item: TimelineItem): Group {
  if (item.kind === 'message') return 'emails';
  if (item.kind === 'settlement' || item.kind === 'deadline') return 'promises';
  if (item.kind === 'evidence') return 'evidence';
  if (item.channel === 'phone') return 'calls';
  return item.channel === 'email' ? 'emails' : 'other_contacts';
}

export interface Row {
  item: TimelineItem;
  group: Group;
  /** Everything it can be found by, folded once. */
  words: string;
}

export function rowsOf(page: TimelinePage): Row[] {
  const promises = new Map(page.promises.map((promise) => [promise.id, promise]));
  const evidence = new Map(page.evidence.map((file) => [file.id, file]));
  return page.items.map((item) => ({
    item,
    group: groupOf(item),
    words: fold(
      [
        item.summary,
        item.verbatim,
        item.party,
        item.subject,
        item.from,
        item.to,
        item.companyReference,
        item.number,
        ...item.people.flatMap((person) => [person.name, person.position]),
        ...item.promiseIds.map((id) => promises.get(id)?.what ?? ''),
        ...item.evidenceIds.flatMap((id) => [evidence.get(id)?.fileName ?? '', evidence.get(id)?.shows ?? '']),
      ].join(' '),
    ),
  }));
}

/** The rows of the chosen groups (all when none is chosen) that have every word of the query. */
export function pick(rows: readonly Row[], chosen: readonly string[], query: string): Row[] {
  return rows.filter(
    (row) =>
      (chosen.length === 0 ||
        chosen.includes(row.group) ||
        (chosen.includes('promises') && row.item.promiseIds.length > 0) ||
        (chosen.includes('evidence') && row.item.evidenceIds.length > 0)) &&
      matches(row.words, query),
  );
}

export interface DayGroup {
  day: string;
  items: TimelineItem[];
}

/** Newest day first; within a day in the order it happened. */
export function byDay(rows: readonly Row[]): DayGroup[] {
  const days = new Map<string, TimelineItem[]>();
  for (const { item } of rows) {
    const items = days.get(item.day);
    if (items) items.push(item);
    else days.set(item.day, [item]);
  }
  return [...days].map(([day, items]) => ({ day, items })).sort((a, b) => (a.day < b.day ? 1 : -1));
}
