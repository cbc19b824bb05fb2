/**
 * How tall the rows of a long list are: an estimate until one was seen. Where a row begins, and which row is at a place,
 * are found in a few steps however long the list is: what the rows seen differ from the estimate by is summed in a
 * Fenwick tree. Pixels.
 */
export class Heights {
  readonly #differences: Float64Array;
  readonly #seen: Float64Array;
  readonly #estimate: number;

  constructor(
    readonly count: number,
    estimate: number,
  ) {
    this.#estimate = estimate;
    this.#differences = new Float64Array(count + 1);
    this.#seen = new Float64Array(count);
  }

  get total(): number {
    return this.before(this.count);
  }

  of(row: number): number {
    return this.#seen[row] || this.#estimate;
  }

  /** Says how tall a row is, and gives by how much it grew. */
  set(row: number, height: number): number {
    const grown = height - this.of(row);
    this.#seen[row] = height;
    for (let at = row + 1; at <= this.count; at += at & -at) this.#differences[at]! += grown;
    return grown;
  }

  /** Where a row begins: the height of all rows before it. */
  before(row: number): number {
    let sum = row * this.#estimate;
    for (let at = row; at > 0; at -= at & -at) sum += this.#differences[at]!;
    return sum;
  }

  /** The row at a place; the first or the last for one outside. */
  at(place: number): number {
    let row = 0;
    let rest = place;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.count))); step >= 1; step /= 2) {
      const next = row + step;
      if (next > this.count) continue;
      const height = step * this.#estimate + this.#differences[next]!;
      if (height > rest) continue;
      row = next;
      rest -= height;
    }
    return Math.min(row, Math.max(0, this.count - 1));
  }
}
