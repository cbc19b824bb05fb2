/** One call: what is typed of it, its clocks, and what can be done in it. Every change is kept within a moment. */
import { Failure, type Backend, type CaseSummary, type CaseView } from '../../lib/backend/backend';
import type { CallNote, CallView, SavedCall } from '../../lib/backend/calls';
import { readCase } from '../../lib/open-case.svelte';
import { isSomebody } from '../../lib/forms/person';
import { emptyPromise } from '../../lib/forms/promise';
import { contactInput, formOf, guessCase, holdSeconds, instantOf, newCase, type CallForm } from './form';

/** What stands open under the commands. */
export type Tool = '' | 'transfer' | 'promise' | 'failures' | 'ask' | 'sent';

const keepAfter = 300;
/** How often a call that goes on says so: a power cut is known as exactly. */
const signOfLife = 20_000;

export class LiveCall {
  readonly #backend: Backend;
  readonly #zone: string;
  readonly id: string;
  readonly beganAt: number;
  readonly began: string;
  form = $state<CallForm>() as CallForm;
  tool = $state<Tool>('');
  #notes = $state.raw<CallNote[]>([]);
  #endedAt = $state.raw('');
  #now = $state.raw(0);
  #hand = $state.raw<CaseView>();
  #failure = $state.raw<Failure>();
  /** How far this page's clock is behind the program's, in milliseconds. */
  readonly #behind: number;
  #kept: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;
  /** Calls of the program run in no order: one change is kept after the other. */
  #keeping: Promise<void> = Promise.resolve();

  constructor(backend: Backend, view: CallView, zone: string) {
    this.#backend = backend;
    this.#zone = zone;
    this.id = view.id;
    this.beganAt = Date.parse(view.beganAt);
    this.began = view.began;
    this.#behind = Date.parse(view.now) - Date.now();
    this.form = formOf(view);
    if (!this.form.caseId) this.form.caseId = view.caseId;
    this.#notes = view.notes;
    this.#endedAt = view.endedAt;
    this.#now = this.#clock();
    this.#kept = JSON.stringify(this.form);
  }

  get notes(): CallNote[] {
    return this.#notes;
  }

  get ended(): boolean {
    return this.#endedAt !== '';
  }

  /** What is known of the case it is about; undefined while that is not known. */
  get hand(): CaseView | undefined {
    return this.#hand;
  }

  /** Why the last thing could not be kept. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Until it ended, now: the instant in milliseconds. */
  get until(): number {
    return this.#endedAt ? Date.parse(this.#endedAt) : this.#now;
  }

  /** Seconds since it began. */
  get seconds(): number {
    return Math.max(0, (this.until - this.beganAt) / 1000);
  }

  get held(): number {
    return holdSeconds(this.form, this.until);
  }

  get onHold(): boolean {
    return this.form.heldSince !== '';
  }

  /** The case it goes to: the one that was chosen, else the one the company suggests; `new` begins one. */
  caseOf(cases: CaseSummary[]): string {
    if (this.form.caseId) return this.form.caseId;
    return cases.length === 0 ? newCase : guessCase(cases, this.form.company);
  }

  /** The company that the call is about stands there already, where nothing was typed yet. */
  supposeWith(company: string): void {
    if (!this.form.company) this.form.company = company;
  }

  /** Where the case has one company only, that is the one on the line: there is one thing less to type. */
  supposeCompany(cases: CaseSummary[]): void {
    const [only, ...others] = cases.find((one) => one.id === this.caseOf(cases))?.companies ?? [];
    if (only !== undefined && others.length === 0 && !this.form.company) this.form.company = only;
  }

  /** Lets the clocks run for as long as the panel is there. */
  run(): () => void {
    const tick = setInterval(() => (this.#now = this.#clock()), 250);
    const life = setInterval(() => this.#sign(), signOfLife);
    return () => {
      clearInterval(tick);
      clearInterval(life);
      void this.keep();
    };
  }

  /** Keeps what is typed a moment after it was, whatever the state of the fields. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), keepAfter);
  }

  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    const text = JSON.stringify(this.form);
    if (this.#over || text === this.#kept) return this.#keeping;
    this.#kept = text;
    const typed = this.#input(this.form.caseId === newCase ? '' : this.form.caseId);
    this.#keeping = this.#keeping.then(() => this.#attempt(() => this.#backend.keepCall(this.id, typed, text)));
    return this.#keeping;
  }

  async know(caseId: string): Promise<void> {
    if (!caseId || caseId === newCase) this.#hand = undefined;
    else if (this.#hand?.id !== caseId) this.#hand = await readCase(this.#backend, caseId);
  }

  /** Stamps the line that was typed. It stays in its field until it is kept. */
  async note(): Promise<void> {
    const text = this.form.note.trim();
    if (!text) return;
    await this.#attempt(async () => {
      const note = await this.#backend.noteInCall(this.id, text);
      this.#notes = [...this.#notes, note];
      this.form.note = '';
      this.#seen();
    });
  }

  async changeNote(number: number, text: string): Promise<void> {
    const changed = this.#notes.map((note) => (note.number === number ? { ...note, text: text.trim() } : note));
    this.#notes = changed.filter((note) => note.text);
    await this.#attempt(() => this.#backend.changeCallNote(this.id, number, text));
  }

  toggleHold(): void {
    const now = this.#clock();
    if (this.form.heldSince) {
      this.form.heldSeconds = holdSeconds(this.form, now);
      this.form.heldSince = '';
    } else {
      this.form.heldSince = instantOf(now);
    }
    this.#now = now;
    this.#seen();
  }

  /** The whole story had to be told once more. */
  tellAgain(): void {
    this.form.retold += 1;
    this.#seen();
  }

  /** Somebody else came on: who was on the line before stays. */
  passOn(name: string, refused = false, unknown = false): void {
    this.form.people.push({ name: name.trim(), position: '', refused, unknown });
    this.tool = '';
    this.#seen();
  }

  /** Takes the promise that is being typed among the others. */
  addPromise(): void {
    if (!this.form.pending.what.trim()) return;
    this.form.promises.push(this.form.pending);
    this.form.pending = emptyPromise(this.form.pending.currency);
    this.tool = '';
    this.#seen();
  }

  /** at is an instant; empty is now. A wait that goes on ends with the call. */
  async end(at = ''): Promise<void> {
    await this.#attempt(async () => {
      const until = at ? Date.parse(at) : this.#clock();
      this.form.heldSeconds = holdSeconds(this.form, until);
      this.form.heldSince = '';
      this.tool = '';
      if (this.form.note.trim()) await this.note();
      this.addPromise();
      await this.keep();
      this.#endedAt = (await this.#backend.endCall(this.id, at)).endedAt;
    });
  }

  async resume(): Promise<void> {
    await this.#attempt(async () => {
      await this.#backend.resumeCall(this.id);
      this.#endedAt = '';
      this.#now = this.#clock();
    });
  }

  /** Puts it on record. What is refused is thrown, for the review to show. */
  async save(cases: CaseSummary[]): Promise<SavedCall> {
    await this.keep();
    const caseId = this.caseOf(cases);
    const title = caseId === newCase ? this.form.newCase.trim() || this.form.company.trim() : '';
    const saved = await this.#backend.saveCall(this.id, {
      contact: this.#input(caseId === newCase ? '' : caseId),
      newCase: title,
    });
    this.#over = true;
    return saved;
  }

  /** Says that nothing more of it is to be kept. */
  letGo(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  /** Whether somebody is known to be on the line. */
  get someone(): boolean {
    return this.form.people.some((person) => isSomebody(person));
  }

  #clock(): number {
    return Date.now() + this.#behind;
  }

  #seen(): void {
    this.form.seenAt = instantOf(this.#clock());
    this.changed();
  }

  #sign(): void {
    if (!this.#endedAt) this.#seen();
  }

  #input(caseId: string) {
    return contactInput($state.snapshot(this.form), caseId, this.#zone, this.until);
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }
}
