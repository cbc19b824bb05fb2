/** Where a case stands, in a sentence: what is late first, then what is awaited. The company is the subject. */
import type { CaseView, PromiseView } from '../../lib/backend/backend';

export type Standing =
  | { kind: 'nothing_yet' }
  | { kind: 'late'; promise: PromiseView; others: number }
  | { kind: 'waiting'; promise: PromiseView }
  | { kind: 'quiet' };

export function standingOf(view: CaseView): Standing {
  const late = view.promises.filter((promise) => promise.state === 'overdue');
  const worst = late.reduce<PromiseView | undefined>(
    (most, promise) => (!most || promise.daysLate > most.daysLate ? promise : most),
    undefined,
  );
  if (worst) return { kind: 'late', promise: worst, others: late.length - 1 };
  const waiting = view.promises
    .filter((promise) => promise.state === 'open')
    .sort((a, b) => (a.dueDay || '9999').localeCompare(b.dueDay || '9999'));
  if (waiting[0]) return { kind: 'waiting', promise: waiting[0] };
  return view.timeline.length === 0 ? { kind: 'nothing_yet' } : { kind: 'quiet' };
}
