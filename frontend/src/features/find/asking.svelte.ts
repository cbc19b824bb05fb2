/** Where emails are looked for, and what for, while it is being said. */
import type { MailFiles, MailSearchInput, MailSuggestion, MailTerm } from '../../lib/backend/find';
import { keyOf, typedTerm } from './terms';

export class Asking {
  mailboxId = $state('');
  files = $state.raw<MailFiles>();
  /** The keys of the suggestions that are looked for. */
  chosen = $state<string[]>([]);
  own = $state.raw<MailTerm[]>([]);
  /** What is being typed. */
  typed = $state('');
  since = $state('');
  sinceWall = $state('');
  until = $state('');
  untilWall = $state('');
  text = $state(false);
  thrownAway = $state(false);
  /** Somebody who saved ten emails wants these. */
  everything = $state(true);

  readonly suggestions: readonly MailSuggestion[];

  constructor(suggestions: readonly MailSuggestion[]) {
    this.suggestions = suggestions;
    this.chosen = suggestions.filter(({ likely }) => likely).map(keyOf);
  }

  get hasPlace(): boolean {
    return this.mailboxId !== '' || this.files !== undefined;
  }

  get terms(): MailTerm[] {
    const known = this.suggestions.filter((one) => this.chosen.includes(keyOf(one)));
    return [...known.map(({ kind, text }) => ({ kind, text })), ...this.own];
  }

  /** Looks for what was typed, too. */
  add(): void {
    const term = typedTerm(this.typed);
    this.typed = '';
    if (term.text.length < 2) return;
    const known = this.suggestions.find((one) => keyOf(one) === keyOf(term));
    if (known) this.chosen = [...this.chosen.filter((key) => key !== keyOf(known)), keyOf(known)];
    else if (!this.own.some((one) => keyOf(one) === keyOf(term))) this.own = [...this.own, term];
  }

  remove(term: MailTerm): void {
    this.own = this.own.filter((one) => one !== term);
  }

  input(caseId: string): MailSearchInput {
    return {
      caseId,
      mailboxId: this.files ? '' : this.mailboxId,
      selectionId: this.files?.selectionId ?? '',
      terms: this.terms,
      since: this.sinceWall.slice(0, 10),
      until: this.untilWall.slice(0, 10),
      text: this.text,
      thrownAway: this.thrownAway,
      everything: this.files !== undefined && this.everything,
    };
  }
}
