package backup_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"constancia/internal/backup"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// place is a backup folder with its key.
type place struct {
	t      testing.TB
	folder string
	key    backup.Key
	now    time.Time
}

func newPlace(t testing.TB) *place {
	t.Helper()
	key, err := backup.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return &place{t: t, folder: filepath.Join(t.TempDir(), "copies"), key: key, now: morning.AddDate(0, 1, 0)}
}

func (p *place) options(m *memory) backup.Options {
	p.now = p.now.Add(time.Hour)
	return backup.Options{Folder: p.folder, Create: true, Key: p.key, Device: m.device, Time: p.now, Program: "Constancia 0.1.0",
		Extras: map[string][]byte{"drafts": []byte(`["half a sentence"]`)}}
}

func (p *place) make(m *memory) backup.Report {
	p.t.Helper()
	report, err := backup.Make(p.t.Context(), p.options(m), m)
	if err != nil {
		p.t.Fatalf("the backup failed: %v", err)
	}
	return report
}

func (p *place) check() backup.Checked {
	p.t.Helper()
	checked, err := backup.Check(p.t.Context(), p.folder, p.key, nil)
	if err != nil {
		p.t.Fatalf("the check failed: %v", err)
	}
	return checked
}

// mustHold fails unless a check of the folder finds nothing.
func (p *place) mustHold() {
	p.t.Helper()
	if findings := p.check().Findings; len(findings) > 0 {
		p.t.Errorf("the backups do not hold: %v", findings)
	}
}

func (p *place) snapshots() []backup.Snapshot {
	p.t.Helper()
	opened := p.open()
	defer func() { _ = opened.Close() }()
	snapshots, err := opened.Snapshots()
	if err != nil {
		p.t.Fatal(err)
	}
	return snapshots
}

func (p *place) open() *backup.Backup {
	p.t.Helper()
	opened, err := backup.Open(p.folder, p.key)
	if err != nil {
		p.t.Fatal(err)
	}
	return opened
}

// restored is what came back from a snapshot.
type restored struct {
	entries  map[string]record.Stored // by entry id
	contents map[string][]byte        // by SHA-256
}

func (p *place) restore(s backup.Snapshot) (restored, error) {
	p.t.Helper()
	opened := p.open()
	defer func() { _ = opened.Close() }()
	r := restored{map[string]record.Stored{}, map[string][]byte{}}
	err := opened.Entries(p.t.Context(), s, func(stored record.Stored) error {
		r.entries[stored.Header.EntryID] = stored
		return nil
	})
	if err != nil {
		return r, err
	}
	for _, file := range s.Files() {
		body, err := opened.OpenFile(p.t.Context(), s, file)
		if err != nil {
			return r, err
		}
		data, err := io.ReadAll(body)
		_ = body.Close()
		if err != nil {
			return r, err
		}
		r.contents[file.SHA256] = data
	}
	return r, nil
}

// mustBring fails unless a snapshot brings all back that the library holds.
func (p *place) mustBring(s backup.Snapshot, m *memory) {
	p.t.Helper()
	r, err := p.restore(s)
	if err != nil {
		p.t.Fatalf("%s can't be restored: %v", s.ID, err)
	}
	count := 0
	for _, log := range m.logs {
		for _, entry := range log.entries {
			count++
			back := r.entries[entry.Header.EntryID]
			if !bytes.Equal(back.Payload, entry.Payload) || back.Salt != entry.Salt || back.LeafHash != entry.LeafHash ||
				back.Header != entry.Header || !bytes.Equal(back.LeafBytes, entry.LeafBytes) {
				p.t.Errorf("%s/%d came back changed", log.id, entry.Header.Sequence)
			}
		}
	}
	if len(r.entries) != count || len(r.contents) != len(m.contents) {
		p.t.Errorf("%d entries and %d files came back, of %d and %d", len(r.entries), len(r.contents), count, len(m.contents))
	}
	for sum, data := range m.contents {
		if !bytes.Equal(r.contents[sum], data) {
			p.t.Errorf("file %s came back changed", sum)
		}
	}
}

// files lists the folder's files by name, with what is in them.
func (p *place) files() map[string][]byte {
	p.t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(p.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		name, _ := filepath.Rel(p.folder, path)
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return files
}

func requireProblem(t testing.TB, err error, code problem.Code) {
	t.Helper()
	if !errors.Is(err, problem.New(code, nil)) {
		t.Errorf("got %v, want %s", err, code)
	}
}
