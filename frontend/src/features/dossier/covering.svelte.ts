/** The parts of a picture that a person covers, and the way back. */
import type { CoveredArea } from '../../lib/backend/dossiers';

export interface Point {
  x: number;
  y: number;
}

/** So small that it can hardly be seen when the whole picture is, and would be lost: a letter of a scanned page. */
const least = 0.005;
const fine = 10_000;

export class Covering {
  #areas = $state.raw<CoveredArea[]>([]);
  #before = $state.raw<CoveredArea[][]>([]);

  constructor(areas: CoveredArea[]) {
    this.#areas = areas;
  }

  get areas(): CoveredArea[] {
    return this.#areas;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  /** Gives its index. */
  add(area: CoveredArea): number {
    this.#become([...this.#areas, area]);
    return this.#areas.length - 1;
  }

  /** goingOn says that it is the same movement as before: both are undone as one. */
  change(index: number, area: CoveredArea, goingOn: boolean): void {
    const areas = this.#areas.with(index, area);
    if (goingOn) this.#areas = areas;
    else this.#become(areas);
  }

  remove(index: number): void {
    this.#become(this.#areas.toSpliced(index, 1));
  }

  undo(): void {
    const areas = this.#before.at(-1);
    if (!areas) return;
    this.#before = this.#before.slice(0, -1);
    this.#areas = areas;
  }

  #become(areas: CoveredArea[]): void {
    this.#before = [...this.#before, this.#areas];
    this.#areas = areas;
  }
}

/** The area between two corners, however they lie. */
export function between(one: Point, other: Point): CoveredArea {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return within({ x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) });
}

export function moved(area: CoveredArea, by: Point): CoveredArea {
  return within({ ...area, x: area.x + by.x, y: area.y + by.y });
}

/** Its upper left corner stays. */
export function sized(area: CoveredArea, by: Point): CoveredArea {
  const width = Math.min(area.width + by.x, 1 - area.x);
  return within({ ...area, width, height: Math.min(area.height + by.y, 1 - area.y) });
}

/** As large as it is at least, and within the picture. */
function within(area: CoveredArea): CoveredArea {
  const [width, height] = [area.width, area.height].map((length) => round(Math.min(Math.max(length, least), 1)));
  const place = (from: number, length: number) => round(Math.min(Math.max(from, 0), 1 - length));
  return { x: place(area.x, width!), y: place(area.y, height!), width: width!, height: height! };
}

function round(fraction: number): number {
  return Math.round(fraction * fine) / fine;
}
