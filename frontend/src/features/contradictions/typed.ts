/** A contradiction as it is typed. */
import type { Failure, TimelineItem } from '../../lib/backend/backend';
import type { AnswerView, ContradictionInput, ContradictionView } from '../../lib/backend/runaround';
import { explain, explainField } from '../../lib/forms/problems';
import type { Texts } from '../../lib/i18n/texts.svelte';

export interface TypedAnswer {
  /** Tells the answers apart while they come and go. */
  key: number;
  entryId: string;
  /** What the entry is; undefined when it counts no longer, or none was chosen. */
  item: TimelineItem | undefined;
  state: AnswerView['state'];
  said: string;
}

export interface TypedContradiction {
  question: string;
  answers: TypedAnswer[];
  note: string;
}

/** It takes two to contradict one another. */
export const fewestAnswers = 2;

export function emptyAnswer(key: number): TypedAnswer {
  return { key, entryId: '', item: undefined, state: 'counts', said: '' };
}

export function typedOf(view: ContradictionView | undefined): TypedContradiction {
  if (!view) return { question: '', answers: [emptyAnswer(0), emptyAnswer(1)], note: '' };
  return {
    question: view.question,
    answers: view.answers.map(({ entryId, item, state, said }, key) => ({ key, entryId, item, state, said })),
    note: view.note,
  };
}

export function inputOf(caseId: string, typed: TypedContradiction): ContradictionInput {
  return {
    caseId,
    question: typed.question,
    answers: typed.answers.map(({ entryId, said }) => ({ entryId, said })),
    note: typed.note,
  };
}

export interface PinProblems {
  question: string;
  note: string;
  /** By the answer’s place: where it is from, and what was said. */
  answers: { source: string; said: string }[];
  listed: { id: string; message: string }[];
}

/** Puts each of Go’s refusals at its field; an answer’s come as answers.0.answer. */
export function problemsOf(texts: Texts, failure: Failure | undefined, count: number): PinProblems {
  const answers = Array.from({ length: count }, () => ({ source: '', said: '' }));
  const problems: PinProblems = { question: '', note: '', answers, listed: [] };
  if (!failure) return problems;
  const add = (id: string, message: string) => {
    problems.listed.push({ id, message });
    return message;
  };
  const { question, note } = failure.fields;
  if (question) problems.question = add('pin-question', explainField(texts, question, texts.text('page.pin.question')));
  answers.forEach((answer, place) => {
    const [from, said] = [failure.fields[`answers.${place}.answer_of`], failure.fields[`answers.${place}.answer`]];
    const gone = said?.code === 'not_found' ? said : undefined;
    if (from || gone) answer.source = add(`pin-${place}-source`, texts.text('page.pin.choose_source'));
    if (said && !gone) {
      answer.said = add(`pin-${place}-said`, explainField(texts, said, texts.text('page.pin.said')));
    }
  });
  if (note) problems.note = add('pin-note', explainField(texts, note, texts.text('page.pin.note')));
  if (problems.listed.length === 0) {
    const { message, remedy } = explain(texts, failure);
    add('pin-question', `${message} ${remedy}`);
  }
  return problems;
}
