/** The catalogue's files, as Vite brings them in: the same ones that Go embeds (go-i18n v2 JSON, flat keys). */
import type { Language } from './format';

export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Readonly<Record<string, Message>>;

const files = import.meta.glob<Messages>(['../../../../internal/i18n/locales/{terms,errors,page*}.*.json'], {
  import: 'default',
});

const loaded = new Map<Language, Promise<Messages>>();

/** Brings in the words of one language: nobody waits for those of the others. */
export function loadCatalogue(language: Language): Promise<Messages> {
  const known = loaded.get(language) ?? load(language);
  loaded.set(language, known);
  return known;
}

async function load(language: Language): Promise<Messages> {
  const areas = Object.entries(files).filter(([path]) => path.endsWith(`.${language}.json`));
  return Object.assign({}, ...((await Promise.all(areas.map(([, area]) => area()))) as Messages[]));
}
