/** What is typed about files before they become evidence, and which of them are still to be added. */
import { emptyWhen, joinWhen, type TypedWhen } from '../../lib/dates/dates';
import type { EvidenceInput, EvidenceOutcome, FileSelection } from '../../lib/backend/evidence';

/** A file that is to be added, with what is typed about it. */
export interface FileRow {
  place: number;
  name: string;
  size: number;
  kind: string;
  day: string;
  shows: string;
  consent: string;
}

/** When the files were made: nobody knows, as their own dates say, or as typed. */
export type Made = 'unknown' | 'file' | 'typed';

export class Adding {
  readonly #selectionId: string;
  rows: FileRow[] = $state([]);
  made: Made = $state('unknown');
  when: TypedWhen = $state({ ...emptyWhen });
  contactId = $state('');
  oneExhibit = $state(false);

  constructor(selection: FileSelection) {
    this.#selectionId = selection.id;
    this.rows = selection.files.map((file, place) => ({ ...file, place, shows: '', consent: '' }));
  }

  get bytes(): number {
    return this.rows.reduce((sum, row) => sum + row.size, 0);
  }

  /** Photos of one thing can be one exhibit. */
  get canBeOne(): boolean {
    return this.rows.length > 1;
  }

  remove(place: number): void {
    this.rows = this.rows.filter((row) => row.place !== place);
  }

  /** Leaves those that are not on record yet. */
  keepRest(outcome: EvidenceOutcome): void {
    const open = outcome.files.filter(({ state }) => state === 'failed' || state === 'waiting');
    this.rows = this.rows.filter((row) => open.some(({ place }) => place === row.place));
  }

  input(caseId: string): EvidenceInput {
    const typed = this.made === 'typed' ? joinWhen(this.when) : '';
    return {
      caseId,
      selectionId: this.#selectionId,
      contactId: this.contactId,
      oneExhibit: this.canBeOne && this.oneExhibit,
      files: this.rows.map((row) => ({
        place: row.place,
        shows: row.shows,
        when: this.made === 'file' ? row.day : typed,
        consent: isRecording(row.kind) ? row.consent : '',
      })),
    };
  }
}

/** Whether somebody may have been recorded. */
export function isRecording(kind: string): boolean {
  return kind === 'audio' || kind === 'video';
}
