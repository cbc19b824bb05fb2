/** A call that ended, said back part by part. */
import type { CaseSummary } from '../../lib/backend/backend';
import type { Texts } from '../../lib/i18n/texts.svelte';
import { isSomebody } from '../../lib/forms/person';
import type { LiveCall } from './call.svelte';
import { newCase, stopwatch, transfers } from './form';
import { nameOf, promiseSaid } from './said';

export type Part = 'case' | 'who' | 'time' | 'promises' | 'failures' | 'notes';

export function reviewed(texts: Texts, call: LiveCall, cases: CaseSummary[]): Record<Part | 'hold', string> {
  const { form } = call;
  const caseId = call.caseOf(cases);
  const title = form.newCase.trim() || form.company.trim();
  const people = form.people.filter((person) => isSomebody(person) || form.people.length > 1);
  const passedOn = transfers(form);
  const hold = call.held > 0 ? stopwatch(call.held) : '';
  const held = form.hold || hold;
  const lines = (all: string[]) => all.filter(Boolean).join('\n');
  return {
    case:
      caseId === newCase
        ? title && texts.text('page.call.new_case_said', { title })
        : (cases.find((one) => one.id === caseId)?.title ?? ''),
    who: lines([
      [form.company.trim(), people.map((person) => nameOf(texts, person)).join(' → ')].filter(Boolean).join(': '),
      passedOn > 0 ? texts.count('page.call.passed_times', passedOn) : '',
      form.sentTo.trim() && texts.text('page.call.sent_said', { where: form.sentTo.trim() }),
      form.retold > 0 ? texts.count('page.call.again_times', form.retold) : '',
      form.supervisor ? texts.term('supervisor', form.supervisor) : '',
      form.companyReference.trim() && texts.text('page.call.reference_said', { number: form.companyReference.trim() }),
    ]),
    time: lines([
      texts.text('page.call.time_said', {
        when: texts.when(call.began),
        duration: texts.duration(Math.round(call.seconds)),
      }),
      held && texts.text('page.call.held_said', { time: form.hold || texts.duration(call.held) }),
    ]),
    promises: lines(form.promises.map((promise) => promiseSaid(texts, promise))),
    failures: texts.list(form.failures.map((code) => texts.term('failure', code))),
    notes: lines([form.summary.trim(), ...call.notes.map((note) => `${note.clock}  ${note.text}`)]),
    hold,
  };
}
