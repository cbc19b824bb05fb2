/** A promise as it is typed, and as it is sent. */
import type { PromiseTerms } from '../backend/backend';

export interface TypedPromise extends PromiseTerms {
  /** What was understood of when it is due: a wall time; empty while nothing was. */
  dueWall: string;
}

/** The currencies that are offered; a case may hold any. */
export const currencies = ['EUR', 'MXN', 'USD', 'GBP', 'ARS', 'COP', 'CLP', 'PEN'];

export function emptyPromise(currency = 'EUR'): TypedPromise {
  return { what: '', due: '', dueWall: '', amount: '', currency, repeatsId: '' };
}

export function promiseTerms({ what, due, amount, currency, repeatsId }: TypedPromise): PromiseTerms {
  return { what, due, amount, currency, repeatsId };
}

/** The currencies to choose from, with the one that stands among them. */
export function currencyOptions(standing: string): { value: string; label: string }[] {
  const codes = !standing || currencies.includes(standing) ? currencies : [standing, ...currencies];
  return codes.map((code) => ({ value: code, label: code }));
}
