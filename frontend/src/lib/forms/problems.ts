/** Go's refusals in words: for the summary on top, and the same words at each field. */
import type { Failure, FieldProblem } from '../backend/backend';
import type { Texts } from '../i18n/texts.svelte';

export interface WorkedOut {
  /** What happened, and what to do about it. */
  message: string;
  remedy: string;
}

/** The words for a problem. A value that is a word of ours (kind, field) is said in the language, too. */
export function explain(texts: Texts, problem: Pick<Failure, 'code' | 'values'>): WorkedOut {
  const values: Record<string, string> = { ...problem.values };
  const field = values.field && texts.lookUp(`field.${values.field}`);
  if (field) values.field = field;
  const kind = values.kind && texts.lookUp(`term.${values.kind}`);
  if (kind) values.kind = kind;
  const message = texts.lookUp(`error.${problem.code}.message`, values);
  if (message === undefined) return explain(texts, { code: 'unexpected', values: { detail: problem.code } });
  return { message, remedy: texts.lookUp(`error.${problem.code}.do`, values) ?? '' };
}

/** One line for a field: with its label as the page shows it. */
export function explainField(texts: Texts, problem: FieldProblem, label: string): string {
  const values = { ...problem.values, field: label };
  return texts.lookUp(`page.invalid.${problem.code}`, values) ?? explain(texts, problem).message;
}
