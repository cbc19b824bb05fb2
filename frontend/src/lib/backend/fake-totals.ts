/** What the fake backend counts in any case. */
import type { FiguresReport } from './totals';

const month = (name: string, contacts: number, minutes: number, promisesDue = 0, promisesNotKept = 0) => ({
  month: name,
  contacts,
  holdSeconds: minutes * 60,
  promisesDue,
  promisesNotKept,
});

export const report: FiguresReport = {
  figures: {
    days: 158,
    contacts: 14,
    calls: 9,
    messages: 4,
    people: 11,
    refusedNames: 2,
    holdSeconds: 11_400,
    longestHoldSeconds: 2580,
    transfers: 12,
    promises: 7,
    promisesKept: 1,
    promisesNotKept: 5,
    promisesOpen: 1,
    evidence: 6,
    claimed: { minor: 43820, currency: 'EUR' },
  },
  months: [
    month('2026-06', 5, 96, 2, 2),
    month('2026-07', 0, 0),
    month('2026-08', 6, 71, 4, 3),
    month('2026-09', 3, 23, 1),
  ],
  byChannel: [
    { code: 'phone', count: 9 },
    { code: 'email', count: 4 },
    { code: 'in_person', count: 1 },
  ],
  byFailure: [
    { code: 'long_wait', count: 7 },
    { code: 'promise_broken', count: 5 },
    { code: 'no_owner', count: 2 },
  ],
  byState: [
    { code: 'broken', count: 3 },
    { code: 'overdue', count: 2 },
    { code: 'kept', count: 1 },
    { code: 'open', count: 1 },
  ],
  retold: 8,
  sentOn: 3,
  talkSeconds: 5400,
  supervisorAsked: 4,
  supervisorPutOn: 0,
  recordedLive: 8,
  recordedSameDay: 2,
  recordedLater: 4,
  spent: [{ minor: 3150, currency: 'EUR' }],
  expenses: [
    {
      id: 'x1',
      what: 'Taxi to the depot',
      amount: { minor: 1250, currency: 'EUR' },
      wall: '2026-08-04',
      corrected: false,
      rivals: false,
    },
  ],
  ownSeconds: 16_800,
  ownTime: { minor: 14_000, currency: 'EUR' },
  customerSince: '2011',
  customerYears: 15,
  yearlySpend: { minor: 54_000, currency: 'EUR' },
  hourValue: { minor: 3000, currency: 'EUR' },
};
