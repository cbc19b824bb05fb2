/** The parts of a case, in the order of their tabs. A new part is a component beside this file and a line here. */
import type { Component } from 'svelte';
import type { CaseCounts, CaseHead } from '../../lib/backend/backend';
import type { Texts } from '../../lib/i18n/texts.svelte';
import type { Router } from '../../lib/router.svelte';
import EvidenceTab from './EvidenceTab.svelte';
import FiguresTab from './FiguresTab.svelte';
import PeopleTab from './PeopleTab.svelte';
import PromisesTab from './PromisesTab.svelte';
import RunaroundTab from './RunaroundTab.svelte';
import TimelineTab from './TimelineTab.svelte';

/** What every part gets. It reads the rest itself, and again when `session.revision` goes up. */
export interface TabProps {
  caseId: string;
  head: CaseHead;
  router: Router;
}

export interface CaseTab {
  /** As it stands in the address: #/case/ID/timeline. */
  id: string;
  label: (texts: Texts) => string;
  /** The number beside the label, for parts that are a list. */
  count?: (counts: CaseCounts) => number;
  component: Component<TabProps>;
}

export const caseTabs: readonly CaseTab[] = [
  {
    id: 'timeline',
    label: (texts) => texts.text('page.tab.timeline'),
    count: (counts) => counts.timeline,
    component: TimelineTab,
  },
  {
    id: 'promises',
    label: (texts) => texts.text('page.tab.promises'),
    count: (counts) => counts.promises,
    component: PromisesTab,
  },
  {
    id: 'people',
    label: (texts) => texts.text('page.tab.companies'),
    count: (counts) => counts.people,
    component: PeopleTab,
  },
  { id: 'runaround', label: (texts) => texts.text('page.tab.runaround'), component: RunaroundTab },
  { id: 'figures', label: (texts) => texts.text('page.tab.figures'), component: FiguresTab },
  {
    id: 'evidence',
    label: (texts) => texts.text('page.tab.evidence'),
    count: (counts) => counts.evidence,
    component: EvidenceTab,
  },
];
