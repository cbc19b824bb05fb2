/**
 * Which of many emails are chosen: all but a few, or none but a few. So choosing all of them takes no longer than one, and
 * needs none of them to be in the page.
 */
import type { MailEmail } from '../../lib/backend/find';

export interface Selection {
  /** Whether those that are not named are chosen. */
  all: boolean;
  named: ReadonlySet<string>;
}

export const everything: Selection = { all: true, named: new Set() };
export const nothing: Selection = { all: false, named: new Set() };

/** What is in the case already can't be chosen. */
export const canChoose = (email: MailEmail) => email.state === 'new';

export function isChosen({ all, named }: Selection, email: MailEmail): boolean {
  return canChoose(email) && named.has(email.id) !== all;
}

/** How many are chosen of so many that can be. */
export function chosenOf({ all, named }: Selection, choosable: number): number {
  return all ? choosable - named.size : named.size;
}

/** The selection with some emails chosen, or not. */
export function choose(selection: Selection, emails: readonly MailEmail[], on: boolean): Selection {
  const named = new Set(selection.named);
  for (const email of emails.filter(canChoose)) {
    if (on === selection.all) named.delete(email.id);
    else named.add(email.id);
  }
  return { ...selection, named };
}

export type Share = 'all' | 'some' | 'none';

/** How many of some emails are chosen, of those that can be. */
export function shareOf(selection: Selection, emails: readonly MailEmail[]): Share {
  const choosable = emails.filter(canChoose);
  const chosen = choosable.filter((email) => isChosen(selection, email)).length;
  if (chosen === 0) return 'none';
  return chosen === choosable.length ? 'all' : 'some';
}
