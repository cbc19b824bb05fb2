/** Finding emails and taking them into a case, step by step. */
import { Failure, type Backend } from '../../lib/backend/backend';
import type { MailFiles, MailOutcome, MailStart } from '../../lib/backend/find';
import type { Mailbox } from '../../lib/backend/mailboxes';
import { failureOf, isOver } from '../../lib/jobs';
import type { Texts } from '../../lib/i18n/texts.svelte';
import type { Session } from '../../lib/session.svelte';
import { Asking } from './asking.svelte';
import { Review } from './review.svelte';

export type Step = 'asking' | 'found' | 'bringing' | 'done';

export class MailWork {
  readonly #backend: Backend;
  readonly #session: Session;
  readonly #texts: Texts;
  #start = $state.raw<MailStart>();
  #mailboxes = $state.raw<Mailbox[]>([]);
  #asking = $state.raw<Asking>();
  #review = $state.raw<Review>();
  #searching = $state('');
  #bringing = $state('');
  #outcome = $state.raw<MailOutcome>();
  #failure = $state.raw<Failure>();
  #refused = $state.raw<Failure>();

  constructor(
    backend: Backend,
    session: Session,
    texts: Texts,
    readonly caseId: string,
  ) {
    this.#backend = backend;
    this.#session = session;
    this.#texts = texts;
  }

  /** Whether it belongs to this page. */
  isOf(session: Session): boolean {
    return session === this.#session;
  }

  get step(): Step {
    if (this.#outcome) return 'done';
    if (this.#bringing) return 'bringing';
    return this.#review ? 'found' : 'asking';
  }

  /** undefined until it was read what the case knows. */
  get start(): MailStart | undefined {
    return this.#start;
  }

  get mailboxes(): Mailbox[] {
    return this.#mailboxes;
  }

  get asking(): Asking | undefined {
    return this.#asking;
  }

  get review(): Review | undefined {
    return this.#review;
  }

  /** The job that searches; empty where nothing is searched. */
  get searching(): string {
    return this.#searching;
  }

  /** The job that takes emails in. */
  get bringing(): string {
    return this.#bringing;
  }

  get outcome(): MailOutcome | undefined {
    return this.#outcome;
  }

  /** What went wrong, but for what was typed. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Why a search was not begun. */
  get refused(): Failure | undefined {
    return this.#refused;
  }

  /** Whether a mailbox was searched, and not files. */
  get searchedMailbox(): boolean {
    return this.#review !== undefined && !this.#asking?.files;
  }

  /** The mailbox in which new emails are, or could be, looked for; empty where there is none. */
  get watchable(): string {
    const { files, mailboxId = '' } = this.#asking ?? {};
    return this.#start?.watch?.mailboxId ?? (files ? '' : mailboxId);
  }

  /** Reads what the case knows; with waiting it begins with what was found while the case was watched. */
  async begin(waiting: boolean): Promise<void> {
    await this.#attempt(async () => {
      const [start, mailboxes] = await Promise.all([this.#backend.mailStart(this.caseId), this.#backend.mailboxes()]);
      const asking = new Asking(start.suggestions);
      asking.mailboxId = start.watch?.mailboxId ?? mailboxes[0]?.id ?? '';
      [this.#start, this.#mailboxes] = [start, mailboxes];
      if (waiting && start.watch) {
        this.#review = new Review(this.#backend, await this.#backend.reviewWaitingMail(this.caseId));
      }
      this.#asking = asking;
    });
  }

  /** Reads again what may have changed; what was chosen stays. */
  async reread(): Promise<void> {
    await this.#attempt(async () => void (this.#start = await this.#backend.mailStart(this.caseId)));
  }

  async connected(mailboxId: string): Promise<void> {
    await this.#attempt(async () => {
      this.#mailboxes = await this.#backend.mailboxes();
      if (this.#asking) [this.#asking.mailboxId, this.#asking.files] = [mailboxId, undefined];
    });
  }

  choose(what: 'files' | 'folder'): Promise<void> {
    return this.#take(() => (what === 'files' ? this.#backend.chooseMailFiles() : this.#backend.chooseMailFolder()));
  }

  drop(selectionId: string): Promise<void> {
    return this.#take(() => this.#backend.droppedMail(selectionId));
  }

  async search(): Promise<void> {
    const asking = this.#asking;
    if (!asking) return;
    if (asking.typed.trim()) asking.add();
    this.#refused = this.#failure = undefined;
    try {
      this.#searching = await this.#backend.searchMail(asking.input(this.caseId));
      this.#review = new Review(this.#backend, this.#searching);
    } catch (error) {
      this.#refused = Failure.from(error);
    }
  }

  bring(): Promise<void> {
    const review = this.#review;
    return this.#attempt(async () => {
      if (review) this.#bringing = await this.#backend.importMail(review.input());
    });
  }

  /** Goes on with an import that was cut off. */
  resume(): Promise<void> {
    return this.#attempt(async () => void (this.#bringing = await this.#backend.resumeMail(this.caseId)));
  }

  async leave(): Promise<void> {
    await this.#attempt(() => this.#backend.forgetUnfinishedMail(this.caseId));
    await this.reread();
  }

  /** Back to what is looked for; what was said of that stays. */
  again(): void {
    this.#review = this.#outcome = undefined;
    this.#searching = this.#bringing = '';
    void this.reread();
  }

  /** Waits, within an effect, for the job that takes emails in, and asks what came of it. */
  follow(): void {
    const job = this.#session.job(this.#bringing);
    if (!this.#bringing || !isOver(job) || this.#outcome) return;
    const asked = this.#bringing;
    void this.#attempt(async () => {
      const outcome = await this.#backend.mailOutcome(this.caseId, asked);
      if (this.#bringing !== asked) return;
      this.#outcome = outcome;
      if (outcome.entryIds.length > 0)
        this.#session.done(this.#texts.count('page.find.imported', outcome.imported), outcome.entryIds);
      this.#start = await this.#backend.mailStart(this.caseId);
      const failure = failureOf(job);
      if (failure) throw failure;
    });
  }

  async #take(choose: () => Promise<MailFiles>): Promise<void> {
    await this.#attempt(async () => {
      const files = await choose();
      if (!this.#asking || !files.selectionId) return;
      if (this.step !== 'asking') this.again();
      this.#asking.files = files;
    });
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }
}

/** What was found last, for whoever looks at an email of it and comes back. */
let left: MailWork | undefined;

/** The work on a case: what was found and not taken in yet, else from the beginning. */
export function workOn(backend: Backend, session: Session, texts: Texts, caseId: string, waiting: boolean): MailWork {
  const goesOn = left?.caseId === caseId && left.isOf(session) && !waiting && ['found', 'bringing'].includes(left.step);
  left = goesOn && left ? left : new MailWork(backend, session, texts, caseId);
  return left;
}
