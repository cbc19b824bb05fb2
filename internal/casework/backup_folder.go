package casework

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"constancia/internal/backup"
	"constancia/internal/backup/sheet"
	"constancia/internal/i18n"
	"constancia/internal/record"
	"constancia/internal/secret"
)

// BackupPlace is a folder with backups, and what opens them. No library is needed to look at one.
type BackupPlace struct {
	Folder string
	// Key is the recovery key; empty for the one that is kept in State.
	Key secret.Text
	// State is the state folder, as of Options.
	State string
}

func (p BackupPlace) secrets() *secret.Store { return secret.Open(filepath.Join(p.State, "keys")) }

func (p BackupPlace) key() (backup.Key, error) {
	return backupKeys{p.secrets()}.forLooking(p.Key)
}

// Backups lists the backups in a folder, the newest first.
//
// Problems: backup_no_folder, backup_foreign, backup_newer, backup_none, backup_wrong_key, backup_key_missing,
// not_a_recovery_key, backup_unreachable, keyring_silent.
func Backups(p BackupPlace) ([]BackupSnapshot, error) {
	var all []BackupSnapshot
	err := p.open(func(_ *backup.Backup, snapshots []backup.Snapshot) error {
		for _, snapshot := range snapshots {
			all = append(all, backupSnapshot(snapshot))
		}
		return nil
	})
	return all, err
}

// open gives do what is in the folder.
func (p BackupPlace) open(do func(*backup.Backup, []backup.Snapshot) error) error {
	key, err := p.key()
	if err != nil {
		return err
	}
	opened, err := backup.Open(p.Folder, key)
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }()
	snapshots, err := opened.Snapshots()
	if err != nil {
		return err
	}
	return do(opened, snapshots)
}

// BackupCheck says whether the backups in a folder are whole.
type BackupCheck struct {
	Verification
	Backups int64 `json:"backups"`
	// Objects is how many files of the folder were read.
	Objects int64 `json:"objects"`
}

// CheckBackups reads everything in a folder, decrypts and hashes it, and checks every entry. A file that the library could
// not give when the backup was made is named, but does not make the check fail: it is the library that lacks it.
//
// Problems: as of Backups, and cancelled.
func CheckBackups(ctx context.Context, p BackupPlace, progress func(Progress)) (BackupCheck, error) {
	key, err := p.key()
	if err != nil {
		return BackupCheck{}, err
	}
	checked, err := backup.Check(ctx, p.Folder, key, passOn(progress))
	if err != nil {
		return BackupCheck{}, err
	}
	check := BackupCheck{Backups: checked.Snapshots, Objects: checked.Objects, Verification: Verification{
		Holds: true, Problems: append([]record.Finding{}, checked.Findings...), Entries: checked.Entries}}
	for _, finding := range checked.Findings {
		check.Holds = check.Holds && finding.What == backup.FileLeftOut
	}
	return check, nil
}

// WriteRecoverySheet prints the recovery sheet into a file that only its owner can read.
//
// Problems: backup_key_missing, not_a_recovery_key, keyring_silent, file_exists, file_unwritable, disk_full.
func WriteRecoverySheet(p BackupPlace, out string, language i18n.Language, now time.Time) error {
	key, err := p.key()
	if err != nil {
		return err
	}
	return writeWhole(out, false, func(w io.Writer) error {
		return sheet.Write(w, sheet.Sheet{
			Language: language, Key: key.Text(), Folder: p.Folder, PrintedAt: now, Program: Program,
		})
	})
}
