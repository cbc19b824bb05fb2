/** The grid as it is typed: its cells, where one is, and taking back what was done to it before it is saved. */
import type { ManyRow } from '../../lib/backend/many';
import { columns, emptyRow, isBlank, type Column, type Row } from './rows';

/** As many rows as are looked through in one go; Go takes no more. */
export const mostRows = 500;
const shownAtLeast = 8;
const rememberedSteps = 100;

export interface Kept {
  rows: ManyRow[];
  basis: string;
  logIds: string[];
}

export class Grid {
  #rows = $state.raw<readonly Row[]>([]);
  #row = $state(0);
  #column = $state(0);
  /** What is typed into the cell one is in, until one leaves it. */
  #pending = $state<string>();
  #past: (readonly Row[])[] = [];
  #future: (readonly Row[])[] = [];
  #next = 1;
  /** Where a run of Tabs began: Enter goes back there, a row further down. */
  #runFrom = 0;

  constructor(rows: readonly ManyRow[] = []) {
    this.#rows = this.#whole(rows.map((row) => this.#keyed(row)));
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get place(): { row: number; column: number } {
    return { row: this.#row, column: this.#column };
  }

  get column(): Column {
    return columns[this.#column]!;
  }

  get pending(): string | undefined {
    return this.#pending;
  }

  /** The rows with what is being typed in its place. */
  get current(): readonly Row[] {
    if (this.#pending === undefined) return this.#rows;
    return this.#with(this.#row, { [this.column]: this.#pending });
  }

  get filled(): number {
    return this.current.filter((row) => !isBlank(row)).length;
  }

  type(text: string): void {
    this.#pending = text;
  }

  cancel(): void {
    this.#pending = undefined;
  }

  /** Puts what was typed into its cell. */
  commit(): void {
    const text = this.#pending;
    if (text === undefined) return;
    this.#pending = undefined;
    if (text !== this.#rows[this.#row]?.[this.column]) this.#change(this.#with(this.#row, { [this.column]: text }));
  }

  go(row: number, column: number): void {
    this.commit();
    this.#row = Math.min(Math.max(row, 0), this.#rows.length - 1);
    this.#column = Math.min(Math.max(column, 0), columns.length - 1);
    this.#runFrom = this.#column;
  }

  /** To the next cell or the one before; false at the end of the grid, where Tab leads out of it. */
  tab(step: 1 | -1): boolean {
    const from = this.#runFrom;
    this.commit();
    const at = this.#row * columns.length + this.#column + step;
    const leaves = step > 0 && this.#column === columns.length - 1 && isBlank(this.#rows[this.#row]!);
    if (at < 0 || at >= this.#rows.length * columns.length || leaves) return false;
    this.go(Math.floor(at / columns.length), at % columns.length);
    this.#runFrom = at % columns.length === 0 ? 0 : Math.min(from, this.#column);
    return true;
  }

  /** To the next row, below where the run of Tabs began. */
  enter(step: 1 | -1): void {
    this.go(this.#row + step, this.#runFrom);
  }

  /** Copies the cell above. */
  fillDown(): void {
    const above = this.#rows[this.#row - 1];
    if (!above) return;
    this.#pending = undefined;
    this.#change(this.#with(this.#row, { [this.column]: above[this.column] }));
  }

  /** Puts cells of a spreadsheet where one is, to the right and down; gives how many rows they filled. */
  paste(cells: string[][]): number {
    this.#pending = undefined;
    const rows = [...this.#rows];
    const taken = cells.slice(0, mostRows - this.#row);
    taken.forEach((line, down) => {
      const at = this.#row + down;
      const row = { ...(rows[at] ?? this.#keyed(emptyRow)) };
      line.slice(0, columns.length - this.#column).forEach((text, right) => {
        row[columns[this.#column + right]!] = text;
      });
      rows[at] = row;
    });
    this.#change(rows);
    return taken.length;
  }

  /** Adds rows behind the last that is filled; gives how many there was room for. */
  add(added: readonly ManyRow[]): number {
    this.commit();
    const end = this.#rows.findLastIndex((row) => !isBlank(row)) + 1;
    const taken = added.slice(0, mostRows - end);
    this.#change([...this.#rows.slice(0, end), ...taken.map((row) => this.#keyed(row))]);
    this.go(end, 0);
    return taken.length;
  }

  remove(row: number): void {
    this.#pending = undefined;
    this.#change(this.#rows.filter((_, at) => at !== row));
    this.go(this.#row, this.#column);
  }

  undo(): boolean {
    return this.#step(this.#past, this.#future);
  }

  redo(): boolean {
    return this.#step(this.#future, this.#past);
  }

  /** What a draft keeps: up to the last row with something in it. */
  kept(): ManyRow[] {
    const rows = this.current;
    const end = rows.findLastIndex((row) => !isBlank(row)) + 1;
    return rows.slice(0, end).map((row) => withoutKey(row));
  }

  #step(from: (readonly Row[])[], to: (readonly Row[])[]): boolean {
    this.#pending = undefined;
    const rows = from.pop();
    if (!rows) return false;
    to.push(this.#rows);
    this.#rows = rows;
    this.#row = Math.min(this.#row, rows.length - 1);
    return true;
  }

  #change(rows: readonly Row[]): void {
    this.#past.push(this.#rows);
    if (this.#past.length > rememberedSteps) this.#past.shift();
    this.#future = [];
    this.#rows = this.#whole(rows);
  }

  #with(at: number, values: Partial<ManyRow>): readonly Row[] {
    return this.#rows.map((row, index) => (index === at ? { ...row, ...values } : row));
  }

  #keyed(row: ManyRow): Row {
    return { ...row, key: this.#next++ };
  }

  /** There is always an empty row to go on in, and a table from the start. */
  #whole(rows: readonly Row[]): readonly Row[] {
    const whole = [...rows];
    while (whole.length < mostRows && (whole.length < shownAtLeast || !isBlank(whole[whole.length - 1]!))) {
      whole.push(this.#keyed(emptyRow));
    }
    return whole;
  }
}

export function withoutKey(row: Row): ManyRow {
  const plain: ManyRow & { key?: number } = { ...row };
  delete plain.key;
  return plain;
}

/** Reads a kept draft; a damaged one is none. */
export function readKept(text: string): Kept {
  const none: Kept = { rows: [], basis: 'memory', logIds: [] };
  if (!text) return none;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return none;
    const { rows, basis, logIds } = kept as Partial<Record<keyof Kept, unknown>>;
    return {
      rows: Array.isArray(rows) ? rows.filter((row) => typeof row === 'object' && row !== null).map(readRow) : [],
      basis: typeof basis === 'string' ? basis : none.basis,
      logIds: Array.isArray(logIds) ? logIds.filter((id) => typeof id === 'string') : [],
    };
  } catch {
    return none;
  }
}

function readRow(row: Partial<Record<keyof ManyRow, unknown>>): ManyRow {
  const read = { ...emptyRow };
  for (const field of Object.keys(emptyRow) as (keyof ManyRow)[]) {
    const value = row[field];
    if (typeof value === 'string') read[field] = value;
  }
  return read;
}
