package library_test

import (
	"slices"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// retract takes entries of one case back, and returns the retraction's id.
func retract(t testing.TB, l *library.Library, ids ...string) string {
	t.Helper()
	var retraction casefile.Retraction
	for _, id := range ids {
		entry := state(t, l, id)
		retraction.CaseID = entry.CaseID
		retraction.Targets = append(retraction.Targets, entry.Target())
	}
	return put(t, l, record.KindRetraction, retraction.CaseID, retraction)
}

// caseFile is what the library says of a case.
func caseFile(t testing.TB, l *library.Library, caseID string) casefile.CaseFile {
	t.Helper()
	file, err := l.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWhatWasTakenBackCountsNoLongerUntilThatIsTakenBack(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They said Getafe"))
	correction := correct(t, l, caseID, contact, map[string]any{"summary": "They said Coslada"})
	promise := put(t, l, record.KindPromise, caseID, casefile.Promise{CaseID: caseID, What: "A refund", Due: &casefile.Due{Date: "2026-03-10", Zone: "Europe/Madrid"}})
	settlement := put(t, l, record.KindSettlement, caseID, casefile.Settlement{CaseID: caseID, PromiseID: promise, Outcome: casefile.Kept})
	content := putContent(t, l, []byte("a scan"))
	evidence := put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "scan.pdf", SHA256: content.SHA256})
	exhibit := put(t, l, record.KindExhibit, caseID, casefile.Exhibit{CaseID: caseID, EvidenceID: evidence, Label: "A-1"})
	m := putMessage(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It is lost."))
	readAndStore(t, l, m)

	state := func(file casefile.CaseFile) casefile.PromiseState {
		return file.PromiseStatuses(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))[0].State
	}
	tests := []struct {
		name string
		id   string
		says func(casefile.CaseFile) bool // while it counts
	}{
		{"a contact", contact, func(f casefile.CaseFile) bool { return len(f.Contacts) == 1 && len(search(t, l, "", "coslada")) == 1 }},
		{"a correction", correction, func(f casefile.CaseFile) bool {
			return f.Contacts[0].Value.Summary == "They said Coslada" && len(f.Contacts[0].Entry.Corrections) == 1
		}},
		{"a settlement", settlement, func(f casefile.CaseFile) bool { return state(f) == casefile.PromiseState(casefile.Kept) }},
		{"evidence", evidence, func(f casefile.CaseFile) bool { return len(f.Evidence) == 1 && len(f.Exhibits) == 1 }},
		{"an exhibit number", exhibit, func(f casefile.CaseFile) bool { return len(f.Evidence) == 1 && len(f.Exhibits) == 1 }},
		{"a message", m.ID, func(f casefile.CaseFile) bool { return len(f.Messages) == 1 && len(search(t, l, "", "lost")) == 1 }},
	}
	for _, test := range tests {
		// Each retraction takes the one before it back: undo, redo, undo, redo.
		last := test.id
		for i := range 4 {
			retraction := retract(t, l, last)
			last = retraction
			file := caseFile(t, l, caseID)
			counts := i%2 == 1
			withdrawn := slices.ContainsFunc(file.Withdrawn, func(w casefile.Withdrawal) bool {
				return w.EntryID == test.id && !w.Erased && (i > 0 || w.By == retraction)
			})
			if test.says(file) != counts || withdrawn == counts || len(file.Withdrawn) > 1 {
				t.Errorf("%s after %d retractions of one another: counts %v, want %v; withdrawn %+v", test.name, i+1, test.says(file), counts, file.Withdrawn)
			}
			requireHolds(t, l)
		}
	}
	if got := caseFile(t, l, caseID); state(got) != casefile.PromiseState(casefile.Kept) {
		t.Errorf("in the end it says %+v", got)
	}
	history, err := l.History(t.Context(), settlement)
	if err != nil || len(history) != 5 || history[0].Header.EntryID != settlement || !history[4].Counts || history[3].Counts {
		t.Errorf("the history is %+v, %v", history, err)
	}
}

func TestWhatWasTakenBackIsNotFetchedOrNumberedAnew(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	m := putMessage(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It is lost."))
	exhibit := put(t, l, record.KindExhibit, caseID, casefile.Exhibit{CaseID: caseID, EvidenceID: library.NewID(), Label: "A-1"})
	retract(t, l, m.ID, exhibit)
	if found, err := l.HasMessage(t.Context(), caseID, m.SHA256); !found || err != nil {
		t.Errorf("the message is not known: %v", err)
	}
	if uids, err := l.ImportedUIDs(t.Context(), caseID, m.Source); !uids[m.Source.UID] || err != nil {
		t.Errorf("the message would be fetched again: %v, %v", uids, err)
	}
	if waiting := unread(t, l, caseID); len(waiting) != 0 {
		t.Errorf("%v waits to be read", waiting)
	}
	err := l.AppendTo(t.Context(), caseID, func(known library.Known) ([]library.Draft, error) {
		if known.Letter != "A" || known.Exhibits != 1 {
			t.Errorf("known: %+v", known)
		}
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if withdrawn := caseFile(t, l, caseID).Withdrawn; len(withdrawn) != 2 || withdrawn[1].Label != "A-1" {
		t.Errorf("withdrawn: %+v", withdrawn)
	}
	requireHolds(t, l)
}

func TestACaseThatWasTakenBackIsNotThereUntilThatIsTakenBack(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	retraction := retract(t, l, caseID)
	if cases, err := l.Cases(t.Context()); len(cases) != 0 || err != nil {
		t.Errorf("the cases are %+v, %v", cases, err)
	}
	_, err := l.CaseFile(t.Context(), caseID)
	requireProblem(t, err, problem.NotFound)
	err = l.AppendTo(t.Context(), caseID, func(library.Known) ([]library.Draft, error) { return nil, nil })
	requireProblem(t, err, problem.NotFound)
	retract(t, l, retraction)
	caseFile(t, l, caseID)
}

func TestWhatIsSaidOfAnEntryTakesEffectOnlyWhereItMay(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID, other := newCase(t, l), newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They said Getafe"))
	export := put(t, l, record.KindExport, caseID, casefile.Export{CaseID: caseID, FileName: "dossier.pdf"})
	leaf := state(t, l, contact).Leaf
	wrong := state(t, l, caseID).Leaf
	tests := []struct {
		name, caseID, target, leaf string
	}{
		{"with the hash of another leaf", caseID, contact, wrong},
		{"without the hash of its leaf", caseID, contact, ""},
		{"in the log of another case", other, contact, leaf},
		{"about what was exported", caseID, export, state(t, l, export).Leaf},
	}
	for _, test := range tests {
		put(t, l, record.KindRetraction, test.caseID, casefile.Retraction{CaseID: test.caseID, Targets: []casefile.Target{{EntryID: test.target, Leaf: test.leaf}}})
		put(t, l, record.KindCorrection, test.caseID, casefile.Correction{CaseID: test.caseID, Target: test.target, TargetLeaf: test.leaf, Fields: map[string]any{"summary": "They said Coslada", "file_name": "other.pdf"}})
		file := caseFile(t, l, caseID)
		if len(file.Contacts) != 1 || file.Contacts[0].Value.Summary != "They said Getafe" || len(file.Withdrawn) != 0 {
			t.Errorf("%s: it has effect", test.name)
		}
		if got := state(t, l, test.target); !got.Counts {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
	requireHolds(t, l)
}

func TestACorrectionThatMakesNoSenseChangesNothing(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They said Getafe"))
	correct(t, l, caseID, contact, map[string]any{"summary": 5})
	correct(t, l, caseID, contact, map[string]any{"transfers": 2})
	if got := caseFile(t, l, caseID).Contacts[0].Value; got.Summary != "They said Getafe" || got.Transfers != 2 {
		t.Errorf("the contact is %+v", got)
	}
	requireHolds(t, l)
}

func TestAWithdrawalTellsWhetherATimeStampCameBefore(t *testing.T) {
	o := options(t.TempDir())
	o.Clock = ticking("2026-03-02T10:00:00Z")
	l := openWith(t, o)
	caseID := newCase(t, l)
	before := put(t, l, record.KindContact, caseID, call(caseID, "Before"))
	early := put(t, l, record.KindContact, caseID, call(caseID, "Early"))
	retract(t, l, early)
	_, signed, err := l.HeadOf(t.Context(), ownLog(t, l, caseID).ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	after := put(t, l, record.KindContact, caseID, call(caseID, "After the head"))
	put(t, l, record.KindSeal, caseID, casefile.Seal{CaseID: caseID, Head: string(signed), SealedAt: "2026-03-02T10:00:30Z"})
	retract(t, l, before, after)
	want := map[string]bool{before: true, early: false, after: false}
	for _, one := range caseFile(t, l, caseID).Withdrawn {
		if one.AfterSeal != want[one.EntryID] || one.InFull() != want[one.EntryID] {
			t.Errorf("%+v, want %v", one, want[one.EntryID])
		}
		delete(want, one.EntryID)
	}
	if len(want) > 0 {
		t.Errorf("%v is not among them", want)
	}
}
