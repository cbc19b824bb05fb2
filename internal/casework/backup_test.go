package casework_test

import (
	"bytes"
	"context"
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

// restoration is a restore of the newest backup in a folder over a library, or beside it.
func (w *work) restoration(folder, directory string) casework.BackupRestore {
	return casework.BackupRestore{
		BackupPlace: casework.BackupPlace{Folder: folder, State: w.Directory() + "-state"},
		Library:     casework.Options{Directory: directory, Clock: func() time.Time { return w.now }},
	}
}

// restored opens what came of restoring a folder into a new place.
func (w *work) restored(folder string) *work {
	w.t.Helper()
	return w.restoredWith(w.Directory()+"-state", folder)
}

// restoredWith does the same with the keys of a state folder.
func (w *work) restoredWith(state, folder string) *work {
	w.t.Helper()
	directory := filepath.Join(w.t.TempDir(), "restored")
	r := w.restoration(folder, directory)
	r.State = state
	if _, err := casework.RestoreBackup(w.t.Context(), r, nil); err != nil {
		w.t.Fatalf("failed to restore: %v", err)
	}
	back := &work{t: w.t, now: w.now, caseID: w.caseID}
	back.openIn(directory, r.State)
	return back
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
	draft, err := w.BeginContactDraft(w.t.Context(), casework.LogContact{CaseID: w.caseID, Summary: "On the phone right now"})
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

func TestARestoredLibraryIsTheOneThatWasBackedUp(t *testing.T) {
	w := begin(t)
	w.eventful()
	back := w.restored(w.backedUp())
	back.requireHolds()
	if diff := cmp.Diff(w.file(), back.file()); diff != "" {
		t.Errorf("the case came back changed (-was +is):\n%s", diff)
	}
	drafts, err := back.ContactDrafts(t.Context(), w.caseID)
	if err != nil || len(drafts) != 1 || len(drafts[0].Notes) != 1 || drafts[0].Notes[0].Text != "The supervisor is called Marta" {
		t.Errorf("the draft did not come back: %v %v", drafts, err)
	}
	if folder, err := back.BackupFolder(t.Context()); err != nil || folder == "" {
		t.Errorf("the restored library does not know where its backups are: %v", err)
	}
	if back.Surprised() {
		t.Error("restoring raised an alarm")
	}
}

func TestARestoredLibraryGoesOnAsANewDevice(t *testing.T) {
	w := begin(t)
	folder := w.backedUp()
	back := w.restored(folder)
	back.logged("On the new computer")
	back.requireHolds()
	verified, err := back.VerifyRecord(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	devices := map[string]bool{}
	for _, log := range verified.Logs {
		devices[log.DeviceID] = true
	}
	if len(devices) != 2 {
		t.Errorf("the logs are of %d devices", len(devices))
	}
	// Both back up into the same folder from now on, and either can be restored again.
	w.logged("Meanwhile on the old one")
	w.backUp(folder)
	back.now = back.now.Add(time.Hour)
	back.backUp(folder)
	again := back.restoredWith(w.Directory()+"-state", folder)
	again.requireHolds()
	if diff := cmp.Diff(back.file(), again.file()); diff != "" {
		t.Errorf("the case came back changed (-was +is):\n%s", diff)
	}
}

func TestWhatWasErasedDoesNotComeBack(t *testing.T) {
	w := begin(t)
	w.eventful()
	contact := w.logged("My account number is 4417 1234")
	folder := w.backedUp()
	if _, err := w.Erase(t.Context(), []string{contact}, ""); err != nil {
		t.Fatal(err)
	}
	made := w.backUp(folder)
	if len(made.Removed) != 1 {
		t.Errorf("%v were removed, want the backup that has what was erased", made.Removed)
	}
	back := w.restored(folder)
	back.requireHolds()
	if diff := cmp.Diff(w.file(), back.file()); diff != "" {
		t.Errorf("the case came back changed (-was +is):\n%s", diff)
	}
}

func TestALibraryWithoutItsDevicesKeyIsBackedUpAndRestored(t *testing.T) {
	w := begin(t)
	w.eventful()
	directory := w.Directory()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(directory + "-state"); err != nil { // the keyring was reset
		t.Fatal(err)
	}
	w.openIn(directory, directory+"-state")
	back := w.restored(w.backedUp())
	back.requireHolds()
	if diff := cmp.Diff(w.file(), back.file()); diff != "" {
		t.Errorf("the case came back changed (-was +is):\n%s", diff)
	}
}

func TestARestoreKeepsWhatItReplaces(t *testing.T) {
	w := begin(t)
	w.eventful()
	folder := w.backedUp()
	before := w.file()
	w.logged("After the backup")
	later := w.file()
	directory := w.Directory()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	plan, err := casework.PlanBackupRestore(t.Context(), w.restoration(folder, directory))
	if err != nil || plan.Present == nil || plan.Present.Entries != plan.Backup.Entries+1 || plan.Present.Cases != 1 {
		t.Errorf("the plan says %+v %v", plan, err)
	}
	done, err := casework.RestoreBackup(t.Context(), w.restoration(folder, directory), nil)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]any{directory: before, done.Kept: later} {
		opened := &work{t: t, now: w.now, caseID: w.caseID}
		opened.openIn(path, directory+"-state")
		opened.requireHolds()
		if diff := cmp.Diff(want, any(opened.file())); diff != "" {
			t.Errorf("%s is not what it was (-was +is):\n%s", path, diff)
		}
	}
}

func TestALibraryInUseIsNotReplaced(t *testing.T) {
	w := begin(t)
	folder := w.backedUp()
	before := w.file()
	_, err := casework.RestoreBackup(t.Context(), w.restoration(folder, w.Directory()), nil)
	if !errors.Is(err, problem.New(problem.LibraryInUse, nil)) {
		t.Errorf("it says %v", err)
	}
	if diff := cmp.Diff(before, w.file()); diff != "" {
		t.Error(diff)
	}
	w.requireNothingBeside()
}

// requireNothingBeside fails when something half-made lies beside the library.
func (w *work) requireNothingBeside() {
	w.t.Helper()
	names, err := filepath.Glob(w.Directory() + ".*")
	if err != nil || len(names) > 0 {
		w.t.Errorf("beside the library lies %v %v", names, err)
	}
}

func TestADamagedBackupReplacesNothing(t *testing.T) {
	for _, kind := range []string{"segments", "files", "snapshots", "keys.age"} {
		w := begin(t)
		w.eventful()
		folder := w.backedUp()
		before := w.file()
		damage(t, folder, kind)
		directory := w.Directory()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		done, err := casework.RestoreBackup(t.Context(), w.restoration(folder, directory), nil)
		if err == nil {
			t.Errorf("%s are damaged, and it was restored as %+v", kind, done)
		}
		if code := problem.From(err).Code; code != problem.BackupDamaged && code != problem.BackupNone {
			t.Errorf("%s are damaged: it says %v", kind, err)
		}
		w.openIn(directory, directory+"-state")
		if diff := cmp.Diff(before, w.file()); diff != "" {
			t.Error(diff)
		}
		w.requireNothingBeside()
	}
}

// damage flips a bit in each object of a kind.
func damage(t testing.TB, folder, kind string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.Contains(path, kind) {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		data[len(data)-1] ^= 1
		return os.WriteFile(path, data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestARestoreThatIsStoppedReplacesNothing(t *testing.T) {
	w := begin(t)
	w.eventful()
	folder := w.backedUp()
	directory := w.Directory()
	before := w.file()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := casework.RestoreBackup(ctx, w.restoration(folder, directory), func(casework.Progress) { cancel() })
	if !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		t.Errorf("it says %v", err)
	}
	w.openIn(directory, directory+"-state")
	if diff := cmp.Diff(before, w.file()); diff != "" {
		t.Error(diff)
	}
	w.requireNothingBeside()
}

func TestAFolderWithSomethingElseIsNotReplaced(t *testing.T) {
	w := begin(t)
	folder := w.backedUp()
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "letter.odt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := casework.RestoreBackup(t.Context(), w.restoration(folder, directory), nil)
	if !errors.Is(err, problem.New(problem.LibraryForeign, nil)) {
		t.Errorf("it says %v", err)
	}
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
