/** Many contacts at once, dates as they are typed, and the logs of phones. */
import type { FieldProblem } from './backend';

export interface DateInput {
  text: string;
  /** IANA name. */
  zone: string;
  /** happened leans back, due leans forward from beside. */
  sense: 'happened' | 'due';
  /** The wall time of the entry above, or when what is due was promised; or empty. */
  beside: string;
}

/** One of many contacts as it was typed, pasted or read from a log. */
export interface ManyRow {
  when: string;
  /** Empty: that of the row above. */
  company: string;
  /** Empty: phone. */
  channel: string;
  who: string;
  hold: string;
  what: string;
  promise: string;
  due: string;
  /** Where they sent the person: a company, or somewhere in words. */
  sentTo: string;
  /** What only a log knows. */
  basis: string;
  number: string;
  /** Of the whole call, as M:SS. */
  length: string;
  direction: string;
}

export interface ManyInput {
  caseId: string;
  zone: string;
  /** What the rows that were typed rest on. */
  basis: string;
  rows: ManyRow[];
  /** Logs to keep as evidence. */
  logIds: string[];
}

/** What was understood of a row. */
export interface ManyRowRead {
  blank: boolean;
  /** Wall times, as much as is known of YYYY-MM-DDTHH:MM. */
  when: string;
  due: string;
  /** The name that counts, also when it was left out. */
  company: string;
  channel: string;
  direction: string;
  /** By the row's fields. */
  problems: Record<string, FieldProblem>;
}

export interface ManySaved {
  contactIds: string[];
}

/** A file with calls, or a table, that a person chose. */
export interface CallLog {
  /** Empty when the person thought better of it. */
  id: string;
  fileName: string;
  /** Calls that could not be read. */
  skipped: number;
  isTable: boolean;
  /** Whether its columns name themselves. */
  sure: boolean;
  monthFirst: boolean;
  header: string[];
  /** A field for each column, or empty. */
  columns: string[];
  fields: string[];
  sample: string[][];
  entries: number;
  hasNumbers: boolean;
}

/** A telephone number with the calls that the log has with it. */
export interface CallNumber {
  key: string;
  number: string;
  /** In the phone's address book. */
  name: string;
  calls: number;
  seconds: number;
  first: string;
  last: string;
  /** The company of the case that it seems to belong to, or empty. */
  company: string;
}

export interface CallChoice {
  key: string;
  company: string;
}

export interface CallRows {
  rows: ManyRow[];
  /** How many more there are than are taken at once. */
  left: number;
}

export interface ManyBackend {
  /** The wall time that a text means; empty for an empty one and for “no date”. */
  readDate(input: DateInput): Promise<string>;
  /** What is understood of each row, and what is wrong with it. */
  readMany(input: ManyInput): Promise<ManyRowRead[]>;
  /** All rows as one act, or none of them. */
  saveMany(input: ManyInput): Promise<ManySaved>;
  chooseCallLog(zone: string): Promise<CallLog>;
  nameColumns(logId: string, columns: string[]): Promise<CallLog>;
  callNumbers(logId: string, caseId: string, words: string): Promise<CallNumber[]>;
  callRows(logId: string, choices: CallChoice[]): Promise<CallRows>;
}
