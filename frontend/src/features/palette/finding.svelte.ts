/** A search while somebody types: the newest question wins, whenever the answers come. */
import type { Item } from './item';

export class Finding {
  readonly #search: (words: string) => Promise<Item[]>;
  #items = $state.raw<Item[]>([]);
  #failure = $state.raw<unknown>();
  #asked = $state.raw(0);
  #answered = $state.raw(0);

  constructor(search: (words: string) => Promise<Item[]>) {
    this.#search = search;
  }

  get items(): Item[] {
    return this.#items;
  }

  get failure(): unknown {
    return this.#failure;
  }

  /** Whether the newest question has no answer yet. */
  get busy(): boolean {
    return this.#asked !== this.#answered;
  }

  async ask(words: string): Promise<void> {
    const question = this.#asked + 1;
    this.#asked = question;
    let items: Item[] = [];
    let failure: unknown;
    try {
      if (words.trim()) items = await this.#search(words);
    } catch (error) {
      failure = error;
    }
    if (question !== this.#asked) return;
    this.#answered = question;
    this.#items = items;
    this.#failure = failure;
  }
}
