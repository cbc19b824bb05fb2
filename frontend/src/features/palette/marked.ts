/** Words found in a text: what to mark, and what not. */
import { fold } from '../../lib/text/fold';

export interface Part {
  text: string;
  found: boolean;
}

/**
 * Takes a text apart in which found words stand between «». People who write Spanish or Catalan quote with the same
 * marks: only what begins with a word of the query was found, the rest is as it was written.
 */
export function marked(text: string, query: string): Part[] {
  const beginnings = fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(/«([^«»]*)»/g)) {
    const word = match[1] ?? '';
    if (!beginnings.some((beginning) => fold(word).startsWith(beginning))) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), found: false });
    parts.push({ text: word, found: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), found: false });
  return parts;
}
