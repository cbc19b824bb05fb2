/** Who said something, when, and how. */
import type { TimelineItem } from '../../lib/backend/backend';
import type { Texts } from '../../lib/i18n/texts.svelte';

export function whoOf(texts: Texts, item: TimelineItem): string {
  if (item.kind === 'message') return item.from.replace(/\s*<[^>]*>/g, '');
  const people = item.people.map((person) =>
    [person.refused ? texts.text('page.person.refused') : person.name, person.position].filter(Boolean).join(', '),
  );
  return [item.party, ...people].filter(Boolean).join(' · ');
}

/** What it was about, for telling it from the others. */
export function aboutOf(item: TimelineItem): string {
  return item.kind === 'message' ? item.subject || item.summary : item.summary;
}
