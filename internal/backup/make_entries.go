package backup

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/google/uuid"

	"constancia/internal/record"
)

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
