/** Finding emails and taking them into a case. The shapes are those of app/dto_mail.go. */
import type { Unsubscribe } from './backend';

/** One thing that is looked for. */
export interface MailTerm {
  /** domain, address, name, reference, words, replies or conversation. */
  kind: string;
  text: string;
}

/** Something that is worth looking for, and why. */
export interface MailSuggestion extends MailTerm {
  /** company, reference, contact, mail or conversations. */
  reason: string;
  company: string;
  label: string;
  day: string;
  count: number;
  /** It is looked for unless the person says otherwise. */
  likely: boolean;
}

export interface MailStart {
  suggestions: MailSuggestion[];
  /** What is left of an import that was cut off. */
  unfinished: { total: number; mailboxId: string } | null;
  /** null while the case is not watched. */
  watch: MailWatch | null;
}

/** How a case is watched for new emails. */
export interface MailWatch {
  caseId: string;
  caseTitle: string;
  mailboxId: string;
  /** Wall time; empty before the first time. */
  looked: string;
  /** A Failure as JSON text; empty when the last try did not fail. */
  failure: string;
  /** Emails that nobody has decided about, and who wrote them. */
  waiting: number;
  from: string[];
}

/** Files and folders to look for emails in. */
export interface MailFiles {
  /** Empty when the person thought better of it. */
  selectionId: string;
  names: string[];
  size: number;
}

export interface MailSearchInput {
  caseId: string;
  /** One of the two. */
  mailboxId: string;
  selectionId: string;
  terms: MailTerm[];
  /** Days, or empty. */
  since: string;
  until: string;
  /** In the whole of each email. */
  text: boolean;
  /** In spam and what was thrown away, too. */
  thrownAway: boolean;
  /** Of files: what matches nothing, too. */
  everything: boolean;
}

export interface MailFound {
  conversations: MailConversation[];
  /** Conversations. */
  total: number;
  emails: number;
  /** Emails that can be taken in. */
  new: number;
}

/** Emails that answer one another, by date. */
export interface MailConversation {
  id: string;
  subject: string;
  from: string[];
  emails: MailEmail[];
  why: MailTerm[];
  new: number;
}

export interface MailEmail {
  id: string;
  from: string;
  to: string;
  subject: string;
  /** By the sender's clock; empty when it does not say. */
  wall: string;
  size: number;
  /** new, known or taken_back. */
  state: string;
  /** The email in the case, where it is known which one it is; else empty. */
  entryId: string;
}

export interface MailPreview {
  text: string;
  attachments: { fileName: string; mediaType: string }[];
}

export interface MailImportInput {
  reviewId: string;
  /** All but those that are named; else only these. */
  all: boolean;
  emailIds: string[];
}

export interface MailOutcome {
  imported: number;
  already: number;
  defective: number;
  failed: number;
  /** What kept the first of them from being taken in: JSON, as errors cross the bridge. */
  failures: string[];
  /** What to take back to undo it. */
  entryIds: string[];
  /** Emails and contacts that are probably one and the same. */
  same: SameEvent[];
}

export interface SameEvent {
  messageId: string;
  contactId: string;
  subject: string;
  company: string;
  day: string;
}

export interface FindBackend {
  mailStart(caseId: string): Promise<MailStart>;
  chooseMailFiles(): Promise<MailFiles>;
  chooseMailFolder(): Promise<MailFiles>;
  /** What fell on the window. */
  droppedMail(selectionId: string): Promise<MailFiles>;

  /** Starts the job that searches; its id is the review's as well. */
  searchMail(input: MailSearchInput): Promise<string>;
  foundMail(reviewId: string, first: number, limit: number): Promise<MailFound>;
  previewMail(reviewId: string, emailId: string): Promise<MailPreview>;
  /** Starts the job that looks for the rest of a conversation. */
  widenMail(reviewId: string, conversationId: string): Promise<string>;

  /** Starts the job that takes emails in. */
  importMail(input: MailImportInput): Promise<string>;
  resumeMail(caseId: string): Promise<string>;
  forgetUnfinishedMail(caseId: string): Promise<void>;
  mailOutcome(caseId: string, jobId: string): Promise<MailOutcome>;
  /** Says that an email and a contact are the same; what to take back to part them. */
  linkMail(messageId: string, contactId: string): Promise<string>;

  mailWatches(): Promise<MailWatch[]>;
  /** Watches for what a review looked for; without one, for what is likely. */
  watchMail(caseId: string, mailboxId: string, reviewId: string): Promise<void>;
  stopWatchingMail(caseId: string): Promise<void>;
  /** Starts the job that looks for new emails now. */
  lookForMail(caseId: string): Promise<string>;
  dismissMail(caseId: string): Promise<void>;
  /** A review of what waits. */
  reviewWaitingMail(caseId: string): Promise<string>;
  /** What waits for a case may have changed. */
  onMailNews(listener: (caseId: string) => void): Unsubscribe;
}
