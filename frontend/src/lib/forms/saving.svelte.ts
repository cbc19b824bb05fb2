/** A form’s way to the record: whether it is being saved, and why it was refused. */
import { Failure } from '../backend/backend';

export class Saving {
  #busy = $state(false);
  #failure = $state.raw<Failure>();

  get busy(): boolean {
    return this.#busy;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Saves once, however often it is asked meanwhile, and keeps why it was refused. */
  async run(save: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#failure = undefined;
    try {
      await save();
    } catch (error) {
      this.#failure = Failure.from(error);
    } finally {
      this.#busy = false;
    }
  }
}
