package app

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/problem"
)

func TestABackupGoesIntoTheFolderThatWasChosenAndShowsItsKeyOnce(t *testing.T) {
	s := newScene(t)
	s.newCase()
	backups := &Backups{desk: s.desk}
	folder := filepath.Join(t.TempDir(), "usb")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	s.opens = []string{folder}
	choice, err := backups.Choose()
	if err != nil || choice.Folder != folder {
		t.Fatalf("got %+v, %v", choice, err)
	}
	if none, err := backups.List(); err != nil || len(none) != 0 || none == nil {
		t.Fatalf("before the first one: %v, %v", none, err)
	}
	id, err := backups.Make(BackupInput{ChoiceID: choice.ID})
	if err != nil {
		t.Fatal(err)
	}
	report := s.finish(id)
	if report.State != jobDone {
		t.Fatalf("got %+v", report)
	}
	key, err := backups.NewKey(id)
	if err != nil || !strings.HasPrefix(key, "AGE-SECRET-KEY-1") {
		t.Errorf("the new key: %q, %v", key, err)
	}
	text, err := json.Marshal(report)
	if err != nil || strings.Contains(string(text), "AGE-SECRET-KEY") {
		t.Errorf("the key went out with the report: %s, %v", text, err)
	}
	if again, _ := backups.NewKey(id); again != "" {
		t.Error("the key is shown a second time")
	}
	list, err := backups.List()
	if err != nil || len(list) != 1 || list[0].Cases != 1 {
		t.Errorf("got %+v, %v", list, err)
	}
	status, err := backups.Status()
	if err != nil || status.Folder != folder || status.Last == "" || status.Due {
		t.Errorf("got %+v, %v", status, err)
	}

	s.saves = filepath.Join(t.TempDir(), "sheet.pdf")
	if path, err := backups.Sheet(); err != nil || path != s.saves {
		t.Errorf("the sheet: %s, %v", path, err)
	}
	if pdf, err := os.ReadFile(s.saves); err != nil || !strings.HasPrefix(string(pdf), "%PDF-") {
		t.Errorf("the sheet is no PDF: %v", err)
	}
}

func TestABackupIsBroughtBackAfterItWasSaidWhatItHasAndWhatWasThereIsKept(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	backups := &Backups{desk: s.desk}
	s.opens = []string{t.TempDir()}
	choice, err := backups.Choose()
	if err != nil {
		t.Fatal(err)
	}
	made, err := backups.Make(BackupInput{ChoiceID: choice.ID})
	if err != nil {
		t.Fatal(err)
	}
	s.finish(made)
	s.log(call(caseID))

	plan, err := backups.PlanRestore(RestoreInput{ChoiceID: choice.ID})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Backups) != 1 || plan.Backup.Cases != 1 || plan.Present.Entries <= plan.Backup.Entries || !plan.Newer {
		t.Errorf("the plan: %+v, there is %+v", plan, plan.Present)
	}
	if len(s.timeline(caseID)) != 1 {
		t.Fatal("planning changed something")
	}

	id, err := backups.Restore(RestoreInput{BackupID: plan.BackupID}) // from where backups go
	if err != nil {
		t.Fatal(err)
	}
	if report := s.finish(id); report.State != jobDone {
		t.Fatalf("got %+v", report)
	}
	restored, err := backups.Restored(id)
	if err != nil || restored.Missing != 0 || restored.Entries != plan.Backup.Entries {
		t.Errorf("got %+v, %v", restored, err)
	}
	if _, err := os.Stat(filepath.Join(restored.Kept, "constancia.db")); err != nil {
		t.Errorf("what was there is gone: %v", err)
	}
	if got := s.timeline(caseID); len(got) != 0 {
		t.Errorf("the library that is open has %d contacts", len(got))
	}
	s.log(call(caseID))
}

func TestWithAnotherKeyNothingIsBroughtBackAndTheLibraryStaysOpen(t *testing.T) {
	s := newScene(t)
	s.newCase()
	backups := &Backups{desk: s.desk}
	s.opens = []string{t.TempDir()}
	choice, err := backups.Choose()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backups.PlanRestore(RestoreInput{ChoiceID: choice.ID}); !errors.Is(err, problem.New(problem.BackupKeyMissing, nil)) {
		t.Errorf("before this computer has a key: %v", err)
	}
	made, err := backups.Make(BackupInput{ChoiceID: choice.ID})
	if err != nil {
		t.Fatal(err)
	}
	s.finish(made)
	if _, err := backups.PlanRestore(RestoreInput{ChoiceID: choice.ID, Key: "my dog’s name"}); !errors.Is(err, problem.New(problem.NotARecoveryKey, nil)) {
		t.Errorf("a key that is none: %v", err)
	}
	id, err := backups.Restore(RestoreInput{ChoiceID: choice.ID, BackupID: "of another day"})
	if err != nil {
		t.Fatal(err)
	}
	if report := s.finish(id); report.State != jobFailed || !strings.Contains(report.Failure, "not_found") {
		t.Errorf("got %+v", report)
	}
	if cases, err := (&Cases{s.desk}).List(); err != nil || len(cases) != 1 {
		t.Errorf("the library is not open any more: %v, %v", cases, err)
	}
	if _, err := backups.Restored(id); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("what came of it: %v", err)
	}
}

func TestWhileTheLibraryIsReplacedThePageIsToldThatItIsBusy(t *testing.T) {
	s := newScene(t)
	s.newCase()
	err := s.without(func() error {
		if _, err := (&Cases{s.desk}).List(); !errors.Is(err, problem.New(problem.LibraryBusy, nil)) {
			t.Errorf("got %v", err)
		}
		return nil
	})
	if cases, listing := (&Cases{s.desk}).List(); err != nil || listing != nil || len(cases) != 1 {
		t.Errorf("afterwards: %v, %v, %v", cases, err, listing)
	}
}

func TestABackupIsRefusedForAFolderThatNobodyChose(t *testing.T) {
	s := newScene(t)
	if _, err := (&Backups{desk: s.desk}).Make(BackupInput{ChoiceID: "/home"}); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("got %v", err)
	}
}

func TestNoTimeStampingServiceIsChosenUntilThePersonChoosesOneOfThoseThereAre(t *testing.T) {
	s := newScene(t)
	seals := &Seals{s.desk}
	choice, err := seals.Service()
	if err != nil || choice.Chosen != "" || len(choice.Services) == 0 {
		t.Fatalf("got %+v, %v", choice, err)
	}
	if err := seals.Choose("http://evil.example"); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("an address from the page: %v", err)
	}
	if err := seals.Choose(choice.Services[0].ID); err != nil {
		t.Fatal(err)
	}
	if choice, _ := seals.Service(); choice.Chosen != choice.Services[0].ID {
		t.Errorf("got %q", choice.Chosen)
	}
	if err := seals.Choose(""); err != nil {
		t.Fatal(err)
	}
	if choice, _ := seals.Service(); choice.Chosen != "" {
		t.Errorf("got %q", choice.Chosen)
	}
}

func TestSettingsWithAnAddressThatIsNoneAreRefusedAtTheField(t *testing.T) {
	s := newScene(t)
	err := (&Window{s.desk}).SaveSettings(Settings{Email: "nuria at home"})
	if _, told := failureOf(err).Fields["email"]; !told {
		t.Errorf("got %v", err)
	}
	if kept := s.readSettings(); kept.Email != "" {
		t.Errorf("kept %q", kept.Email)
	}
}
