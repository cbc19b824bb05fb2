package casework_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

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
	if _, err := w.Erase(t.Context(), []string{contact}, "", nil); err != nil {
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
