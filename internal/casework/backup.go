package casework

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"constancia/internal/backup"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/secret"
)

// Names of settings, outside the log.
const (
	backupFolderSetting = "backup_folder"
	// backupMadeSetting is when the last backup was made, RFC 3339 in UTC.
	backupMadeSetting = "backup_made"
)

// MakeBackup says where a backup goes.
type MakeBackup struct {
	// Folder is chosen with it, and remembered; empty for the one that was chosen before.
	Folder string
	// Key is the recovery key of a folder that was begun on another computer; empty for the one that is kept here.
	Key secret.Text
	// Thorough reads again what earlier backups wrote, and writes anew what is damaged.
	Thorough bool
}

// BackupMade says what a backup did.
type BackupMade struct {
	BackupSnapshot
	Folder string `json:"folder"`
	// Written counts the bytes that were new.
	Written int64 `json:"written"`
	// Removed are earlier backups that were thinned out.
	Removed []string `json:"removed"`
	// Problems are what could not be copied whole.
	Problems []record.Finding `json:"problems"`
	// NewKey is the recovery key when it was made just now, to be shown this once.
	NewKey secret.Text `json:"-"`
}

// BackupSummary counts what a backup or a library holds.
type BackupSummary = backup.Summary

// BackupSnapshot is one backup in a folder.
type BackupSnapshot struct {
	ID string `json:"id"`
	// At is when it was made, RFC 3339 in UTC, by the clock of the computer that made it; Device names that.
	At      string `json:"at"`
	Device  string `json:"device"`
	Program string `json:"program"`
	backup.Summary
}

func backupSnapshot(s backup.Snapshot) BackupSnapshot {
	return BackupSnapshot{ID: s.ID, At: s.Time.Format(time.RFC3339), Device: s.Device, Program: s.Program, Summary: s.Summary()}
}

// MakeBackup backs the library up. When it returns without an error all of it is on disk and was read again from there.
// What the library itself can't give whole is left out, and stands in Problems.
//
// Problems: backup_no_place, backup_no_folder, backup_foreign, backup_newer, backup_wrong_key, not_a_recovery_key,
// backup_busy, backup_unwritable, backup_unreachable, backup_file_too_large, disk_full, keyring_silent, cancelled.
func (c *Casework) MakeBackup(ctx context.Context, m MakeBackup, progress func(Progress)) (BackupMade, error) {
	folder, err := c.backupFolder(ctx, m.Folder)
	if err != nil {
		return BackupMade{}, err
	}
	keys := backupKeys{c.secrets}
	key, err := keys.forMaking(m.Key)
	if err != nil {
		return BackupMade{}, err
	}
	device, err := c.backupDevice(ctx)
	if err != nil {
		return BackupMade{}, err
	}
	beside, err := c.besideTheLog(ctx)
	if err != nil {
		return BackupMade{}, err
	}
	done, err := backup.Make(ctx, backup.Options{
		Folder: folder, Create: m.Folder != "", Key: key, Device: device, Time: c.Now(), Program: Program,
		Thorough: m.Thorough, Extras: beside, Progress: passOn(progress),
	}, librarySource{c.library})
	if err != nil {
		return BackupMade{}, err
	}
	made := BackupMade{BackupSnapshot: backupSnapshot(done.Snapshot), Folder: folder, Written: done.Written,
		Removed: append([]string{}, done.Removed...), Problems: append([]record.Finding{}, done.Problems...)}
	if made.NewKey, err = keys.keep(key); err != nil {
		return made, err
	}
	return made, c.rememberBackup(ctx, folder, made.At)
}

// rememberBackup notes where and when. A library that can't be written was backed up all the same.
func (c *Casework) rememberBackup(ctx context.Context, folder, at string) error {
	err := errors.Join(c.library.PutSetting(ctx, backupFolderSetting, folder), c.library.PutSetting(ctx, backupMadeSetting, at))
	if errors.Is(err, problem.New(problem.LibraryUnwritable, nil)) {
		return nil
	}
	return err
}

// backupFolder is the folder that is named, else the one chosen before, as an absolute path.
func (c *Casework) backupFolder(ctx context.Context, named string) (string, error) {
	if named != "" {
		return filepath.Abs(named)
	}
	folder, err := c.BackupFolder(ctx)
	if err == nil && folder == "" {
		err = problem.New(problem.BackupNoPlace, nil)
	}
	return folder, err
}

// BackupFolder is where the last backup went; empty when there was none.
func (c *Casework) BackupFolder(ctx context.Context) (string, error) {
	return c.library.Setting(ctx, backupFolderSetting)
}

// reminderAfter is how long a library may go without a backup before the person is reminded.
const reminderAfter = 14 * 24 * time.Hour

// BackupReminder says whether it is time for a backup.
type BackupReminder struct {
	Due    bool   `json:"due"`
	Folder string `json:"folder,omitempty"`
	// Last is when the last one was made, RFC 3339 in UTC; empty when there was none.
	Last string `json:"last,omitempty"`
}

// BackupDue tells whether it is time for a backup: when something was recorded since the last one, and 14 days have
// passed since that, or since the first entry when there was none. A clock that was set back makes none due.
func (c *Casework) BackupDue(ctx context.Context) (BackupReminder, error) {
	folder, err := c.BackupFolder(ctx)
	if err != nil {
		return BackupReminder{}, err
	}
	reminder := BackupReminder{Folder: folder}
	if reminder.Last, err = c.library.Setting(ctx, backupMadeSetting); err != nil {
		return BackupReminder{}, err
	}
	logs, err := c.library.Logs(ctx, "")
	if err != nil || len(logs) == 0 {
		return reminder, err
	}
	first, last := logs[0].First, logs[0].Last
	for _, log := range logs {
		first, last = min(first, log.First), max(last, log.Last)
	}
	since := first
	if reminder.Last != "" {
		since = reminder.Last
	}
	from, err := time.Parse(time.RFC3339, since)
	somethingNew := reminder.Last == "" || later(last, from)
	reminder.Due = err == nil && somethingNew && c.Now().Sub(from) >= reminderAfter
	return reminder, nil // a time that can’t be read reminds of nothing; record verify names it
}

// backupDevice is who writes in the backup folder: this device. A library without its device's key may be a copy, whose
// original writes under that name: it gets a name of its own, kept outside the library.
func (c *Casework) backupDevice(ctx context.Context) (string, error) {
	device, err := c.library.Setting(ctx, "device_id")
	if err != nil {
		return "", err
	}
	_, found, err := c.secrets.Get(library.DeviceKeyName(device))
	if err != nil || found {
		return device, err
	}
	name := "backup-device-" + device
	own, found, err := c.secrets.Get(name)
	if err != nil || found {
		return string(own), err
	}
	made := library.NewID()
	return made, c.secrets.Put(name, []byte(made))
}

func later(text string, than time.Time) bool {
	at, err := time.Parse(record.TimeLayout, text)
	return err == nil && at.After(than)
}

func passOn(progress func(Progress)) func(backup.Progress) {
	return func(p backup.Progress) {
		report(progress, Progress{What: string(p.What), Done: p.Done, Total: p.Total})
	}
}
