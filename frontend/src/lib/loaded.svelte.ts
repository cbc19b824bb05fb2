/** Something that the program gives, as it was read last, and reading it again. */
import { Failure } from './backend/backend';

export class Loaded<Value> {
  #value = $state.raw<Value>();
  #failure = $state.raw<Failure>();
  #of = '';
  #reading = 0;

  /** undefined while it is being read. */
  get value(): Value | undefined {
    return this.#value;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /**
   * Reads it. What was shown stays until the new value is there, unless that is of something else (`of` names what). Of
   * two readings under way the later one counts. An effect that calls it does not come to depend on the value.
   */
  async read(of: string, load: () => Promise<Value>): Promise<void> {
    const reading = ++this.#reading;
    if (this.#of !== of) this.#value = undefined;
    this.#of = of;
    this.#failure = undefined;
    try {
      const value = await load();
      if (this.#reading === reading) this.#value = value;
    } catch (error) {
      if (this.#reading === reading) this.#failure = Failure.from(error);
    }
  }
}
