/** What is worth asking for in any call. A line ticks itself when it was typed, and can be ticked by hand. */
import type { TextKey } from '../../lib/i18n/keys';
import type { CallForm } from './form';

export const asks = ['name', 'position', 'reference', 'by_when', 'supervisor'] as const;
export type Ask = (typeof asks)[number];

export function askLabel(ask: Ask): TextKey & `page.ask.${Ask}` {
  return `page.ask.${ask}`;
}

/** Whether what came of asking stands in the form. */
export function isNoted(form: CallForm, ask: Ask): boolean {
  switch (ask) {
    case 'name':
      return form.people.some((person) => person.refused || person.name.trim() !== '');
    case 'position':
      return form.people.some((person) => person.position.trim() !== '');
    case 'reference':
      return form.companyReference.trim() !== '';
    case 'by_when':
      return form.promises.some((promise) => promise.due.trim() !== '');
    case 'supervisor':
      return form.supervisor !== '';
  }
}
