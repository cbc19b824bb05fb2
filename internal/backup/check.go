package backup

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"

	"constancia/internal/problem"
	"constancia/internal/record"
)

// Checked says what a check looked at and what does not hold.
type Checked struct {
	Snapshots int64
	Entries   int64
	Objects   int64
	Findings  []record.Finding
}

// Check reads everything in a backup folder: decrypts and hashes each object, checks each entry, and computes the heads
// anew. What does not hold is named by where it lies in the folder.
//
// Problems: backup_no_folder, backup_foreign, backup_newer, backup_wrong_key, backup_none, backup_unreachable, cancelled.
func Check(ctx context.Context, path string, key Key, progress func(Progress)) (_ Checked, err error) {
	f, err := openFolder(path, key)
	if err != nil {
		return Checked{}, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	c := &checking{folder: f, progress: progress}
	if err := c.everything(ctx); err != nil {
		return Checked{}, explainContext(ctx, err)
	}
	return c.Checked, nil
}

type checking struct {
	Checked
	folder      *folder
	progress    func(Progress)
	done, total int64
}

func (c *checking) find(what record.What, where string) {
	c.Findings = append(c.Findings, record.Finding{What: what, Where: where})
}

func (c *checking) everything(ctx context.Context) error {
	if text, err := c.folder.readPlain(markerName, 4096); err != nil || string(text) != string(c.folder.key.marker()) {
		c.find(ObjectDamaged, markerName)
	}
	devices, err := c.folder.devices()
	if err != nil {
		return err
	}
	written := false
	readmes := map[string]bool{}
	for _, device := range devices {
		snapshots, unreadable, err := c.folder.snapshots(device)
		if err != nil {
			return err
		}
		for _, name := range unreadable {
			c.find(SnapshotDamaged, name)
		}
		written = written || len(snapshots)+len(unreadable) > 0
		if len(snapshots) > 0 {
			readmes[snapshots[len(snapshots)-1].readme] = true
		}
		if err := c.device(ctx, device, snapshots); err != nil {
			return err
		}
	}
	if !written {
		return problem.New(problem.BackupNone, problem.Values{"path": c.folder.path})
	}
	if text, err := c.folder.readPlain(readmeName, 1<<20); len(readmes) > 0 && (err != nil || !readmes[sumOf(text)]) {
		c.find(ObjectDamaged, readmeName)
	}
	return nil
}

func (c *checking) device(ctx context.Context, device string, snapshots []Snapshot) error {
	if len(snapshots) == 0 {
		return nil
	}
	c.Snapshots += int64(len(snapshots))
	keys, err := c.folder.readKeys(device)
	if !c.note(err, keysName(device)) && err != nil {
		return err
	}
	files := map[string]fileObject{}
	for _, snapshot := range snapshots {
		for _, file := range snapshot.files {
			files[file.SHA256] = file
		}
	}
	c.total += int64(len(files))
	for _, chain := range chains(snapshots) {
		c.total += int64(len(chain[0].segments))
		if err := c.chain(ctx, chain, keys); err != nil {
			return err
		}
	}
	for _, file := range files {
		if err := c.file(ctx, device, file); err != nil {
			return err
		}
	}
	for _, sum := range snapshots[len(snapshots)-1].LeftOut {
		c.find(FileLeftOut, sum)
	}
	return nil
}

// chains groups snapshots that go on from one another, so that each segment is read once: the first of each group has
// all the segments that the others have, and they come by falling number of segments.
func chains(snapshots []Snapshot) [][]Snapshot {
	sorted := slices.Clone(snapshots)
	slices.SortStableFunc(sorted, func(a, b Snapshot) int { return cmp.Compare(len(b.segments), len(a.segments)) })
	var all [][]Snapshot
next:
	for _, snapshot := range sorted {
		for i, chain := range all {
			if slices.Equal(chain[0].segments[:len(snapshot.segments)], snapshot.segments) {
				all[i] = append(chain, snapshot)
				continue next
			}
		}
		all = append(all, []Snapshot{snapshot})
	}
	return all
}

// chain reads the segments of snapshots that go on from one another, and holds each against its heads where its segments
// end.
func (c *checking) chain(ctx context.Context, chain []Snapshot, keys entryKeys) error {
	var checker record.Checker
	broken := false
	ends := map[int][]Snapshot{}
	for _, snapshot := range chain {
		ends[len(snapshot.segments)] = append(ends[len(snapshot.segments)], snapshot)
	}
	for i, segment := range chain[0].segments {
		c.heads(ends[i], &checker)
		c.tell(1)
		err := c.folder.readSegment(ctx, segment, keys, func(stored record.Stored) error {
			checker.Check(stored)
			return nil
		})
		if broken = c.note(err, segment.Name); broken {
			break // what comes after it can't be held against a head
		}
		if err != nil {
			return err
		}
	}
	if !broken {
		c.heads(ends[len(chain[0].segments)], &checker)
	}
	c.Entries += checker.Entries
	c.Findings = append(c.Findings, checker.Findings()...)
	return nil
}

// note makes a finding of an object that is missing or damaged, and reports whether it is.
func (c *checking) note(err error, name string) bool {
	c.Objects++
	switch {
	case errors.Is(err, errMissing):
		c.find(ObjectMissing, name)
	case errors.Is(err, errDamaged):
		c.find(ObjectDamaged, name)
	default:
		return false
	}
	return true
}

// heads holds the entries read so far against the heads of the snapshots that end here.
func (c *checking) heads(ending []Snapshot, checker *record.Checker) {
	for _, snapshot := range ending {
		for _, log := range snapshot.Logs {
			if tree, _ := checker.Tree(log.ID); !log.bears(tree) {
				c.find(HeadDiffers, path.Join(snapshotPath(snapshot.Device, snapshot.ID), log.ID))
			}
		}
	}
}

func (c *checking) file(ctx context.Context, device string, file fileObject) error {
	c.tell(1)
	o := c.folder.objectOf(device, file)
	found, err := c.folder.measure(ctx, o)
	if err == nil && (found.sum() != file.SHA256 || found.size != file.Size) {
		err = damaged(nil, o.Name)
	}
	if c.note(err, o.Name) {
		return nil
	}
	return err
}

func (c *checking) tell(more int64) {
	if c.progress != nil {
		c.progress(Progress{Checking, c.done, c.total})
	}
	c.done += more
}

// bears reports whether a tree, made from the entries, is that of the log, and of its signed head.
func (log Log) bears(tree *record.GrownTree) bool {
	if tree.Size() != log.Tree.Size {
		return false
	}
	if found, err := record.TreeOf(log.Tree.Size, tree); err != nil || found != log.Tree {
		return false
	}
	if log.SignedHead == "" {
		return true
	}
	head, err := record.OpenHead([]byte(log.SignedHead), log.VerifierKey)
	if err != nil || head.LogID != log.ID || head.Size > log.Tree.Size {
		return false
	}
	found, err := record.TreeOf(head.Size, tree)
	return err == nil && found == head.Tree
}
