/** Everything that can be counted in a case. Shapes of app/dto_totals.go. */
import type { Money } from './backend';
import type { Figures } from './case';

export interface FiguresReport {
  figures: Figures;
  /** From the first contact to today, without gaps. */
  months: MonthFigures[];
  byChannel: CodeCount[];
  byFailure: CodeCount[];
  byState: CodeCount[];
  retold: number;
  sentOn: number;
  talkSeconds: number;
  supervisorAsked: number;
  supervisorPutOn: number;
  recordedLive: number;
  recordedSameDay: number;
  recordedLater: number;
  spent: Money[];
  expenses: ExpenseView[];
  ownSeconds: number;
  ownTime?: Money;
  customerSince: string;
  customerYears: number;
  yearlySpend?: Money;
  hourValue?: Money;
}

export interface MonthFigures {
  /** YYYY-MM. */
  month: string;
  contacts: number;
  holdSeconds: number;
  promisesDue: number;
  promisesNotKept: number;
}

export interface CodeCount {
  code: string;
  count: number;
}

export interface ExpenseView {
  id: string;
  what: string;
  amount: Money;
  /** As much of when as is known. */
  wall: string;
  corrected: boolean;
  rivals: boolean;
}

export interface ExpenseInput {
  caseId: string;
  what: string;
  amount: string;
  currency: string;
  /** As it is typed. */
  when: string;
  /** IANA name. */
  zone: string;
}

export interface LoyaltyInput {
  caseId: string;
  customerSince: string;
  yearlySpend: string;
  hourValue: string;
  currency: string;
  reason: string;
}

export interface TotalsBackend {
  totals(caseId: string): Promise<FiguresReport>;
  /** Gives the expense's id. */
  addExpense(input: ExpenseInput): Promise<string>;
  /** Gives the correction's id. */
  setLoyalty(input: LoyaltyInput): Promise<string>;
}
