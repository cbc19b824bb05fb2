/** What the press edition of a case hides, as the person reviews it. */
import type { Backend } from '../../lib/backend/backend';
import type { PressChange, PressReview } from '../../lib/backend/dossiers';
import { Loaded } from '../../lib/loaded.svelte';

export class Press {
  readonly #backend: Backend;
  readonly #loaded = new Loaded<PressReview>();
  #changes = $state(0);

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get review(): PressReview | undefined {
    return this.#loaded.value;
  }

  get failure() {
    return this.#loaded.failure;
  }

  /** Goes up with every change: what was drawn before is not what is asked for any more. */
  get changes(): number {
    return this.#changes;
  }

  async read(caseId: string, language: string, change: PressChange = {}): Promise<void> {
    await this.#loaded.read(caseId, () => this.#backend.pressReview({ caseId, language, ...change }));
  }

  /** Also where a part of it was refused, what is shown is what stands. */
  async change(caseId: string, language: string, change: PressChange): Promise<void> {
    await this.read(caseId, language, change);
    this.#changes++;
  }
}
