/** What is due this week, day by day. */
import type { TodayItem } from '../../lib/backend/today';

export interface DayOfWeek {
  day: string;
  items: TodayItem[];
}

/** Groups items by the day they are due; they come in that order. */
export function byDay(items: readonly TodayItem[]): DayOfWeek[] {
  const days: DayOfWeek[] = [];
  for (const item of items) {
    const last = days.at(-1);
    if (last?.day === item.dueDay) last.items.push(item);
    else days.push({ day: item.dueDay, items: [item] });
  }
  return days;
}
