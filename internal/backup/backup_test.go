package backup_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/backup"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/secret"
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

func TestWhatWasBackedUpComesBackTheSame(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	report := p.make(m)
	if len(report.Problems) > 0 || report.Written == 0 {
		t.Errorf("the report says %+v", report)
	}
	p.mustHold()
	snapshot := p.snapshots()[0]
	p.mustBring(snapshot, m)
	if want := (backup.Summary{Cases: 2, Entries: 6, Files: 2, LastEntry: "2026-03-02T09:07:07.000Z"}); snapshot.Summary() != want {
		t.Errorf("it holds %+v", snapshot.Summary())
	}
	if string(snapshot.Extras["drafts"]) != `["half a sentence"]` || snapshot.Program != "Constancia 0.1.0" || !snapshot.Time.Equal(p.now) {
		t.Errorf("the snapshot says %+v", snapshot)
	}
}

func TestABackupWritesOnlyWhatIsNew(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	before := p.files()
	m.contact(m.logs[0], "They promised an answer by Friday")
	m.opened = 0
	p.make(m)
	added := 0
	for name, data := range p.files() {
		if old, ok := before[name]; !ok {
			added++
		} else if !bytes.Equal(old, data) && !strings.HasSuffix(name, "/keys.age") {
			t.Errorf("%s was written again", name)
		}
	}
	if added != 2 || m.opened != 0 {
		t.Errorf("%d objects were added, and %d files were read; want a segment and a snapshot, and none", added, m.opened)
	}
	p.mustHold()
	p.mustBring(p.snapshots()[0], m)
}

func TestNothingNewAddsNothingButASnapshot(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	before := p.files()
	p.make(m)
	if after := p.files(); len(after) != len(before)+1 {
		t.Errorf("%d files became %d", len(before), len(after))
	}
	p.mustHold()
}

func TestAnEmptyLibraryIsBackedUpToo(t *testing.T) {
	p, m := newPlace(t), newMemory(t)
	p.make(m)
	p.mustHold()
	p.mustBring(p.snapshots()[0], m)
}

func TestManySmallSegmentsBecomeOne(t *testing.T) {
	skipWhenShort(t)
	p, m := newPlace(t), newMemory(t)
	log := m.newCase()
	most := 0
	for i := range 105 {
		m.contact(log, strings.Repeat("x", i))
		p.make(m)
		segments := 0
		for name := range p.files() {
			if strings.Contains(name, "/segments/") {
				segments++
			}
		}
		most = max(most, segments)
	}
	if most > 2*100 {
		t.Errorf("there were %d segments", most)
	}
	p.mustHold()
	p.mustBring(p.snapshots()[0], m)
}

func TestNobodyReadsTheFolderWithoutTheKey(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	var secrets [][]byte
	for _, log := range m.logs {
		secrets = append(secrets, []byte(log.id), []byte(log.caseID))
	}
	for sum, data := range m.contents {
		secrets = append(secrets, []byte(sum), data[:16])
	}
	secrets = append(secrets, []byte("parcel"), []byte("half a sentence"), []byte(p.key.Text().Reveal()))
	for name, data := range p.files() {
		for _, secret := range secrets {
			if bytes.Contains(data, secret) || strings.Contains(name, string(secret)) {
				t.Errorf("%s tells %q", name, secret)
			}
		}
	}
	stranger, err := backup.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	_, err = backup.Open(p.folder, stranger)
	requireProblem(t, err, problem.BackupWrongKey)
	options := p.options(m)
	options.Key = stranger
	_, err = backup.Make(t.Context(), options, m)
	requireProblem(t, err, problem.BackupWrongKey)
}

func TestAKeyIsReadAsItIsPrintedOrTyped(t *testing.T) {
	key, err := backup.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	text := key.Text().Reveal()
	groups := strings.Join(slices.Collect(func(yield func(string) bool) {
		for chunk := range slices.Chunk([]byte(text), 6) {
			yield(string(chunk))
		}
	}), " ")
	for _, typed := range []string{text, strings.ToLower(text), groups, "\n " + groups + "\r\n"} {
		read, err := backup.ParseKey(secret.NewText(typed))
		if err != nil || read.Text().Reveal() != text {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", "AGE-SECRET-KEY-1", text[:len(text)-1], strings.Replace(text, text[30:31], "2", 1) + "Q", key.Recipient()} {
		_, err := backup.ParseKey(secret.NewText(typed))
		requireProblem(t, err, problem.NotARecoveryKey)
		if strings.Contains(err.Error(), "AGE-SECRET") {
			t.Errorf("the error tells the key: %v", err)
		}
	}
}

func TestAKeyNeverPrintsItself(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	options := p.options(m)
	for _, printed := range []string{format(options.Key), format(options), format(&options)} {
		if strings.Contains(printed, "AGE-SECRET") {
			t.Errorf("printed: %s", printed)
		}
	}
}

func TestACancelledBackupLeavesTheEarlierOnesWhole(t *testing.T) {
	skipWhenShort(t)
	for steps := range 40 {
		p, m := newPlace(t), dispute(t)
		p.make(m)
		first := p.snapshots()[0]
		whole := m.copy()
		m.contact(m.logs[1], "A third call")
		m.file(bytes.Repeat([]byte("a longer film"), 20_000))
		ctx, cancel := context.WithCancel(t.Context())
		left := steps
		m.interrupt = func() error {
			if left--; left < 0 {
				cancel()
			}
			return ctx.Err()
		}
		_, err := backup.Make(ctx, p.options(m), m)
		cancel()
		m.interrupt = func() error { return nil }
		if err != nil {
			requireProblem(t, err, problem.Cancelled)
		}
		p.mustHold()
		p.mustBring(first, whole)
		p.make(m)
		p.mustHold()
		p.mustBring(p.snapshots()[0], m)
		for name := range p.files() {
			if strings.Contains(name, ".incoming-") {
				t.Errorf("after %d steps %s is left", steps, name)
			}
		}
		if err == nil {
			return
		}
	}
	t.Error("the backup never came to its end")
}

func TestWhatACutOffBackupHasWrittenIsNotWrittenAgain(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	for _, snapshot := range p.snapshots() {
		if err := os.Remove(filepath.Join(p.folder, m.device, "snapshots", snapshot.ID+".age")); err != nil {
			t.Fatal(err)
		}
	}
	m.opened = 0
	p.make(m)
	if m.opened != 0 {
		t.Errorf("%d files were written again", m.opened)
	}
	p.mustHold()
	p.mustBring(p.snapshots()[0], m)
}
