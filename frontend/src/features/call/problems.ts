/** Go's refusals of a call, at the fields and parts of the review they belong to. */
import type { Failure } from '../../lib/backend/backend';
import { explain, explainField } from '../../lib/forms/problems';
import type { Texts } from '../../lib/i18n/texts.svelte';
import type { Part } from './review';

interface CallProblems {
  fields: Record<string, string>;
  /** By place of the promise, then by field. */
  promises: Record<string, string>[];
  listed: { id: string; message: string }[];
  /** The parts of the review that something is wrong in. */
  parts: Part[];
}

const parts: Record<string, Part> = {
  case: 'case',
  title: 'case',
  company: 'who',
  person: 'who',
  position: 'who',
  reference: 'who',
  number: 'who',
  supervisor: 'who',
  retold: 'who',
  sent_to: 'who',
  hold: 'time',
  end: 'time',
  when: 'time',
  failure: 'failures',
  summary: 'notes',
};

function labelOf(texts: Texts, field: string): string {
  const labels: Record<string, string> = {
    case: texts.text('page.call.case'),
    company: texts.text('page.contact.company'),
    reference: texts.text('page.contact.company_reference'),
    number: texts.text('page.contact.number'),
    hold: texts.text('page.contact.hold'),
    summary: texts.text('page.contact.summary'),
    what: texts.text('page.promise.what'),
    due: texts.text('page.due.label'),
    amount: texts.text('page.promise.amount'),
  };
  return labels[field] ?? texts.lookUp(`field.${field}`) ?? field;
}

export function problemsOf(texts: Texts, failure: Failure | undefined): CallProblems {
  const problems: CallProblems = { fields: {}, promises: [], listed: [], parts: [] };
  if (!failure) return problems;
  for (const [field, problem] of Object.entries(failure.fields)) {
    const [, index, part] = /^promises\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const message = explainField(texts, problem, labelOf(texts, part ?? field));
    if (index !== undefined && part !== undefined) {
      (problems.promises[Number(index)] ??= {})[part] = message;
      problems.listed.push({ id: `call-promises-${index}-${part}`, message });
      problems.parts.push('promises');
    } else {
      problems.fields[field] = message;
      problems.listed.push({ id: `call-${field === 'person' ? 'people' : field}`, message });
      const at = parts[field];
      if (at) problems.parts.push(at);
    }
  }
  if (problems.listed.length === 0) {
    const { message, remedy } = explain(texts, failure);
    problems.listed.push({ id: 'call-save', message: `${message} ${remedy}` });
  }
  return problems;
}
