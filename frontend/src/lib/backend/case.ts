/** What the page asks of one case: its head first, and each part when it is looked at. Shapes of app/dto_case.go. */
import type { Ground, Money, Reference } from './backend';
import type { EndingView } from './corrections';
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
  /** How it ended; none while it goes on. */
  ending?: EndingView;
  corrected: boolean;
  /** Two computers corrected one field, each in its own way. */
  rivals: boolean;
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
  /** nothing_yet, late, waiting, quiet or ended. */
  kind: string;
  /** The one that is latest, or awaited first. */
  promise?: PromiseView;
  /** How many more promises are past their date. */
  others: number;
}

/** What a form needs to know of the case that it writes to. */
export interface CaseView extends CaseHead {
  people: PersonView[];
  /** The latest first. */
  promises: PromiseView[];
}

/**
 * What the drawing of a whole case at a glance is made from, in order. Where there are more marks or flags than it has
 * room for, they are gathered by time.
 */
export interface CaseStrip {
  /** Days; empty when nothing happened. */
  first: string;
  last: string;
  marks: StripMark[];
  flags: StripFlag[];
  gaps: StripGap[];
}

/** A contact or a message, or several of one sort between two days. */
export interface StripMark {
  day: string;
  until: string;
  /** phone, email or other. */
  channel: string;
  /** Empty where several differ. */
  direction: string;
  count: number;
  holdSeconds: number;
}

/** A promise on the day it was due, or several that stand the same. */
export interface StripFlag {
  day: string;
  state: string;
  count: number;
}

/** A silence. */
export interface StripGap {
  from: string;
  until: string;
  days: number;
}

/** Which of a timeline's items are wanted, and in which order. What is empty asks for nothing. */
export interface TimelineFilter {
  /** Of TimelineItem. */
  kinds: string[];
  channels: string[];
  /** Id of a company or a person. */
  who: string;
  /** Days, both ends among them. */
  from: string;
  to: string;
  /** Beginnings of words, accents aside. */
  words: string;
  withPromises: boolean;
  withFailures: boolean;
  recordedLater: boolean;
  oldestFirst: boolean;
}

/** Everything, newest first. */
export const everything: TimelineFilter = {
  kinds: [],
  channels: [],
  who: '',
  from: '',
  to: '',
  words: '',
  withPromises: false,
  withFailures: false,
  recordedLater: false,
  oldestFirst: false,
};

/** A place in a filtered timeline. */
export interface TimelineCursor {
  /** How many items stand before it. */
  first: number;
  limit: number;
}

/** Where an entry is on a timeline. */
export interface TimelinePlace {
  /** Of the item that the entry is, or hangs on; empty when it is on none. */
  itemId: string;
  /** How many items stand before it. */
  before: number;
}

/** A part of a filtered timeline, with the promises and the evidence that its items name. */
export interface TimelinePage {
  first: number;
  /** How many items the filter lets through. */
  total: number;
  /** The day of the item before the first; empty when there is none. */
  dayBefore: string;
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
  /** The wall time at which it ended; empty where that is not known. */
  end: string;
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
  /** Two computers corrected one field, each in its own way. */
  rivals: boolean;
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

/** A correction with what it corrects. */
export interface CorrectionView {
  id: string;
  recordedAt: string;
  reason: string;
  changes: ChangeView[];
}

/** One field before and after a correction, in words; empty is a field that said nothing. */
export interface ChangeView {
  /** Its name has words under term.field. */
  field: string;
  before: string;
  after: string;
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
  /** It is a message. */
  byEmail: boolean;
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
  corrected: boolean;
  rivals: boolean;
}

/** Which promises of a case are wanted: limit of them behind the first ones. */
export interface PromiseQuery {
  caseId: string;
  /** Those of this company alone; empty for all. */
  companyId: string;
  /** This one alone; empty for all. */
  promiseId: string;
  /** The ones made last come first; else those that need attention. */
  latest: boolean;
  first: number;
  limit: number;
}

/** Counts the promises of a company that stand in one way. */
export interface PromiseCount {
  partyId: string;
  party: string;
  state: string;
  count: number;
}

/** A part of the promises that a query found. */
export interface PromisePage {
  /** Of all promises of the case. */
  counts: PromiseCount[];
  total: number;
  promises: PromiseView[];
  /** Those that they say again. */
  earlier: PromiseView[];
}

/** The first promises of a case, those that need attention first. */
export const everyPromise: PromiseQuery = {
  caseId: '',
  companyId: '',
  promiseId: '',
  latest: false,
  first: 0,
  limit: 50,
};

/** The promises of a case that were made last: one that is made now can be one of them again. */
export const latestPromises = (caseId: string): PromiseQuery => ({ ...everyPromise, caseId, latest: true, limit: 200 });

export interface CaseBackend {
  openCase(id: string): Promise<CaseHead>;
  timelinePage(caseId: string, filter: TimelineFilter, cursor: TimelineCursor): Promise<TimelinePage>;
  /** Finds an entry on the timeline without any filter. */
  timelinePlace(caseId: string, entryId: string, oldestFirst: boolean): Promise<TimelinePlace>;
  strip(caseId: string): Promise<CaseStrip>;
  /** What was corrected of an entry, in the order in which it was recorded, in the words of a language. */
  corrections(entryId: string, language: string): Promise<CorrectionView[]>;
  promisePage(query: PromiseQuery): Promise<PromisePage>;
  evidence(caseId: string): Promise<EvidenceView[]>;
  people(caseId: string): Promise<PersonView[]>;
  figures(caseId: string): Promise<Figures>;
}
