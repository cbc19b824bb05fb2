/** The timeline of a case, and the drawing over it, reckoned from the fake's case. */
import { daysBetween } from '../dates/dates';
import { fold, matches } from '../text/fold';
import type { CaseStrip, TimelineCursor, TimelineFilter, TimelineItem, TimelinePage, TimelinePlace } from './backend';
import { mailDomains, type FakeCase } from './fake-data';

export function timelinePage(view: FakeCase, filter: TimelineFilter, cursor: TimelineCursor): TimelinePage {
  const wanted = view.timeline.filter((item) => letsThrough(filter, item, view));
  if (!filter.oldestFirst) wanted.reverse();
  const items = wanted.slice(cursor.first, cursor.first + cursor.limit);
  return {
    first: cursor.first,
    total: wanted.length,
    dayBefore: wanted[cursor.first - 1]?.day ?? '',
    items,
    promises: view.promises.filter(({ id }) => items.some((item) => item.promiseIds.includes(id))),
    evidence: view.evidence.filter(({ id }) => items.some((item) => item.evidenceIds.includes(id))),
  };
}

export function timelinePlace({ timeline }: FakeCase, entryId: string, oldestFirst: boolean): TimelinePlace {
  const items = oldestFirst ? timeline : [...timeline].reverse();
  const own = items.findIndex(({ id }) => id === entryId);
  const hangs = (item: TimelineItem) => [...item.promiseIds, ...item.evidenceIds].includes(entryId);
  const before = own >= 0 ? own : items.findIndex(hangs);
  return { itemId: items[before]?.id ?? '', before: Math.max(0, before) };
}

export function stripOf({ timeline, promises, today }: FakeCase): CaseStrip {
  const happened = timeline.filter((item) => item.kind === 'contact' || item.kind === 'message');
  const days = [...happened.map((item) => item.day), today];
  return {
    first: happened[0]?.day ?? '',
    last: today,
    marks: happened.map(({ day, channel, direction, holdSeconds }) => ({
      day,
      until: day,
      channel: channel === 'phone' || channel === 'email' ? channel : 'other',
      direction,
      count: 1,
      holdSeconds,
    })),
    flags: promises.filter(({ dueDay }) => dueDay).map(({ dueDay, state }) => ({ day: dueDay, state, count: 1 })),
    gaps: days
      .map((until, at) => ({ from: days[at - 1] ?? until, until }))
      .map((gap) => ({ ...gap, days: daysBetween(gap.from, gap.until) }))
      .filter((gap) => gap.days >= 21),
  };
}

function letsThrough(filter: TimelineFilter, item: TimelineItem, view: FakeCase): boolean {
  const promises = view.promises.filter(({ id }) => item.promiseIds.includes(id));
  const evidence = view.evidence.filter(({ id }) => item.evidenceIds.includes(id));
  const said = [item.summary, item.verbatim, item.party, item.subject, item.from, item.to, item.companyReference]
    .concat(item.people.map(({ name }) => name))
    .concat(promises.map(({ what }) => what))
    .concat(evidence.flatMap(({ fileName, shows }) => [fileName, shows]));
  return (
    (filter.kinds.length === 0 || filter.kinds.includes(item.kind)) &&
    (filter.channels.length === 0 || filter.channels.includes(item.channel)) &&
    (!filter.who || isOf(filter.who, item, view)) &&
    (!filter.from || item.day >= filter.from) &&
    (!filter.to || item.day <= filter.to) &&
    (!filter.withPromises || promises.length > 0) &&
    (!filter.withFailures || item.failures.some((failure) => failure !== 'helped')) &&
    (!filter.recordedLater || item.recorded === 'later') &&
    matches(fold(said.join(' ')), filter.words)
  );
}

/** Whether somebody, or somebody of a company, said, wrote or was written it. */
function isOf(who: string, item: TimelineItem, view: FakeCase): boolean {
  const person = view.people.find(({ id }) => id === who);
  const addresses = [item.from, item.to].join(' ').toLowerCase();
  return (
    item.partyId === who ||
    item.people.some(({ name }) => name !== '' && name === person?.name) ||
    (mailDomains[who] ?? []).some((domain) =>
      new RegExp(`[@.]${domain.replaceAll('.', '\\.')}(>|,|\\s|$)`).test(addresses),
    )
  );
}
