/** The case that a form writes to, as it was read last, and reading it again. */
import type { Backend, CaseView, Failure } from './backend/backend';
import { latestPromises } from './backend/case';
import { Loaded } from './loaded.svelte';

export class OpenCase {
  readonly #backend: Backend;
  readonly #loaded = new Loaded<CaseView>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** undefined while it is being read. */
  get view(): CaseView | undefined {
    return this.#loaded.value;
  }

  get failure(): Failure | undefined {
    return this.#loaded.failure;
  }

  /** Reads the case. What was shown stays until the new one is there, unless it was another case. */
  async read(id: string): Promise<void> {
    await this.#loaded.read(id, () => readCase(this.#backend, id));
  }
}

/** What a form needs to know of a case. */
export async function readCase(backend: Backend, id: string): Promise<CaseView> {
  const [head, people, { promises }] = await Promise.all([
    backend.openCase(id),
    backend.people(id),
    backend.promisePage(latestPromises(id)),
  ]);
  return { ...head, people, promises };
}
