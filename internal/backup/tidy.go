package backup

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// tidy reaches what was erased in the earlier snapshots, thins these out, and takes away the objects that none names any
// more. It runs when the new snapshot is on disk. When anything in the library did not hold, or something in the folder
// could not be read, nothing is removed: what is there may be the only good copy.
func (m *making) tidy(ctx context.Context) error {
	if err := m.forgetErased(ctx); err != nil {
		return err
	}
	if len(m.report.Problems) > 0 || m.next.unsound || len(m.unreadable) > 0 {
		return m.folder.syncNames()
	}
	kept := []Snapshot{m.report.Snapshot}
	wanted := thinned(append(slices.Clone(m.earlier), m.report.Snapshot))
	for i, snapshot := range m.earlier {
		predates := snapshot.erased < m.next.erased
		if wanted[i] && !predates {
			kept = append(kept, snapshot)
			continue
		}
		held, err := m.holds(ctx, snapshot, predates)
		if err != nil {
			return err
		}
		if !held {
			kept = append(kept, snapshot)
			continue
		}
		if err := m.removeSnapshot(snapshot); err != nil {
			return err
		}
	}
	if err := m.folder.sweep(m.options.Device, kept); err != nil {
		return err
	}
	return m.folder.syncNames()
}

func (m *making) removeSnapshot(s Snapshot) error {
	m.report.Removed = append(m.report.Removed, s.ID)
	return m.folder.remove(snapshotPath(s.Device, s.ID))
}

// holds reports whether everything in a snapshot is in the new one. Files that are not named any more may be missing
// only when something was erased since.
func (m *making) holds(ctx context.Context, s Snapshot, erasedSince bool) (bool, error) {
	if !erasedSince {
		held := map[string]bool{}
		for _, file := range m.next.files {
			held[file.SHA256] = true
		}
		if slices.ContainsFunc(s.files, func(file fileObject) bool { return !held[file.SHA256] }) {
			return false, nil
		}
	}
	return m.holdsLogs(ctx, s)
}

// forgetErased takes the keys of erased entries out of the folder, those that other devices wrote included. A device
// whose every snapshot is held by the new one, as after a restore on a new computer, is taken away.
func (m *making) forgetErased(ctx context.Context) error {
	if len(m.erased) == 0 {
		return nil
	}
	if m.keys.forget(m.erased) {
		if err := m.folder.putKeys(ctx, m.options.Device, m.keys); err != nil {
			return err
		}
	}
	devices, err := m.folder.devices()
	if err != nil {
		return err
	}
	for _, device := range devices {
		if device == m.options.Device {
			continue
		}
		if err := m.forgetIn(ctx, device); err != nil {
			return err
		}
	}
	return nil
}

func (m *making) forgetIn(ctx context.Context, device string) error {
	keys, err := m.folder.readKeys(device)
	if errors.Is(err, errDamaged) || errors.Is(err, errMissing) {
		return nil // nothing can be opened by them
	}
	if err != nil || !keys.forget(m.erased) {
		return err
	}
	snapshots, unreadable, err := m.folder.snapshots(device)
	if err != nil {
		return err
	}
	left := len(unreadable)
	for _, snapshot := range snapshots {
		held, err := m.holds(ctx, snapshot, true)
		if err != nil {
			return err
		}
		if !held || len(m.report.Problems) > 0 || m.next.unsound {
			left++
			continue
		}
		if err := m.removeSnapshot(snapshot); err != nil {
			return err
		}
	}
	if left > 0 {
		return m.folder.putKeys(ctx, device, keys)
	}
	if err := m.folder.remove(keysName(device)); err != nil {
		return err
	}
	return m.folder.sweep(device, nil)
}

// sweep removes a device's objects that none of its snapshots names.
func (f *folder) sweep(device string, kept []Snapshot) error {
	named := map[string]bool{}
	for _, snapshot := range kept {
		for _, segment := range snapshot.segments {
			named[segment.Name] = true
		}
		for _, file := range snapshot.files {
			named[f.fileName(device, file.SHA256)] = true
		}
	}
	return f.eachObject(device, func(name string) error {
		if named[name] || path.Dir(name) == device || path.Dir(name) == path.Join(device, "snapshots") {
			return nil
		}
		return f.remove(name)
	})
}

// eachObject visits all files below a device's folder that are named as objects are, or have temporary names.
func (f *folder) eachObject(device string, visit func(name string) error) error {
	err := fs.WalkDir(f.root.FS(), device, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return explain(err, f.path)
		}
		if entry.Type().IsRegular() && (path.Ext(name) == ".age" || isTemporary(path.Base(name))) {
			return visit(name)
		}
		return nil
	})
	return err
}

func isTemporary(base string) bool { return strings.HasPrefix(base, temporaryPrefix) }
