package backup_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/backup"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

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
