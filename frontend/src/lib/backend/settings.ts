/** Backups and time stamps, as Settings has them. The shapes are those of app/dto_backup.go. */

export interface BackupStatus {
  /** For showing; empty when none was chosen yet. */
  folder: string;
  /** Instant; empty when there was none. */
  last: string;
  due: boolean;
}

export interface BackupView {
  id: string;
  /** Wall time where the person is. */
  at: string;
  cases: number;
  entries: number;
  files: number;
}

/** A folder that a person chose: the id is empty when they thought better of it. */
export interface FolderChoice {
  id: string;
  folder: string;
}

export interface BackupInput {
  /** Empty is the folder chosen before. */
  choiceId: string;
  /** The recovery key of a folder that was begun on another computer, or empty. */
  key: string;
}

export interface RestoreInput {
  /** Empty is the folder where backups go. */
  choiceId: string;
  /** Empty is the newest. */
  backupId: string;
  /** The recovery key, or empty for the one that this computer keeps. */
  key: string;
}

/** What is in a backup, and in the library that it would take the place of. */
export interface RestorePlan {
  /** For showing. */
  folder: string;
  backupId: string;
  /** Those there are, the newest first. */
  backups: BackupView[];
  backup: BackupContent;
  present?: BackupContent;
  /** Something was recorded after the backup was made. */
  newer: boolean;
}

export interface BackupContent {
  cases: number;
  entries: number;
  files: number;
  /** Wall time where the person is; empty when there is none. */
  lastEntry: string;
}

/** What came of bringing a backup back. */
export interface Restored {
  /** Where the library lies that was there, for showing. */
  kept: string;
  /** How many files the backup does not have. */
  missing: number;
  entries: number;
}

export interface SealChoice {
  /** The id of one of them, or the address of another; empty when none. */
  chosen: string;
  services: SealService[];
}

export interface SealService {
  id: string;
  name: string;
  address: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  qualified: boolean;
}

export interface SettingsBackend {
  /** What the window's title says. */
  setTitle(title: string): void;

  backupStatus(): Promise<BackupStatus>;
  /** The newest first. */
  backups(): Promise<BackupView[]>;
  /** Asks with the system's dialog. */
  chooseBackupFolder(): Promise<FolderChoice>;
  /** Starts the job that makes a backup. */
  makeBackup(input: BackupInput): Promise<string>;
  /** The recovery key that a backup made, this once; empty when it made none. */
  newRecoveryKey(jobId: string): Promise<string>;
  /** Asks where to; the file's path for showing, empty when the person thought better of it. */
  saveRecoverySheet(): Promise<string>;

  /** Says what a backup would bring; changes nothing. */
  planRestore(input: RestoreInput): Promise<RestorePlan>;
  /** Starts the job that brings a backup back. Meanwhile nothing else can be asked. */
  restoreBackup(input: RestoreInput): Promise<string>;
  restored(jobId: string): Promise<Restored>;

  sealService(): Promise<SealChoice>;
  /** By its id; empty has no service asked. */
  chooseSealService(id: string): Promise<void>;
}
