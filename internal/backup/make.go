package backup

import (
	"context"
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"
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

// mostSegments is how many segments a snapshot has before all of them are written anew as few: the entries of a year
// of daily backups are small, and opening a hundred objects is not.
const mostSegments = 100

// entries writes what was added since the last snapshot, as new segments; everything, when there is nothing to go on from.
func (m *making) entries(ctx context.Context) error {
	m.next.erased = int64(len(m.erased))
	writer := &segmentWriter{folder: m.folder, device: m.options.Device, keys: entryKeys{}}
	defer writer.abandon()
	after := map[string]int64{}
	last, ok := m.last()
	if ok {
		var err error
		if ok, err = m.goesOn(ctx, last); err != nil {
			return err
		}
	}
	if ok {
		m.next.segments, m.next.unsound = last.segments, last.unsound
		for _, log := range last.Logs {
			after[log.ID] = log.Tree.Size
		}
	}
	var total, done int64
	for _, log := range m.next.Logs {
		total += log.Tree.Size - after[log.ID]
	}
	for _, log := range m.next.Logs {
		if after[log.ID] >= log.Tree.Size {
			continue
		}
		err := m.source.Entries(ctx, log.ID, after[log.ID], log.Tree.Size, func(entry Entry) error {
			done++
			m.tell(WritingEntries, done, total)
			m.judge(entry)
			return errors.Join(writer.add(ctx, entry), ctx.Err())
		})
		if err != nil {
			return err
		}
	}
	if err := writer.finish(ctx); err != nil {
		return err
	}
	for _, segment := range writer.written {
		m.report.Written += segment.Size
	}
	m.next.segments = append(slices.Clip(m.next.segments), writer.written...)
	return m.addKeys(ctx, writer.keys)
}

// goesOn reports whether the logs begin with those of the last snapshot, and its segments and keys are there.
func (m *making) goesOn(ctx context.Context, last Snapshot) (bool, error) {
	if len(last.segments) >= mostSegments || m.keys == nil {
		return false, nil
	}
	for _, segment := range last.segments {
		sound, err := m.isSound(ctx, segment)
		if err != nil || !sound {
			return false, err
		}
	}
	return m.holdsLogs(ctx, last)
}

// holdsLogs reports whether the logs of the new snapshot begin with all of those of another.
func (m *making) holdsLogs(ctx context.Context, other Snapshot) (bool, error) {
	for _, log := range other.Logs {
		at := slices.IndexFunc(m.next.Logs, func(l Log) bool { return l.ID == log.ID })
		if at < 0 || m.next.Logs[at].Tree.Size < log.Tree.Size {
			return false, nil
		}
		tree, err := m.source.TreeAt(ctx, log.ID, log.Tree.Size)
		if err != nil || tree != log.Tree {
			return false, err
		}
	}
	return true, nil
}

// isSound looks at an object that was written earlier: that it stands there, and in a thorough backup, all of it.
func (m *making) isSound(ctx context.Context, o object) (bool, error) {
	if !m.folder.stands(o) {
		return false, nil
	}
	if !m.options.Thorough {
		return true, nil
	}
	_, err := m.folder.measure(ctx, o)
	if errors.Is(err, errDamaged) || errors.Is(err, errMissing) {
		return false, nil
	}
	return err == nil, err
}

// measure reads an object whole.
func (f *folder) measure(ctx context.Context, o object) (*meter, error) {
	body, err := f.open(ctx, o)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	found := newMeter()
	_, err = io.Copy(found, body)
	return found, err
}

// judge notes an entry that does not hold: it goes into the backup as it is, and nothing older is removed for it.
func (m *making) judge(entry Entry) {
	id, err := uuid.Parse(entry.Header.EntryID)
	if err == nil && len(entry.Payload) == 0 && m.erased[id] {
		return
	}
	findings := record.CheckEntry(entry.Stored)
	m.next.unsound = m.next.unsound || len(findings) > 0
	m.report.Problems = append(m.report.Problems, findings...)
}

// addKeys puts the keys of new entries beside those that are there. Keys are added before the snapshot that needs them,
// and taken away after the one that says why.
func (m *making) addKeys(ctx context.Context, added entryKeys) error {
	if len(added) == 0 && m.keys != nil {
		return nil
	}
	if m.keys == nil {
		m.keys = entryKeys{}
	}
	for id, key := range added {
		m.keys[id] = key
	}
	return m.folder.putKeys(ctx, m.options.Device, m.keys)
}

// files writes the contents that are not there yet.
func (m *making) files(ctx context.Context) error {
	sums, err := m.source.Contents(ctx)
	if err != nil {
		return err
	}
	earlier := map[string]fileObject{}
	for _, snapshot := range m.earlier {
		for _, file := range snapshot.files {
			earlier[file.SHA256] = file
		}
	}
	slices.Sort(sums)
	for i, sum := range sums {
		m.tell(WritingFiles, int64(i), int64(len(sums)))
		file, known := earlier[sum]
		if !known || m.options.Thorough || !m.folder.stands(m.folder.objectOf(m.options.Device, file)) {
			file, err = m.file(ctx, sum)
		}
		switch {
		case errors.Is(err, problem.New(problem.ContentMissing, nil)), errors.Is(err, problem.New(problem.ContentDamaged, nil)):
			m.next.LeftOut = append(m.next.LeftOut, sum)
			m.report.Problems = append(m.report.Problems, record.Finding{What: FileLeftOut, Where: sum})
		case err != nil:
			return err
		default:
			m.next.files = append(m.next.files, file)
		}
	}
	m.tell(WritingFiles, int64(len(sums)), int64(len(sums)))
	return nil
}

// file takes what a backup that was cut off has written already, or writes the content.
func (m *making) file(ctx context.Context, sum string) (fileObject, error) {
	if found, err := m.adopt(ctx, sum); err != nil || found.Stored > 0 {
		return found, err
	}
	return m.writeFile(ctx, sum)
}

// adopt reads the object that has a content's name, and gives an empty fileObject unless that very content is in it.
func (m *making) adopt(ctx context.Context, sum string) (fileObject, error) {
	name := m.folder.fileName(m.options.Device, sum)
	info, err := m.folder.root.Lstat(name)
	if err != nil || info.Size() == 0 {
		return fileObject{}, nil //nolint:nilerr // whatever is in its place is written anew, and that fails if it must
	}
	found, err := m.folder.measure(ctx, object{Name: name, Size: info.Size()})
	if errors.Is(err, errDamaged) || errors.Is(err, errMissing) || err == nil && found.sum() != sum {
		return fileObject{}, nil
	}
	return fileObject{SHA256: sum, Size: found.size, Stored: info.Size()}, err
}

func (m *making) writeFile(ctx context.Context, sum string) (fileObject, error) {
	content, err := m.source.OpenContent(ctx, sum)
	if err != nil {
		return fileObject{}, err
	}
	defer func() { _ = content.Close() }()
	w, err := m.folder.create(m.folder.fileName(m.options.Device, sum))
	if err != nil {
		return fileObject{}, err
	}
	defer w.abandon()
	if _, err := io.Copy(w, &cancellable{ctx, content}); err != nil {
		return fileObject{}, err
	}
	if w.inside.sum() != sum {
		return fileObject{}, problem.New(problem.ContentDamaged, problem.Values{"sha256": sum})
	}
	written, err := w.finish(ctx)
	m.report.Written += written.Size
	return fileObject{SHA256: sum, Size: w.inside.size, Stored: written.Size}, err
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

// cancellable stops reading when the context ends.
type cancellable struct {
	ctx context.Context
	io.Reader
}

func (c *cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}

// explainContext makes the end of the context what it is to the person: they stopped it.
func explainContext(ctx context.Context, err error) error {
	if ctx.Err() != nil && !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		return problem.Wrap(err, problem.Cancelled, nil)
	}
	return err
}
