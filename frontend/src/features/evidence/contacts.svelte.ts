/** The contacts that a file can belong to, for choosing one. */
import { everything, type Backend } from '../../lib/backend/backend';
import type { Texts } from '../../lib/i18n/texts.svelte';

/** So many are offered, the newest: nobody picks from thousands. */
const offered = 200;

export interface ContactOption {
  value: string;
  label: string;
}

export class ContactChoices {
  readonly #texts: Texts;
  #known: ContactOption[] = $state.raw([]);

  /** Reads them. Where that fails, the case as a whole is left to choose, which is right for most files. */
  constructor(backend: Backend, texts: Texts, caseId: string) {
    this.#texts = texts;
    const filter = { ...everything, kinds: ['contact'] };
    backend.timelinePage(caseId, filter, { first: 0, limit: offered }).then(
      ({ items }) => {
        this.#known = items.map(({ id, day, channel, party }) => ({
          value: id,
          label: `${texts.shortDate(day)} · ${texts.term('channel', channel)} · ${party}`,
        }));
      },
      () => {},
    );
  }

  /** The case as a whole first, then the newest. */
  get options(): ContactOption[] {
    return [{ value: '', label: this.#texts.text('page.evidence.no_contact') }, ...this.#known];
  }

  /** How a contact is named; empty when it is none of these. */
  label(id: string): string {
    return this.#known.find(({ value }) => value === id)?.label ?? '';
  }
}
