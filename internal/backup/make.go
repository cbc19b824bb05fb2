package backup

import (
	"context"
	"errors"
	"path"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/uuid"

	"constancia/internal/problem"
	"constancia/internal/record"
)

// Options say where a backup goes, and what stands with it.
type Options struct {
	Folder string
	// Create makes the folder a backup folder when it is empty or not there.
	Create bool
	Key    Key
	// Device is the id of the device that makes the backup, a UUID.
	Device  string
	Time    time.Time
	Program string
	// Thorough reads again what earlier backups wrote, and writes anew what is damaged.
	Thorough bool
	// Extras are kept with the snapshot: what is not in the log.
	Extras   map[string][]byte
	Progress func(Progress)
}

// Report says what a backup did.
type Report struct {
	Snapshot Snapshot
	// Written is how many bytes were written for entries and files.
	Written int64
	// Problems are what of the library could not be backed up, or does not hold. Then no earlier snapshot was removed.
	Problems []record.Finding
	// Removed are the ids of the earlier snapshots that were thinned out.
	Removed []string
}

// Make makes a backup. When it returns without an error all of it is on disk, and was read again from there.
//
// Problems: backup_no_folder, backup_foreign, backup_newer, backup_wrong_key, backup_busy, backup_unwritable,
// backup_unreachable, backup_file_too_large, disk_full, cancelled, and those of the source.
func Make(ctx context.Context, o Options, source Source) (_ Report, err error) {
	open := openFolder
	if o.Create {
		open = createFolder
	}
	f, err := open(o.Folder, o.Key)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	m := &making{folder: f, options: o, source: source}
	unlock, err := m.lock()
	if err != nil {
		return Report{}, err
	}
	defer unlock()
	if err := m.make(ctx); err != nil {
		return Report{}, explainContext(ctx, err)
	}
	return m.report, nil
}

// making is a backup while it is made.
type making struct {
	folder  *folder
	options Options
	source  Source
	report  Report

	earlier    []Snapshot
	unreadable []string
	keys       entryKeys // those in the folder; nil when there are none, or they were damaged
	erased     map[uuid.UUID]bool
	next       Snapshot
}

// lock keeps others of this device out. Where the disk knows no locks it does without.
func (m *making) lock() (unlock func(), err error) {
	if err := m.folder.makeFolders(m.options.Device); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(m.options.Folder, m.options.Device, "lock"), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err == nil && !held {
		return nil, problem.New(problem.BackupBusy, problem.Values{"path": m.options.Folder})
	}
	return func() { _ = lock.Close() }, nil
}

func (m *making) make(ctx context.Context) error {
	if err := m.prepare(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{m.entries, m.files, m.putSnapshot} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return m.tidy(ctx)
}

// prepare looks at what is there and at what the library holds now.
func (m *making) prepare(ctx context.Context) (err error) {
	o := m.options
	if err := m.sweepTemporary(); err != nil {
		return err
	}
	if m.earlier, m.unreadable, err = m.folder.snapshots(o.Device); err != nil {
		return err
	}
	m.keys, err = m.folder.readKeys(o.Device)
	if errors.Is(err, errDamaged) || errors.Is(err, errMissing) {
		m.keys, err = nil, nil
	}
	if err != nil {
		return err
	}
	m.next = Snapshot{Device: o.Device, Number: 1, Time: o.Time.UTC().Truncate(time.Millisecond), Program: o.Program, Extras: o.Extras}
	if last, ok := m.last(); ok {
		m.next.Number = last.Number + 1
	}
	m.next.readme = sumOf([]byte(readme))
	m.next.ID = idOf(m.next.Device, m.next.Number, m.next.Time)
	if m.next.Logs, err = m.source.Logs(ctx); err != nil {
		return err
	}
	m.erased = map[uuid.UUID]bool{}
	return m.source.Erased(ctx, func(entryID string) error {
		id, err := uuid.Parse(entryID)
		m.erased[id] = true
		return err
	})
}

func (m *making) last() (Snapshot, bool) {
	if len(m.earlier) == 0 {
		return Snapshot{}, false
	}
	return m.earlier[len(m.earlier)-1], true
}

// putSnapshot writes the list, last of all, when all that it names is durable.
func (m *making) putSnapshot(ctx context.Context) error {
	body, err := m.next.encode()
	if err != nil {
		return err
	}
	if len(body) > maximumMarked/2 {
		return errTooLarge
	}
	if err := m.folder.putPlain(readmeName, []byte(readme)); err != nil {
		return err
	}
	if err := m.folder.syncNames(); err != nil {
		return err
	}
	if err := m.folder.putMarked(ctx, snapshotPath(m.next.Device, m.next.ID), body); err != nil {
		return err
	}
	if err := m.folder.syncNames(); err != nil {
		return err
	}
	m.report.Snapshot, err = m.folder.readSnapshot(m.next.Device, m.next.ID)
	return err
}

func (m *making) tell(what Step, done, total int64) {
	if m.options.Progress != nil {
		m.options.Progress(Progress{what, done, total})
	}
}

// sweepTemporary takes away what a backup that was cut off left under temporary names.
func (m *making) sweepTemporary() error {
	return m.folder.eachObject(m.options.Device, func(name string) error {
		if isTemporary(path.Base(name)) {
			return m.folder.remove(name)
		}
		return nil
	})
}

// explainContext makes the end of the context what it is to the person: they stopped it.
func explainContext(ctx context.Context, err error) error {
	if ctx.Err() != nil && !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		return problem.Wrap(err, problem.Cancelled, nil)
	}
	return err
}
