/** What needs the person across all cases, and what companies owe them. The shapes are those of app/dto_today.go. */
import type { PromiseView } from './backend';

export interface TodayView {
  /** Where the person is. */
  day: string;
  /** Past its time, the oldest first. */
  late: TodayItem[];
  /** Due today or within seven days, the first due first. */
  thisWeek: TodayItem[];
  /** Due later, the first due first, then what was given no date, the oldest first. */
  waiting: TodayItem[];
  /** Contacts that were begun and wait to be saved, the one begun first first. */
  unfinished: UnfinishedView[];
  backupDue: boolean;
  /** The day of the last backup; empty when there was none. */
  backupLast: string;
}

/** Something that a company owes. */
export interface TodayItem {
  /** promise or answer. */
  kind: string;
  caseId: string;
  caseTitle: string;
  /** The one that promised, or all that were asked for an answer. */
  companies: string[];
  /** Empty when no date was given. */
  dueDay: string;
  dueClock: string;
  daysLate: number;
  /** In the words of the promise; empty for an answer. */
  what: string;
  /** The day it was promised; empty for an answer. */
  since: string;
  /** As much as its form needs; none for an answer, and in the list of cases. */
  promise?: PromiseView;
}

/** A contact that was begun and neither saved nor thrown away. */
export interface UnfinishedView {
  draftId: string;
  /** Empty while nobody said it, like the company. */
  caseId: string;
  caseTitle: string;
  company: string;
  /** Wall time where the person is. */
  began: string;
  ended: boolean;
}

export interface TodayBackend {
  today(): Promise<TodayView>;
}
