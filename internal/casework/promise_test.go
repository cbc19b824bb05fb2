package casework_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// promise is a promise of the case as it stands.
func (w *work) promise(id string) casefile.PromiseStatus {
	w.t.Helper()
	statuses, err := w.Promises(w.t.Context(), w.caseID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, status := range statuses {
		if status.Promise.Value.ID == id {
			return status
		}
	}
	w.t.Fatalf("there is no promise %s", id)
	return casefile.PromiseStatus{}
}

func (w *work) make(n casework.MakePromise) string {
	w.t.Helper()
	n.CaseID = w.caseID
	id, err := w.MakePromise(w.t.Context(), n)
	if err != nil {
		w.t.Fatalf("failed to record a promise: %v", err)
	}
	return id
}

func TestAPromiseMadeInAContactHasItsCompanyPersonAndTime(t *testing.T) {
	w := begin(t)
	spoken := []casework.Spoken{{Name: "Núria"}, {Name: "Marc", Position: "supervisor"}}
	logged := w.log(casework.LogContact{
		Company: "Corral Exprés", When: "2026-03-02T10:05", Summary: "They promised", People: spoken,
		Promises: []casework.MakePromise{{What: "Call back"}, {What: "Look into it", Person: "nuria"}},
	})
	later := w.make(casework.MakePromise{ContactID: logged.ID, What: "Write an email"})
	made := casefile.When{Wall: "2026-03-02T10:05", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute}
	people := map[string]string{logged.PromiseIDs[0]: logged.PersonIDs[1], logged.PromiseIDs[1]: logged.PersonIDs[0], later: logged.PersonIDs[1]}
	for id, person := range people {
		got := w.promise(id).Promise.Value
		want := casefile.Promise{ID: id, CaseID: w.caseID, PartyID: logged.PartyID, ContactID: logged.ID, PersonID: person, What: got.What, MadeAt: made}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
	if len(w.file().People) != 2 {
		t.Errorf("there are %d people, want the two spoken to", len(w.file().People))
	}
	w.requireHolds()
}

func TestAPromiseByItself(t *testing.T) {
	w := begin(t)
	first := w.make(casework.MakePromise{
		Company: "corral expres", Person: "Ana", What: " A refund ", Due: "2026-04-01 10:00", MadeAt: "2026-03-02", Amount: &casefile.Money{Minor: 500, Currency: "EUR"},
	})
	again := w.make(casework.MakePromise{Company: "Corral Exprés", Person: "ANA", What: "The refund", RepeatsID: first})
	got := w.promise(first).Promise.Value
	want := casefile.Promise{
		ID: first, CaseID: w.caseID, PartyID: w.file().Parties[1].Value.ID, PersonID: w.file().People[0].Value.ID, What: "A refund",
		MadeAt: casefile.When{Wall: "2026-03-02", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Day},
		Due:    &casefile.Due{Date: "2026-04-01", Time: "10:00", Zone: "Europe/Madrid"}, Amount: &casefile.Money{Minor: 500, Currency: "EUR"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	second := w.promise(again)
	if second.Repeats() != 1 || second.Promise.Value.PersonID != want.PersonID || second.Promise.Value.MadeAt.Wall != "2026-03-20T13:00" || second.State != casefile.Open {
		t.Errorf("the same again stands as %+v", second)
	}
}

func TestAPromiseWithWrongFieldsIsNotRecorded(t *testing.T) {
	w := begin(t)
	tests := []struct {
		name string
		n    casework.MakePromise
		want map[string]problem.Code
	}{
		{"nothing", casework.MakePromise{}, map[string]problem.Code{"company": problem.Missing, "what": problem.Missing}},
		{"no such day", casework.MakePromise{Company: "Corral Exprés", What: "A", Due: "2026-02-31"}, map[string]problem.Code{"due": problem.NoSuchDate}},
		{"no day at all", casework.MakePromise{Company: "Corral Exprés", What: "A", Due: "2026-04"}, map[string]problem.Code{"due": problem.NotADate}},
		{"made tomorrow", casework.MakePromise{Company: "Corral Exprés", What: "A", MadeAt: "2026-03-21"}, map[string]problem.Code{"made_at": problem.TimeInFuture}},
		{"less than nothing", casework.MakePromise{Company: "Corral Exprés", What: "A", Amount: &casefile.Money{Minor: -1, Currency: "EUR"}}, map[string]problem.Code{"amount": problem.NotANumber}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.n.CaseID = w.caseID
			w.requireNothingWritten(func() error { _, err := w.MakePromise(t.Context(), test.n); return err }, test.want)
		})
	}
}

func TestWhatAPromiseNamesHasToBeOfTheCase(t *testing.T) {
	w := begin(t)
	other, err := w.NewCase(t.Context(), theParcel())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := w.LogContact(t.Context(), casework.LogContact{CaseID: other, Company: "Corral Exprés", Summary: "A", Promises: []casework.MakePromise{{What: "A"}}})
	if err != nil {
		t.Fatal(err)
	}
	promise := w.make(casework.MakePromise{Company: "Corral Exprés", What: "A"})
	before := w.entries()
	ctx, at := t.Context(), "Corral Exprés"
	acts := map[string]func() error{
		"a contact of another case": func() error {
			_, err := w.MakePromise(ctx, casework.MakePromise{CaseID: w.caseID, ContactID: elsewhere.ID, What: "A"})
			return err
		},
		"a contact nobody recorded": func() error {
			_, err := w.MakePromise(ctx, casework.MakePromise{CaseID: w.caseID, ContactID: nobody, What: "A"})
			return err
		},
		"a promise of another case": func() error {
			_, err := w.MakePromise(ctx, casework.MakePromise{CaseID: w.caseID, Company: at, RepeatsID: elsewhere.PromiseIDs[0], What: "A"})
			return err
		},
		"a promise of another case, in contact": func() error {
			_, err := w.LogContact(ctx, casework.LogContact{CaseID: w.caseID, Company: at, Summary: "A", Promises: []casework.MakePromise{{What: "A", RepeatsID: elsewhere.PromiseIDs[0]}}})
			return err
		},
		"a message nobody recorded": func() error {
			_, err := w.MakePromise(ctx, casework.MakePromise{CaseID: w.caseID, Company: at, MessageID: nobody, What: "A"})
			return err
		},
		"a promise nobody recorded, settled": func() error {
			_, err := w.SettlePromise(ctx, casework.SettlePromise{PromiseID: nobody, Outcome: casefile.Kept})
			return err
		},
		"shown by a contact of another case": func() error {
			_, err := w.SettlePromise(ctx, casework.SettlePromise{PromiseID: promise, Outcome: casefile.Kept, ShownBy: []string{elsewhere.ID}})
			return err
		},
	}
	for name, act := range acts {
		t.Run(name, func(t *testing.T) { requireProblem(t, act(), problem.NotFound) })
	}
	if after := w.entries(); after != before {
		t.Errorf("%d entries were written", after-before)
	}
}

func TestAPromiseIsSettledAndTheLastWordCounts(t *testing.T) {
	w := begin(t)
	logged := w.call("They promised", casework.MakePromise{What: "Call back", Due: "2026-03-10"})
	id := logged.PromiseIDs[0]
	if got := w.promise(id); got.State != casefile.Overdue || got.DaysLate != 10 {
		t.Errorf("before, it is %s by %d days", got.State, got.DaysLate)
	}
	settle := func(n casework.SettlePromise) {
		t.Helper()
		n.PromiseID = id
		if _, err := w.SettlePromise(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	settle(casework.SettlePromise{Outcome: casefile.Broken, On: "2026-03-11", Note: "Nobody called"})
	settle(casework.SettlePromise{Outcome: casefile.KeptLate, On: "2026-03-18", ShownBy: []string{logged.ID}})
	got := w.promise(id)
	if got.State != "late" || got.DaysLate != 8 || got.Settlement.Value.ShownBy[0] != logged.ID {
		t.Errorf("after, it is %s by %d days: %+v", got.State, got.DaysLate, got.Settlement)
	}
	if count := len(w.file().Settlements); count != 2 {
		t.Errorf("%d settlements stand, want both", count)
	}
	for name, test := range map[string]struct {
		n    casework.SettlePromise
		want map[string]problem.Code
	}{
		"without a word": {casework.SettlePromise{}, map[string]problem.Code{"outcome": problem.Missing}},
		"with another":   {casework.SettlePromise{Outcome: "forgotten", On: "2026-02-31"}, map[string]problem.Code{"outcome": problem.NotAChoice, "on": problem.NoSuchDate}},
		"tomorrow":       {casework.SettlePromise{Outcome: casefile.Kept, On: "2026-03-21"}, map[string]problem.Code{"on": problem.TimeInFuture}},
	} {
		t.Run(name, func(t *testing.T) {
			test.n.PromiseID = id
			w.requireNothingWritten(func() error { _, err := w.SettlePromise(t.Context(), test.n); return err }, test.want)
		})
	}
	settle(casework.SettlePromise{Outcome: casefile.Kept, On: "2026-03-20"}) // today
}

func TestPeopleAreListedWithWhatCameOfThem(t *testing.T) {
	w := begin(t)
	w.log(casework.LogContact{
		Company: "Corral Exprés", When: "2026-03-02T10:05", Summary: "A", HoldSeconds: seconds(600), People: []casework.Spoken{{Name: "Núria"}},
		Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-03"}, {What: "Look into it"}},
	})
	w.log(casework.LogContact{
		Company: "Corral Exprés", When: "2026-03-05", Summary: "B", HoldSeconds: seconds(900), People: []casework.Spoken{{Name: "nuria"}, {Refused: true}},
	})
	people, err := w.People(t.Context(), w.caseID)
	if err != nil || len(people) != 2 {
		t.Fatalf("the people are %+v, %v", people, err)
	}
	nuria := people[0]
	if nuria.Name != "Núria" || nuria.Party != "Corral Exprés" || nuria.Contacts != 2 || nuria.Promises != 2 || nuria.NotKept != 1 || nuria.LastContact != "2026-03-05" {
		t.Errorf("Núria stands as %+v", nuria)
	}
	if nuria.HoldSeconds != 600 { // of the second wait nobody knows who caused it
		t.Errorf("she had the person wait for %d seconds", nuria.HoldSeconds)
	}
	if refused := people[1]; !refused.Refused || refused.Contacts != 1 || refused.Promises != 0 {
		t.Errorf("who refused a name stands as %+v", refused)
	}
	if _, err := w.NewCase(t.Context(), theParcel()); err != nil {
		t.Fatal(err)
	}
	if all, err := w.People(t.Context(), ""); err != nil || len(all) != 2 {
		t.Errorf("in the whole library there are %+v, %v", all, err)
	}
}

func TestTheFiguresAreAsOfNow(t *testing.T) {
	w := begin(t)
	w.call("They promised", casework.MakePromise{What: "Call back", Due: "2026-03-21"})
	open, err := w.Figures(t.Context(), w.caseID)
	if err != nil || open.Days != 0 || open.NotKept != 0 || open.RecordedLive != 1 {
		t.Errorf("today they are %+v, %v", open, err)
	}
	w.now = w.now.AddDate(0, 0, 2)
	overdue, err := w.Figures(t.Context(), w.caseID)
	if err != nil || overdue.Days != 2 || overdue.NotKept != 1 {
		t.Errorf("two days later they are %+v, %v", overdue, err)
	}
}
