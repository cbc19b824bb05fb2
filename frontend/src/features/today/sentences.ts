/** What is said of something that a company owes. The company is the subject, never the person. */
import type { TodayItem } from '../../lib/backend/today';
import type { Texts } from '../../lib/i18n/texts.svelte';

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
    return texts.text('page.today.no_date', { when: texts.relativeDay(item.promise?.madeOn ?? today, today) });
  }
  return texts.text('page.today.due_on', { date: texts.date(item.dueDay) });
}
