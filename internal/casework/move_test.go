package casework_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestWhatWentIntoTheWrongCaseIsTakenBackThereAndCopiedWithItsFirstEntryNamed(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	right, err := w.NewCase(ctx, casework.NewCase{Title: "The bill", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "Luz del Sur"}}})
	w.must(err)
	logged := w.log(casework.LogContact{Company: "Luz Del Sur", Summary: "They will correct the bil", HoldSeconds: seconds(90),
		People: []casework.Spoken{{Name: "Pau", Position: "agent"}}, Promises: []casework.MakePromise{{What: "A new bill", Due: "2026-03-19"}}})
	w.must(onlyError(w.CorrectContact(ctx, casework.Correct{ID: logged.ID, Given: []string{"summary"}}, casework.LogContact{Summary: "They will correct the bill"})))
	added, err := w.AddEvidence(ctx, casework.AddEvidence{CaseID: w.caseID, FileName: "bill.txt", Content: strings.NewReader("438,20"), ContactID: logged.ID, Shows: "The bill"})
	w.must(err)
	w.must(onlyError(w.SettlePromise(ctx, casework.SettlePromise{PromiseID: logged.PromiseIDs[0], Outcome: casefile.Kept, ShownBy: []string{added.ID}})))
	first := w.file()

	moved, err := w.Move(ctx, logged.ID, right, "The other case")
	w.must(err)
	left := w.file()
	if len(left.Contacts)+len(left.Promises)+len(left.Settlements)+len(left.Evidence)+len(left.Exhibits)+len(left.People) != 0 || len(left.Parties) != 2 {
		t.Errorf("in the wrong case are still %+v", left)
	}
	there, err := w.CaseFile(ctx, right)
	w.must(err)
	if len(there.Contacts) != 1 || len(there.Promises) != 1 || len(there.Settlements) != 1 || len(there.Evidence) != 1 || len(there.People) != 1 || len(there.Parties) != 1 {
		t.Fatalf("in the right case are %+v", there)
	}
	contact, promise, evidence := there.Contacts[0].Value, there.Promises[0].Value, there.Evidence[0].Value
	want := first.Contacts[0].Value
	want.ID, want.CaseID, want.PartyID, want.PersonIDs = contact.ID, right, there.Parties[0].Value.ID, []string{there.People[0].Value.ID}
	want.MovedFrom = &casefile.Target{EntryID: logged.ID, Leaf: first.Contacts[0].Entry.Leaf}
	if diff := cmp.Diff(want, contact); diff != "" || contact.Summary != "They will correct the bill" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if promise.ContactID != contact.ID || promise.PersonID != want.PersonIDs[0] || promise.MovedFrom.EntryID != logged.PromiseIDs[0] ||
		promise.What != "A new bill" || there.Settlements[0].Value.PromiseID != promise.ID || there.Settlements[0].Value.ShownBy[0] != evidence.ID {
		t.Errorf("the promise is %+v, ended by %+v", promise, there.Settlements[0].Value)
	}
	if evidence.ContactID != contact.ID || evidence.SHA256 != added.SHA256 || evidence.MovedFrom.EntryID != added.ID || there.Exhibits[0].Value.Label != "A-1" {
		t.Errorf("the evidence is %+v as %+v", evidence, there.Exhibits)
	}
	if diff := cmp.Diff(there.People[0].Value, first.People[0].Value, cmpopts.IgnoreFields(casefile.Person{}, "ID", "CaseID", "PartyID")); diff != "" {
		t.Errorf("who was spoken to differs: %s", diff)
	}
	history, err := w.History(ctx, contact.ID)
	if err != nil || history.MovedFrom == nil || history.MovedFrom.EntryID != logged.ID {
		t.Errorf("its history says %+v, %v", history.MovedFrom, err)
	}
	if got := left.Withdrawn[0].Reason; got != "The other case" {
		t.Errorf("in the wrong case it was taken back for %q", got)
	}
	// The move is one act: undone in the wrong case, the first entries count again.
	w.restore(moved.RetractionID)
	if back := w.file(); len(back.Contacts) != 1 || len(back.People) != 1 || len(back.Exhibits) != 1 {
		t.Errorf("after the undo are %+v", back)
	}
	w.requireHolds()
}

func TestWhatCameOfAContactMovesWithIt(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	right, err := w.NewCase(ctx, casework.NewCase{Title: "The bill", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "corral expres"}}})
	w.must(err)
	log := func(summary, sentTo string) string {
		return w.log(casework.LogContact{Company: "Corral Exprés", Summary: summary, SentTo: sentTo}).ID
	}
	toKnown, toUnknown, toSomewhere := log("A", "Corral Exprés"), log("B", "Almacenes Lumen"), log("C", "the shop")
	photo := func(name, contact string) string {
		added, err := w.AddEvidence(ctx, casework.AddEvidence{CaseID: w.caseID, FileName: name, Content: strings.NewReader(name), ContactID: contact, NotExhibit: true})
		w.must(err)
		return added.ID
	}
	front, back, stays := photo("front", toKnown), photo("back", toKnown), photo("stays", "")
	w.must(onlyError(w.AssignExhibit(ctx, front, back)))
	w.must(onlyError(w.AddExpense(ctx, casework.AddExpense{CaseID: w.caseID, What: "Taxi", Amount: euros(1840), ContactID: toKnown, EvidenceIDs: []string{front, stays}})))
	postage, err := w.AddExpense(ctx, casework.AddExpense{CaseID: w.caseID, What: "Postage", Amount: euros(750)})
	w.must(err)

	for _, id := range []string{toKnown, toUnknown, toSomewhere, postage} {
		w.must(onlyError(w.Move(ctx, id, right, "The other case")))
	}
	there, err := w.CaseFile(ctx, right)
	w.must(err)
	if left := w.file(); len(left.Expenses) != 0 || len(left.Exhibits) != 0 || len(left.Evidence) != 1 {
		t.Errorf("in the wrong case are still %+v", left)
	}
	if len(there.Contacts) != 3 || len(there.Expenses) != 2 || len(there.Evidence) != 2 || len(there.Exhibits) != 1 || len(there.Parties) != 1 {
		t.Fatalf("in the right case are %+v", there)
	}
	where := map[string]casefile.SentTo{}
	for _, contact := range there.Contacts {
		where[contact.Value.Summary] = *contact.Value.SentTo
	}
	want := map[string]casefile.SentTo{"A": {PartyID: there.Parties[0].Value.ID}, "B": {Words: "Almacenes Lumen"}, "C": {Words: "the shop"}}
	if diff := cmp.Diff(want, where); diff != "" {
		t.Errorf("they were sent to: -want +got:\n%s", diff)
	}
	if pieces := there.Exhibits[0].Value.Pieces(); len(pieces) != 2 {
		t.Errorf("under one number are %v", pieces)
	}
	for _, expense := range there.Expenses {
		taxi := expense.Value.What == "Taxi"
		if expense.Value.MovedFrom == nil || taxi != (expense.Value.ContactID != "") || taxi != (len(expense.Value.EvidenceIDs) == 1) {
			t.Errorf("the expense is %+v", expense.Value)
		}
	}
	w.requireHolds()
}

func TestAnExhibitOfSeveralFilesIsPartedWhenSomeMove(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	right, err := w.NewCase(ctx, casework.NewCase{Title: "The bill", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "Luz del Sur"}}})
	w.must(err)
	front, back, side := w.addFile("front"), w.addFile("back"), w.addFile("side")
	w.must(onlyError(w.AssignExhibit(ctx, front, back, side)))
	w.must(onlyError(w.Move(ctx, front, right, "The other case")))
	left := w.file().Exhibits
	if len(left) != 1 || left[0].Value.Label != "A-1" || !cmp.Equal([]string{back, side}, left[0].Value.Pieces()) {
		t.Errorf("what stays has %+v", left)
	}
	there, err := w.CaseFile(ctx, right)
	w.must(err)
	if len(there.Exhibits) != 1 || there.Exhibits[0].Value.EvidenceID != there.Evidence[0].Value.ID {
		t.Errorf("what moved has %+v", there.Exhibits)
	}
	w.requireHolds()
}

func TestPeopleWhoStayBehindAreNotTakenBack(t *testing.T) {
	w := begin(t)
	right, err := w.NewCase(t.Context(), casework.NewCase{Title: "The bill", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "Luz del Sur"}}})
	w.must(err)
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", People: []casework.Spoken{{Name: "Núria"}}})
	w.log(casework.LogContact{Company: "Corral Exprés", Summary: "B", People: []casework.Spoken{{Name: "Núria"}}})
	w.must(onlyError(w.Move(t.Context(), logged.ID, right, "The other case")))
	there, err := w.CaseFile(t.Context(), right)
	w.must(err)
	if left := w.file(); len(left.People) != 1 || len(left.Parties) != 2 || len(left.Contacts) != 1 {
		t.Errorf("in the wrong case are still %+v", left)
	}
	if len(there.Parties) != 2 || there.Parties[1].Value.Name != "Corral Exprés" || there.Parties[1].Value.Role != casefile.Carrier || there.Parties[1].Value.Domains[0] != "corral.example" {
		t.Errorf("the company came over as %+v", there.Parties)
	}
	w.requireHolds()
}

func TestAMoveThatCanNotBeIsSaidPlainlyAndWritesNothing(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ctx := t.Context()
	right, err := w.NewCase(ctx, casework.NewCase{Title: "The bill", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "Luz del Sur"}}})
	w.must(err)
	logged := w.aCall()
	gone := w.call("Gone")
	w.retract(gone.ID, false)
	for name, test := range map[string]struct {
		id, to string
		want   problem.Code
	}{
		"nobody's entry":        {nobody, right, problem.NotFound},
		"into nobody's case":    {logged.ID, nobody, problem.NotFound},
		"into its own case":     {logged.ID, w.caseID, problem.AlreadyExists},
		"a company":             {logged.PartyID, right, problem.CannotMove},
		"what was taken back":   {gone.ID, right, problem.NotFound},
		"the case into another": {w.caseID, right, problem.CannotMove},
	} {
		t.Run(name, func(t *testing.T) {
			before := w.entries()
			requireProblem(t, onlyError(w.Move(ctx, test.id, test.to, "The other case")), test.want)
			if after := w.entries(); after != before {
				t.Errorf("%d entries were written", after-before)
			}
		})
	}
}
