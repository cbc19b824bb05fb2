package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	_ "constancia/internal/secret/secrettest" // not the real keyring
)

func TestAFolderInTheSamplesPlaceThatIsNotASampleStays(t *testing.T) {
	s := newScene(t)
	letter := filepath.Join(s.sample, "letter.txt")
	if err := os.MkdirAll(s.sample, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(letter, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&Sample{s.desk}).Remove(); err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(letter); err != nil || string(kept) != "mine" {
		t.Errorf("the letter is %q, %v", kept, err)
	}
}

func TestTheSampleLiesBesideTheLibraryHoweverThatIsWritten(t *testing.T) {
	if d := newDesk(filepath.Join("a", "library")+string(filepath.Separator), t.TempDir()); d.sample != filepath.Join("a", "library-sample") {
		t.Errorf("it lies in %s", d.sample)
	}
}

func TestTheSampleHasALibraryOfItsOwnThatCanBeRemoved(t *testing.T) {
	if testing.Short() {
		t.Skip("records five months")
	}
	s := newScene(t)
	own := s.newCase()
	sample := &Sample{s.desk}
	id, err := sample.Open("es")
	if err != nil {
		t.Fatal(err)
	}
	if report := s.finish(id); report.State != jobDone {
		t.Fatalf("got %+v", report)
	}
	cases, _ := (&Cases{s.desk}).List()
	if len(cases) != 1 || cases[0].ID == own || cases[0].Messages != 12 {
		t.Fatalf("the sample's library is shown: %+v", cases)
	}
	start, _ := (&Window{s.desk}).Ready("es", "")
	if !start.SampleOpen || !start.SampleMade || start.Today != "2026-08-07" {
		t.Errorf("got %+v", start)
	}
	message := firstOf(s.timeline(cases[0].ID), kindMessage)
	if text, err := (&Messages{s.desk}).Open(cases[0].ID, message.ID); err != nil || len(text.Passages) == 0 || text.Subject != message.Subject {
		t.Errorf("got %+v, %v", text, err)
	}

	if err := sample.Close(); err != nil {
		t.Fatal(err)
	}
	if cases, _ := (&Cases{s.desk}).List(); len(cases) != 1 || cases[0].ID != own {
		t.Errorf("back to the person's own: %+v", cases)
	}
	if err := sample.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.sample); !errors.Is(err, os.ErrNotExist) {
		t.Error("the sample's folder is still there")
	}
	if cases, _ := (&Cases{s.desk}).List(); len(cases) != 1 {
		t.Error("the person's own library is untouched")
	}
}
