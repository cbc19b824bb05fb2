/** The catalogue's files, as Vite brings them in: the same ones that Go embeds (go-i18n v2 JSON, flat keys). */
import type { Language } from './format';

export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Readonly<Record<string, Message>>;

const files = import.meta.glob<Messages>(['../../../../internal/i18n/locales/{terms,errors,page*}.*.json'], {
  eager: true,
  import: 'default',
});

const loaded = new Map<Language, Messages>();

export function loadCatalogue(language: Language): Messages {
  const known = loaded.get(language);
  if (known) return known;
  const messages: Messages = Object.assign(
    {},
    ...Object.entries(files)
      .filter(([path]) => path.endsWith(`.${language}.json`))
      .map(([, area]) => area),
  );
  loaded.set(language, messages);
  return messages;
}
