package app

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/problem"
)

// putFile writes a file of the person's.
func putFile(t *testing.T, path string, content []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// drop lets files fall on the window, and gives what the page is told.
func (s *scene) drop(paths ...string) FileSelection {
	s.t.Helper()
	before := len(s.told)
	s.dropped(paths)
	if len(s.told) != before+1 {
		s.t.Fatal("the page was told nothing")
	}
	return s.told[before]
}

// all is what the page sends for all files of a selection, with what each shows.
func all(caseID string, selection FileSelection, shows ...string) EvidenceInput {
	input := EvidenceInput{CaseID: caseID, SelectionID: selection.ID}
	for place := range selection.Files {
		file := EvidenceFileInput{Place: place}
		if place < len(shows) {
			file.Shows = shows[place]
		}
		input.Files = append(input.Files, file)
	}
	return input
}

// addAll runs the job, and gives its last report and what came of it.
func (s *scene) addAll(input EvidenceInput) (JobReport, EvidenceOutcome) {
	s.t.Helper()
	id, err := (&Evidence{s.desk}).Add(input)
	if err != nil {
		s.t.Fatal(err)
	}
	report := s.finish(id)
	outcome, err := (&Evidence{s.desk}).Outcome(id)
	if err != nil {
		s.t.Fatal(err)
	}
	return report, outcome
}

func (s *scene) evidenceOf(caseID string) []EvidenceView {
	s.t.Helper()
	evidence, err := (&Cases{s.desk}).Evidence(caseID)
	if err != nil {
		s.t.Fatal(err)
	}
	return evidence
}

// states are how it went with each file, in their order.
func states(outcome EvidenceOutcome) string {
	var all []string
	for _, file := range outcome.Files {
		all = append(all, strings.TrimSpace(file.Name+" "+file.State+" "+file.Label))
	}
	return strings.Join(all, ", ")
}

func TestFilesThatFallOnTheWindowBecomeEvidenceWithoutTheirPathsReachingThePage(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	folder := t.TempDir()
	photo := putFile(t, filepath.Join(folder, "photo.txt"), []byte("water on the floor"))
	selection := s.drop(photo, filepath.Join(folder, "not there"))
	if len(selection.Files) != 1 || selection.Files[0].Name != "photo.txt" || selection.Files[0].Kind != kindText {
		t.Fatalf("the page was told %+v", selection)
	}
	if selection.Files[0].Day != time.Now().Format(time.DateOnly) {
		t.Errorf("the file is of %s", selection.Files[0].Day)
	}
	input := all(caseID, selection, "The floor")
	input.Files[0].When = "2026-03"
	report, outcome := s.addAll(input)
	if report.State != jobDone || states(outcome) != "photo.txt added A-1" {
		t.Fatalf("got %+v, %s", report, states(outcome))
	}
	kept := s.evidenceOf(caseID)[0]
	if kept.Label != "A-1" || kept.Shows != "The floor" || kept.Size != 18 || kept.Wall != "2026-03" || kept.ShownAs != showsText || !kept.Openable {
		t.Errorf("got %+v", kept)
	}
	if !slices.Equal(outcome.EntryIDs, []string{kept.ID}) {
		t.Errorf("what can be taken back is %v", outcome.EntryIDs)
	}
	if err := (&Evidence{s.desk}).Open(caseID, kept.ID); err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadFile(s.opened[0])
	if err != nil || string(copied) != "water on the floor" || s.opened[0] == photo {
		t.Errorf("a copy is shown, got %q, %v", s.opened[0], err)
	}
	s.end()
	if _, err := os.Stat(s.opened[0]); !errors.Is(err, os.ErrNotExist) {
		t.Error("the copy outlived the window")
	}
}

func TestAFileThatCanNotBeAddedDoesNotKeepTheOthersFromIt(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	folder := t.TempDir()
	var paths []string
	for _, name := range []string{"first.txt", "second.txt", "third.txt"} {
		paths = append(paths, putFile(t, filepath.Join(folder, name), []byte(name)))
	}
	selection := s.drop(paths...)
	if err := os.Rename(paths[1], paths[1]+".away"); err != nil {
		t.Fatal(err)
	}
	input := all(caseID, selection, "One", "Two", "Three")
	report, outcome := s.addAll(input)
	if report.State != jobDone || states(outcome) != "first.txt added A-1, second.txt failed, third.txt added A-2" {
		t.Fatalf("got %+v, %s", report, states(outcome))
	}
	if failure := outcome.Files[1].Failure; !strings.Contains(failure, `"file_not_found"`) || strings.Contains(failure, folder) {
		t.Errorf("the failure is %s", failure)
	}
	// Once it is there again, it is added, and the others are not a second time.
	if err := os.Rename(paths[1]+".away", paths[1]); err != nil {
		t.Fatal(err)
	}
	if report, outcome = s.addAll(input); report.State != jobDone || states(outcome) != "second.txt added A-3" {
		t.Fatalf("got %+v, %s", report, states(outcome))
	}
	var got []string
	for _, kept := range s.evidenceOf(caseID) {
		got = append(got, kept.Label+" "+kept.FileName+" "+kept.Shows)
	}
	slices.Sort(got)
	if want := []string{"A-1 first.txt One", "A-2 third.txt Three", "A-3 second.txt Two"}; !slices.Equal(got, want) {
		t.Errorf("the evidence is %q, want %q", got, want)
	}
}

func TestAFileThatIsEvidenceOfTheCaseAlreadyIsSaidToBe(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	folder := t.TempDir()
	photo := putFile(t, filepath.Join(folder, "photo.jpg"), []byte("\xff\xd8\xff a photo"))
	twin := putFile(t, filepath.Join(folder, "photo (1).jpg"), []byte("\xff\xd8\xff a photo"))
	_, outcome := s.addAll(all(caseID, s.drop(photo, twin)))
	if states(outcome) != "photo.jpg added A-1, photo (1).jpg known A-1" {
		t.Errorf("got %s", states(outcome))
	}
	if _, outcome = s.addAll(all(caseID, s.drop(photo))); outcome.EntryIDs == nil || states(outcome) != "photo.jpg known A-1" {
		t.Errorf("alone it is told as %+v", outcome)
	}
	if got := len(s.evidenceOf(caseID)); got != 1 {
		t.Errorf("there are %d pieces of evidence", got)
	}
}

func TestWhatWasAddedBeforeTheJobIsCalledOffStays(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	folder := t.TempDir()
	small := putFile(t, filepath.Join(folder, "a.txt"), []byte("small"))
	large := filepath.Join(folder, "b.bin")
	file, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Truncate(4<<30), file.Close()); err != nil { // a hole: it takes no room, and long to read
		t.Fatal(err)
	}
	evidence := &Evidence{s.desk}
	id, err := evidence.Add(all(caseID, s.drop(small, large)))
	if err != nil {
		t.Fatal(err)
	}
	for {
		report := <-s.events
		if report.ID == id && report.Done > 1<<20 {
			if report.Total != 4<<30+5 || report.Stage != "keeping" {
				t.Errorf("it is told as %+v", report)
			}
			break
		}
	}
	if err := (&Dossiers{s.desk}).Cancel(id); err != nil {
		t.Fatal(err)
	}
	if report := s.finish(id); report.State != jobCancelled {
		t.Fatalf("got %+v", report)
	}
	outcome, err := evidence.Outcome(id)
	if err != nil || states(outcome) != "a.txt added A-1, b.bin waiting" {
		t.Errorf("got %s, %v", states(outcome), err)
	}
	if kept := s.evidenceOf(caseID); len(kept) != 1 || kept[0].FileName != "a.txt" {
		t.Errorf("the evidence is %+v", kept)
	}
}

func TestSeveralPhotosAreOneExhibitUnderOneNumberAndAreUndoneTogether(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	folder := t.TempDir()
	s.addAll(all(caseID, s.drop(putFile(t, filepath.Join(folder, "first.txt"), []byte("first")))))
	var paths []string
	for _, name := range []string{"door.jpg", "floor.jpg", "window.jpg"} {
		paths = append(paths, putFile(t, filepath.Join(folder, name), []byte(name)))
	}
	input := all(caseID, s.drop(paths...))
	input.OneExhibit = true
	report, outcome := s.addAll(input)
	if report.State != jobDone || states(outcome) != "door.jpg added A-2, floor.jpg added A-2, window.jpg added A-2" {
		t.Fatalf("got %+v, %s", report, states(outcome))
	}
	for _, kept := range s.evidenceOf(caseID)[1:] {
		if kept.Label != "A-2" {
			t.Errorf("%s is %q", kept.FileName, kept.Label)
		}
	}
	entries := &Entries{s.desk}
	retractions, err := entries.Undo(outcome.EntryIDs)
	if err != nil {
		t.Fatal(err)
	}
	if kept := s.evidenceOf(caseID); len(kept) != 1 {
		t.Errorf("undone, there are %d", len(kept))
	}
	if err := entries.Redo(retractions); err != nil {
		t.Fatal(err)
	}
	if kept := s.evidenceOf(caseID); len(kept) != 4 || kept[3].Label != "A-2" {
		t.Errorf("done again, there are %d", len(kept))
	}
}

func TestOfARecordingItIsKeptWhoKnewOfIt(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	input := all(caseID, s.drop(putFile(t, filepath.Join(t.TempDir(), "call.wav"), []byte(aWAV))))
	input.Files[0].Consent = "announced"
	s.addAll(input)
	kept := s.evidenceOf(caseID)[0]
	if kept.Consent != "announced" || kept.Kind != kindAudio {
		t.Fatalf("it is %+v", kept)
	}
	if _, err := (&Evidence{s.desk}).Correct(EvidenceCorrection{CaseID: caseID, EvidenceID: kept.ID, Consent: "agreed"}); err != nil {
		t.Fatal(err)
	}
	if got := s.evidenceOf(caseID)[0].Consent; got != "agreed" {
		t.Errorf("it is %q", got)
	}
}

func TestWhatIsTypedWrongIsToldBeforeAnythingIsKept(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	folder := t.TempDir()
	input := all(caseID, s.drop(putFile(t, filepath.Join(folder, "a.txt"), []byte("a")), putFile(t, filepath.Join(folder, "b.txt"), []byte("b"))))
	input.Files[0].When = "2026-02-31"
	report, outcome := s.addAll(input)
	if report.State != jobFailed || !strings.Contains(report.Failure, `"no_such_date"`) || len(outcome.EntryIDs) != 0 {
		t.Errorf("got %+v, %s", report, states(outcome))
	}
	input.Files[0].When = ""
	if report, outcome := s.addAll(input); report.State != jobDone || len(outcome.EntryIDs) != 2 {
		t.Errorf("typed anew it goes on: %+v, %s", report, states(outcome))
	}
	input.Files[0].Place = 7
	if _, err := (&Evidence{s.desk}).Add(input); problem.From(err).Code != problem.NotFound {
		t.Errorf("a place that there is not: %v", err)
	}
	if _, err := (&Evidence{s.desk}).Outcome("no such job"); problem.From(err).Code != problem.NotFound {
		t.Errorf("a job that there is not: %v", err)
	}
}

func TestWhatIsSaidOfAFileCanBeCorrected(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	contactID, err := (&Contacts{s.desk}).Log(contactIn(caseID))
	if err != nil {
		t.Fatal(err)
	}
	s.addAll(all(caseID, s.drop(putFile(t, filepath.Join(t.TempDir(), "a.txt"), []byte("a"))), "The flor"))
	kept := s.evidenceOf(caseID)[0]
	correction := EvidenceCorrection{CaseID: caseID, EvidenceID: kept.ID, Shows: "The floor", When: "2026-03-02", ContactID: contactID}
	evidence := &Evidence{s.desk}
	if _, err := evidence.Correct(correction); err != nil {
		t.Fatal(err)
	}
	if got := s.evidenceOf(caseID)[0]; got.Shows != "The floor" || got.Wall != "2026-03-02" || got.ContactID != contactID || got.SHA256 != kept.SHA256 {
		t.Errorf("it is %+v", got)
	}
	if _, err := evidence.Correct(correction); problem.From(err).Code != problem.NothingChanges {
		t.Errorf("the same once more: %v", err)
	}
	if _, err := evidence.Correct(EvidenceCorrection{CaseID: caseID, EvidenceID: kept.ID}); err != nil {
		t.Fatal(err)
	}
	if got := s.evidenceOf(caseID)[0]; got.Shows != "" || got.Wall != "" || got.ContactID != "" {
		t.Errorf("emptied it is %+v", got)
	}
	correction.CaseID = s.newCase()
	if _, err := evidence.Correct(correction); problem.From(err).Code != problem.NotFound {
		t.Errorf("in another case: %v", err)
	}
}
