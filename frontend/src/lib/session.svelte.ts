/** The state that the whole page shares: settings, which library is open, the jobs under way, and the notices. */
import type { Backend, CaseSummary, JobReport, Settings, Start } from './backend/backend';
import { Failure, noSettings } from './backend/backend';
import type { Link } from './backend/shell';
import type { Language } from './i18n/format';
import type { Texts } from './i18n/texts.svelte';
import { isOver } from './jobs';
import { UndoHistory, type Deed } from './undo.svelte';

/** The text sizes to choose from, percent. */
export const textSizes = [100, 125, 150, 175, 200] as const;

export class Session {
  readonly #backend: Backend;
  readonly #texts: Texts;
  #start = $state.raw<Start>();
  #settings = $state.raw<Settings>(noSettings);
  #cases = $state.raw<CaseSummary[]>();
  #casesFailure = $state.raw<Failure>();
  #jobs = $state.raw<Readonly<Record<string, JobReport>>>({});
  #notice = $state.raw<{ text: string; offers: '' | 'undo' | 'redo' }>({ text: '', offers: '' });
  #revision = $state.raw(0);
  #link = $state.raw<Link>();
  readonly #history: UndoHistory;

  constructor(backend: Backend, texts: Texts) {
    this.#backend = backend;
    this.#texts = texts;
    this.#history = new UndoHistory(backend);
  }

  /** What the program said at the start; reading it before begin() is a mistake. */
  get start(): Start {
    if (!this.#start) throw new Error('the session has not begun');
    return this.#start;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** undefined while they are being read. */
  get cases(): CaseSummary[] | undefined {
    return this.#cases;
  }

  get casesFailure(): Failure | undefined {
    return this.#casesFailure;
  }

  get today(): string {
    return this.start.today;
  }

  /** Says that something was done; read out, and shown until the next one or until it is put away. */
  get notice(): string {
    return this.#notice.text;
  }

  set notice(text: string) {
    this.#notice = { text, offers: '' };
  }

  /** What can be done about the notice. */
  get offers(): '' | 'undo' | 'redo' {
    return this.#notice.offers;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** The address that the person is asked about. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Asks whether to leave for an address; nothing is opened before. */
  ask(link: Link | undefined): void {
    this.#link = link;
  }

  /** Another number after everything that was written, undone or done again. An effect that reads from the program reads it, and so reads again. */
  get revision(): number {
    return this.#revision;
  }

  /** Says that something was done, which can be undone: entryIds name one entry of each act. */
  done(text: string, entryIds: string[] = []): void {
    if (entryIds.length > 0) {
      this.#history.add({ text, entryIds });
      this.reread();
    }
    this.#notice = { text, offers: entryIds.length > 0 ? 'undo' : '' };
  }

  /** Has everything that was read from the program read again: after what can't be undone, too. */
  reread(): void {
    this.#revision += 1;
    void this.readCases();
  }

  /** Takes back what was done last, if anything was. */
  undo(): Promise<void> {
    return this.#replace(() => this.#history.undo(), 'page.shell.undone', 'redo');
  }

  /** Does again what was undone last, if anything was. */
  redo(): Promise<void> {
    return this.#replace(() => this.#history.redo(), 'page.shell.redone', 'undo');
  }

  job(id: string): JobReport | undefined {
    return this.#jobs[id];
  }

  /** Reads what the page needs first, unless it was asked for already. Call it again when another library was opened. */
  async begin(start: Promise<Start> = this.#backend.start()): Promise<void> {
    this.#start = await start;
    this.#history.clear();
    await Promise.all([this.#apply(this.#start.settings), this.readCases()]);
  }

  async readCases(): Promise<void> {
    try {
      this.#cases = await this.#backend.cases();
      this.#casesFailure = undefined;
    } catch (error) {
      this.#casesFailure = Failure.from(error);
    }
  }

  /** Takes effect at once, and is kept. */
  async changeSettings(changes: Partial<Settings>): Promise<void> {
    const before = this.#settings;
    const settings = { ...before, ...changes };
    await this.#apply(settings);
    try {
      await this.#backend.saveSettings(settings);
    } catch (error) {
      await this.#apply(before);
      throw error;
    }
    // What day it is goes by the zone.
    if (settings.zone !== before.zone) this.#start = await this.#backend.start();
  }

  /** Listens to the program's reports for as long as the page lives. */
  listen(): () => void {
    return this.#backend.onJob((report) => {
      // Reports can overtake each other: nothing comes after the last one.
      if (!isOver(this.#jobs[report.id])) this.#jobs = { ...this.#jobs, [report.id]: report };
    });
  }

  async #replace(
    action: () => Promise<Deed | undefined>,
    key: 'page.shell.undone' | 'page.shell.redone',
    offers: 'undo' | 'redo',
  ) {
    try {
      const deed = await action();
      if (!deed) return;
      this.#notice = { text: this.#texts.text(key, { text: deed.text }), offers };
      this.#revision += 1;
      await this.readCases();
    } catch (error) {
      this.notice = '';
      throw error;
    }
  }

  async #apply(settings: Settings): Promise<void> {
    this.#settings = settings;
    if (settings.theme) document.documentElement.dataset.theme = settings.theme;
    else delete document.documentElement.dataset.theme;
    document.documentElement.style.setProperty('--text-scale', String((settings.textSize || 100) / 100));
    await this.#texts.speak((settings.language || this.start.systemLanguage) as Language);
    document.documentElement.lang = this.#texts.language;
  }
}
