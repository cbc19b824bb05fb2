/** What people are called on a screen. */
import type { PersonName, Somebody } from '../../lib/backend/people';
import type { Texts } from '../../lib/i18n/texts.svelte';

/** The name that was given, or what is known instead. */
export function nameOf(texts: Texts, { name, refused, position }: PersonName): string {
  if (name) return name;
  return refused ? texts.text('page.person.refused') : position || texts.text('page.people.name_unknown');
}

/** The one who stands for all whom the person joined: the first who gave a name. */
export function leading({ members }: Somebody): PersonName {
  const first = members.find(({ name }) => name) ?? members[0];
  if (!first) throw new Error('somebody has no name at all');
  return first;
}

export const calledOf = (texts: Texts, one: Somebody): string => nameOf(texts, leading(one));

/** The other names that somebody goes by, each once. */
export function otherNames(texts: Texts, one: Somebody): string[] {
  const called = calledOf(texts, one);
  return [...new Set(one.members.map((member) => nameOf(texts, member)))].filter((name) => name !== called);
}

/** What somebody said that their job is, each once. */
export function positionsOf(texts: Texts, one: Somebody): string[] {
  const called = calledOf(texts, one);
  return [...new Set(one.members.map(({ position }) => position))].filter(
    (position) => position && position !== called,
  );
}
