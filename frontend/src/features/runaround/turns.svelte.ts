/** The turns of a runaround as far as they were asked for. */
import { Failure, type Backend } from '../../lib/backend/backend';
import type { RunaroundPage, RunaroundTurn } from '../../lib/backend/runaround';

const limit = 100;

export class Turns {
  readonly #backend: Backend;
  readonly #caseId: string;
  readonly #total: number;
  #items = $state.raw<RunaroundTurn[]>([]);
  #failure = $state.raw<Failure>();
  #busy = $state(false);

  constructor(backend: Backend, caseId: string, first: RunaroundPage) {
    this.#backend = backend;
    this.#caseId = caseId;
    this.#items = first.items;
    this.#total = first.total;
  }

  get items(): RunaroundTurn[] {
    return this.#items;
  }

  /** How many there are that were not asked for yet. */
  get rest(): number {
    return this.#total - this.#items.length;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  async more(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#failure = undefined;
    try {
      const page = await this.#backend.runaroundTurns(this.#caseId, this.#items.length, limit);
      this.#items = [...this.#items, ...page.items];
    } catch (error) {
      this.#failure = Failure.from(error);
    } finally {
      this.#busy = false;
    }
  }
}
