/** Backups and time stamps that live in the page's memory. */
import { Failure } from './backend';
import type {
  BackupInput,
  BackupStatus,
  BackupView,
  FolderChoice,
  Restored,
  RestoreInput,
  RestorePlan,
  SealChoice,
} from './settings';

export class FakeSettings {
  #folder = '';
  #backups: BackupView[] = [];
  #seal = '';
  #keys = new Map<string, string>();

  status(): BackupStatus {
    return { folder: this.#folder, last: this.#backups.length > 0 ? '2026-11-22T10:05:00Z' : '', due: false };
  }

  list(): BackupView[] {
    return this.#backups;
  }

  choose(): FolderChoice {
    return { id: 'folder-1', folder: '/media/nuria/usb/constancia' };
  }

  make(input: BackupInput, jobId: string): void {
    if (this.#backups.length === 0) this.#keys.set(jobId, 'AGE-SECRET-KEY-1QQQ');
    if (input.choiceId) this.#folder = this.choose().folder;
    const made = { id: jobId, at: '2026-11-22T11:05', cases: 1, entries: 12, files: 3 };
    this.#backups = [made, ...this.#backups];
  }

  newKey(jobId: string): string {
    const key = this.#keys.get(jobId) ?? '';
    this.#keys.delete(jobId);
    return key;
  }

  /** As on a computer without the key: it has to be given. */
  plan(input: RestoreInput): RestorePlan {
    if (input.choiceId && !input.key) throw new Failure('backup_key_missing', {});
    const backups = [
      { id: 'newest', at: '2026-11-20T09:00', cases: 1, entries: 12, files: 3 },
      { id: 'older', at: '2026-11-01T09:00', cases: 1, entries: 8, files: 1 },
    ];
    const chosen = backups.find(({ id }) => id === input.backupId) ?? backups[0]!;
    return {
      folder: this.choose().folder,
      backupId: chosen.id,
      backups,
      backup: { ...chosen, lastEntry: chosen.at },
      present: { cases: 2, entries: 20, files: 4, lastEntry: '2026-11-22T10:05' },
      newer: true,
    };
  }

  restored(): Restored {
    return { kept: '/home/nuria/.local/share/constancia.replaced-newest', missing: 0, entries: 12 };
  }

  seal(): SealChoice {
    const services = [
      { id: 'accv', name: 'ACCV', address: 'http://tss.accv.es:8318/tsa', country: 'ES', qualified: true },
      { id: 'freetsa', name: 'FreeTSA', address: 'https://freetsa.org/tsr', country: 'DE', qualified: false },
    ];
    return { chosen: this.#seal, services };
  }

  chooseSeal(id: string): void {
    this.#seal = id;
  }
}
