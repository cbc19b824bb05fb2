/** Backups and time stamps that live in the page's memory. */
import type { BackupInput, BackupStatus, BackupView, FolderChoice, SealChoice } from './settings';

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
