/** What the person did since the library was opened, to be undone and done again, the last first. */
import type { ShellBackend } from './backend/shell';

export interface Deed {
  /** What the page said when it was done. */
  text: string;
  /** One entry of each act. */
  entryIds: string[];
}

interface UndoneDeed extends Deed {
  retractionIds: string[];
}

export class UndoHistory {
  readonly #backend: ShellBackend;
  #done = $state.raw<Deed[]>([]);
  #undone = $state.raw<UndoneDeed[]>([]);
  /** Nothing is undone twice by a key that is held down. */
  #busy = false;

  constructor(backend: ShellBackend) {
    this.#backend = backend;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Something was done anew: what had been undone before can't be done again after it. */
  add(deed: Deed): void {
    this.#done = [...this.#done, deed];
    this.#undone = [];
  }

  /** Gives what was undone; nothing when there was nothing to undo. What can't be undone is not offered again. */
  async undo(): Promise<Deed | undefined> {
    const deed = this.#done.at(-1);
    if (!deed || this.#busy) return undefined;
    this.#done = this.#done.slice(0, -1);
    const retractionIds = await this.#alone(() => this.#backend.undo(deed.entryIds));
    this.#undone = [...this.#undone, { ...deed, retractionIds }];
    return deed;
  }

  /** Gives what was done again; nothing when nothing had been undone. */
  async redo(): Promise<Deed | undefined> {
    const deed = this.#undone.at(-1);
    if (!deed || this.#busy) return undefined;
    this.#undone = this.#undone.slice(0, -1);
    await this.#alone(() => this.#backend.redo(deed.retractionIds));
    this.#done = [...this.#done, { text: deed.text, entryIds: deed.entryIds }];
    return deed;
  }

  clear(): void {
    this.#done = [];
    this.#undone = [];
  }

  async #alone<Result>(action: () => Promise<Result>): Promise<Result> {
    this.#busy = true;
    try {
      return await action();
    } finally {
      this.#busy = false;
    }
  }
}
