/** What a cell shows beside what was typed: what it stands for when it was left out, what was understood, what is wrong. */
import type { FieldProblem } from '../../lib/backend/backend';
import type { ManyRowRead } from '../../lib/backend/many';
import { explainField } from '../../lib/forms/problems';
import type { TextKey } from '../../lib/i18n/keys';
import type { Texts } from '../../lib/i18n/texts.svelte';
import { isBlank, type Column, type Row } from './rows';

export interface Shown {
  /** What counts where the cell is empty. */
  instead: string;
  /** What was understood, in words. */
  read: string;
  problem: string;
}

const headings: Readonly<Record<Column, TextKey & `page.many.column.${Column}`>> = {
  when: 'page.many.column.when',
  company: 'page.many.column.company',
  channel: 'page.many.column.channel',
  who: 'page.many.column.who',
  hold: 'page.many.column.hold',
  what: 'page.many.column.what',
  promise: 'page.many.column.promise',
  due: 'page.many.column.due',
  sentTo: 'page.many.column.sentTo',
};

export function heading(texts: Texts, column: Column): string {
  return texts.text(headings[column]);
}

/** A day with its weekday, short: “Thu 12 Mar 2026, 10:05”. */
export function shortWhen(texts: Texts, wall: string): string {
  const [day = '', clock = ''] = wall.split('T');
  if (day.length < 10) return texts.when(wall);
  const date = `${texts.shortWeekday(day)} ${texts.shortDate(day)}`;
  if (clock.length === 2) return texts.text('page.many.about_hour', { date, hour: Number(clock) });
  return clock ? `${date}, ${clock}` : date;
}

/** How a channel is said, with who began: “phone”, “phone, from them”. */
export function channelWords(texts: Texts, channel: string, direction: string): string {
  const name = texts.term('channel', channel);
  return direction === 'incoming' ? texts.text('page.many.from_them', { channel: name }) : name;
}

export function shown(texts: Texts, row: Row, read: ManyRowRead | undefined, column: Column): Shown {
  const found = read?.problems[column];
  return {
    instead: isBlank(row) || row[column] || !read ? '' : insteadOf(texts, read, column),
    read: read ? understood(texts, row, read, column) : '',
    problem: found && !isBlank(row) ? inShort(texts, found, heading(texts, column)) : '',
  };
}

/** The words for a narrow cell; the summary says it in full. */
function inShort(texts: Texts, found: FieldProblem, name: string): string {
  return texts.lookUp(`page.many.invalid.${found.code}`, found.values) ?? explainField(texts, found, name);
}

function insteadOf(texts: Texts, read: ManyRowRead, column: Column): string {
  if (column === 'company') return read.company;
  if (column === 'channel') return read.channel && channelWords(texts, read.channel, read.direction);
  return '';
}

function understood(texts: Texts, row: Row, read: ManyRowRead, column: Column): string {
  if (column === 'when') return read.when && shortWhen(texts, read.when);
  if (column === 'due') return read.due && shortWhen(texts, read.due);
  if (column === 'hold' && row.length) return texts.text('page.many.length', { time: row.length });
  return '';
}
