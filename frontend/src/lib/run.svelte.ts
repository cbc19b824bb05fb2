/** A job that the person starts and can stop, with what came of it. */
import { Failure, type Backend, type JobReport } from './backend/backend';
import { failureOf, isOver } from './jobs';
import type { Session } from './session.svelte';

export class Run {
  readonly #backend: Backend;
  readonly #session: Session;
  #id = $state('');
  #asking = $state(false);
  #refused = $state.raw<Failure>();

  constructor(backend: Backend, session: Session) {
    this.#backend = backend;
    this.#session = session;
  }

  /** Of the job; empty before there is one. */
  get id(): string {
    return this.#id;
  }

  /** The system asks for a file, before there is a job. */
  get asking(): boolean {
    return this.#asking;
  }

  get job(): JobReport | undefined {
    return this.#session.job(this.#id);
  }

  get running(): boolean {
    return this.#id !== '' && !isOver(this.job);
  }

  get done(): boolean {
    return this.job?.state === 'done';
  }

  /** That somebody stopped it is none. */
  get failure(): Failure | undefined {
    const failure = this.#refused ?? failureOf(this.job);
    return failure?.code === 'cancelled' ? undefined : failure;
  }

  /** Starts a job, which is not there where the person thought better of it. */
  async start(begin: () => Promise<string>): Promise<void> {
    this.clear();
    this.#asking = true;
    await this.attempt(async () => (this.#id = await begin()));
    this.#asking = false;
  }

  /** Does something else about it, which may be refused. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    this.#refused = undefined;
    try {
      await action();
    } catch (error) {
      this.#refused = Failure.from(error);
    }
  }

  cancel = (): Promise<void> => this.attempt(() => this.#backend.cancelJob(this.#id));

  /** What came of it is not looked at any more. */
  clear(): void {
    this.#id = '';
    this.#refused = undefined;
  }
}
