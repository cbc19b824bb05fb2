package casework_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// backedUp makes a backup into a new folder, and gives the folder.
func (w *work) backedUp() string {
	w.t.Helper()
	folder := filepath.Join(w.t.TempDir(), "copies")
	w.backUp(folder)
	return folder
}

func (w *work) backUp(folder string) casework.BackupMade {
	w.t.Helper()
	made, err := w.MakeBackup(w.t.Context(), casework.MakeBackup{Folder: folder}, nil)
	if err != nil {
		w.t.Fatalf("failed to make a backup: %v", err)
	}
	return made
}

func (w *work) openIn(directory, state string) {
	w.t.Helper()
	opened, err := casework.Open(w.t.Context(), casework.Options{Directory: directory, State: state, Clock: func() time.Time { return w.now }})
	if err != nil {
		w.t.Fatalf("failed to open the library: %v", err)
	}
	w.Casework = opened
	w.t.Cleanup(func() { _ = opened.Close() })
}

// eventful puts on record what a backup has to bring back: contacts, a file in the database and one in the vault, a draft.
func (w *work) eventful() {
	w.t.Helper()
	w.logged("They said tomorrow")
	for name, content := range map[string][]byte{"box.jpg": []byte("a photograph"), "call.wav": bytes.Repeat([]byte("hello? "), 300_000)} {
		if _, err := w.AddEvidence(w.t.Context(), casework.AddEvidence{CaseID: w.caseID, FileName: name, Content: bytes.NewReader(content)}); err != nil {
			w.t.Fatal(err)
		}
	}
	draft, err := w.BeginContactDraft(w.t.Context(), casework.TypedContact{
		LogContact: casework.LogContact{CaseID: w.caseID, Summary: "On the phone right now"}})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.NoteInContactDraft(w.t.Context(), draft.ID, "The supervisor is called Marta"); err != nil {
		w.t.Fatal(err)
	}
}

func (w *work) logged(summary string) string {
	w.t.Helper()
	logged, err := w.LogContact(w.t.Context(), casework.LogContact{CaseID: w.caseID, Company: "Corral Exprés", Summary: summary})
	if err != nil {
		w.t.Fatal(err)
	}
	return logged.ID
}

func TestOthersGoOnRecordingWhileABackupIsMade(t *testing.T) {
	w := begin(t)
	w.eventful()
	folder := w.backedUp()
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			for range 15 {
				if _, err := w.LogContact(t.Context(), casework.LogContact{CaseID: w.caseID, Company: "Corral Exprés", Summary: "Again"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 5 {
		w.backUp(folder)
	}
	group.Wait()
	w.backUp(folder)
	check, err := casework.CheckBackups(t.Context(), casework.BackupPlace{Folder: folder, State: w.Directory() + "-state"}, nil)
	if err != nil || !check.Holds || check.Backups != 7 {
		t.Errorf("the check says %+v %v", check, err)
	}
	back := w.restored(folder)
	if diff := cmp.Diff(w.file(), back.file()); diff != "" {
		t.Errorf("the case came back changed (-was +is):\n%s", diff)
	}
}

func TestTheKeyIsShownOnceAndABackupThatFailedDoesNotHideIt(t *testing.T) {
	w := begin(t)
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "letter.odt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := w.MakeBackup(t.Context(), casework.MakeBackup{Folder: foreign}, nil)
	if !errors.Is(err, problem.New(problem.BackupForeign, nil)) {
		t.Errorf("it says %v", err)
	}
	folder := filepath.Join(t.TempDir(), "copies")
	first := w.backUp(folder)
	if first.NewKey.Empty() {
		t.Error("the first backup does not show its key")
	}
	if second := w.backUp(folder); !second.NewKey.Empty() {
		t.Error("the second backup shows the key again")
	}
	// On another computer the key has to be typed, once.
	other := begin(t)
	_, err = other.MakeBackup(t.Context(), casework.MakeBackup{Folder: folder}, nil)
	if !errors.Is(err, problem.New(problem.BackupWrongKey, nil)) {
		t.Errorf("with another key it says %v", err)
	}
	typed := secret.NewText(strings.ToLower(first.NewKey.Reveal()))
	for _, key := range []secret.Text{typed, {}} {
		made, err := other.MakeBackup(t.Context(), casework.MakeBackup{Folder: folder, Key: key}, nil)
		if err != nil || !made.NewKey.Empty() {
			t.Errorf("with the typed key: %v", err)
		}
	}
}

func TestABackupIsDueTwoWeeksAfterTheLast(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		name   string
		act    func(w *work)
		due    bool
		backup bool
	}{
		{"nothing backed up yet, and new", func(*work) {}, false, false},
		{"nothing backed up for two weeks", func(w *work) { w.now = w.now.Add(14 * day) }, true, false},
		{"nothing new since the backup", func(w *work) { w.now = w.now.Add(60 * day) }, false, true},
		{"something new, too soon", func(w *work) { w.now = w.now.Add(13 * day); w.logged("x") }, false, true},
		{"something new, after two weeks", func(w *work) { w.now = w.now.Add(day); w.logged("x"); w.now = w.now.Add(13 * day) }, true, true},
		{"a clock set back a year", func(w *work) { w.now = w.now.Add(day); w.logged("x"); w.now = w.now.Add(-365 * day) }, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := begin(t)
			if c.backup {
				w.backedUp()
			}
			c.act(w)
			reminder, err := w.BackupDue(t.Context())
			if err != nil || reminder.Due != c.due || (reminder.Last != "") != c.backup || (reminder.Folder != "") != c.backup {
				t.Errorf("the reminder says %+v %v", reminder, err)
			}
		})
	}
}
