import type { Part } from './structure';

/** Takes headings up where they leave out a level below the one before: a reader who goes by them would look for it. */
export function stepwise(pages: readonly Part[][], above = 1): Part[][] {
  let last = above;
  const stepped = (part: Part): Part => {
    const level = /^h([2-6])$/.exec(part.element)?.[1];
    if (!level) return { ...part, parts: part.parts.map(stepped) };
    last = Math.min(Number(level), last + 1);
    return { ...part, element: `h${last}` };
  };
  return pages.map((parts) => parts.map(stepped));
}
