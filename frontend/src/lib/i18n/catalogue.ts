/**
 * The catalogue: the same files that Go embeds (go-i18n v2 JSON, flat keys). The build gathers those of a language into
 * one file of data beside the script (scripts/catalogue.mjs), which weighs a third less without them.
 */
import type { Language } from './format';

export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Readonly<Record<string, Message>>;

const loaded = new Map<Language, Promise<Messages>>();

/** Brings in the words of one language: nobody waits for those of the others. */
export function loadCatalogue(language: Language): Promise<Messages> {
  const known = loaded.get(language) ?? fetchCatalogue(language);
  loaded.set(language, known);
  return known;
}

/** Gives the words of a language from elsewhere, where no page was built. */
export function provideCatalogue(language: Language, messages: Messages): void {
  loaded.set(language, Promise.resolve(messages));
}

async function fetchCatalogue(language: Language): Promise<Messages> {
  const answer = await fetch(`words/${language}.json`);
  if (!answer.ok) throw new Error(`the words of the page are missing: ${answer.status}`);
  const messages = (await answer.json()) as Messages;
  // A built page has numbers in the place of most keys: see scripts/catalogue.mjs.
  return { ...Object.fromEntries(Object.values(messages).entries()), ...messages };
}
