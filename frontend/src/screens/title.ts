/** What the window's title says of where the person is. */
import type { CaseSummary } from '../lib/backend/backend';
import type { Texts } from '../lib/i18n/texts.svelte';
import type { Place } from '../lib/router.svelte';

export function titleOf(texts: Texts, place: Place, cases: readonly CaseSummary[]): string {
  return `${screenTitle(texts, place, cases)} · Constancia`;
}

function screenTitle(texts: Texts, place: Place, cases: readonly CaseSummary[]): string {
  switch (place.screen) {
    case 'cases':
      return texts.text('page.cases.title');
    case 'new-case':
      return texts.text('page.cases.new');
    case 'case':
    case 'correct':
    case 'message':
      return cases.find((known) => known.id === place.caseId)?.title ?? texts.text('page.cases.title');
    case 'contact':
      return texts.text('page.contact.log');
    case 'call':
      return texts.text('page.nav.call');
    case 'many':
      return texts.text('page.start.months');
    case 'mail':
      return texts.text('page.find.title');
    case 'dossier':
      return texts.text('page.dossier.title');
    case 'check':
      return texts.text('page.check.title');
    case 'people':
      return texts.text('page.nav.people');
    case 'backup':
      return texts.text('page.nav.backup');
    case 'settings':
      return texts.text('page.settings.title');
    case 'today':
      return texts.text('page.nav.today');
  }
}
