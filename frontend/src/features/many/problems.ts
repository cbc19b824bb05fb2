/** Go's refusals of rows in words, for the summary: each leads to its cell. */
import type { Failure } from '../../lib/backend/backend';
import { explain, explainField } from '../../lib/forms/problems';
import type { Texts } from '../../lib/i18n/texts.svelte';
import { heading } from './cells';
import { columns, type Column } from './rows';

export function listed(texts: Texts, failure: Failure | undefined): { id: string; message: string }[] {
  if (!failure) return [];
  const found = Object.entries(failure.fields).flatMap(([field, problem]) => {
    const [, row, column] = /^rows\.(\d+)\.(\w+)$/.exec(field) ?? [];
    if (row === undefined || !columns.includes(column as Column)) return [];
    const message = texts.text('page.many.problem', {
      number: Number(row) + 1,
      problem: explainField(texts, problem, heading(texts, column as Column)),
    });
    return [
      { at: Number(row) * columns.length + columns.indexOf(column as Column), id: `many-${row}-${column}`, message },
    ];
  });
  if (found.length > 0) return found.sort((a, b) => a.at - b.at);
  if (failure.fields.rows) return [{ id: 'many-0-when', message: texts.text('page.many.nothing') }];
  const { message, remedy } = explain(texts, failure);
  return [{ id: 'many-save', message: `${message} ${remedy}` }];
}
