/** The pairs of which somebody said that they are not the same person: they are not asked about again. */
import type { Backend } from '../../lib/backend/backend';
import type { SimilarPeople } from '../../lib/backend/people';

const nameOf = ({ one, other }: SimilarPeople) => `${one.members[0]?.id} ${other.members[0]?.id}`;

export class PairsApart {
  readonly #backend: Backend;
  readonly #key: string;
  #pairs = $state.raw<readonly string[]>([]);

  constructor(backend: Backend, caseId: string) {
    this.#backend = backend;
    this.#key = `people-apart:${caseId}`;
  }

  async read(): Promise<void> {
    const kept = await this.#backend.readDraft(this.#key);
    this.#pairs = kept ? (JSON.parse(kept) as string[]) : [];
  }

  has(pair: SimilarPeople): boolean {
    return this.#pairs.includes(nameOf(pair));
  }

  async add(pair: SimilarPeople): Promise<void> {
    this.#pairs = [...this.#pairs, nameOf(pair)];
    await this.#backend.keepDraft(this.#key, JSON.stringify(this.#pairs));
  }
}
