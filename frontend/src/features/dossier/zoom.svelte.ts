/** How large a picture is shown, and which part of it is in view. */
import { tick } from 'svelte';
import type { CoveredArea } from '../../lib/backend/dossiers';
import type { Point } from './covering.svelte';

export interface Size {
  width: number;
  height: number;
}

/** Where something stands in the window, in pixels. */
export interface Place extends Size {
  left: number;
  top: number;
}

/** Times the size at which the whole picture is in view. */
const levels = [1, 1.5, 2, 3, 4, 6, 8];
const most = levels.at(-1)!;

/** As large as it is in view as a whole, and no larger than it is. */
export function fitted(picture: Size, room: Size): Size {
  const scale = Math.min(1, room.width / picture.width, room.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** The next step up, or down: what lies between two steps goes to the nearer one. */
export function stepped(times: number, up: boolean): number {
  const further = up ? levels.find((level) => level > times) : levels.findLast((level) => level < times);
  return further ?? (up ? most : 1);
}

/** As far as a wheel was turned, in pixels: down is away from the picture. One turn does no more than a step. */
export function turned(times: number, pixels: number): number {
  const factor = Math.min(Math.max(Math.exp(-pixels / 400), 0.7), 1.4);
  return Math.min(Math.max(times * factor, 1), most);
}

/** The point of a picture at a point of the window, in fractions of its width and height. */
export function partAt(picture: Place, at: Point): Point {
  const part = (from: number, of: number) => Math.min(Math.max(of > 0 ? from / of : 0, 0), 1);
  return { x: part(at.x - picture.left, picture.width), y: part(at.y - picture.top, picture.height) };
}

/** What of a picture shows through a frame. */
export function shownOf(picture: Place, frame: Place): CoveredArea {
  const from = partAt(picture, { x: frame.left, y: frame.top });
  const to = partAt(picture, { x: frame.left + frame.width, y: frame.top + frame.height });
  return { ...from, width: to.x - from.x, height: to.y - from.y };
}

const middleOf = ({ left, top, width, height }: Place): Point => ({ x: left + width / 2, y: top + height / 2 });

export class Zoom {
  #times = $state(1);
  #picture = $state.raw<Size>();
  /** The part of it at which the wheel was turned last. */
  #held: Point | undefined;
  /** Without the bars to scroll by, which come and go. */
  room = $state.raw<Size>({ width: 0, height: 0 });
  /** What the picture, its only child, is seen in. */
  desk = $state<HTMLElement>();

  get times(): number {
    return this.#times;
  }

  get canGrow(): boolean {
    return this.#times < most;
  }

  /** Pixels; nothing while the picture is not there. */
  get size(): Size | undefined {
    if (!this.#picture || this.room.width <= 0 || this.room.height <= 0) return undefined;
    const { width, height } = fitted(this.#picture, this.room);
    return { width: width * this.#times, height: height * this.#times };
  }

  /** The picture is there. */
  read({ naturalWidth: width, naturalHeight: height }: Pick<HTMLImageElement, 'naturalWidth' | 'naturalHeight'>): void {
    if (width > 0 && height > 0) this.#picture = { width, height };
  }

  step(up: boolean, part?: Point): void {
    void this.#become(stepped(this.#times, up), part);
  }

  fit(): void {
    void this.#become(1);
  }

  /** What is below the pointer stays there. */
  turn(pixels: number, at: Point): void {
    const picture = this.#place();
    if (!picture) return;
    const part = partAt(picture, at);
    // A place that is scrolled to is a whole number of pixels: over many turns it would stray from the pointer.
    const strayed = (was: Point) => Math.hypot((was.x - part.x) * picture.width, (was.y - part.y) * picture.height);
    if (!this.#held || strayed(this.#held) > 3) this.#held = part;
    void this.#become(turned(this.#times, pixels), this.#held, at);
  }

  /** A new area lies in the middle of what is in view, and is a fifth of it. */
  newArea(): CoveredArea {
    const [picture, frame] = [this.#place(), this.#frame()];
    const whole = { x: 0, y: 0, width: 1, height: 1 };
    const { x, y, width, height } = picture && frame && this.#times > 1 ? shownOf(picture, frame) : whole;
    return { x: x + 0.4 * width, y: y + 0.4 * height, width: 0.2 * width, height: 0.2 * height };
  }

  /** A part of the picture comes to a point of the window, or as near as it can; what was in the middle stays there else. */
  async #become(times: number, part?: Point, at?: Point): Promise<void> {
    const [before, frame] = [this.#place(), this.#frame()];
    if (!before || !frame || times === this.#times) return;
    const goal = at ?? middleOf(frame);
    const held = part ?? partAt(before, goal);
    this.#times = times;
    await tick();
    const after = this.#place();
    if (!this.desk || !after) return;
    this.desk.scrollLeft += after.left + held.x * after.width - goal.x;
    this.desk.scrollTop += after.top + held.y * after.height - goal.y;
  }

  #place(): Place | undefined {
    return this.desk?.firstElementChild?.getBoundingClientRect();
  }

  #frame(): Place | undefined {
    if (!this.desk) return undefined;
    const { left, top } = this.desk.getBoundingClientRect();
    return { left, top, width: this.desk.clientWidth, height: this.desk.clientHeight };
  }
}
