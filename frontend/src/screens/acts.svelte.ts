/** What can be done from every screen, and why the last of it could not be. */
import { lastSeen } from '../features/call/form';
import { Failure, type Backend } from '../lib/backend/backend';
import type { CallView } from '../lib/backend/calls';
import type { TodayItem } from '../lib/backend/today';
import type { Calls } from '../lib/calls.svelte';
import type { Texts } from '../lib/i18n/texts.svelte';
import type { Router } from '../lib/router.svelte';
import type { Session } from '../lib/session.svelte';

export class Acts {
  readonly #backend: Backend;
  readonly #texts: Texts;
  readonly #session: Session;
  readonly #router: Router;
  readonly #calls: Calls;
  #failure = $state.raw<Failure>();
  #sampleJob = $state.raw('');

  constructor(backend: Backend, texts: Texts, session: Session, router: Router, calls: Calls) {
    this.#backend = backend;
    this.#texts = texts;
    this.#session = session;
    this.#router = router;
    this.#calls = calls;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** The id of the job that makes the sample, until its library is shown or the job put away. */
  get sampleJob(): string {
    return this.#sampleJob;
  }

  /** The case that is looked at or written into, or empty. */
  get caseId(): string {
    const place = this.#router.place;
    return 'caseId' in place && ['case', 'contact', 'mail', 'message'].includes(place.screen) ? place.caseId : '';
  }

  async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }

  /** Begins a call, about the case that is open; or goes back to the one that goes on. */
  call = (): void => this.#call(this.caseId, '');

  /** Begins a call with whoever owes something, about that. */
  callAbout = (item: TodayItem): void => this.#call(item.caseId, item.companies[0] ?? '');

  #call(caseId: string, company: string): void {
    this.#calls.about = { caseId, company };
    this.#router.go({ screen: 'call', draftId: this.#calls.live });
  }

  resumeCall = (cut: CallView): Promise<void> =>
    this.attempt(async () => {
      if (cut.endedAt) await this.#backend.resumeCall(cut.id);
      this.#router.go({ screen: 'call', draftId: cut.id });
    });

  /** A call that was cut off ended when it is last known to have gone on. */
  reviewCall = (cut: CallView): Promise<void> =>
    this.attempt(async () => {
      if (!cut.endedAt) await this.#backend.endCall(cut.id, lastSeen(cut));
      this.#router.go({ screen: 'call', draftId: cut.id });
    });

  log = (): void => {
    if ((this.#session.cases ?? []).length === 0) this.#router.go({ screen: 'new-case' });
    else this.#router.go({ screen: 'contact', caseId: this.caseId });
  };

  undo = (): Promise<void> =>
    this.attempt(async () => {
      await this.#session.undo();
      const { caseId } = this;
      const gone = caseId && !(this.#session.cases ?? []).some((known) => known.id === caseId);
      if (gone) this.#router.go({ screen: 'cases' });
    });

  redo = (): Promise<void> => this.attempt(() => this.#session.redo());

  openSample = (): Promise<void> =>
    this.attempt(async () => {
      this.#sampleJob = await this.#backend.openSample(this.#texts.language);
    });

  /** Shows the sample's library, once it is made. */
  showSample(): void {
    this.#sampleJob = '';
    void this.#leaveTo(async () => {
      await this.#session.begin();
      const first = this.#session.cases?.[0];
      if (first) this.#router.go({ screen: 'case', caseId: first.id, tab: '' });
    });
  }

  putSampleAway = (): void => {
    this.#sampleJob = '';
  };

  closeSample = (): Promise<void> =>
    this.#leaveTo(async () => {
      await this.#backend.closeSample();
      this.#router.go({ screen: 'today' });
      await this.#session.begin();
    });

  removeSample = (): Promise<void> =>
    this.#leaveTo(async () => {
      await this.#backend.removeSample();
      this.#router.go({ screen: 'today' });
      await this.#session.begin();
      this.#session.notice = this.#texts.text('page.sample.removed');
    });

  acceptRecord = (): Promise<void> =>
    this.attempt(async () => {
      await this.#backend.acceptRecord();
      await this.#session.begin();
      this.#session.notice = this.#texts.text('page.surprise.accepted');
    });

  #leaveTo(change: () => Promise<void>): Promise<void> {
    return this.attempt(async () => {
      this.#session.notice = '';
      await change();
    });
  }
}
