/**
 * Which place is shown. Today is there from the start; all other screens are brought in together, when nobody waits for
 * them or when one is gone to.
 */
import { untrack } from 'svelte';
import { Failure } from '../lib/backend/backend';
import type { Place } from '../lib/router.svelte';

type OtherScreens = (typeof import('./OtherScreens.svelte'))['default'];

export class Showing {
  readonly #load: () => Promise<{ default: OtherScreens }>;
  #place = $state.raw<Place>();
  #others = $state.raw<OtherScreens>();
  #failure = $state.raw<Failure>();
  #wanted: Place | undefined;

  constructor(load: () => Promise<{ default: OtherScreens }> = () => import('./OtherScreens.svelte')) {
    this.#load = load;
  }

  /** Where the person is, as soon as its screen is there, and until then where they were. undefined before the first. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Shows every place but Today; undefined while it is not there. */
  get others(): OtherScreens | undefined {
    return this.#others;
  }

  /** Why the place that is wanted is not shown. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Brings in every screen but Today. */
  async bringOthers(): Promise<void> {
    this.#others ??= (await this.#load()).default;
  }

  /** Shows a place: at once where its screen is there. */
  show(place: Place): void {
    this.#wanted = place;
    this.#failure = undefined;
    if (place.screen === 'today' || untrack(() => this.#others)) {
      this.#place = place;
      return;
    }
    this.bringOthers().then(
      () => {
        if (this.#wanted === place) this.#place = place;
      },
      (error: unknown) => {
        if (this.#wanted === place) this.#failure = Failure.from(error);
      },
    );
  }
}
