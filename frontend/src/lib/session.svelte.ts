/** The state that the whole page shares: settings, which library is open, the jobs under way, and the notices. */
import type { Backend, CaseSummary, JobReport, Settings, Start } from './backend/backend';
import { Failure } from './backend/backend';
import type { Language } from './i18n/format';
import type { Texts } from './i18n/texts.svelte';

export class Session {
  readonly #backend: Backend;
  readonly #texts: Texts;
  #start = $state.raw<Start>();
  #settings = $state.raw<Settings>({ language: '', theme: '' });
  #cases = $state.raw<CaseSummary[]>();
  #casesFailure = $state.raw<Failure>();
  #jobs = $state.raw<Readonly<Record<string, JobReport>>>({});
  #notice = $state.raw('');

  constructor(backend: Backend, texts: Texts) {
    this.#backend = backend;
    this.#texts = texts;
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
    return this.#notice;
  }

  set notice(text: string) {
    this.#notice = text;
  }

  job(id: string): JobReport | undefined {
    return this.#jobs[id];
  }

  /** Reads what the page needs first. Call it again when another library was opened. */
  async begin(): Promise<void> {
    this.#start = await this.#backend.start();
    this.#apply(this.#start.settings);
    await this.readCases();
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
    this.#apply({ ...this.#settings, ...changes });
    await this.#backend.saveSettings(this.#settings);
  }

  /** Listens to the program's reports for as long as the page lives. */
  listen(): () => void {
    return this.#backend.onJob((report) => (this.#jobs = { ...this.#jobs, [report.id]: report }));
  }

  #apply(settings: Settings): void {
    this.#settings = settings;
    this.#texts.language = (settings.language || this.start.systemLanguage) as Language;
    document.documentElement.lang = this.#texts.language;
    if (settings.theme) document.documentElement.dataset.theme = settings.theme;
    else delete document.documentElement.dataset.theme;
  }
}
