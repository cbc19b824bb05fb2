/** Go's refusals in words: for the summary on top, and the same words at each field. */
import type { Failure, FieldProblem } from '../backend/backend';
import type { Texts } from '../i18n/texts.svelte';

export interface WorkedOut {
  /** What happened, and what to do about it. */
  message: string;
  remedy: string;
  /** Where the file lies that it names; empty where it names none. */
  place: string;
}

/** Those of a file that the person chose: its name says which. Of a library or a backup the whole place does. */
const ofAFile = /^(file|not_a|outlook_file|mail_archive|bundle|certificate|dossier)(_|$)/;

/** The words for a problem. A value that is a word of ours (kind, field) is said in the language, too. */
export function explain(texts: Texts, problem: Pick<Failure, 'code' | 'values'>): WorkedOut {
  const values: Record<string, string> = { ...problem.values };
  const field = values.field && texts.lookUp(`field.${values.field}`);
  if (field) values.field = field;
  const kind = values.kind && texts.lookUp(`term.${values.kind}`);
  if (kind) values.kind = kind;
  const named = ofAFile.test(problem.code) ? /^(.*[\\/])([^\\/]+)$/.exec(values.path ?? '') : null;
  if (named) values.path = named[2]!;
  const message = texts.lookUp(`error.${problem.code}.message`, values);
  if (message === undefined) return explain(texts, { code: 'unexpected', values: { detail: problem.code } });
  // What to do about it in the window is not always what to do about it on the command line.
  const remedy = texts.lookUp(`page.do.${problem.code}`, values) ?? texts.lookUp(`error.${problem.code}.do`, values);
  return { message, remedy: remedy ?? '', place: named?.[1] ?? '' };
}

/** One line for a field: with its label as the page shows it. */
export function explainField(texts: Texts, problem: FieldProblem, label: string): string {
  const values = { ...problem.values, field: label };
  return texts.lookUp(`page.invalid.${problem.code}`, values) ?? explain(texts, problem).message;
}

/** A control of a form: its id, and its label as the page shows it. */
export interface Control {
  id: string;
  label: string;
}

export interface FormProblems {
  /** By Go’s name of the field: the words at it. */
  errors: Readonly<Record<string, string>>;
  /** For the summary on top, in the order of the form. */
  listed: { id: string; message: string }[];
}

/**
 * Puts each of Go’s refusals at its control. What has no control of its own, and what is no field’s fault, stands in the
 * summary alone, and leads to the first control.
 */
export function problemsAt(
  texts: Texts,
  failure: Failure | undefined,
  controls: Readonly<Record<string, Control>>,
): FormProblems {
  const errors: Record<string, string> = {};
  const listed: FormProblems['listed'] = [];
  if (!failure) return { errors, listed };
  for (const [field, { id, label }] of Object.entries(controls)) {
    const problem = failure.fields[field];
    if (!problem) continue;
    errors[field] = explainField(texts, problem, label);
    listed.push({ id, message: errors[field] });
  }
  const first = Object.values(controls)[0]?.id ?? '';
  for (const [field, problem] of Object.entries(failure.fields)) {
    if (field in controls) continue;
    listed.push({ id: first, message: explainField(texts, problem, texts.lookUp(`field.${field}`) ?? field) });
  }
  if (listed.length === 0) {
    const { message, remedy } = explain(texts, failure);
    listed.push({ id: first, message: `${message} ${remedy}` });
  }
  return { errors, listed };
}
