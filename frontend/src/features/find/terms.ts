/** What somebody types to look for, and its words. */
import type { MailSuggestion, MailTerm } from '../../lib/backend/find';
import type { Texts } from '../../lib/i18n/texts.svelte';

/** What a text that was typed is: an address, a domain, a number, or words. */
export function typedTerm(typed: string): MailTerm {
  const text = typed.trim().replace(/\s+/g, ' ');
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { kind: 'address', text };
  if (/^@?[^\s@./]+(\.[^\s@./]+)*\.[a-z\u00a1-\uffff]{2,}$/i.test(text)) {
    return { kind: 'domain', text: text.replace(/^@/, '') };
  }
  return { kind: /\d/.test(text) && !/\s/.test(text) ? 'reference' : 'words', text };
}

export const keyOf = ({ kind, text }: MailTerm) => `${kind} ${text}`;

/** How a term is shown. */
export function termText(texts: Texts, { kind, text }: MailTerm): string {
  if (kind === 'replies') return texts.text('page.find.term.replies');
  return kind === 'conversation' ? texts.text('page.find.why.conversation') : text;
}

/** Why something is suggested. */
export function reasonText(texts: Texts, { reason, company, label, day, count }: MailSuggestion): string {
  switch (reason) {
    case 'company':
      return texts.text('page.find.reason.company', { company });
    case 'reference':
      return label ? texts.text('page.find.reason.reference', { label, company }) : company;
    case 'contact':
      return texts.text('page.find.reason.contact', { company, day: texts.date(day) });
    case 'conversations':
      return texts.count('page.find.reason.conversations', count);
    default:
      return texts.count('page.find.reason.mail', count);
  }
}

/** Why an email can't be chosen. */
export const stateText = (texts: Texts, state: string) =>
  texts.text(state === 'known' ? 'page.find.state.known' : 'page.find.state.taken_back');
