/** Every action there is, as the palette offers it. */
import BookOpenText from '@lucide/svelte/icons/book-open-text';
import FilePlus from '@lucide/svelte/icons/file-plus-2';
import FileSearch from '@lucide/svelte/icons/file-search';
import FileText from '@lucide/svelte/icons/file-text';
import CalendarCheck from '@lucide/svelte/icons/calendar-check-2';
import Folders from '@lucide/svelte/icons/folders';
import Languages from '@lucide/svelte/icons/languages';
import Moon from '@lucide/svelte/icons/moon';
import MailSearch from '@lucide/svelte/icons/mail-search';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import Phone from '@lucide/svelte/icons/phone';
import Redo from '@lucide/svelte/icons/redo-2';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import UsersRound from '@lucide/svelte/icons/users-round';
import Table2 from '@lucide/svelte/icons/table-2';
import Sun from '@lucide/svelte/icons/sun';
import Undo from '@lucide/svelte/icons/undo-2';
import type { Action } from '../features/palette/action';
import { languageNames, languages } from '../lib/i18n/format';
import type { Texts } from '../lib/i18n/texts.svelte';
import type { Router } from '../lib/router.svelte';
import type { Session } from '../lib/session.svelte';

interface Means {
  texts: Texts;
  session: Session;
  router: Router;
  call: () => void;
  log: () => void;
  find: () => void;
  /** undefined while there is nothing to undo, or to do again. */
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
  openSample: () => void;
  /** undefined where no case is open. */
  exportDossier: (() => void) | undefined;
  findMail: (() => void) | undefined;
}

export function actionsOf({
  texts,
  session,
  router,
  call,
  log,
  find,
  undo,
  redo,
  openSample,
  exportDossier,
  findMail,
}: Means): Action[] {
  const actions: Action[] = [
    { id: 'call', label: texts.text('page.nav.call'), icon: Phone, keys: 'C', run: call },
    { id: 'log', label: texts.text('page.contact.log'), icon: NotebookPen, keys: 'N', run: log },
    {
      id: 'many',
      label: texts.text('page.many.title'),
      icon: Table2,
      run: () => router.go({ screen: 'many', caseId: '' }),
    },
    {
      id: 'new-case',
      label: texts.text('page.cases.new'),
      icon: FilePlus,
      run: () => router.go({ screen: 'new-case' }),
    },
    {
      id: 'today',
      label: texts.text('page.nav.today'),
      icon: CalendarCheck,
      run: () => router.go({ screen: 'today' }),
    },
    { id: 'cases', label: texts.text('page.cases.title'), icon: Folders, run: () => router.go({ screen: 'cases' }) },
    {
      id: 'people',
      label: texts.text('page.nav.people'),
      icon: UsersRound,
      run: () => router.go({ screen: 'people' }),
    },
  ];
  actions.push({ id: 'find', label: texts.text('page.shell.find'), icon: Search, keys: 'Ctrl+K', run: find });
  if (undo) actions.push({ id: 'undo', label: texts.text('page.shell.undo'), icon: Undo, keys: 'Ctrl+Z', run: undo });
  if (redo) {
    actions.push({ id: 'redo', label: texts.text('page.shell.redo'), icon: Redo, keys: 'Ctrl+Shift+Z', run: redo });
  }
  if (findMail) {
    actions.splice(2, 0, { id: 'mail', label: texts.text('page.find.title'), icon: MailSearch, run: findMail });
  }
  if (exportDossier) {
    actions.splice(2, 0, {
      id: 'export',
      label: texts.text('page.dossier.export'),
      icon: FileText,
      run: exportDossier,
    });
  }
  if (!session.start.sampleOpen) {
    actions.push({ id: 'sample', label: texts.text('page.first.sample'), icon: BookOpenText, run: openSample });
  }
  actions.push({
    id: 'check',
    label: texts.text('page.check.title'),
    icon: FileSearch,
    run: () => router.go({ screen: 'check' }),
  });
  actions.push({
    id: 'settings',
    label: texts.text('page.settings.title'),
    icon: Settings,
    run: () => router.go({ screen: 'settings' }),
  });
  for (const language of languages) {
    const label = `${texts.text('page.settings.language')}: ${languageNames[language]}`;
    const run = () => void session.changeSettings({ language });
    actions.push({ id: `language-${language}`, label, icon: Languages, run });
  }
  for (const [theme, key, icon] of [
    ['light', 'page.settings.theme_light', Sun],
    ['dark', 'page.settings.theme_dark', Moon],
  ] as const) {
    const label = `${texts.text('page.settings.theme')}: ${texts.text(key)}`;
    actions.push({ id: theme, label, icon, run: () => void session.changeSettings({ theme }) });
  }
  return actions;
}
