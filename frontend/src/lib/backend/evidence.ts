/** Files kept as evidence, and adding them. Shapes of app/dto_evidence.go. */
import type { Failure } from './backend';

export interface EvidenceView {
  id: string;
  /** The exhibit number, or empty. Several files can be one exhibit. */
  label: string;
  fileName: string;
  mediaType: string;
  /** image, audio, video, text, pdf or other. */
  kind: string;
  /** image, audio, video or text; empty when the window can’t show it. */
  shownAs: string;
  /** Whether the system’s own program may be given it. */
  openable: boolean;
  sha256: string;
  size: number;
  shows: string;
  day: string;
  /** As much as is known of when it was made. */
  wall: string;
  /** Of a recording: what those recorded knew of it (code), or empty. */
  consent: string;
  contactId: string;
  messageId: string;
}

/** Files a person chose or dropped. Go keeps where they are; the page knows them by the selection’s id. */
export interface FileSelection {
  id: string;
  files: ChosenFile[];
  leftOut: LeftOut[];
}

export interface ChosenFile {
  name: string;
  size: number;
  kind: string;
  /** When it was written last. */
  day: string;
}

/** Something that was chosen or dropped and is not among the files. */
export interface LeftOut {
  name: string;
  /** A code with words under page.evidence.left_out. */
  reason: string;
}

export interface EvidenceInput {
  caseId: string;
  selectionId: string;
  files: EvidenceFileInput[];
  contactId: string;
  /** Several files under one exhibit number: the photos of one thing. */
  oneExhibit: boolean;
}

export interface EvidenceFileInput {
  /** Among the selection’s files, from 0. */
  place: number;
  shows: string;
  /** As much as is known; empty is unknown. */
  when: string;
  consent: string;
}

/** What came of adding files, for as far as the job has come. */
export interface EvidenceOutcome {
  files: FileOutcome[];
  /** The pieces of evidence that were added. */
  entryIds: string[];
}

export interface FileOutcome {
  place: number;
  name: string;
  /** added, known, failed or waiting. */
  state: string;
  /** Its exhibit number, or that of the same file which is there already. */
  label: string;
  /** A Failure as JSON text when it failed. */
  failure: string;
}

export interface EvidenceCorrection {
  caseId: string;
  evidenceId: string;
  shows: string;
  when: string;
  contactId: string;
  consent: string;
  reason: string;
}

/** The number that evidence was given, and the entry that gives it. */
export interface ExhibitNumber {
  id: string;
  label: string;
}

export interface TextPreview {
  text: string;
  /** There is more than that. */
  cut: boolean;
}

export interface EvidenceBackend {
  /** Asks for files with the system’s dialog; no files when the person thought better of it. */
  chooseFiles(): Promise<FileSelection>;
  /** Starts the job that keeps files as evidence. */
  addEvidence(input: EvidenceInput): Promise<string>;
  evidenceOutcome(jobId: string): Promise<EvidenceOutcome>;
  /** Says what was to be said about a file, and returns the correction’s id. */
  correctEvidence(correction: EvidenceCorrection): Promise<string>;
  /** Gives evidence without an exhibit number its number. */
  numberEvidence(caseId: string, evidenceId: string): Promise<ExhibitNumber>;
  /** Opens a copy in the system’s own program. */
  openEvidence(caseId: string, evidenceId: string): Promise<void>;

  /** Where an element of the page gets the file from, a small picture of it, or one as parts of it are covered. */
  evidenceAddress(caseId: string, evidenceId: string, part?: 'thumbnail' | 'upright'): string;
  /** The whole file in the page’s memory, for a player that can’t fetch it by itself. */
  evidenceContent(caseId: string, evidenceId: string): Promise<Blob>;
  /** The beginning of a text. */
  evidenceText(caseId: string, evidenceId: string): Promise<TextPreview>;
  /** Why a file is not given to an element of the page; undefined when it is. */
  evidenceTrouble(caseId: string, evidenceId: string): Promise<Failure | undefined>;
}
