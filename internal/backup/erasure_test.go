package backup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"constancia/internal/backup"
	"constancia/internal/record"
)

// mustNotTell fails when any file of the folder, decrypted with the key, holds a text.
func (p *place) mustNotTell(text string) {
	p.t.Helper()
	identity, err := age.ParseX25519Identity(p.key.Text().Reveal())
	if err != nil {
		p.t.Fatal(err)
	}
	for name, data := range p.files() {
		if !strings.HasSuffix(name, ".age") {
			continue
		}
		body, err := age.Decrypt(bytes.NewReader(data), identity)
		if err != nil {
			p.t.Fatal(err)
		}
		var plain bytes.Buffer
		if _, err := plain.ReadFrom(body); err != nil {
			p.t.Fatal(err)
		}
		if bytes.Contains(plain.Bytes(), []byte(text)) {
			p.t.Errorf("%s tells %q", name, text)
		}
	}
}

func TestAnErasureReachesEveryEarlierBackup(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	secretFile := m.file([]byte("a letter that should never have been kept"))
	entry := m.contact(m.logs[0], "The account number is 4417 1234")
	p.make(m)
	m.contact(m.logs[0], "A call in between")
	p.make(m)
	before := p.files()
	m.erase(m.logs[0], entry, secretFile)
	report := p.make(m)

	if len(report.Removed) != 2 {
		t.Errorf("%v were removed, want both snapshots that hold what was erased", report.Removed)
	}
	p.mustHold()
	p.mustBring(p.snapshots()[0], m)
	p.mustNotTell("a letter that should never")
	// The segment with the entry is still there, and nothing in the folder opens it any more.
	p.mustNotTell("4417 1234")
	key := entry.Key
	p.mustNotTell(string(key[:]))
	for name := range before {
		if strings.Contains(name, "/segments/") && p.files()[name] == nil {
			t.Errorf("%s was removed: an erasure takes keys, not segments", name)
		}
	}
}

func TestAnErasureReachesWhatAReplacedComputerLeftInTheFolder(t *testing.T) {
	p, old := newPlace(t), dispute(t)
	entry := old.contact(old.logs[0], "The account number is 4417 1234")
	p.make(old)
	// Another computer goes on with what was restored, under a device of its own.
	restored := old.copy()
	restored.device = newID()
	p.make(restored)
	if len(p.snapshots()) != 2 {
		t.Fatalf("the folder holds %d snapshots", len(p.snapshots()))
	}
	restored.erase(restored.logs[0], entry)
	p.make(restored)
	p.mustNotTell(string(entry.Key[:]))
	p.mustHold()
	for name := range p.files() {
		if strings.HasPrefix(name, old.device) && strings.HasSuffix(name, ".age") {
			t.Errorf("%s is left", name)
		}
	}
}

func TestAnErasureLeavesTheBackupsOfAnotherComputerThatHaveMore(t *testing.T) {
	p, other := newPlace(t), dispute(t)
	entry := other.contact(other.logs[0], "The account number is 4417 1234")
	mine := other.copy()
	mine.device = newID()
	own := other.newCase()
	kept := other.contact(own, "Only the other computer has this")
	p.make(other)
	p.make(mine)
	mine.erase(mine.logs[0], entry)
	p.make(mine)
	p.mustNotTell(string(entry.Key[:]))
	var left []backup.Snapshot
	for _, snapshot := range p.snapshots() {
		if snapshot.Device == other.device {
			left = append(left, snapshot)
		}
	}
	if len(left) != 1 {
		t.Fatalf("%d snapshots of the other computer are left", len(left))
	}
	r, err := p.restore(left[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := r.entries[kept.Header.EntryID]; !bytes.Equal(got.Payload, kept.Payload) {
		t.Error("an entry that only the other computer has is gone")
	}
	if got := r.entries[entry.Header.EntryID]; len(got.Payload) > 0 || got.LeafHash != entry.LeafHash {
		t.Error("the erased entry came back, or its leaf did not")
	}
}

func TestAnEntryThatWasLostWithoutErasureStaysInTheBackups(t *testing.T) {
	skipWhenShort(t)
	p, m := newPlace(t), dispute(t)
	whole := m.copy()
	p.make(m)
	first := p.snapshots()[0]
	m.lose(m.logs[0].entries[1])
	m.missing[slices.Sorted(keys(m.contents))[0]] = true
	for range 30 {
		m.contact(m.logs[1], "Life goes on")
		p.make(m)
	}
	p.mustBring(first, whole)
	newest := p.snapshots()[0]
	r, err := p.restore(newest)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range whole.logs[0].entries {
		if !bytes.Equal(r.entries[entry.Header.EntryID].Payload, entry.Payload) {
			t.Errorf("entry %d is gone from the newest backup, too", entry.Header.Sequence)
		}
	}
	if len(r.contents) != len(whole.contents) {
		t.Error("a file that the library lost is gone from the newest backup, too")
	}
	p.mustHold()
}

func TestWhatTheLibraryCanNotGiveIsLeftOutAndSaid(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	lost := m.file([]byte("a picture on a bad sector"))
	m.missing[lost] = true
	report := p.make(m)
	if want := (record.Finding{What: backup.FileLeftOut, Where: lost}); !slices.Contains(report.Problems, want) {
		t.Errorf("the report says %v", report.Problems)
	}
	if !slices.Contains(p.check().Findings, record.Finding{What: backup.FileLeftOut, Where: lost}) {
		t.Errorf("the check says %v", p.check().Findings)
	}
	if got := p.snapshots()[0].LeftOut; !slices.Equal(got, []string{lost}) {
		t.Errorf("the snapshot says %v", got)
	}
}

func TestALibraryThatWasPutBackTakesNothingFromTheBackups(t *testing.T) {
	skipWhenShort(t)
	p, m := newPlace(t), dispute(t)
	for _, summary := range []string{"one", "two", "three"} {
		m.contact(m.logs[0], summary)
	}
	whole := m.copy()
	p.make(m)
	fullest := p.snapshots()[0]
	m.cut(m.logs[0], 2)
	for range 40 {
		m.contact(m.logs[0], "written in place of what was there")
		p.make(m)
	}
	p.mustHold()
	p.mustBring(fullest, whole)
	p.mustBring(p.snapshots()[0], m)
}

func TestADamagedObjectIsWrittenAnewByAThoroughBackup(t *testing.T) {
	for _, kind := range []string{"segments", "files"} {
		p, m := newPlace(t), dispute(t)
		p.make(m)
		for name, data := range p.files() {
			if strings.Contains(name, "/"+kind+"/") {
				data[len(data)/2] ^= 1
				if err := os.WriteFile(filepath.Join(p.folder, filepath.FromSlash(name)), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(p.check().Findings) == 0 {
			t.Fatal("the damage was not noticed")
		}
		options := p.options(m)
		options.Thorough = true
		if _, err := backup.Make(t.Context(), options, m); err != nil {
			t.Fatal(err)
		}
		p.mustBring(p.snapshots()[0], m)
	}
}

func TestADeletedObjectIsWrittenAnewByTheNextBackup(t *testing.T) {
	for _, kind := range []string{"/segments/", "/files/", "/keys.age"} {
		p, m := newPlace(t), dispute(t)
		p.make(m)
		for name := range p.files() {
			if strings.Contains(name, kind) {
				if err := os.Remove(filepath.Join(p.folder, filepath.FromSlash(name))); err != nil {
					t.Fatal(err)
				}
			}
		}
		p.make(m)
		p.mustBring(p.snapshots()[0], m)
	}
}

func keys(contents map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		for sum := range contents {
			if !yield(sum) {
				return
			}
		}
	}
}
