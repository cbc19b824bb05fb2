package casework

import (
	"context"
	"path/filepath"
	"slices"

	"constancia/internal/backup"
	"constancia/internal/library"
	"constancia/internal/problem"
)

// BackupRestore says what is brought back, and where to.
type BackupRestore struct {
	BackupPlace
	// SnapshotID is one of Backups; empty for the newest.
	SnapshotID string
	// Library says where the library is, or will be.
	Library Options
}

// RestorePlan says what is in both, so that somebody can decide.
type RestorePlan struct {
	Backup BackupSnapshot `json:"backup"`
	// Directory is the library's folder. Present is what it holds now; nil when it holds no library.
	Directory string          `json:"directory"`
	Present   *backup.Summary `json:"present,omitempty"`
	// Unreadable is why the library that is there can't be looked at.
	Unreadable *problem.Problem `json:"-"`
}

// Replaces says whether a library is there that the backup would take the place of.
func (p RestorePlan) Replaces() bool { return p.Present != nil || p.Unreadable != nil }

// BackupRestored says what a restore did.
type BackupRestored struct {
	RestorePlan
	// Kept is where the library lies that was there before; empty when there was none.
	Kept string `json:"kept,omitempty"`
	// Missing are the files, by SHA-256, that the backup does not have.
	Missing []string `json:"missing"`
}

// PlanBackupRestore looks at the backup and at the library that is there, and changes nothing.
//
// Problems: as of Backups; not_found for the snapshot, library_busy.
func PlanBackupRestore(ctx context.Context, r BackupRestore) (plan RestorePlan, err error) {
	err = r.open(func(_ *backup.Backup, snapshots []backup.Snapshot) error {
		snapshot, err := r.choose(snapshots)
		if err != nil {
			return err
		}
		plan, err = r.plan(ctx, snapshot)
		return err
	})
	return plan, err
}

func (r BackupRestore) choose(snapshots []backup.Snapshot) (backup.Snapshot, error) {
	if r.SnapshotID == "" {
		return snapshots[0], nil
	}
	at := slices.IndexFunc(snapshots, func(s backup.Snapshot) bool { return s.ID == r.SnapshotID })
	if at < 0 {
		return backup.Snapshot{}, problem.New(problem.NotFound, problem.Values{"kind": "backup", "value": r.SnapshotID})
	}
	return snapshots[at], nil
}

func (r BackupRestore) plan(ctx context.Context, snapshot backup.Snapshot) (RestorePlan, error) {
	plan := RestorePlan{Backup: backupSnapshot(snapshot), Directory: r.Library.Directory}
	present, err := Open(ctx, Options{Directory: r.Library.Directory, State: r.State, Clock: r.Library.Clock})
	if err != nil {
		switch found := problem.From(err); found.Code {
		case problem.NoLibrary:
			return plan, nil
		case problem.LibraryDamaged, problem.LibraryNewer: // it is kept aside, too
			plan.Unreadable = found
			return plan, nil
		}
		return RestorePlan{}, err
	}
	defer func() { _ = present.Close() }()
	summary, err := present.summary(ctx)
	plan.Present = &summary
	return plan, err
}

func (c *Casework) summary(ctx context.Context) (backup.Summary, error) {
	logs, err := c.library.Logs(ctx, "")
	if err != nil {
		return backup.Summary{}, err
	}
	files, err := c.library.NamedContents(ctx)
	summary := backup.Summary{Files: int64(len(files))}
	cases := map[string]bool{}
	for _, log := range logs {
		summary.Entries += log.Size
		summary.LastEntry = max(summary.LastEntry, log.Last)
		if log.CaseID != "" {
			cases[log.CaseID] = true
		}
	}
	summary.Cases = int64(len(cases))
	return summary, err
}

// RestoreBackup brings a backup back as a library of its own, checks that it holds, and only then gives it the place of the
// one that is there, which is kept beside it under another name. The restored library goes on as a new device.
//
// Problems: as of PlanBackupRestore; backup_damaged, backup_object_missing, disk_full, library_unwritable, library_foreign,
// library_in_use, record_does_not_hold, cancelled.
func RestoreBackup(ctx context.Context, r BackupRestore, progress func(Progress)) (restored BackupRestored, err error) {
	if r.Library.Directory, err = filepath.Abs(r.Library.Directory); err != nil {
		return BackupRestored{}, err
	}
	if r.Folder, err = filepath.Abs(r.Folder); err != nil {
		return BackupRestored{}, err
	}
	err = r.open(func(opened *backup.Backup, snapshots []backup.Snapshot) error {
		snapshot, err := r.choose(snapshots)
		if err != nil {
			return err
		}
		if restored.RestorePlan, err = r.plan(ctx, snapshot); err != nil {
			return err
		}
		replacement, err := library.Replace(r.Library.Directory, snapshot.ID)
		if err != nil {
			return err
		}
		defer replacement.Abandon()
		filling := filling{restore: r, backup: opened, snapshot: snapshot, progress: progress}
		if restored.Missing, err = filling.fill(ctx, replacement.Directory()); err != nil {
			return err
		}
		restored.Kept, err = replacement.Swap()
		return err
	})
	if err != nil {
		return BackupRestored{}, err
	}
	if key, err := r.key(); err == nil {
		_, err = backupKeys{r.secrets()}.keep(key)
		return restored, err
	}
	return restored, nil
}
