/** What the page asks of entries as entries: their history, corrections, moving and erasing. See app/dto_history.go. */

export interface HistoryView {
  id: string;
  kind: string;
  title: string;
  recordedAt: string;
  /** The hash of its leaf, and its place in the log. */
  leaf: string;
  logId: string;
  sequence: number;
  counts: boolean;
  erased: boolean;
  /** What was recorded at first. */
  fields: FieldText[];
  events: HistoryEvent[];
  seals: HistorySeal[];
  exports: HistoryExport[];
}

export interface FieldText {
  label: string;
  text: string;
}

/** Something that was said about an entry later. */
export interface HistoryEvent {
  id: string;
  /** correction, retraction, restoration or erasure. */
  kind: string;
  recordedAt: string;
  reason: string;
  counts: boolean;
  changes: ChangeText[];
}

/** A field before and after a correction; empty is nothing. */
export interface ChangeText {
  label: string;
  before: string;
  after: string;
}

export interface HistorySeal {
  sealedAt: string;
  service: string;
}

export interface HistoryExport {
  recordedAt: string;
  edition: string;
  fileName: string;
}

/** What erasing takes away, what it leaves, and what it can't reach. */
export interface ErasurePlan {
  goes: EntryTitle[];
  stays: EntryTitle[];
  files: number;
  sharedFiles: number;
  copies: number;
  exports: HistoryExport[];
  hasBackups: boolean;
  devices: string[];
  returning: EntryTitle[];
}

export interface EntryTitle {
  id: string;
  kind: string;
  title: string;
  recordedAt: string;
}

export interface HistoryBackend {
  /** Everything that the record has about an entry. */
  history(entryId: string): Promise<HistoryView>;
  /** Has an entry count no longer; gives the retraction's id. */
  takeBack(entryId: string): Promise<string>;
  /** Puts an entry into another case; gives the copy's id. */
  moveEntry(entryId: string, caseId: string, reason: string): Promise<string>;
  planErasure(entryId: string): Promise<ErasurePlan>;
  /** Starts the job that erases; there is no undo. */
  eraseEntry(entryId: string, reason: string): Promise<string>;
}
