/** Jobs of the backend in memory: they go step by step, and are told of as Go tells of them. */
import type { Failure, JobReport, Unsubscribe } from './backend';

export class FakeJobs {
  readonly #listeners = new Set<(report: JobReport) => void>();
  readonly #running = new Set<string>();
  #next = 1;
  /** Jobs stay at their first step for as long as it is true: for what happens while one is under way. */
  jobsWait = false;

  onJob(listener: (report: JobReport) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async cancelJob(id: string): Promise<void> {
    this.#running.delete(id);
    this.#report({ id, state: 'cancelled', stage: '', done: 0, total: 0, fileName: '', failure: '' });
  }

  protected id(kind: string): string {
    return `${kind}-${this.#next++}`;
  }

  #report(report: JobReport): void {
    for (const listener of this.#listeners) listener(report);
  }

  /** Tells of one step after the other; refused is how it ends. Gives its id. */
  protected run(steps: number[], fileName: string, refused?: Failure): string {
    const id = this.id('job');
    this.#running.add(id);
    steps.forEach((done, at) =>
      setTimeout(() => {
        if (!this.#running.has(id) || (this.jobsWait && at > 0)) return;
        const last = at === steps.length - 1;
        const state = last ? (refused ? 'failed' : 'done') : 'running';
        const failure = last && refused ? JSON.stringify(refused) : '';
        this.#report({ id, state, stage: 'drawing', done, total: steps.length - 1, fileName, failure });
      }, at * 120),
    );
    return id;
  }
}
