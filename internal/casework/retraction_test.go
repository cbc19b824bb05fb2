package casework_test

import (
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// kindsOf lists the kinds of entries in their order.
func kindsOf(entries []casework.Entry) []record.Kind {
	kinds := []record.Kind{}
	for _, entry := range entries {
		kinds = append(kinds, entry.Kind)
	}
	return kinds
}

// requireKinds holds entries against their kinds, in the order in which they were recorded.
func (w *work) requireKinds(what string, entries []casework.Entry, want ...record.Kind) {
	w.t.Helper()
	if got := kindsOf(entries); !slices.Equal(got, want) {
		w.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func (w *work) retract(id string, whole bool) casework.Retracted {
	w.t.Helper()
	retracted, err := w.Retract(w.t.Context(), casework.Retract{ID: id, Operation: whole, Reason: "A slip"})
	w.must(err)
	return retracted
}

func (w *work) restore(id string) casework.Restored {
	w.t.Helper()
	restored, err := w.Restore(w.t.Context(), id, "")
	w.must(err)
	return restored
}

// aCall is a contact with a new company, a new person and a promise, all of one act.
func (w *work) aCall() casework.Logged {
	w.t.Helper()
	return w.log(casework.LogContact{Company: "Seguros Faro", Summary: "They will see", HoldSeconds: seconds(600),
		People: []casework.Spoken{{Name: "Pau"}}, Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-19"}}})
}

func TestAnActIsUndoneAndDoneAgainAsAWhole(t *testing.T) {
	w := begin(t)
	before, err := w.Figures(t.Context(), w.caseID)
	w.must(err)
	logged := w.aCall()
	with, err := w.Figures(t.Context(), w.caseID)
	w.must(err)

	retracted := w.retract(logged.PromiseIDs[0], true)
	w.requireKinds("what goes", retracted.Entries, record.KindParty, record.KindPerson, record.KindContact, record.KindPromise)
	w.requireKinds("what stays", retracted.Kept)
	file := w.file()
	if len(file.Contacts)+len(file.Promises)+len(file.People) != 0 || len(file.Parties) != 2 || len(file.Withdrawn) != 4 {
		t.Errorf("after the undo the case is %+v", file)
	}
	if got, err := w.Figures(t.Context(), w.caseID); err != nil || got.Contacts != before.Contacts || got.HoldSeconds != 0 || got.Promises != 0 || got.People != 0 {
		t.Errorf("after the undo it counts %+v, %v", got, err)
	}

	restored := w.restore(retracted.ID)
	w.requireKinds("what comes back", restored.Entries, record.KindParty, record.KindPerson, record.KindContact, record.KindPromise)
	if got, err := w.Figures(t.Context(), w.caseID); err != nil || got.Contacts != with.Contacts || got.HoldSeconds != 600 || got.NotKept != 1 || got.People != 1 {
		t.Errorf("after the redo it counts %+v, %v", got, err)
	}

	// Undone once more, by the id of the act itself.
	entries, err := w.Entries(t.Context(), w.caseID, 0)
	w.must(err)
	at := slices.IndexFunc(entries, func(e casework.Entry) bool { return e.ID == logged.ID })
	w.requireKinds("what goes again", w.retract(entries[at].OperationID, false).Entries,
		record.KindParty, record.KindPerson, record.KindContact, record.KindPromise)
	w.requireHolds()
}

func TestPeopleAndCompaniesThatSomethingElseNamesStay(t *testing.T) {
	w := begin(t)
	first := w.aCall()
	second := w.log(casework.LogContact{Company: "Seguros Faro", Summary: "Again", People: []casework.Spoken{{Name: "pau"}}})
	if second.PersonIDs[0] != first.PersonIDs[0] {
		t.Fatalf("Pau is %v and %v", first.PersonIDs, second.PersonIDs)
	}
	retracted := w.retract(first.ID, true)
	w.requireKinds("what goes", retracted.Entries, record.KindContact, record.KindPromise)
	w.requireKinds("what stays", retracted.Kept, record.KindParty, record.KindPerson)

	// Alone they are not taken back, either, and the one who names them is named.
	for id, want := range map[string]problem.Values{
		first.PersonIDs[0]: {"kind": "contact", "value": second.ID},
		first.PartyID:      {"kind": "contact", "value": second.ID},
	} {
		err := onlyError(w.Retract(t.Context(), casework.Retract{ID: id}))
		requireProblem(t, err, problem.StillNamed)
		if got := problem.From(err).Values; got["value"] != want["value"] || got["kind"] != want["kind"] {
			t.Errorf("it says %v", got)
		}
	}
	w.retract(second.ID, false)
	w.retract(first.PersonIDs[0], false)
	w.retract(first.PartyID, false)
	w.requireHolds()
}

func TestOneEntryIsTakenBackAloneAndWhatIsSaidAboutItGoesOn(t *testing.T) {
	w := begin(t)
	logged := w.aCall()
	w.must(onlyError(w.CorrectContact(t.Context(), casework.Correct{ID: logged.ID, Given: []string{"summary"}}, casework.LogContact{Summary: "They did not see"})))
	w.requireKinds("what goes", w.retract(logged.ID, false).Entries, record.KindContact)
	if statuses := w.file().PromiseStatuses(w.now); len(statuses) != 1 || statuses[0].Promise.Value.ContactID != logged.ID {
		t.Errorf("the promise made in it is %+v", statuses)
	}
	requireProblem(t, onlyError(w.CorrectContact(t.Context(), casework.Correct{ID: logged.ID, Given: []string{"summary"}}, casework.LogContact{Summary: "B"})), problem.NotFound)
	w.requireKinds("what comes back", w.restore(logged.ID).Entries, record.KindContact)
	if got := w.contact(logged.ID).Value.Summary; got != "They did not see" {
		t.Errorf("it comes back saying %q", got)
	}
	// A correction can be taken back like everything else.
	w.retract(w.contact(logged.ID).Entry.Corrections[0].ID, false)
	if got := w.contact(logged.ID).Value.Summary; got != "They will see" {
		t.Errorf("without its correction it says %q", got)
	}
	w.requireHolds()
}

func TestACaseThatWasBegunByMistakeIsTakenBackAndBroughtBack(t *testing.T) {
	w := begin(t)
	retracted := w.retract(w.caseID, false)
	if cases, err := w.Cases(t.Context()); err != nil || len(cases) != 0 {
		t.Errorf("the cases are %v, %v", cases, err)
	}
	requireProblem(t, onlyError(w.CaseFile(t.Context(), w.caseID)), problem.NotFound)
	w.restore(retracted.ID)
	if got := w.file().Case.Title; got != "The parcel that never came" {
		t.Errorf("it comes back as %q", got)
	}
	w.requireHolds()
}

func TestWhatTheRecordIsMadeOfCanNotBeTakenBack(t *testing.T) {
	t.Parallel()
	w := begin(t)
	w.must(onlyError(w.ExportDossier(t.Context(), casework.ExportDossier{CaseID: w.caseID, Language: "en", Out: t.TempDir() + "/a.pdf"}, nil)))
	logged := w.aCall()
	w.must(onlyError(w.Erase(t.Context(), []string{logged.PromiseIDs[0]}, "", nil)))
	entries, err := w.Entries(t.Context(), w.caseID, 0)
	w.must(err)
	refused := 0
	for _, entry := range entries {
		if entry.Kind != record.KindDevice && entry.Kind != record.KindExport && entry.Kind != record.KindErasure {
			continue
		}
		refused++
		err := onlyError(w.Retract(t.Context(), casework.Retract{ID: entry.ID}))
		requireProblem(t, err, problem.CannotRetract)
		if got := problem.From(err).Values["kind"]; got != string(entry.Kind) {
			t.Errorf("it says %s of a %s", got, entry.Kind)
		}
	}
	if refused != 3 {
		t.Errorf("%d of a device, an export and an erasure are there: %v", refused, kindsOf(entries))
	}
	w.requireHolds()
}

func TestAnUndoThatCanNotBeIsSaidPlainlyAndWritesNothing(t *testing.T) {
	t.Parallel()
	w := begin(t)
	logged := w.aCall()
	erased := w.call("Something private")
	w.must(onlyError(w.Erase(t.Context(), []string{erased.ID}, "", nil)))
	w.retract(logged.PromiseIDs[0], false)
	ctx := t.Context()
	for name, test := range map[string]struct {
		act  func() error
		want problem.Code
	}{
		"nobody's entry":     {func() error { return onlyError(w.Retract(ctx, casework.Retract{ID: nobody})) }, problem.NotFound},
		"twice":              {func() error { return onlyError(w.Retract(ctx, casework.Retract{ID: logged.PromiseIDs[0]})) }, problem.AlreadyRetracted},
		"what is erased":     {func() error { return onlyError(w.Retract(ctx, casework.Retract{ID: erased.ID})) }, problem.AlreadyErased},
		"back from nowhere":  {func() error { return onlyError(w.Restore(ctx, nobody, "")) }, problem.NotFound},
		"back what counts":   {func() error { return onlyError(w.Restore(ctx, logged.ID, "")) }, problem.NotRetracted},
		"back from the dead": {func() error { return onlyError(w.Restore(ctx, erased.ID, "")) }, problem.AlreadyErased},
		"with a long reason": {func() error {
			return onlyError(w.Retract(ctx, casework.Retract{ID: logged.ID, Reason: longText(100_001)}))
		}, problem.TextTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			before := w.entries()
			requireProblem(t, test.act(), test.want)
			if after := w.entries(); after != before {
				t.Errorf("%d entries were written", after-before)
			}
		})
	}
}

func TestAnExhibitThatIsTakenBackKeepsItsNumberUsed(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	w.must(w.add(w.caseID, "one.txt", "one"))
	added, err := w.AddEvidence(ctx, casework.AddEvidence{CaseID: w.caseID, FileName: "two.txt", Content: strings.NewReader("two"), NotExhibit: true})
	w.must(err)
	exhibits, err := w.Exhibits(ctx, w.caseID)
	if err != nil || len(exhibits) != 1 || exhibits[0].Label != "A-1" || exhibits[0].FileName != "one.txt" {
		t.Fatalf("the exhibits are %+v, %v", exhibits, err)
	}
	w.retract(exhibits[0].ID, false)
	second, err := w.AssignExhibit(ctx, added.ID)
	if err != nil || second.Label != "A-2" || second.SHA256 != added.SHA256 {
		t.Errorf("the next is %+v, %v", second, err)
	}
	requireProblem(t, onlyError(w.AssignExhibit(ctx, added.ID)), problem.AlreadyExists)
	requireProblem(t, onlyError(w.AssignExhibit(ctx, nobody)), problem.NotFound)

	// The same file as an exhibit again has a number of its own.
	third, err := w.AssignExhibit(ctx, exhibits[0].EvidenceID)
	if err != nil || third.Label != "A-3" {
		t.Errorf("the one after is %+v, %v", third, err)
	}
	w.must(onlyError(w.Erase(ctx, []string{added.ID}, "", nil)))
	exhibits, err = w.Exhibits(ctx, w.caseID)
	if err != nil || len(exhibits) != 2 || exhibits[0].Label != "A-2" || !exhibits[0].Erased || exhibits[0].FileName != "" || exhibits[1].Label != "A-3" {
		t.Errorf("with one erased they are %+v, %v", exhibits, err)
	}
	w.requireHolds()
}

func TestFiguresCountWhatCountsOnly(t *testing.T) {
	w := begin(t)
	logged := w.aCall()
	w.must(onlyError(w.SettlePromise(t.Context(), casework.SettlePromise{PromiseID: logged.PromiseIDs[0], Outcome: casefile.Kept})))
	settled := w.file().Settlements[0].Value.ID
	w.retract(settled, false)
	figures, err := w.Figures(t.Context(), w.caseID)
	if err != nil || figures.NotKept != 1 || figures.ByState[casefile.PromiseState(casefile.Kept)] != 0 {
		t.Errorf("without how it ended the promise counts as %+v, %v", figures.ByState, err)
	}
}
