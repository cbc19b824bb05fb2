/** What the Go side says of today, reckoned from the fake's cases: enough for promises, of which it knows the dates. */
import { addDays, daysBetween } from '../dates/dates';
import type { PromiseView } from './backend';
import type { FakeCase } from './fake-data';
import type { TodayItem, TodayView } from './today';

export function fakeToday(cases: FakeCase[], day: string): TodayView {
  const items = cases.flatMap((view) =>
    view.promises
      .filter((promise) => promise.state === 'open' || promise.state === 'overdue')
      .map((promise) => itemOf(view, promise, day)),
  );
  const late = items.filter((item) => item.dueDay && item.dueDay < day);
  const thisWeek = items.filter((item) => item.dueDay >= day && item.dueDay <= addDays(day, 7));
  const waiting = items.filter((item) => !late.includes(item) && !thisWeek.includes(item));
  return {
    day,
    late: late.sort(byDue),
    thisWeek: thisWeek.sort(byDue),
    waiting,
    unfinished: [],
    backupDue: false,
    backupLast: '',
  };
}

/** What is owed first in a case. */
export function firstOwed(view: FakeCase, day: string): TodayItem | undefined {
  const { late, thisWeek, waiting } = fakeToday([view], day);
  return late[0] ?? thisWeek[0] ?? waiting[0];
}

function itemOf(view: FakeCase, promise: PromiseView, day: string): TodayItem {
  return {
    kind: 'promise',
    caseId: view.id,
    caseTitle: view.title,
    companies: [promise.party],
    dueDay: promise.dueDay,
    dueClock: promise.dueClock,
    daysLate: promise.dueDay ? Math.max(0, daysBetween(promise.dueDay, day)) : 0,
    what: promise.what,
    since: promise.madeOn,
    promise,
  };
}

function byDue(a: TodayItem, b: TodayItem): number {
  return a.dueDay.localeCompare(b.dueDay);
}
