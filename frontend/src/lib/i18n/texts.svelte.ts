/**
 * The words of the page in the chosen language, from the same catalogue that Go embeds. Reading a text inside a
 * component makes it follow the language.
 */
import { asDate, daysBetween, localWall } from '../dates/dates';
import { formatDuration, formatMoney, formatNumber, type Language } from './format';
import { longWeekdays, pluralRules, shortWeekdays } from './formatters';
import type { CountKey, Counts, TextKey, Texts as Catalogue } from './keys';
import { loadCatalogue, type Messages } from './catalogue';

export type Values = Readonly<Record<string, string | number>>;

/** The values a key needs: none for most. */
type Needed<Names> = [Names] extends [never] ? [] : [values: Readonly<Record<Names & string, string | number>>];

const tags: Record<Language, string> = { en: 'en-GB', es: 'es-ES', ca: 'ca-ES' };

export class Texts {
  #language = $state.raw<Language>('en');
  #messages = $state.raw<Messages>({});
  #wanted: Language = 'en';

  private constructor(language: Language, messages: Messages) {
    this.#language = language;
    this.#messages = messages;
  }

  /** The words in a language, once they are there. */
  static async in(language: Language): Promise<Texts> {
    return new Texts(language, await loadCatalogue(language));
  }

  get language(): Language {
    return this.#language;
  }

  /** Goes on in another language, as soon as its words are there. */
  async speak(language: Language): Promise<void> {
    this.#wanted = language;
    const messages = await loadCatalogue(language);
    if (this.#wanted !== language) return; // another one was chosen meanwhile
    this.#language = language;
    this.#messages = messages;
  }

  /** The whole catalogue, from which a built page reads its texts without values: see scripts/catalogue.mjs. */
  get all(): Messages {
    return this.#messages;
  }

  text<Key extends TextKey>(key: Key, ...values: Needed<Catalogue[Key]>): string {
    return this.lookUp(key, values[0]) ?? key;
  }

  /** A text with plurals; {{.count}} is the number as the language writes it, {{.times}} how often: “twice”. */
  count<Key extends CountKey>(key: Key, count: number, ...values: Needed<Counts[Key]>): string {
    const message = this.#messages[key];
    if (message === undefined) return key;
    const form = typeof message === 'string' ? undefined : pluralRules(tags[this.#language]).select(count);
    const text = typeof message === 'string' ? message : (message[form ?? 'other'] ?? message.other ?? key);
    const given: Values = { count: this.number(count), ...values[0] };
    return this.#fill(
      text,
      text.includes('{{.times}}') && !given.times ? { ...given, times: this.times(count) } : given,
    );
  }

  /** The word for a code that Go sent: term('channel', 'phone'). An unknown code is shown as it is. */
  term(group: string, code: string): string {
    return this.lookUp(`term.${group}.${code}`) ?? code;
  }

  /** A text whose key is only known at run time; undefined when the catalogue has none. */
  lookUp(key: string, values?: Values): string | undefined {
    const message = this.#messages[key];
    const text = typeof message === 'string' ? message : message?.other;
    return text === undefined ? undefined : this.#fill(text, values);
  }

  /** How often, in words as far as nine: “once”, “twice”, “12 times”. */
  times(count: number): string {
    return (
      this.lookUp(`times.${count}`) ?? this.lookUp('times.more', { count: this.number(count) }) ?? this.number(count)
    );
  }

  number(value: number): string {
    return formatNumber(this.#language, value);
  }

  money(minor: number, currency: string): string {
    return formatMoney(this.#language, minor, currency);
  }

  duration(seconds: number): string {
    return formatDuration(this.#language, seconds);
  }

  /** “2 March 2026” · “2 de marzo de 2026” · “1 d’abril de 2026”. Days are YYYY-MM-DD. */
  date(day: string): string {
    return this.#dated('date.day', day);
  }

  /** “2 Mar 2026”, where there is little room. */
  shortDate(day: string): string {
    return this.#dated('date.short_day', day);
  }

  /** “March 2026”, of YYYY-MM or YYYY-MM-DD. */
  month(day: string): string {
    return this.#dated('date.month', day.length === 7 ? `${day}-01` : day);
  }

  /** “Mar”. */
  shortMonth(day: string): string {
    return this.lookUp(`date.short_month.${Number(day.slice(5, 7))}`) ?? day;
  }

  /** An instant (RFC 3339) by the clock of this computer: “2 March 2026, 10:05”. */
  instant(at: string): string {
    return this.when(localWall(at));
  }

  weekday(day: string): string {
    const at = asDate(day);
    if (!at) return '';
    return longWeekdays(tags[this.#language]).format(at);
  }

  /** “Thu”, where there is little room. */
  shortWeekday(day: string): string {
    const at = asDate(day);
    if (!at) return '';
    return shortWeekdays(tags[this.#language]).format(at);
  }

  /** As much of a time as is known: YYYY, YYYY-MM, YYYY-MM-DD, then THH or THH:MM. */
  when(wall: string): string {
    const [day = '', clock = ''] = wall.split('T');
    if (clock.length === 2) return this.#dated('date.hour', day, `${clock}:00`);
    if (clock) return this.#dated('date.minute', day, clock);
    if (day.length === 10) return this.date(day);
    return day.length === 7 ? this.month(day) : day;
  }

  /** “today”, “yesterday”, “12 days ago”, “in 3 days”. */
  relativeDay(day: string, today: string): string {
    const distance = daysBetween(today, day);
    return new Intl.RelativeTimeFormat(tags[this.#language], { numeric: 'auto' }).format(distance, 'day');
  }

  /** “a, b and c”; Spanish says “e” before the sound of i. */
  list(items: readonly string[]): string {
    const last = items[items.length - 1] ?? '';
    if (items.length < 2) return last;
    const and = this.#language === 'es' && soundsLikeI(last) ? 'list.and_before_i' : 'list.and';
    return `${items.slice(0, -1).join(', ')} ${this.lookUp(and) ?? ','} ${last}`;
  }

  /** A count of bytes: “1.4 MB”. */
  fileSize(bytes: number): string {
    const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    let value = bytes;
    let step = 0;
    while (value >= 1000 && step < steps.length - 1) {
      value /= 1000;
      step += 1;
    }
    return new Intl.NumberFormat(tags[this.#language], {
      style: 'unit',
      unit: steps[step],
      unitDisplay: step === 0 ? 'long' : 'short', // “54 bytes”: the short form has no plural
      maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
    }).format(value);
  }

  #fill(text: string, values: Values | undefined): string {
    return fill(this.#language === 'ca' ? elided(text, values) : text, values);
  }

  /** Fills one of the catalogue's date patterns. Catalan elides the month after a day: “1 d’abril”. */
  #dated(pattern: string, day: string, clock = ''): string {
    const at = asDate(day);
    if (!at) return day;
    const month = at.getUTCMonth() + 1;
    const values = {
      day: at.getUTCDate(),
      month: this.lookUp(`date.month.${month}`) ?? month,
      of_month: this.lookUp(`date.of_month.${month}`) ?? month,
      short_month: this.lookUp(`date.short_month.${month}`) ?? month,
      year: at.getUTCFullYear(),
      clock,
    };
    return this.lookUp(pattern, values) ?? day;
  }
}

/** Whether a Spanish word begins with the vowel i. Before hia and hie it is a consonant: hielo. */
function soundsLikeI(word: string): boolean {
  return /^h?[ií]/i.test(word) && !/^hi[ae]/i.test(word);
}

/** Fills the placeholders that an article or “de” leans on in Catalan: l’1 d’abril, d’Elena. Go does the same. */
function elided(text: string, values: Values | undefined): string {
  if (!text.includes('{{')) return text;
  return text.replace(
    /(^|[\s(«])(el|del|al|pel|de) \{\{\.(\w+)\}\}/gi,
    (whole, before: string, word: string, name: string) => {
      const value = values?.[name];
      if (value === undefined) return whole;
      return before + leaning(word, String(value));
    },
  );
}

function leaning(word: string, value: string): string {
  const numbered = /^(1|11)(?!\S)/.test(value);
  if (/^de$/i.test(word)) {
    const vowelFirst =
      /^h?[aeiouàèéíòóú]/i.test(value) && /^.h?\p{Ll}/u.test(value) && !/^h?[iu][aeiouàèéíòóú]/i.test(value);
    return numbered || vowelFirst ? `${word.charAt(0)}’${value}` : `${word} ${value}`;
  }
  if (!numbered) return `${word} ${value}`;
  const kept = { e: 'l’', d: 'de l’', a: 'a l’', p: 'per l’' }[word.charAt(0).toLowerCase()] ?? `${word} `;
  return (/^\p{Lu}/u.test(word) ? kept.charAt(0).toUpperCase() + kept.slice(1) : kept) + value;
}

function fill(text: string, values: Values | undefined): string {
  if (!text.includes('{{')) return text;
  return text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, name: string) => {
    const value = values?.[name];
    return value === undefined ? whole : String(value);
  });
}
