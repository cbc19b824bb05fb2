/** The browser's own formatters by language tag. */

/** Makes what formats in a language once: making it takes longer than a whole row of a list. */
function once<Formatter>(make: (tag: string) => Formatter): (tag: string) => Formatter {
  const made = new Map<string, Formatter>();
  return (tag) => {
    const known = made.get(tag) ?? make(tag);
    made.set(tag, known);
    return known;
  };
}
export const pluralRules = once((tag) => new Intl.PluralRules(tag));
export const longWeekdays = once((tag) => new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' }));
export const shortWeekdays = once((tag) => new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' }));
