/** What is said of something that a company owes. The company is the subject, never the person. */
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

/** Where a case stands, in a sentence: what is late, then what is awaited. */
export function standingSentence(texts: Texts, standing: string, next: TodayItem | undefined): string {
  if (!next) return texts.text(standing === 'nothing_yet' ? 'page.status.nothing_yet' : 'page.status.quiet');
  const party = partyOf(texts, next);
  const what = next.what && texts.text('page.today.quoted', { what: next.what });
  if (standing === 'late') return [lateSentence(texts, next), what].filter(Boolean).join(': ');
  if (!next.what) return `${party}: ${texts.text('page.today.answer_by', { date: texts.date(next.dueDay) })}`;
  const due = next.dueDay ? texts.date(next.dueDay) : texts.text('page.due.none_read_back');
  return texts.text('page.status.waiting', { party, what: next.what, due });
}
