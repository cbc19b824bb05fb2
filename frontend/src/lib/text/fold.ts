/** Text as it is compared: without case and accents, so that “nur” finds “Núria”. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase('en');
}

/** Whether every word of the query is somewhere in the folded text. */
export function matches(foldedText: string, query: string): boolean {
  return fold(query)
    .split(/\s+/)
    .every((word) => foldedText.includes(word));
}
