package casework_test

import (
	"errors"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (w *work) undo(entryIDs ...string) []string {
	w.t.Helper()
	ids, err := w.Undo(w.t.Context(), entryIDs)
	w.must(err)
	return ids
}

func (w *work) redo(retractionIDs ...string) []string {
	w.t.Helper()
	ids, err := w.Redo(w.t.Context(), retractionIDs)
	w.must(err)
	return ids
}

func TestSeveralActsAreUndoneAtOnceAndDoneAgain(t *testing.T) {
	w := begin(t)
	var files []string
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		added, err := w.AddEvidence(t.Context(), casework.AddEvidence{CaseID: w.caseID, FileName: name, Content: strings.NewReader(name)})
		w.must(err)
		files = append(files, added.ID)
	}
	retractions := w.undo(files...)
	if file := w.file(); len(file.Evidence)+len(file.Exhibits) != 0 || len(retractions) != 1 {
		t.Errorf("after the undo, by %v, there are still %+v and %+v", retractions, file.Evidence, file.Exhibits)
	}
	w.redo(retractions...)
	if file := w.file(); len(file.Evidence) != 3 || len(file.Exhibits) != 3 {
		t.Errorf("after the redo there are %+v and %+v", file.Evidence, file.Exhibits)
	}
	w.undo(files...)
	if file := w.file(); len(file.Evidence) != 0 {
		t.Errorf("undone once more there are %+v", file.Evidence)
	}
	w.requireHolds()
}

func TestATakingBackIsUndone(t *testing.T) {
	w := begin(t)
	logged := w.aCall()
	retracted := w.retract(logged.ID, true)
	again := w.undo(retracted.ID)
	if file := w.file(); len(file.Contacts) != 1 || len(file.Promises) != 1 {
		t.Errorf("after the undo there are %+v", file.Contacts)
	}
	w.redo(again...)
	if file := w.file(); len(file.Contacts) != 0 {
		t.Errorf("after the redo there are %+v", file.Contacts)
	}
	w.requireHolds()
}

func TestAMoveIsUndoneInBothCases(t *testing.T) {
	w := begin(t)
	right, err := w.NewCase(t.Context(), casework.NewCase{Title: "The bill", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "Luz del Sur"}}})
	w.must(err)
	logged := w.aCall()
	moved, err := w.Move(t.Context(), logged.ID, right, "")
	w.must(err)
	contacts := func() (here, there int) {
		other, err := w.CaseFile(t.Context(), right)
		w.must(err)
		return len(w.file().Contacts), len(other.Contacts)
	}
	retractions := w.undo(moved.Entries[0].ID)
	if here, there := contacts(); here != 1 || there != 0 || len(retractions) != 2 {
		t.Errorf("after the undo, by %v, there are %d contacts in the first case and %d in the other", retractions, here, there)
	}
	w.redo(retractions...)
	if here, there := contacts(); here != 0 || there != 1 {
		t.Errorf("after the redo there are %d contacts in the first case and %d in the other", here, there)
	}
	w.requireHolds()
}

func TestWhatIsUndoneAlreadyOrNothingAtAllIsRefused(t *testing.T) {
	w := begin(t)
	logged := w.aCall()
	retractions := w.undo(logged.ID)
	for name, refused := range map[string]struct {
		err  error
		want problem.Code
	}{
		"undone twice":   {onlyError(w.Undo(t.Context(), []string{logged.ID})), problem.AlreadyRetracted},
		"nothing undone": {onlyError(w.Undo(t.Context(), nil)), problem.NotFound},
		"nothing redone": {onlyError(w.Redo(t.Context(), []string{})), problem.NotFound},
	} {
		if !errors.Is(refused.err, problem.New(refused.want, nil)) {
			t.Errorf("%s: got %v, want %s", name, refused.err, refused.want)
		}
	}
	w.redo(retractions...)
	if err := onlyError(w.Redo(t.Context(), retractions)); !errors.Is(err, problem.New(problem.NotRetracted, nil)) {
		t.Errorf("redone twice: got %v", err)
	}
}
