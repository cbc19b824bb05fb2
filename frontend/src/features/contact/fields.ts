/** Go's names for the fields of a contact, the controls they stand at, and what those are called. */
import type { Failure } from '../../lib/backend/backend';
import { explain, explainField } from '../../lib/forms/problems';
import type { Texts } from '../../lib/i18n/texts.svelte';

export interface ContactProblems {
  /** By Go's field name: the words at the field. */
  fields: Record<string, string>;
  /** By index of the promise, then by field. */
  promises: Record<string, string>[];
  /** For the summary on top, in the order of the form. */
  listed: { id: string; message: string }[];
}

export const noProblems: ContactProblems = { fields: {}, promises: [], listed: [] };

const order = [
  'when',
  'offset',
  'company',
  'channel',
  'direction',
  'people',
  'summary',
  'what',
  'due',
  'amount',
  'hold',
  'talk',
  'transfers',
  'retold',
  'sent_to',
  'verbatim',
  'reference',
  'number',
  'failures',
  'supervisor',
  'made_by',
  'basis',
];

function labelOf(texts: Texts, field: string): string {
  const labels: Record<string, string> = {
    company: texts.text('page.contact.company'),
    channel: texts.text('page.contact.channel'),
    direction: texts.text('page.contact.direction'),
    when: texts.text('page.log.when'),
    offset: texts.text('page.log.when'),
    people: texts.text('page.contact.people'),
    summary: texts.text('page.contact.summary'),
    verbatim: texts.text('page.contact.verbatim'),
    hold: texts.text('page.contact.hold'),
    talk: texts.text('page.contact.talk'),
    transfers: texts.text('page.contact.transfers'),
    retold: texts.text('page.runaround.form.retold'),
    sent_to: texts.text('page.runaround.form.sent_to'),
    number: texts.text('page.contact.number'),
    reference: texts.text('page.contact.company_reference'),
    failures: texts.text('page.contact.failures'),
    supervisor: texts.text('page.contact.supervisor'),
    made_by: texts.text('page.contact.made_by'),
    basis: texts.text('page.contact.basis'),
    what: texts.text('page.promise.what'),
    due: texts.text('page.due.label'),
    amount: texts.text('page.promise.amount'),
  };
  return labels[field] ?? texts.lookUp(`field.${field}`) ?? field;
}

/** Puts each of Go's refusals at its field. A promise's fields come as promises.0.what. */
export function problemsOf(texts: Texts, failure: Failure | undefined): ContactProblems {
  if (!failure) return noProblems;
  const problems: ContactProblems = { fields: {}, promises: [], listed: [] };
  const place = (field: string) => {
    const at = order.indexOf(field);
    return at < 0 ? order.length : at;
  };
  const refused = Object.entries(failure.fields).sort(([a], [b]) => place(a) - place(b));
  for (const [field, problem] of refused) {
    const [, index, part] = /^promises\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const message = explainField(texts, problem, labelOf(texts, part ?? field));
    if (index !== undefined && part !== undefined) {
      (problems.promises[Number(index)] ??= {})[part] = message;
      problems.listed.push({ id: `contact-promise-${index}-${part}`, message });
    } else {
      problems.fields[field] = message;
      problems.listed.push({ id: `contact-${field === 'offset' ? 'when' : field}`, message });
    }
  }
  if (problems.listed.length === 0) {
    const { message, remedy } = explain(texts, failure);
    problems.listed.push({ id: 'contact-summary', message: `${message} ${remedy}` });
  }
  return problems;
}
