/** What a person wants of a dossier besides its reader and its language: kept as a draft of the case. */
import type { Backend, DossierInput } from '../../lib/backend/backend';

export interface Wished {
  /** The id of an authority, for a regulator's edition. */
  authority: string;
  /** To whom the other editions go. */
  addressee: string;
  /** As they are typed, and the days that were understood. */
  fromText: string;
  from: string;
  untilText: string;
  until: string;
  /** Those that are left out. */
  without: string[];
  coverNote: string;
  coverFirst: boolean;
  withSignature: boolean;
  light: boolean;
  /** Bytes, as a choice; empty is what most mail servers take. */
  budget: string;
}

const nothing: Wished = {
  authority: '',
  addressee: '',
  fromText: '',
  from: '',
  untilText: '',
  until: '',
  without: [],
  coverNote: '',
  coverFirst: false,
  withSignature: false,
  light: false,
  budget: '',
};

export class Wish {
  readonly #backend: Backend;
  readonly #key: string;
  #read = $state(false);
  readonly is = $state<Wished>({ ...nothing });

  constructor(backend: Backend, caseId: string) {
    this.#backend = backend;
    this.#key = `dossier/${caseId}`;
    void this.#readDraft();
  }

  async #readDraft(): Promise<void> {
    try {
      const kept: unknown = JSON.parse((await this.#backend.readDraft(this.#key)) || '{}');
      // One that another version of this program left says what is known here.
      for (const [name, value] of Object.entries(kept ?? {})) {
        if (name in nothing && typeof value === typeof nothing[name as keyof Wished])
          Object.assign(this.is, { [name]: value });
      }
    } catch {
      // Nothing was wished before that can be read.
    }
    this.#read = true;
  }

  /** Whether what was wished before is there. */
  get ready(): boolean {
    return this.#read;
  }

  /** How many of the folded options are in use. */
  get used(): number {
    const { is } = this;
    return [
      is.from || is.until,
      is.without.length > 0,
      is.coverNote.trim(),
      is.withSignature,
      is.light,
      is.budget,
    ].filter(Boolean).length;
  }

  keep(): void {
    if (this.#read) void this.#backend.keepDraft(this.#key, JSON.stringify(this.is)).catch(() => {});
  }

  input(caseId: string, edition: string, language: string, sections: readonly string[]): DossierInput {
    const { authority, addressee, from, until, without, coverNote, coverFirst, withSignature, light, budget } = this.is;
    return {
      caseId,
      edition,
      language,
      addressee: edition === 'regulator' ? authority : addressee.trim(),
      anyway: false,
      from: from.slice(0, 10),
      until: until.slice(0, 10),
      sections: without.length > 0 ? sections.filter((one) => !without.includes(one)) : [],
      coverNote,
      coverFirst,
      withSignature,
      light,
      budget: Number(budget),
    };
  }
}
