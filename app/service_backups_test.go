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
