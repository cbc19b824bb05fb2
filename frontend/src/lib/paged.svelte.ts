/** A list that the program gives in pages, as it was read last: its beginning, and more of it when asked. */
import { untrack } from 'svelte';
import { Failure } from './backend/backend';

/** Gives what stands behind the first ones, and how much there is in all. */
export type ReadPage<One> = (first: number) => Promise<{ total: number; items: One[] }>;

/** One that somebody asked for, of the list of that name. */
interface Named<One> {
  of: string;
  isIt: (one: One) => boolean;
  /** undefined until it is found. */
  one?: One;
}

export class Paged<One> {
  #items = $state.raw<One[]>();
  #total = $state.raw(0);
  #failure = $state.raw<Failure>();
  #reading = $state.raw(false);
  #page: ReadPage<One> = () => Promise.resolve({ total: 0, items: [] });
  #of = '';
  #latest = 0;
  #named = $state.raw<Named<One>>();

  /** undefined while it is being read. */
  get items(): One[] | undefined {
    const [items, named] = [this.#items, this.#named];
    const isFarther = items && named?.one && named.of === this.#of && !items.some(named.isIt);
    return isFarther && named.one ? [named.one, ...items] : items;
  }

  get total(): number {
    return this.#total;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** More of it is on its way. */
  get reading(): boolean {
    return this.#reading;
  }

  /**
   * Reads it anew, as far as it was shown already when it is the same list (`of` names it). What was shown stays until
   * the new one is there. Of two readings under way the later one counts. An effect that calls it does not come to depend
   * on the list.
   */
  async read(of: string, page: ReadPage<One>): Promise<void> {
    const shown = this.#of === of ? untrack(() => this.#items?.length ?? 0) : 0;
    this.#of = of;
    this.#page = page;
    await this.#upTo(shown, []);
  }

  /**
   * Shows one that somebody asked for first, for as long as it stands behind what is shown. What gives it may find none.
   * It belongs to the list that was read last.
   */
  async name(isIt: (one: One) => boolean, find: () => Promise<One[]>): Promise<void> {
    const before = untrack(() => this.#named?.one);
    const named: Named<One> = { of: this.#of, isIt, one: before && isIt(before) ? before : undefined };
    this.#named = named;
    try {
      const one = (await find()).find(isIt);
      if (this.#named === named) this.#named = { ...named, one };
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }

  /** Reads on behind what is shown. */
  async more(): Promise<void> {
    const items = this.#items ?? [];
    if (!this.#reading) await this.#upTo(items.length + 1, items);
  }

  async #upTo(count: number, begun: One[]): Promise<void> {
    const reading = ++this.#latest;
    this.#reading = true;
    this.#failure = undefined;
    try {
      let items = begun;
      let total = 0;
      do {
        const page = await this.#page(items.length);
        if (this.#latest !== reading) return;
        items = [...items, ...page.items];
        total = page.items.length > 0 ? page.total : items.length;
      } while (items.length < Math.min(count, total));
      this.#items = items;
      this.#total = total;
    } catch (error) {
      if (this.#latest === reading) this.#failure = Failure.from(error);
    } finally {
      if (this.#latest === reading) this.#reading = false;
    }
  }
}
