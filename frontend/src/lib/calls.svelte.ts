/** The calls that are not on record yet: the one that goes on in this window, and those that were cut off. */
import type { Backend } from './backend/backend';
import type { CallView } from './backend/calls';

/** So many are told of on every screen; where there are more, the last place says how many. */
const mostTold = 3;

export class Calls {
  readonly #backend: Backend;
  #all = $state.raw<CallView[]>([]);
  #live = $state.raw('');
  #discarded = $state.raw<CallView>();
  /** What the next call is about, as far as that is known: the case the person was looking at, and who owes something. */
  about = { caseId: '', company: '' };

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The id of the call that goes on in this window, or empty. */
  get live(): string {
    return this.#live;
  }

  /** Those that were begun and neither saved nor thrown away, but for the one that goes on here. */
  get unfinished(): CallView[] {
    return this.#all.filter((call) => call.id !== this.#live);
  }

  /** Those of them that every screen tells of; Today has the others. */
  get told(): CallView[] {
    const unfinished = this.unfinished;
    return unfinished.length > mostTold ? unfinished.slice(0, mostTold - 1) : unfinished;
  }

  /** The one that was thrown away last, for second thoughts. */
  get discarded(): CallView | undefined {
    return this.#discarded;
  }

  async read(): Promise<void> {
    this.#all = await this.#backend.calls();
  }

  /** Says that a call goes on in this window. */
  goesOn(call: CallView): void {
    this.#live = call.id;
    if (!this.#all.some((known) => known.id === call.id)) this.#all = [...this.#all, call];
  }

  /** Says that a call was saved. */
  async saved(): Promise<void> {
    this.#live = '';
    await this.read();
  }

  async discard(call: CallView): Promise<void> {
    await this.#backend.discardCall(call.id);
    if (this.#live === call.id) this.#live = '';
    this.#discarded = call;
    await this.read();
  }

  /** Brings the call back that was thrown away last. */
  async restore(): Promise<void> {
    if (!this.#discarded) return;
    await this.#backend.restoreCall(this.#discarded.id);
    this.#discarded = undefined;
    await this.read();
  }

  /** Lets the thrown away one be. */
  forget(): void {
    this.#discarded = undefined;
  }
}
