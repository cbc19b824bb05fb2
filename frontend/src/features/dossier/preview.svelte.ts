/** A dossier that is looked at before it is saved: drawn anew whenever something else is wanted. */
import { Failure, type Backend, type DossierInput } from '../../lib/backend/backend';
import { failureOf, isOver } from '../../lib/jobs';
import type { Session } from '../../lib/session.svelte';
import type { PdfFile } from './pdf';

/** Milliseconds. */
const pause = 400;

export class Preview {
  readonly #backend: Backend;
  readonly #session: Session;
  #file = $state.raw<PdfFile>();
  #size = $state(0);
  #refused = $state.raw<Failure>();
  #drawing = $state.raw<{ jobId: string; previewId: string }>();
  /** Goes up with each dossier that is asked for: what comes of one before it is not looked at. */
  #asking = 0;

  constructor(backend: Backend, session: Session) {
    this.#backend = backend;
    this.#session = session;
  }

  /** What was drawn last; it stays until the next one is there. */
  get file(): PdfFile | undefined {
    return this.#file;
  }

  /** About how large the saved file gets, in bytes. */
  get size(): number {
    return this.#size;
  }

  get busy(): boolean {
    return this.#drawing !== undefined;
  }

  get job() {
    return this.#session.job(this.#drawing?.jobId ?? '');
  }

  get failure(): Failure | undefined {
    return this.#refused;
  }

  async draw(input: DossierInput): Promise<void> {
    const asking = ++this.#asking;
    this.#refused = undefined;
    if (this.#drawing?.jobId) void this.#backend.cancelJob(this.#drawing.jobId).catch(() => {});
    this.#drawing = { jobId: '', previewId: '' };
    try {
      // Where one is there to be looked at, the next one waits for what is still being typed.
      if (this.#file) await new Promise((done) => setTimeout(done, pause));
      if (asking !== this.#asking) return;
      const drawing = await this.#backend.previewDossier(input);
      if (asking === this.#asking) this.#drawing = drawing;
      else void this.#backend.cancelJob(drawing.jobId).catch(() => {});
    } catch (error) {
      this.#refuse(asking, error);
    }
  }

  /** Shows what the job has drawn when it is over. To be called from an effect. */
  follow(): void {
    const [drawing, job] = [this.#drawing, this.job];
    if (!drawing || !isOver(job)) return;
    const asking = this.#asking;
    const failure = failureOf(job);
    if (failure) this.#refuse(asking, failure);
    else void this.#show(asking, drawing.previewId);
  }

  async #show(asking: number, previewId: string): Promise<void> {
    try {
      const { PdfFile } = await import('./pdf');
      const [file, size] = await Promise.all([
        PdfFile.read(this.#backend.previewAddress(previewId)),
        this.#backend.previewSize(previewId),
      ]);
      if (asking !== this.#asking) return file.close();
      this.#file?.close();
      this.#file = file;
      this.#size = size;
      this.#drawing = undefined;
    } catch (error) {
      this.#refuse(asking, error);
    }
  }

  #refuse(asking: number, error: unknown): void {
    if (asking !== this.#asking) return;
    this.#refused = Failure.from(error);
    this.#drawing = undefined;
  }

  close(): void {
    this.#asking++;
    if (this.#drawing?.jobId) void this.#backend.cancelJob(this.#drawing.jobId).catch(() => {});
    this.#file?.close();
  }
}
