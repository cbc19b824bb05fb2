package casework_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (w *work) standing() casefile.StandingKind {
	w.t.Helper()
	overview, err := w.Overview(w.t.Context(), w.caseID)
	w.must(err)
	return overview.Standing.Kind
}

func TestACaseThatEndedIsWaitedForNoLongerAndCanGoOn(t *testing.T) {
	w := begin(t)
	_, err := w.MakePromise(t.Context(), casework.MakePromise{CaseID: w.caseID, Company: "Corral Exprés", What: "Call back", Due: "2026-03-04", MadeAt: "2026-03-02"})
	w.must(err)
	if kind := w.standing(); kind != casefile.PromiseLate || len(w.today().Late) != 1 {
		t.Fatalf("before, the case is %s", kind)
	}

	_, err = w.CloseCase(t.Context(), casework.CloseCase{CaseID: w.caseID, Kind: casefile.Sceptical, On: "2026-03-19", Note: " They  paid half. "})
	w.must(err)
	want := &casefile.Ending{Kind: casefile.Sceptical, On: &casefile.Due{Date: "2026-03-19", Zone: "Europe/Madrid"}, Note: "They  paid half."}
	if diff := cmp.Diff(want, w.file().Case.Ending); diff != "" {
		t.Errorf("how it ended, -want +got:\n%s", diff)
	}
	today := w.today()
	if waited := len(today.Late) + len(today.ThisWeek) + len(today.Waiting); waited != 0 || w.standing() != casefile.Ended {
		t.Errorf("%d things are waited for in a case that is %s", waited, w.standing())
	}
	cases, err := w.Cases(t.Context())
	w.must(err)
	if cases[0].Ending == nil || cases[0].Next != nil || cases[0].PromisesNotKept != 1 {
		t.Errorf("in the list it is %+v", cases[0])
	}

	_, err = w.ReopenCase(t.Context(), w.caseID, "They want it back")
	w.must(err)
	if w.file().Case.Ending != nil || w.standing() != casefile.PromiseLate || len(w.today().Late) != 1 {
		t.Errorf("it goes on, and is %s", w.standing())
	}
	if corrections := w.file().Entry.Corrections; len(corrections) != 2 || corrections[1].Reason != "They want it back" {
		t.Errorf("the record has %+v", corrections)
	}
}

func TestCasesThatEndedComeAfterThoseThatGoOn(t *testing.T) {
	w := begin(t)
	quiet, err := w.NewCase(t.Context(), casework.NewCase{Title: "Fibre", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "Iberluz"}}})
	w.must(err)
	_, err = w.CloseCase(t.Context(), casework.CloseCase{CaseID: w.caseID, Kind: casefile.Satisfied})
	w.must(err)
	cases, err := w.Cases(t.Context())
	w.must(err)
	need := map[string]int{}
	for _, one := range cases {
		need[one.ID] = one.Need
	}
	if need[w.caseID] <= need[quiet] {
		t.Errorf("what needs the person, by case: %v", need)
	}
	if on := w.file().Case.Ending.On; on.Date != "2026-03-20" {
		t.Errorf("without a day it ended on %s", on.Date)
	}
}

func TestAnEndingHasToBeOne(t *testing.T) {
	w := begin(t)
	for name, test := range map[string]struct {
		n    casework.CloseCase
		want map[string]problem.Code
	}{
		"none":        {casework.CloseCase{}, map[string]problem.Code{"ending": problem.Missing}},
		"another":     {casework.CloseCase{Kind: "won"}, map[string]problem.Code{"ending": problem.NotAChoice}},
		"tomorrow":    {casework.CloseCase{Kind: casefile.GaveUp, On: "2026-03-21"}, map[string]problem.Code{"on": problem.TimeInFuture}},
		"no such day": {casework.CloseCase{Kind: casefile.GaveUp, On: "2026-02-30"}, map[string]problem.Code{"on": problem.NoSuchDate}},
	} {
		t.Run(name, func(t *testing.T) {
			test.n.CaseID = w.caseID
			w.requireNothingWritten(func() error { return onlyError(w.CloseCase(t.Context(), test.n)) }, test.want)
		})
	}
	w.requireNothingWritten(func() error { return onlyError(w.ReopenCase(t.Context(), w.caseID, "")) },
		map[string]problem.Code{"": problem.NothingChanges})
}
