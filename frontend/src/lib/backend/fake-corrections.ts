/** How the fake backend corrects what a case has: what stands is given as it would be typed, and written anew. */
import { Failure, type ContactInput, type PromiseInput } from './backend';
import type { CaseTerms, CorrectionsBackend, EndingInput } from './corrections';
import { refuseEmpty, type FakeCase } from './fake-data';
import { typedContact } from './fake-history';
import { report } from './fake-totals';
import type { ExpenseInput } from './totals';

/** What it needs of the fake backend. */
export interface FakeStore {
  case(id: string): FakeCase;
  /** Writes a case anew, and gives the id of the entry that says so. */
  write(kind: string, view: FakeCase): string;
  /** What a typed date means. */
  read(text: string, sense: 'happened' | 'due', beside?: string): Promise<string>;
}

export class FakeCorrections implements CorrectionsBackend {
  readonly #store: FakeStore;
  /** The reasons that were given, the last one last. */
  readonly reasons: string[] = [];

  constructor(store: FakeStore) {
    this.#store = store;
  }

  typedContact = async (caseId: string): Promise<ContactInput> => ({ ...typedContact, caseId });

  correctContact = async (contactId: string, input: ContactInput, reason: string): Promise<string> => {
    refuseEmpty({ contact: contactId, summary: input.summary });
    return this.#correct(this.#store.case(input.caseId), reason);
  };

  typedPromise = async (caseId: string, promiseId: string): Promise<PromiseInput> => {
    const view = this.#store.case(caseId);
    const promise = view.promises.find(({ id }) => id === promiseId);
    if (!promise) throw new Failure('not_found', { kind: 'promise', value: promiseId });
    const { what, partyId, person, madeOn, dueDay, dueClock, amount } = promise;
    const terms = {
      what,
      due: [dueDay, dueClock].filter(Boolean).join('T'),
      amount: amount ? String(amount.minor / 100) : '',
      currency: amount?.currency ?? '',
      repeatsId: '',
    };
    return { caseId, company: partyId, person, madeAt: madeOn, zone: view.zone, terms };
  };

  correctPromise = async (promiseId: string, input: PromiseInput, reason: string): Promise<string> => {
    refuseEmpty({ what: input.terms.what });
    const view = this.#store.case(input.caseId);
    const madeAt = await this.#store.read(input.madeAt, 'happened');
    const [dueDay = '', dueClock = ''] = (await this.#store.read(input.terms.due, 'due', madeAt)).split('T');
    const { what } = input.terms;
    const promises = view.promises.map((known) =>
      known.id === promiseId ? { ...known, what, person: input.person, dueDay, dueClock, corrected: true } : known,
    );
    return this.#correct({ ...view, promises }, reason);
  };

  typedExpense = async (caseId: string, expenseId: string): Promise<ExpenseInput> => {
    const expense = report.expenses.find(({ id }) => id === expenseId);
    if (!expense) throw new Failure('not_found', { kind: 'expense', value: expenseId });
    const { what, amount, wall } = expense;
    const zone = this.#store.case(caseId).zone;
    return { caseId, what, amount: String(amount.minor / 100), currency: amount.currency, when: wall, zone };
  };

  correctExpense = async (_expenseId: string, input: ExpenseInput, reason: string): Promise<string> => {
    refuseEmpty({ spent_on: input.what, amount: input.amount });
    return this.#correct(this.#store.case(input.caseId), reason);
  };

  typedCase = async (caseId: string): Promise<CaseTerms> => {
    const { title, summary, stillConcerned, outcome, answerBy, claimed, zone } = this.#store.case(caseId);
    return {
      ...{ caseId, title, summary, stillConcerned, answerBy, zone, outcome: outcome.join('\n') },
      ...{ claimed: claimed ? String(claimed.minor / 100) : '', currency: claimed?.currency ?? '' },
      ...{ name: '', address: '', email: '', phone: '' },
    };
  };

  correctCase = async (terms: CaseTerms, reason: string): Promise<string> => {
    refuseEmpty({ title: terms.title });
    const view = this.#store.case(terms.caseId);
    const { title, summary, stillConcerned } = terms;
    const outcome = terms.outcome.split('\n').filter(Boolean);
    const answerBy = await this.#store.read(terms.answerBy, 'due');
    return this.#correct({ ...view, title, summary, stillConcerned, outcome, answerBy, corrected: true }, reason);
  };

  closeCase = async ({ caseId, kind, on, note }: EndingInput): Promise<string> => {
    refuseEmpty({ ending: kind });
    const view = this.#store.case(caseId);
    const day = (await this.#store.read(on, 'happened')).slice(0, 10) || view.today;
    return this.#correct({ ...view, ending: { kind, day, note } }, '');
  };

  reopenCase = async (caseId: string): Promise<string> =>
    this.#correct({ ...this.#store.case(caseId), ending: undefined }, '');

  #correct(view: FakeCase, reason: string): string {
    this.reasons.push(reason);
    return this.#store.write('correction', view);
  }
}
