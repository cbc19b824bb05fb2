/** A pointer over a picture that covers its parts: it draws an area, moves or sizes one, or presses at two corners. */
import type { CoveredArea } from '../../lib/backend/dossiers';
import { between, moved, sized, type Covering, type Point } from './covering.svelte';

interface Movement {
  from: Point;
  /** Of the area that is moved or sized; a new one is drawn otherwise. */
  index: number | undefined;
  before: CoveredArea | undefined;
  sizing: boolean;
  begun: boolean;
}

export class Drawing {
  readonly #covering: Covering;
  #movement: Movement | undefined;
  #drawn = $state.raw<CoveredArea>();
  #corner = $state.raw<Point>();

  constructor(covering: Covering) {
    this.#covering = covering;
  }

  /** The area that is being drawn. */
  get drawn(): CoveredArea | undefined {
    return this.#drawn;
  }

  /** Where the first of two corners was pressed. */
  get corner(): Point | undefined {
    return this.#corner;
  }

  /** The index is that of the area below the pointer; sizing says that its corner is. */
  press(from: Point, index: number | undefined, sizing: boolean): void {
    const before = index === undefined ? undefined : this.#covering.areas[index];
    this.#movement = { from, index, before, sizing, begun: false };
  }

  /** far says how far it has gone, in pixels: a hand is never quite still. */
  move(to: Point, far: (from: Point) => number): void {
    const movement = this.#movement;
    if (!movement || (!movement.begun && far(movement.from) < 4)) return;
    const { from, index, before, sizing, begun } = movement;
    movement.begun = true;
    if (index === undefined || !before) this.#drawn = between(from, to);
    else this.#covering.change(index, (sizing ? sized : moved)(before, { x: to.x - from.x, y: to.y - from.y }), begun);
  }

  /** Gives the index of the area that came to be, or was changed; corner where the second one is awaited. */
  release(to: Point): number | 'corner' | undefined {
    const movement = this.#movement;
    this.#movement = undefined;
    if (!movement) return undefined;
    const { from, index, begun } = movement;
    if (index !== undefined) return begun ? index : undefined;
    const first = begun ? from : this.#corner;
    if (!first) {
      this.#corner = from;
      return 'corner';
    }
    this.forget();
    return this.#covering.add(between(first, to));
  }

  forget(): void {
    [this.#movement, this.#drawn, this.#corner] = [undefined, undefined, undefined];
  }
}
