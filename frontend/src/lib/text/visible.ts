/**
 * A name that came from anywhere, in one line and in the direction it is written in: control characters, line breaks and
 * marks that turn the direction round (which could hide how a name ends) are shown as what they are, something odd.
 */
export function visible(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** A visible name inside a sentence, which it can’t turn round: what <bdi> is to an element. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
