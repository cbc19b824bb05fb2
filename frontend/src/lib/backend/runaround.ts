/** Who sent the person to whom, and answers that contradict one another. Shapes of app/dto_runaround.go. */
import type { PersonMention, TimelineItem } from './case';

export interface RunaroundView {
  /** How often the person was passed on within a contact, and how often they were sent somewhere else. */
  transfers: number;
  sentOn: number;
  retold: number;
  holdSeconds: number;
  /** Between how many places that was; places are those that are drawn. */
  placeCount: number;
  places: RunaroundPlace[];
  routes: RunaroundRoute[];
  routeCount: number;
  turns: RunaroundPage;
}

export interface RunaroundPlace {
  name: string;
  /** Of a company of the case; empty for another place. */
  role: string;
  contacts: number;
  holdSeconds: number;
  sentHere: number;
  /** Nobody here sent the person on to anywhere since. */
  deadEnd: boolean;
}

export interface RunaroundRoute {
  /** Places of the view. */
  from: number;
  to: number;
  times: number;
  /** The first in which it happened. */
  contactId: string;
}

/** A part of the turns, oldest first. */
export interface RunaroundPage {
  first: number;
  total: number;
  items: RunaroundTurn[];
}

/** A contact that passed the person on, sent them somewhere else or had them tell the story again. */
export interface RunaroundTurn {
  contactId: string;
  wall: string;
  channel: string;
  direction: string;
  /** Names; to is empty for nowhere. */
  from: string;
  to: string;
  /** Places of the view; -1 for none, and for one that is not drawn. */
  fromPlace: number;
  toPlace: number;
  /** In the order they came on. */
  people: PersonMention[];
  transfers: number;
  retold: number;
  /** -1: not known. */
  holdSeconds: number;
  /** Which time by this way. */
  time: number;
  /** They had been there before; and what began there came back to it. */
  back: boolean;
  circle: boolean;
  /** Nobody there sent them on to anywhere since. */
  deadEnd: boolean;
}

/** A question with answers that can't all be true. */
export interface ContradictionView {
  id: string;
  question: string;
  note: string;
  answers: AnswerView[];
  corrected: boolean;
}

export interface AnswerView {
  entryId: string;
  said: string;
  /** What became of the contact or message it is from; item is there only for what counts. */
  state: 'counts' | 'withdrawn' | 'erased' | 'elsewhere';
  item?: TimelineItem;
}

export interface ContradictionInput {
  caseId: string;
  question: string;
  answers: { entryId: string; said: string }[];
  note: string;
}

export interface RunaroundBackend {
  runaround(caseId: string): Promise<RunaroundView>;
  runaroundTurns(caseId: string, first: number, limit: number): Promise<RunaroundPage>;
  contradictions(caseId: string): Promise<ContradictionView[]>;
  /** Gives the contradiction's id. */
  pinContradiction(input: ContradictionInput): Promise<string>;
  /** Gives the correction's id. */
  correctContradiction(id: string, input: ContradictionInput, reason: string): Promise<string>;
}
