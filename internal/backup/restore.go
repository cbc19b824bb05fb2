package backup

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"constancia/internal/problem"
	"constancia/internal/record"
)

// Backup is an open backup folder, to restore from.
type Backup struct{ folder *folder }

// Open opens a backup folder.
//
// Problems: backup_no_folder, backup_foreign, backup_newer, backup_wrong_key, backup_unreachable.
func Open(path string, key Key) (*Backup, error) {
	f, err := openFolder(path, key)
	if err != nil {
		return nil, err
	}
	return &Backup{f}, nil
}

// Close lets go of the folder.
func (b *Backup) Close() error { return b.folder.close() }

// Snapshots lists what can be restored, the newest first: those of one device in the order in which they were made,
// devices by the time of their newest.
//
// Problems: backup_none, backup_unreachable.
func (b *Backup) Snapshots() ([]Snapshot, error) {
	devices, err := b.folder.devices()
	if err != nil {
		return nil, err
	}
	var all [][]Snapshot
	for _, device := range devices {
		snapshots, _, err := b.folder.snapshots(device)
		if err != nil {
			return nil, err
		}
		if len(snapshots) > 0 {
			slices.Reverse(snapshots)
			all = append(all, snapshots)
		}
	}
	if len(all) == 0 {
		return nil, problem.New(problem.BackupNone, problem.Values{"path": b.folder.path})
	}
	slices.SortFunc(all, func(a, b []Snapshot) int {
		return cmp.Or(b[0].Time.Compare(a[0].Time), cmp.Compare(a[0].Device, b[0].Device))
	})
	return slices.Concat(all...), nil
}

// Entries gives visit every entry of a snapshot, those of each log in order. An entry that was erased has no payload.
// Whether all of it is as it was written is known when Entries has returned: an error takes back what visit was given.
//
// Problems: backup_object_missing, backup_damaged, backup_unreachable, cancelled; what visit returns.
func (b *Backup) Entries(ctx context.Context, s Snapshot, visit func(record.Stored) error) error {
	keys, err := b.folder.readKeys(s.Device)
	if err != nil {
		return err
	}
	trees := map[string]*record.GrownTree{}
	for _, log := range s.Logs {
		trees[log.ID] = &record.GrownTree{}
	}
	for _, segment := range s.segments {
		err := b.folder.readSegment(ctx, segment, keys, func(stored record.Stored) error {
			tree := trees[stored.Header.LogID]
			if tree == nil || stored.Header.Sequence != tree.Size()+1 {
				return damaged(nil, segment.Name)
			}
			tree.Append(stored.LeafHash)
			return visit(stored)
		})
		if err != nil {
			return explainContext(ctx, err)
		}
	}
	for _, log := range s.Logs {
		if !log.bears(trees[log.ID]) {
			return damaged(nil, snapshotPath(s.Device, s.ID))
		}
	}
	return nil
}

// OpenFile gives the bytes of one of the snapshot's files. Read gives backup_damaged instead of io.EOF when they are not
// those of that file.
//
// Problems: backup_object_missing, backup_damaged, backup_unreachable, cancelled.
func (b *Backup) OpenFile(ctx context.Context, s Snapshot, file File) (io.ReadCloser, error) {
	at, found := slices.BinarySearchFunc(s.files, file.SHA256, compareFiles)
	if !found {
		return nil, problem.New(problem.BackupObjectMissing, problem.Values{"path": file.SHA256})
	}
	body, err := b.folder.open(ctx, b.folder.objectOf(s.Device, s.files[at]))
	if err != nil {
		return nil, err
	}
	return &contentReader{objectReader: body, want: s.files[at], found: newMeter()}, nil
}

// contentReader holds what is in an object against the file's hash.
type contentReader struct {
	*objectReader
	want  fileObject
	found *meter
}

func (r *contentReader) Read(p []byte) (int, error) {
	n, err := r.objectReader.Read(p)
	_, _ = r.found.Write(p[:n])
	tooLong := r.found.size > r.want.Size
	if tooLong || errors.Is(err, io.EOF) && r.found.sum() != r.want.SHA256 {
		return 0, damaged(nil, r.objectReader.want.Name)
	}
	return n, err
}
