/** The one sentence that says where a case stands. The company is its subject, and nothing is said of anybody's intent. */
import type { Standing } from '../../lib/backend/backend';
import type { Texts } from '../../lib/i18n/texts.svelte';

export function sentenceOf(texts: Texts, { kind, promise }: Standing): string {
  // The sentence has a full stop of its own.
  const what = (promise?.what ?? '').replace(/[\s.]+$/, '');
  if (kind === 'late' && promise) {
    const { party, dueDay, dueClock, daysLate } = promise;
    if (daysLate === 0) return texts.text('page.casescreen.status.late_today', { party, what, clock: dueClock });
    const late = texts.count('count.day_late', daysLate);
    return texts.text('page.casescreen.status.late', { party, what, due: texts.date(dueDay), late });
  }
  if (kind === 'waiting' && promise) {
    const { party, dueDay } = promise;
    if (!dueDay) return texts.text('page.casescreen.status.no_date', { party, what });
    return texts.text('page.casescreen.status.waiting', { party, what, due: texts.date(dueDay) });
  }
  return texts.text(kind === 'nothing_yet' ? 'page.status.nothing_yet' : 'page.status.quiet');
}
