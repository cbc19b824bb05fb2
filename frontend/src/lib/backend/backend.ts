/**
 * What the page asks of the program. Two stand behind it: wails.ts, the Go side, and fake.ts, for tests and for working
 * on the page alone. The shapes are those of app/dto.go.
 *
 * Days are YYYY-MM-DD, clocks HH:MM, instants RFC 3339 in UTC; money is minor units with its currency (ISO 4217). Codes
 * (channels, failures, …) have their words in the catalogue under term.GROUP.CODE. Lists are never null.
 */

import type { CallsBackend } from './calls';
import type { CaseBackend } from './case';
import type { CorrectionsBackend, EndingView } from './corrections';
import type { DossiersBackend } from './dossiers';
import type { FindBackend } from './find';
import type { MailboxesBackend } from './mailboxes';
import type { ManyBackend } from './many';
import type { HistoryBackend } from './history';
import type { EvidenceBackend, FileSelection } from './evidence';
import type { MessagesBackend } from './messages';
import type { PeopleBackend } from './people';
import type { ShellBackend } from './shell';
import type { SettingsBackend } from './settings';
import type { TodayBackend, TodayItem } from './today';
import type { RunaroundBackend } from './runaround';
import type { TotalsBackend } from './totals';

export * from './case';
export * from './evidence';

export interface Money {
  minor: number;
  currency: string;
}

export interface Reference {
  label: string;
  number: string;
}

export interface Settings {
  /** en, es, ca, or empty: as the system speaks. */
  language: string;
  /** light, dark, or empty: as the system looks. */
  theme: string;
  /** Percent; 0 is 100. */
  textSize: number;
  /** IANA name, or empty: as the system says. */
  zone: string;
  /** The person as letters and new cases name them; empty while nobody said it. */
  name: string;
  address: string;
  email: string;
  phone: string;
  /** The questions of the first start were answered or passed over. */
  welcomed: boolean;
}

export const noSettings: Settings = {
  language: '',
  theme: '',
  textSize: 0,
  zone: '',
  name: '',
  address: '',
  email: '',
  phone: '',
  welcomed: false,
};

/** What the page needs before it shows anything. */
export interface Start {
  version: string;
  settings: Settings;
  /** The language the system speaks, of the three. */
  systemLanguage: string;
  /** IANA name. */
  zone: string;
  /** By the clock of the open library. */
  today: string;
  /** The folder of the open library, for showing. */
  libraryFolder: string;
  /** Whether the open library is the sample dispute's own. */
  sampleOpen: boolean;
  /** The library was brought up to date just now. */
  migrated: boolean;
  /** When the last entry was recorded, as wall time, when this computer's clock says an earlier time; else empty. */
  clockBehind: string;
  /** The record is not what it was when it was last open here. */
  surprised: boolean;
  /** The system shows a menu of the program’s own. */
  nativeMenu: boolean;
  /** Whether the sample dispute was made on this computer. */
  sampleMade: boolean;
  choices: Choices;
}

/** The codes there are, in the order they are offered. */
export interface Choices {
  roles: string[];
  channels: string[];
  directions: string[];
  bases: string[];
  supervisors: string[];
  outcomes: string[];
  endings: string[];
  failures: string[];
  consents: string[];
  editions: string[];
  /** Of a dossier. */
  sections: string[];
}

export interface CaseSummary {
  id: string;
  title: string;
  companies: string[];
  contacts: number;
  messages: number;
  promisesOpen: number;
  promisesNotKept: number;
  /** As much of the last contact's wall time as is known; empty when there is none. */
  lastContact: string;
  /** late, waiting, quiet, nothing_yet or ended. */
  standing: string;
  /** What is owed first, of a case that is late or waiting. */
  next?: TodayItem;
  /** How it ended; none while it goes on. */
  ending?: EndingView;
}

/** Something on record that can show how a promise ended. */
export interface Ground {
  id: string;
  /** contact, message or evidence. */
  kind: string;
  /** Empty when it is not known. */
  day: string;
  /** How a contact was made. */
  channel: string;
  text: string;
}

/** What a person types; Go reads it and refuses with { field: code }. */
export interface CaseInput {
  title: string;
  company: string;
  role: string;
  referenceLabel: string;
  referenceNumber: string;
  summary: string;
  /** A line each. */
  outcome: string;
  claimed: string;
  currency: string;
  zone: string;
}

export interface PersonInput {
  name: string;
  position: string;
  refused: boolean;
}

export interface ContactInput {
  caseId: string;
  /** A party's id, or the name of a new one. */
  company: string;
  role: string;
  /** YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM; empty is now. */
  when: string;
  zone: string;
  /** Which of the two, when a wall time happened twice: +02:00. */
  offset: string;
  direction: string;
  channel: string;
  people: PersonInput[];
  /** Minutes, or minutes:seconds, or 1 h 20. */
  hold: string;
  talk: string;
  transfers: string;
  /** How often the whole story had to be told again. */
  retold?: string;
  /** Where the person was sent: a company's id or name, or somewhere in words. */
  sentTo?: string;
  number: string;
  companyReference: string;
  summary: string;
  verbatim: string;
  failures: string[];
  supervisor: string;
  madeBy: string;
  basis: string;
  promises: PromiseTerms[];
}

export interface PromiseTerms {
  what: string;
  /** As it is typed; empty is “no date given”. */
  due: string;
  amount: string;
  currency: string;
  repeatsId: string;
}

export interface PromiseInput {
  caseId: string;
  company: string;
  person: string;
  /** As it is typed; empty is now. */
  madeAt: string;
  /** IANA name: in which its dates are read. */
  zone: string;
  terms: PromiseTerms;
}

export interface SettlementInput {
  promiseId: string;
  outcome: string;
  /** As it is typed. */
  on: string;
  zone: string;
  note: string;
  /** Ids of what shows it. */
  shownBy: string[];
}

export interface DossierInput {
  caseId: string;
  edition: string;
  language: string;
  /** An id of those that are listed, or a name; empty for the first of the case's place. */
  addressee: string;
  /** Though the addressee asks for more than is there. */
  anyway: boolean;
  /** Days, both counted; empty leaves that side open. */
  from: string;
  until: string;
  /** None means all. */
  sections: string[];
  /** A covering letter. */
  coverNote: string;
  /** Before all else. */
  coverFirst: boolean;
  withSignature: boolean;
  /** Small pictures, no originals. */
  light: boolean;
  /** Bytes. */
  budget: number;
}

/** How a job stands. After done, failed or cancelled nothing more comes. */
export interface JobReport {
  id: string;
  /** running, done, failed or cancelled. */
  state: string;
  /** A code with words under page.job. */
  stage: string;
  done: number;
  /** 0 while unknown. */
  total: number;
  /** Things that were found in what is done. */
  count?: number;
  /** The file it made, for showing. */
  fileName: string;
  /** A Failure as JSON text when it failed. */
  failure: string;
}

/** A field whose text was refused, and why. */
export interface FieldProblem {
  code: string;
  values: Record<string, string>;
}

/** Anything the program refused or could not do. The message and the way out are in the catalogue by its code. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    readonly values: Readonly<Record<string, string>> = {},
    readonly fields: Readonly<Record<string, FieldProblem>> = {},
  ) {
    super(code);
    this.name = 'Failure';
  }

  static from(error: unknown): Failure {
    if (error instanceof Failure) return error;
    return new Failure('unexpected', { detail: error instanceof Error ? error.message : String(error) });
  }
}

export type Unsubscribe = () => void;

export interface Backend
  extends
    CallsBackend,
    CaseBackend,
    CorrectionsBackend,
    DossiersBackend,
    EvidenceBackend,
    HistoryBackend,
    FindBackend,
    MailboxesBackend,
    ManyBackend,
    MessagesBackend,
    PeopleBackend,
    SettingsBackend,
    ShellBackend,
    TodayBackend,
    RunaroundBackend,
    TotalsBackend {
  start(): Promise<Start>;
  saveSettings(settings: Settings): Promise<void>;

  cases(): Promise<CaseSummary[]>;
  newCase(input: CaseInput): Promise<string>;

  logContact(input: ContactInput): Promise<string>;
  makePromise(input: PromiseInput): Promise<string>;
  settlePromise(input: SettlementInput): Promise<string>;
  /** What can show how a promise ended, the latest first. */
  grounds(promiseId: string): Promise<Ground[]>;

  /** Asks where to, then starts the job; an empty id when the person thought better of it. */
  exportDossier(input: DossierInput): Promise<string>;
  cancelJob(id: string): Promise<void>;
  openFile(jobId: string): Promise<void>;
  openFolder(jobId: string): Promise<void>;

  /** Starts the job that makes the sample dispute, or opens it when it was made before. */
  openSample(language: string): Promise<string>;
  closeSample(): Promise<void>;
  removeSample(): Promise<void>;
  /** Takes a record as it is that was put back or changed. */
  acceptRecord(): Promise<void>;

  /** What was typed and not saved. */
  readDraft(key: string): Promise<string>;
  keepDraft(key: string, text: string): Promise<void>;
  dropDraft(key: string): Promise<void>;

  copy(text: string): Promise<void>;

  onJob(listener: (report: JobReport) => void): Unsubscribe;
  onFilesDropped(listener: (selection: FileSelection) => void): Unsubscribe;
}
