/** What the page asks of one case: its head first, and each part when it is looked at. Shapes of app/dto_case.go. */
import type { Ground, Money, Reference } from './backend';
import type { EvidenceView } from './evidence';

/** What every part of a case's screen needs. */
export interface CaseHead {
  id: string;
  title: string;
  summary: string;
  stillConcerned: string;
  outcome: string[];
  answerBy: string;
  claimed?: Money;
  zone: string;
  /** Today where the person lives. */
  today: string;
  parties: PartyView[];
  counts: CaseCounts;
  standing: Standing;
}

/** How many things each part of a case has. */
export interface CaseCounts {
  timeline: number;
  promises: number;
  people: number;
  evidence: number;
}

/** Where a case stands: what its one status sentence says. */
export interface Standing {
  /** nothing_yet, late, waiting or quiet. */
  kind: string;
  /** The one that is latest, or awaited first. */
  promise?: PromiseView;
  /** How many more promises are past their date. */
  others: number;
}

/** What a form needs to know of the case that it writes to. */
export interface CaseView extends CaseHead {
  people: PersonView[];
  /** In the order they were made. */
  promises: PromiseView[];
}

/** What the drawing of a whole case at a glance is made from, in order. */
export interface CaseStrip {
  marks: StripMark[];
  promises: StripPromise[];
}

/** A contact or a message. */
export interface StripMark {
  id: string;
  day: string;
  channel: string;
  direction: string;
  holdSeconds: number;
}

/** A promise with a date. */
export interface StripPromise {
  id: string;
  dueDay: string;
  state: string;
}

/** Which of a timeline's items are wanted, and in which order. */
export interface TimelineFilter {
  /** Of TimelineItem; all when there is none. */
  kinds: string[];
  oldestFirst: boolean;
}

/** A place in a filtered timeline. */
export interface TimelineCursor {
  /** How many items stand before it. */
  first: number;
  limit: number;
}

/** A part of a filtered timeline, with the promises and the evidence that its items name. */
export interface TimelinePage {
  first: number;
  /** How many items the filter lets through. */
  total: number;
  items: TimelineItem[];
  promises: PromiseView[];
  evidence: EvidenceView[];
}

export interface Figures {
  days: number;
  contacts: number;
  calls: number;
  messages: number;
  people: number;
  refusedNames: number;
  holdSeconds: number;
  longestHoldSeconds: number;
  transfers: number;
  promises: number;
  promisesKept: number;
  promisesNotKept: number;
  promisesOpen: number;
  evidence: number;
  claimed?: Money;
}

export interface PartyView {
  id: string;
  name: string;
  role: string;
  references: Reference[];
  contacts: number;
}

export interface PersonView {
  id: string;
  partyId: string;
  name: string;
  refused: boolean;
  position: string;
  contacts: number;
}

export interface PersonMention {
  name: string;
  refused: boolean;
  position: string;
}

/** One thing that happened. Which fields say something depends on its kind. */
export interface TimelineItem {
  id: string;
  /** contact, message, settlement, evidence or deadline. */
  kind: string;
  /** The first day it can have happened. */
  day: string;
  /** As much of its wall time as is known. */
  wall: string;
  channel: string;
  direction: string;
  partyId: string;
  party: string;
  people: PersonMention[];
  summary: string;
  verbatim: string;
  holdSeconds: number;
  talkSeconds: number;
  transfers: number;
  number: string;
  companyReference: string;
  failures: string[];
  supervisor: string;
  madeBy: string;
  basis: string;
  /** The company offered or did this (code), or empty. */
  remedy: string;
  remedyAnswer: string;
  /** live, same_day or later; empty for what was not written down by a person. */
  recorded: string;
  recordedAt: string;
  corrected: boolean;
  /** Of a message: who wrote, to whom, and about what. */
  from: string;
  to: string;
  subject: string;
  attachments: number;
  /** Promises made here, or the one that a settlement or deadline is about. */
  promiseIds: string[];
  evidenceIds: string[];
  /** Of a settlement: how the promise ended. */
  outcome: string;
}

export interface PromiseView {
  id: string;
  what: string;
  partyId: string;
  party: string;
  person: string;
  madeOn: string;
  /** The contact or message it was made in, or empty. */
  madeIn: string;
  dueDay: string;
  dueClock: string;
  amount?: Money;
  /** open, overdue, kept, late, broken or withdrawn. */
  state: string;
  daysLate: number;
  /** The promises that it says again, by id, the one that was made first coming first. */
  earlier: string[];
  settledOn: string;
  note: string;
  /** What shows how it ended. */
  shownBy: Ground[];
}

export interface CaseBackend {
  openCase(id: string): Promise<CaseHead>;
  timelinePage(caseId: string, filter: TimelineFilter, cursor: TimelineCursor): Promise<TimelinePage>;
  strip(caseId: string): Promise<CaseStrip>;
  /** Every promise with how it stands, in the order they were made. */
  promises(caseId: string): Promise<PromiseView[]>;
  evidence(caseId: string): Promise<EvidenceView[]>;
  people(caseId: string): Promise<PersonView[]>;
  figures(caseId: string): Promise<Figures>;
}
