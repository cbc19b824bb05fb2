/** The rows of the grid, and what a clipboard makes of them. */
import type { ManyRow } from '../../lib/backend/many';
import { fold } from '../../lib/text/fold';

export const columns = ['when', 'company', 'channel', 'who', 'hold', 'what', 'promise', 'due', 'sentTo'] as const;
export type Column = (typeof columns)[number];

/** A row keeps its key for as long as it lives, wherever it stands. */
export interface Row extends ManyRow {
  key: number;
}

export const emptyRow: ManyRow = {
  when: '',
  company: '',
  channel: '',
  who: '',
  hold: '',
  what: '',
  promise: '',
  due: '',
  sentTo: '',
  basis: '',
  number: '',
  length: '',
  direction: '',
};

export function isBlank(row: ManyRow): boolean {
  return columns.every((column) => row[column].trim() === '');
}

/** A field of a line: quoted, with doubled quotes in it, or plain. */
function readLines(text: string, separator: string): string[][] {
  const lines: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = () => {
    lines[lines.length - 1]!.push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (sign === separator) end();
    else if (sign === '\n') {
      end();
      lines.push([]);
    } else cell += sign;
  }
  end();
  return lines.filter((line) => line.some((each) => each !== ''));
}

/** Whether every line has the same number of that separator, and at least one. */
function parts(text: string, separator: string): boolean {
  const lines = readLines(text, separator);
  return lines.length > 1 && lines[0]!.length > 1 && lines.every((line) => line.length === lines[0]!.length);
}

/**
 * Cells out of a clipboard: a spreadsheet parts them with tabs, a file of values with semicolons or commas. One line
 * without a tab is one cell, however many commas it has: it is a sentence. undefined for one cell.
 */
export function cellsOf(text: string): string[][] | undefined {
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(/\n+$/, '');
  if (plain.includes('\t')) return readLines(plain, '\t');
  const separator = [';', ','].find((each) => parts(plain, each));
  if (separator) return readLines(plain, separator);
  const lines = readLines(plain, '\u0000');
  return lines.length > 1 ? lines : undefined;
}

/** Without a first line that only names the columns. */
export function withoutHeading(cells: string[][], labels: readonly string[]): string[][] {
  const known = labels.map(fold);
  const named = cells[0]?.every((cell) => cell === '' || known.includes(fold(cell)));
  return named && cells.length > 1 ? cells.slice(1) : cells;
}
