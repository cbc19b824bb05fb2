/** What the palette finds on record, where each opens, and what was opened last. */
import Building2 from '@lucide/svelte/icons/building-2';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import FileText from '@lucide/svelte/icons/file-text';
import Flag from '@lucide/svelte/icons/flag';
import Folders from '@lucide/svelte/icons/folders';
import Mail from '@lucide/svelte/icons/mail';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import Paperclip from '@lucide/svelte/icons/paperclip';
import User from '@lucide/svelte/icons/user-round';
import type { Component } from 'svelte';
import type { Group, Item } from '../features/palette/item';
import type { Backend } from '../lib/backend/backend';
import type { SearchHit } from '../lib/backend/shell';
import type { Texts } from '../lib/i18n/texts.svelte';
import type { Place, Router } from '../lib/router.svelte';
import type { Session } from '../lib/session.svelte';

/** How a kind of entry is shown, and in which part of its case it is. */
const kinds: Readonly<Record<string, { group: Group; icon: Component; tab: string }>> = {
  case: { group: 'cases', icon: Folders, tab: '' },
  party: { group: 'companies', icon: Building2, tab: 'people' },
  person: { group: 'people', icon: User, tab: 'people' },
  contact: { group: 'happened', icon: NotebookPen, tab: 'timeline' },
  settlement: { group: 'happened', icon: CircleCheck, tab: 'timeline' },
  promise: { group: 'promises', icon: Flag, tab: 'promises' },
  message: { group: 'messages', icon: Mail, tab: 'timeline' },
  evidence: { group: 'files', icon: Paperclip, tab: 'evidence' },
};
const otherKind = { group: 'other', icon: FileText, tab: 'timeline' } as const;

/** How many of the last things opened are shown. */
const remembered = 6;

export class Finder {
  readonly #backend: Backend;
  readonly #texts: Texts;
  readonly #session: Session;
  readonly #router: Router;
  /** Newest first, each with the library it is of. Only in memory: what was looked for is nobody else’s business. */
  #opened = $state.raw<{ library: string; item: Item }[]>([]);

  constructor(backend: Backend, texts: Texts, session: Session, router: Router) {
    this.#backend = backend;
    this.#texts = texts;
    this.#session = session;
    this.#router = router;
  }

  search = async (words: string): Promise<Item[]> => {
    const hits = await this.#backend.search(words);
    return hits.map((hit) => this.#itemOf(hit));
  };

  /** What was opened last, and before anything was, the cases. */
  get recent(): Item[] {
    const library = this.#session.start.libraryFolder;
    const opened = this.#opened.filter((one) => one.library === library).map(({ item }) => item);
    const cases = (this.#session.cases ?? []).map((summary): Item => {
      const place: Place = { screen: 'case', caseId: summary.id, tab: '' };
      const id = `hit-${summary.id}`;
      return { id, group: 'recent', label: summary.title, icon: Folders, run: () => this.#router.go(place) };
    });
    return [...opened, ...cases.filter((one) => !opened.some(({ id }) => id === one.id))].slice(0, remembered);
  }

  #remember(item: Item): void {
    const library = this.#session.start.libraryFolder;
    const others = this.#opened.filter((known) => known.item.id !== item.id);
    const last: Item = { ...item, group: 'recent', detail: undefined };
    this.#opened = [{ library, item: last }, ...others].slice(0, remembered);
  }

  #itemOf(hit: SearchHit): Item {
    const { group, icon, tab } = kinds[hit.kind] ?? otherKind;
    const place = placeOf(hit, tab);
    const item: Item = {
      id: `hit-${hit.id}`,
      group,
      label: hit.title || hit.snippet.replace(/[«»]/g, ''),
      icon,
      run: () => {
        this.#remember(item);
        this.#router.go(place);
      },
    };
    // What the label says already is not said twice.
    const said = hit.snippet.replace(/[«»]/g, '').replace(/…$/, '');
    if (said && !item.label.startsWith(said)) item.detail = hit.snippet;
    if (hit.kind !== 'case') item.place = `${this.#texts.shortDate(hit.day)} · ${hit.caseTitle}`;
    return item;
  }
}

/** Where what was found is: an email is read, anything else is shown among what it belongs to. */
function placeOf({ kind, id, caseId }: SearchHit, tab: string): Place {
  if (kind === 'case') return { screen: 'case', caseId: id, tab: '' };
  if (kind === 'message') return { screen: 'message', caseId, messageId: id };
  return { screen: 'case', caseId, tab, entry: id };
}
