/** What the page asks for to say what something on record should have said. Shapes of app/dto_corrections.go. */
import type { ContactInput, PromiseInput } from './backend';
import type { ExpenseInput } from './totals';

/** What a case says of itself, as it is typed. */
export interface CaseTerms {
  caseId: string;
  title: string;
  summary: string;
  stillConcerned: string;
  /** A line each. */
  outcome: string;
  answerBy: string;
  claimed: string;
  currency: string;
  /** IANA name: in which its dates are read. */
  zone: string;
  /** Who complains, as a dossier names them. */
  name: string;
  address: string;
  email: string;
  phone: string;
}

/** How a case ended. */
export interface EndingView {
  /** Has words under term.ending. */
  kind: string;
  day: string;
  note: string;
}

export interface EndingInput {
  caseId: string;
  kind: string;
  /** As it is typed; empty is today. */
  on: string;
  zone: string;
  note: string;
}

/** Things are given as they would be typed, and taken as they were typed anew. What is corrected gives the correction’s id. */
export interface CorrectionsBackend {
  typedContact(caseId: string, contactId: string): Promise<ContactInput>;
  correctContact(contactId: string, input: ContactInput, reason: string): Promise<string>;
  typedPromise(caseId: string, promiseId: string): Promise<PromiseInput>;
  correctPromise(promiseId: string, input: PromiseInput, reason: string): Promise<string>;
  typedExpense(caseId: string, expenseId: string): Promise<ExpenseInput>;
  correctExpense(expenseId: string, input: ExpenseInput, reason: string): Promise<string>;
  typedCase(caseId: string): Promise<CaseTerms>;
  correctCase(terms: CaseTerms, reason: string): Promise<string>;

  closeCase(input: EndingInput): Promise<string>;
  reopenCase(caseId: string): Promise<string>;
}
