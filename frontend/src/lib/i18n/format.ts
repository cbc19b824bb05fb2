/**
 * Numbers and money as a language writes them, and the table of what differs. The Go side has the same in
 * internal/i18n; one golden file (internal/i18n/testdata/golden.json) holds the two together, where the browser's own
 * Intl would drift with its version.
 */
export type Language = 'en' | 'es' | 'ca';

export const languages: readonly Language[] = ['en', 'es', 'ca'];

/** The names of the languages in themselves: the one text that is not translated. */
export const languageNames: Record<Language, string> = { en: 'English', es: 'Español', ca: 'Català' };

interface Style {
  group: string;
  decimal: string;
  /** The least number of digits that is grouped: Spanish writes 1234 and 12.345. */
  groupFrom: number;
  symbolFirst: boolean;
  /** The currencies that have a sign in this language; the others are written by their ISO 4217 code. */
  symbols: Readonly<Record<string, string>>;
}

const styles: Record<Language, Style> = {
  en: {
    group: ',',
    decimal: '.',
    groupFrom: 4,
    symbolFirst: true,
    symbols: { EUR: '€', GBP: '£', USD: 'US$', MXN: 'MX$' },
  },
  es: { group: '.', decimal: ',', groupFrom: 5, symbolFirst: false, symbols: { EUR: '€', USD: 'US$' } },
  ca: { group: '.', decimal: ',', groupFrom: 4, symbolFirst: false, symbols: { EUR: '€', GBP: '£' } },
};

/** Keeps a number and its unit on one line. */
export const noBreak = '\u00a0';

export function formatNumber(language: Language, value: number): string {
  const sign = value < 0 ? '-' : '';
  return sign + grouped(styles[language], String(Math.abs(Math.trunc(value))));
}

/** Money in the currency's minor units: 43820 EUR → “438,20 €”. */
export function formatMoney(language: Language, minor: number, currency: string): string {
  const style = styles[language];
  const decimals = fractionDigits(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const fraction = decimals > 0 ? style.decimal + digits.slice(point) : '';
  const amount = grouped(style, digits.slice(0, point)) + fraction;
  const sign = minor < 0 ? '-' : '';
  const symbol = style.symbols[currency];
  if (!style.symbolFirst) return `${sign}${amount}${noBreak}${symbol ?? currency}`;
  return symbol === undefined ? `${sign}${currency}${noBreak}${amount}` : `${sign}${symbol}${amount}`;
}

/** How many digits a currency's minor unit has (ISO 4217); 2 for one that nobody knows. */
export function fractionDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** A length of time: “48 h 23 min”, “12 min 30 s”, “45 s”. From an hour on, seconds are left out. */
export function formatDuration(language: Language, seconds: number): string {
  const unit = (amount: number, symbol: string) => formatNumber(language, amount) + noBreak + symbol;
  if (seconds < 0) return `-${formatDuration(language, -seconds)}`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = seconds % 60;
  if (hours > 0) return minutes > 0 ? `${unit(hours, 'h')} ${unit(minutes, 'min')}` : unit(hours, 'h');
  if (minutes > 0) return rest > 0 ? `${unit(minutes, 'min')} ${unit(rest, 's')}` : unit(minutes, 'min');
  return unit(rest, 's');
}

function grouped(style: Style, digits: string): string {
  return digits.length < style.groupFrom ? digits : digits.replace(/\B(?=(\d{3})+$)/g, style.group);
}
