/** A case as it was read last, and reading it again. */
import { untrack } from 'svelte';
import { Failure, type Backend, type CaseView } from './backend/backend';

export class OpenCase {
  readonly #backend: Backend;
  #view = $state.raw<CaseView>();
  #failure = $state.raw<Failure>();
  #wanted = '';

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** undefined while it is being read. */
  get view(): CaseView | undefined {
    return this.#view;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /**
   * Reads the case. What was shown stays until the new one is there, unless it was another case. An effect that calls it
   * does not come to depend on the view: it would read for ever.
   */
  async read(id: string): Promise<void> {
    this.#wanted = id;
    if (untrack(() => this.#view?.id) !== id) this.#view = undefined;
    this.#failure = undefined;
    try {
      const view = await this.#backend.openCase(id);
      if (this.#wanted === id) this.#view = view;
    } catch (error) {
      if (this.#wanted === id) this.#failure = Failure.from(error);
    }
  }
}
