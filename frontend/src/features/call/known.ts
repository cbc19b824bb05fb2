/** What is known already, as the fields of a call offer it. */
import type { CaseSummary, CaseView } from '../../lib/backend/backend';
import { fold, matches } from '../../lib/text/fold';
import type { Option } from '../../lib/ui/Combobox.svelte';

const offered = 6;

/** The companies of all cases, each once, with the cases they are in. */
export function companiesOf(cases: CaseSummary[]): Option[] {
  const known = new Map<string, { value: string; titles: string[] }>();
  for (const one of cases) {
    for (const company of one.companies) {
      const found = known.get(fold(company)) ?? { value: company, titles: [] };
      found.titles.push(one.title);
      known.set(fold(company), found);
    }
  }
  return [...known.values()].map(({ value, titles }) => ({ value, note: titles.join(' · ') }));
}

/** The people of a company who were spoken to in the case, each name once. */
export function peopleOf(hand: CaseView | undefined, company: string): Option[] {
  if (!hand) return [];
  const party = hand.parties.find((one) => fold(one.name) === fold(company.trim()));
  const known = new Map<string, Option>();
  for (const person of hand.people) {
    if (!person.name || person.refused || (party && person.partyId !== party.id)) continue;
    if (!known.has(fold(person.name))) known.set(fold(person.name), { value: person.name, note: person.position });
  }
  return [...known.values()];
}

/** Those whose name has every word that is typed, accents or not; those that begin with it first. */
export function fitting(options: Option[], typed: string): Option[] {
  const text = fold(typed.trim());
  const found = options.filter((option) => matches(fold(option.value), typed.trim()) && fold(option.value) !== text);
  const begins = (option: Option) => (fold(option.value).startsWith(text) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, offered);
}
