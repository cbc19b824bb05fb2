package casework

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"

	"constancia/internal/backup"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// filling makes a library of a snapshot.
type filling struct {
	restore  BackupRestore
	backup   *backup.Backup
	snapshot backup.Snapshot
	progress func(Progress)
}

// fill makes a library in a new folder, replays the snapshot's logs into it, and holds all of it against itself. It gives
// the files that the backup does not have.
func (f filling) fill(ctx context.Context, directory string) (missing []string, err error) {
	options := f.restore.Library
	options.Directory, options.State, options.Create = directory, f.restore.State, true
	made, err := Open(ctx, options)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, made.Close()) }()
	imported, err := made.library.Import(ctx, f.incoming(), library.ImportOptions{Unsigned: true, Progress: func(done, total int64) {
		report(f.progress, Progress{What: string(backup.Restoring), Done: done, Total: total})
	}})
	if err != nil {
		return nil, err
	}
	if err := f.readMessages(ctx, made); err != nil {
		return nil, err
	}
	if err := f.remember(ctx, made); err != nil {
		return nil, err
	}
	report(f.progress, Progress{What: string(backup.Checking)})
	return append([]string{}, imported.MissingContents...), made.mustHold(ctx, imported.MissingContents)
}

// readMessages reads every message anew: a backup has their bytes, and not what a reader made of them.
func (f filling) readMessages(ctx context.Context, made *Casework) error {
	read := map[string]bool{}
	for _, log := range f.snapshot.Logs {
		if log.CaseID == "" || read[log.CaseID] {
			continue
		}
		read[log.CaseID] = true
		if err := made.newIntake(log.CaseID).readAll(ctx, f.progress); err != nil {
			return err
		}
	}
	return nil
}

// mustHold fails unless the record and all that is made from it hold. Files that the backup does not have are no surprise.
func (c *Casework) mustHold(ctx context.Context, missing []string) error {
	check, err := c.CheckLibrary(ctx, nil)
	if err != nil {
		return err
	}
	wrong := slices.DeleteFunc(check.Problems, func(finding record.Finding) bool {
		return finding.What == library.ContentUnnamed || finding.What == library.ContentMissing && slices.Contains(missing, finding.Where)
	})
	if len(wrong) > 0 {
		return problem.New(problem.RecordDoesNotHold, problem.Values{"count": strconv.Itoa(len(wrong))})
	}
	return nil
}

func (f filling) incoming() library.Incoming {
	files := map[string]backup.File{}
	for _, file := range f.snapshot.Files() {
		files[file.SHA256] = file
	}
	var logs []library.IncomingLog
	for _, log := range f.snapshot.Logs {
		logs = append(logs, library.IncomingLog{ID: log.ID, CaseID: log.CaseID, DeviceID: log.DeviceID, Head: []byte(log.SignedHead)})
	}
	return library.Incoming{
		Logs:    logs,
		Entries: f.entries,
		Content: func(ctx context.Context, sum string) (io.ReadCloser, error) {
			file, ok := files[sum]
			if !ok {
				return nil, problem.New(problem.ContentMissing, problem.Values{"sha256": sum})
			}
			return f.backup.OpenFile(ctx, f.snapshot, file)
		},
	}
}

var errEnough = errors.New("nobody wants more")

// entries gives the snapshot's entries one after the other.
func (f filling) entries(ctx context.Context) iter.Seq2[record.Stored, error] {
	return func(yield func(record.Stored, error) bool) {
		err := f.backup.Entries(ctx, f.snapshot, func(stored record.Stored) error {
			if !yield(stored, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(record.Stored{}, err)
		}
	}
}

// remember brings back what is not in the log, and where it came from, so that the next backup goes there.
func (f filling) remember(ctx context.Context, made *Casework) error {
	if err := made.putBeside(ctx, f.snapshot); err != nil {
		return err
	}
	return made.rememberBackup(ctx, f.restore.Folder, backupSnapshot(f.snapshot).At)
}
