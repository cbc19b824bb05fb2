/** Dossiers: looking at one before it is saved, and those that were made. */
import type { DossierInput } from './backend';

export interface DossierPreview {
  jobId: string;
  /** What its address and its size are asked by, once the job is done. */
  previewId: string;
}

/** A dossier that was made, or a bundle. */
export interface MadeDossier {
  id: string;
  /** RFC 3339 in UTC. */
  recordedAt: string;
  /** One of the editions, or another word for what is no dossier. */
  edition: string;
  language: string;
  fileName: string;
  sha256: string;
  /** Bytes. */
  size: number;
  /** For whom it was made; empty for nobody in particular. */
  addressee: string;
  /** The time (RFC 3339 in UTC) and the name of the service that stamped it, and whose certificate it was signed with; empty without. */
  stampedAt: string;
  stampedBy: string;
  signedBy: string;
  /** What the file of a dossier before it got later, "stamped" or "signed"; else empty. */
  later: string;
  sent: SentDossier[];
}

export interface SentDossier {
  id: string;
  /** Wall time, as much as is known of it. */
  on: string;
  to: string;
}

export interface SendingInput {
  caseId: string;
  exportId: string;
  to: string;
  /** Wall time, as much as is known of it; empty is now. */
  on: string;
  channel: string;
}

/** What to change of what the press edition of a case hides and shows, before it is reviewed. */
export interface PressChange {
  /** Texts. */
  hide?: string[];
  /** Ids of what is hidden. */
  show?: string[];
  unshow?: string[];
  /** Labels of exhibits to take in, and to leave out. */
  exhibits?: string[];
  without?: string[];
  /** The parts to cover of an exhibit’s picture, in place of those that were. */
  cover?: { exhibit: string; areas: CoveredArea[] };
  /** The line by which a reader reaches the person; empty takes it back. */
  contact?: string;
}

/** A rectangle of an upright picture, from its upper left corner, in fractions of its width and height. */
export interface CoveredArea {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A text that the press edition hides, or could. For the person's eyes only. */
export interface PressText {
  id: string;
  /** Stands in its place, or says what it looks like. */
  label: string;
  text: string;
  shown: boolean;
  count: number;
  /** Tags of rows; empty for the case itself. */
  where: string[];
}

export interface PressExhibit {
  label: string;
  shows: string;
  chosen: boolean;
  picture: boolean;
  evidenceId: string;
  covered: CoveredArea[];
}

export interface PressReview {
  hidden: PressText[];
  /** Looks like personal data and is not hidden. */
  suspects: PressText[];
  exhibits: PressExhibit[];
  /** The line by which a reader reaches the person; empty for none. */
  contact: string;
}

/** Whose seals the file has that a job made, stamped or signed. */
export interface DossierSeals {
  /** Sentences. */
  said: string[];
  /** A service was chosen and could not stamp it. */
  later: boolean;
}

/** What holding a dossier's file against itself has shown. */
export interface DossierCheck {
  fileName: string;
  holds: boolean;
  /** Sentences: what holds and by whose word, else what does not. */
  said: string[];
  sha256: string;
}

/** What an addressee asks for and the record has no field for. */
export interface FilingDetails {
  taxId: string;
  companyTaxId: string;
  representative: string;
  contract: string;
  /** Tag of a row. */
  earlierClaim: string;
  proceedings: string;
}

export interface Addressee {
  id: string;
  name: string;
  /** One of the case's place. */
  here: boolean;
  /** Where what it asks for is from, when that was checked, and that it is no legal advice. */
  source: string;
}

/** To whom a dossier goes, and what its filing sheet says besides the record. */
export interface Filing {
  /** Those of the case's place first. */
  addressees: Addressee[];
  /** The id of the one that it goes to; empty for none of them. */
  to: string;
  details: FilingDetails;
  /** What that one refuses a complaint without, in words. */
  missing: string[];
}

export interface DossiersBackend {
  /** Starts the job that draws a dossier to be looked at. Only the last one that was drawn can be shown. */
  previewDossier(input: DossierInput): Promise<DossierPreview>;
  /** About how large the saved file gets, in bytes. */
  previewSize(previewId: string): Promise<number>;
  /** Where a preview is read from. */
  previewAddress(previewId: string): string;
  /** What looks out of date in a case before a dossier of it is made, a sentence each. */
  dossierOutdated(caseId: string): Promise<string[]>;
  /** The newest first. */
  madeDossiers(caseId: string): Promise<MadeDossier[]>;
  /** Starts the job that finds the file of one that was made here: by its id the file is opened, stamped and signed. */
  findMade(caseId: string, exportId: string): Promise<string>;
  /** Changes what the press edition hides and shows, where anything is to be changed, and tells how it stands. */
  pressReview(input: PressChange & { caseId: string; language: string }): Promise<PressReview>;
  /** Starts the job that stamps a file: the one that a job made, or one that the person is asked for. Empty when they thought better of it. */
  stampDossier(made: string): Promise<string>;
  /** As with stamping; the certificate is asked for. */
  signDossier(made: string, passphrase: string): Promise<string>;
  dossierSeals(jobId: string): Promise<DossierSeals>;
  /** Asks for a file and starts the job that checks it. Empty when the person thought better of it. */
  checkDossier(): Promise<string>;
  checkedDossier(jobId: string): Promise<DossierCheck>;
  filing(input: DossierInput): Promise<Filing>;
  keepFiling(caseId: string, details: FilingDetails): Promise<void>;
  hasSignature(): Promise<boolean>;
  /** Asks for a picture of it; false when the person thought better of it. */
  chooseSignature(): Promise<boolean>;
  forgetSignature(): Promise<void>;
  /** Asks for a folder and starts the job that makes files for an online form. Empty when the person thought better of it. */
  uploadSet(input: DossierInput): Promise<string>;
  verificationPack(input: DossierInput, consent: boolean): Promise<string>;
  /** Gives the id of the entry. */
  markSent(input: SendingInput): Promise<string>;
}
