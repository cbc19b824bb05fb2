/** The fake's promises: what is made, how it ends, and what shows that. */
import { Failure, type Ground, type PromiseInput, type PromiseTerms, type PromiseView } from './backend';
import type { PromisePage, PromiseQuery, SettlementInput } from './backend';
import type { FakeStore } from './fake-corrections';
import { emptyPromise, refuseEmpty, type FakeCase } from './fake-data';

/** What needs attention comes first. */
const states = ['overdue', 'open', 'broken', 'late', 'kept', 'withdrawn'];

export function promisePage({ promises: all }: FakeCase, query: PromiseQuery): PromisePage {
  const { companyId, promiseId, latest, first, limit } = query;
  const wanted = all
    .filter((one) => (!companyId || one.partyId === companyId) && (!promiseId || one.id === promiseId))
    .sort((a, b) => (latest ? 0 : states.indexOf(a.state) - states.indexOf(b.state)));
  if (latest) wanted.reverse();
  const promises = wanted.slice(first, first + limit);
  return {
    counts: all.map(({ partyId, party, state }) => ({ partyId, party, state, count: 1 })),
    total: wanted.length,
    promises,
    earlier: all.filter(({ id }) => promises.some(({ earlier }) => earlier.includes(id))),
  };
}

/** A promise as it stands when it was just made. */
export function madePromise(id: string, terms: PromiseTerms, wall: string, party: string, madeIn: string): PromiseView {
  const [dueDay = '', dueClock = ''] = terms.due.split('T');
  const madeOn = wall.slice(0, 10);
  return { ...emptyPromise, id, what: terms.what, party, madeOn, madeIn, dueDay, dueClock, state: 'open' };
}

export async function withPromise(store: FakeStore, id: string, input: PromiseInput): Promise<FakeCase> {
  refuseEmpty({ what: input.terms.what });
  const view = store.case(input.caseId);
  const party = view.parties.find((known) => known.id === input.company)?.name ?? input.company;
  const madeAt = await store.read(input.madeAt, 'happened');
  const due = await store.read(input.terms.due, 'due', madeAt);
  const made = madePromise(id, { ...input.terms, due }, madeAt || view.today, party, '');
  return { ...view, promises: [...view.promises, made] };
}

/** The case with a promise that was settled. */
export async function withSettled(store: FakeStore, view: FakeCase, input: SettlementInput): Promise<FakeCase> {
  const settledOn = await store.read(input.on, 'happened');
  const shownBy = groundsOf(view).filter((ground) => input.shownBy.includes(ground.id));
  const settled = { state: input.outcome, settledOn, note: input.note, shownBy };
  return {
    ...view,
    promises: view.promises.map((known) => (known.id === input.promiseId ? { ...known, ...settled } : known)),
  };
}

/** The case that a promise belongs to. */
export function caseOfPromise(cases: Iterable<FakeCase>, promiseId: string): FakeCase {
  const view = [...cases].find(({ promises }) => promises.some(({ id }) => id === promiseId));
  if (!view) throw new Failure('not_found', { kind: 'promise', value: promiseId });
  return view;
}

/** What can show how a promise ended, the latest first. */
export function groundsSince(view: FakeCase, promiseId: string): Ground[] {
  const made = view.promises.find(({ id }) => id === promiseId)?.madeOn ?? '';
  return groundsOf(view).filter((ground) => ground.day >= made);
}

function groundsOf(view: FakeCase): Ground[] {
  return view.timeline
    .filter(({ kind }) => kind === 'contact' || kind === 'message' || kind === 'evidence')
    .map(({ id, kind, day, channel, summary, subject }) => ({ id, kind, day, channel, text: subject || summary }))
    .reverse();
}
