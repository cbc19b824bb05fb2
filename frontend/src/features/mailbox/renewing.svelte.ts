/** Signing in to a known mailbox again: with another password, or by leave that is asked for once more. */
import { Failure, type Backend } from '../../lib/backend/backend';
import { failureOf, isOver } from '../../lib/jobs';
import type { Mailbox } from '../../lib/backend/mailboxes';
import type { Session } from '../../lib/session.svelte';

export class Renewing {
  #jobId = $state('');
  #failure = $state.raw<Failure>();
  readonly #backend: Backend;
  readonly #session: Session;

  constructor(backend: Backend, session: Session) {
    this.#backend = backend;
    this.#session = session;
  }

  get running(): boolean {
    return this.#jobId !== '';
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  async begin({ id, signIn }: Mailbox, password: string): Promise<void> {
    if (this.running) return;
    this.#failure = undefined;
    try {
      this.#jobId =
        signIn === 'oauth'
          ? await this.#backend.reauthorizeMailbox(id)
          : await this.#backend.renewMailbox(id, password);
    } catch (error) {
      this.#failure = Failure.from(error);
    }
  }

  async cancel(): Promise<void> {
    if (this.#jobId) await this.#backend.cancelJob(this.#jobId);
  }

  /** To be called when a job's report came. */
  follow(onready: () => void): void {
    const report = this.#session.job(this.#jobId);
    if (!this.#jobId || !isOver(report)) return;
    this.#jobId = '';
    const ended = failureOf(report);
    if (!ended) onready();
    else if (ended.code !== 'cancelled') this.#failure = ended;
  }
}
