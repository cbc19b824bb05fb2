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
}

export interface DossiersBackend {
  /** Starts the job that draws a dossier to be looked at. Only the last one that was drawn can be shown. */
  previewDossier(input: DossierInput): Promise<DossierPreview>;
  /** About how large the saved file gets, in bytes. */
  previewSize(previewId: string): Promise<number>;
  /** Where a preview is read from. */
  previewAddress(previewId: string): string;
  /** The newest first. */
  madeDossiers(caseId: string): Promise<MadeDossier[]>;
}
