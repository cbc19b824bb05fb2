/** What a cell can be filled with: the words that are offered while one types. */
import { fold } from '../../lib/text/fold';

const mostOffered = 8;

/** Those that begin with what is typed, then those that have it in them; accents don't matter. */
export function offered(options: readonly string[], typed: string): string[] {
  const wanted = fold(typed.trim());
  if (wanted === '') return options.slice(0, mostOffered);
  const begins = options.filter((option) => fold(option).startsWith(wanted));
  const has = options.filter((option) => !begins.includes(option) && fold(option).includes(wanted));
  return [...begins, ...has].slice(0, mostOffered);
}

/** Whether the first one offered is what is being typed, so that Tab and Enter take it. */
export function completes(option: string | undefined, typed: string): boolean {
  return option !== undefined && typed.trim() !== '' && fold(option).startsWith(fold(typed.trim()));
}
