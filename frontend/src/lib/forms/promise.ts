/** A promise as it is typed, and as it is sent. */
import type { PromiseTerms } from '../backend/backend';
import { dueOf, emptyDue, type TypedDue } from './due';

export interface TypedPromise {
  what: string;
  due: TypedDue;
  amount: string;
  currency: string;
  repeatsId: string;
}

/** The currencies that are offered; a case may hold any. */
export const currencies = ['EUR', 'MXN', 'USD', 'GBP', 'ARS', 'COP', 'CLP', 'PEN'];

export function emptyPromise(currency = 'EUR'): TypedPromise {
  return { what: '', due: emptyDue(), amount: '', currency, repeatsId: '' };
}

export function promiseTerms(typed: TypedPromise, from: string): PromiseTerms {
  return {
    what: typed.what,
    due: dueOf(typed.due, from),
    amount: typed.amount,
    currency: typed.currency,
    repeatsId: typed.repeatsId,
  };
}
