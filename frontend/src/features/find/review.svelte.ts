/** What a search found, as far as it is in the page, and which of it is chosen. */
import type { Backend } from '../../lib/backend/backend';
import type { MailConversation, MailEmail, MailImportInput } from '../../lib/backend/find';
import { Paged } from '../../lib/paged.svelte';
import { choose, chosenOf, everything, isChosen, nothing, shareOf, type Selection, type Share } from './selection';

/** Conversations that are read at once. */
const page = 100;

export class Review {
  readonly list = new Paged<MailConversation>();
  readonly #backend: Backend;
  #counts = $state.raw({ emails: 0, choosable: 0 });
  #selection = $state.raw<Selection>(everything);

  constructor(
    backend: Backend,
    readonly id: string,
  ) {
    this.#backend = backend;
  }

  get emails(): number {
    return this.#counts.emails;
  }

  /** Emails that can be taken in. */
  get choosable(): number {
    return this.#counts.choosable;
  }

  get chosen(): number {
    return chosenOf(this.#selection, this.choosable);
  }

  get share(): Share {
    if (this.chosen === 0) return 'none';
    return this.chosen === this.choosable ? 'all' : 'some';
  }

  /** Reads it, as far as it was shown already. */
  read(): Promise<void> {
    return this.list.read(this.id, async (first) => {
      const found = await this.#backend.foundMail(this.id, first, page);
      this.#counts = { emails: found.emails, choosable: found.new };
      return { total: found.total, items: found.conversations };
    });
  }

  isChosen(email: MailEmail): boolean {
    return isChosen(this.#selection, email);
  }

  shareOf(emails: readonly MailEmail[]): Share {
    return shareOf(this.#selection, emails);
  }

  choose(emails: readonly MailEmail[], on: boolean): void {
    this.#selection = choose(this.#selection, emails, on);
  }

  chooseAll(on: boolean): void {
    this.#selection = on ? everything : nothing;
  }

  input(): MailImportInput {
    return { reviewId: this.id, all: this.#selection.all, emailIds: [...this.#selection.named] };
  }
}
