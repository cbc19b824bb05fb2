/** What is said of something that a company owes. The company is the subject, never the person. */
import type { CaseSummary } from '../backend/backend';
import type { EndingView } from '../backend/corrections';
import type { TodayItem } from '../backend/today';
import type { Texts } from '../i18n/texts.svelte';

export function partyOf(texts: Texts, item: TodayItem): string {
  return texts.list(item.companies);
}

/** “Envíos Rayo is 5 days late”. */
export function lateSentence(texts: Texts, item: TodayItem): string {
  const party = partyOf(texts, item);
  if (item.kind === 'answer') return texts.count('page.today.answer_late', item.daysLate, { party });
  if (item.daysLate === 0) return texts.text('page.today.late_today', { party, clock: item.dueClock });
  return texts.count('page.today.late', item.daysLate, { party });
}

/** By when it is due: “by 3 March 2026”, or how long ago it was promised without a date. */
export function dueSentence(texts: Texts, item: TodayItem, today: string): string {
  if (!item.dueDay) {
    return texts.text('page.today.no_date', { when: texts.relativeDay(item.since || today, today) });
  }
  return texts.text('page.today.due_on', { date: texts.date(item.dueDay) });
}

/** A promise, as far as a sentence about it needs it. */
export interface Promised {
  party: string;
  what: string;
  dueDay: string;
  dueClock: string;
  daysLate: number;
}

/** Where a case stands, in a sentence: what is late, then what is awaited. Nothing is said of anybody’s intent. */
export function standingSentence(texts: Texts, standing: string, promise: Promised | undefined): string {
  if (!promise) return texts.text(standing === 'nothing_yet' ? 'page.status.nothing_yet' : 'page.status.quiet');
  const { party, dueDay, dueClock: clock, daysLate } = promise;
  // The sentence has a full stop of its own.
  const what = promise.what.replace(/[\s.]+$/, '');
  if (standing === 'late' && daysLate === 0) {
    return texts.text('page.casescreen.status.late_today', { party, what, clock });
  }
  if (!dueDay) return texts.text('page.casescreen.status.no_date', { party, what });
  const due = texts.date(dueDay);
  if (standing !== 'late') return texts.text('page.casescreen.status.waiting', { party, what, due });
  return texts.text('page.casescreen.status.late', { party, what, due, late: texts.count('count.day_late', daysLate) });
}

type CaseStanding = Pick<CaseSummary, 'standing' | 'next' | 'ending'>;

/** “Closed on 3 March 2026: solved in part.” */
export function endingSentence(texts: Texts, { kind, day }: EndingView): string {
  const how = texts.term('ending', kind);
  return day
    ? texts.text('page.acts.ended_at', { date: texts.date(day), how })
    : texts.text('page.acts.ended', { how });
}

/** Where a case stands, when it may be over, and when an answer may be what is awaited. */
export function caseSentence(texts: Texts, { standing, next, ending }: CaseStanding): string {
  if (ending) return endingSentence(texts, ending);
  if (next?.kind !== 'answer')
    return standingSentence(texts, standing, next && { ...next, party: partyOf(texts, next) });
  if (standing === 'late') return lateSentence(texts, next);
  return `${partyOf(texts, next)}: ${texts.text('page.today.answer_by', { date: texts.date(next.dueDay) })}`;
}
