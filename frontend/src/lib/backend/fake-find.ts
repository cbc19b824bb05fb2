/** Emails that live in the page's memory: what a test puts into `conversations` is found by every search. */
import { Failure } from './backend';
import type {
  MailConversation,
  MailEmail,
  MailFound,
  MailImportInput,
  MailOutcome,
  MailSearchInput,
  MailStart,
  MailWatch,
  SameEvent,
} from './find';

export const fakeEmail = (id: string, from: string, wall: string, state = 'new'): MailEmail => ({
  id,
  from,
  to: 'dolores@example.org',
  subject: 'Su envío',
  wall,
  size: 4200,
  state,
  entryId: state === 'new' ? '' : id,
});

export const fakeConversation = (id: string, subject: string, emails: MailEmail[]): MailConversation => ({
  id,
  subject,
  from: [...new Set(emails.map(({ from }) => from))],
  emails,
  why: [{ kind: 'domain', text: 'rayo.example' }],
  new: emails.filter(({ state }) => state === 'new').length,
});

export class FakeFind {
  conversations: MailConversation[] = [];
  start: MailStart = { suggestions: [], unfinished: null, watch: null };
  same: SameEvent[] = [];
  failures: string[] = [];
  /** What was asked last, for tests to see. */
  searched: MailSearchInput | undefined;
  imported: string[] = [];
  watches: MailWatch[] = [];
  readonly #run: (failure?: Failure) => string;
  #outcome: MailOutcome | undefined;

  constructor(run: (failure?: Failure) => string) {
    this.#run = run;
  }

  search(input: MailSearchInput): string {
    if (input.terms.length === 0 && !input.everything) throw new Failure('missing', { field: 'terms' });
    this.searched = input;
    return this.#run();
  }

  found(first: number, limit: number): MailFound {
    const emails = this.conversations.flatMap((one) => one.emails);
    return {
      conversations: this.conversations.slice(first, first + limit),
      total: this.conversations.length,
      emails: emails.length,
      new: emails.filter(({ state }) => state === 'new').length,
    };
  }

  import({ all, emailIds }: MailImportInput): string {
    const fresh = this.conversations.flatMap((one) => one.emails).filter(({ state }) => state === 'new');
    this.imported = fresh.filter(({ id }) => emailIds.includes(id) !== all).map(({ id }) => id);
    this.#outcome = {
      imported: this.imported.length,
      already: 0,
      defective: 0,
      failed: this.failures.length,
      failures: this.failures,
      entryIds: [],
      same: this.same,
    };
    return this.#run();
  }

  outcome(): MailOutcome {
    if (!this.#outcome) throw new Failure('not_found', { kind: 'search', value: '' });
    return this.#outcome;
  }
}
