package app

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

// call is a contact as the page types it.
func call(caseID string) ContactInput {
	return ContactInput{
		CaseID: caseID, Company: "Iberluz", When: "2026-03-02T10:05", Zone: "Europe/Madrid", Direction: "outgoing", Channel: "phone",
		People: []PersonInput{{Name: "Núria", Position: "technical service"}}, Hold: "35:20", Talk: "", Transfers: "2",
		Summary: "Nobody came.", Verbatim: "Ya llamaremos", Failures: []string{"long_wait"}, Basis: "memory", Promises: []PromiseTerms{},
	}
}

func (s *scene) log(input ContactInput) string {
	s.t.Helper()
	id, err := (&Contacts{s.desk}).Log(input)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func TestACorrectionNamesOnlyTheFieldsThatWereTypedOtherwise(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	id := s.log(call(caseID))
	corrections, history := &Corrections{s.desk}, &History{s.desk}

	typed, err := corrections.Contact(caseID, id)
	if err != nil {
		t.Fatal(err)
	}
	want := call(caseID)
	want.Company = typed.Company // its id by now
	if diff := cmp.Diff(want, typed); diff != "" {
		t.Fatalf("a contact as it would be typed, -want +got:\n%s", diff)
	}
	if _, err := corrections.CorrectContact(id, typed, ""); !errors.Is(err, problem.New(problem.NothingChanges, nil)) {
		t.Errorf("without a change: %v", err)
	}
	typed.Hold, typed.Verbatim, typed.Failures = "40", "", []string{"long_wait", "rude"}
	if _, err := corrections.CorrectContact(id, typed, "I looked at the phone’s log"); err != nil {
		t.Fatal(err)
	}
	if again, err := corrections.Contact(caseID, id); err != nil || !cmp.Equal(typed, again) {
		t.Errorf("as it reads now, -want +got:\n%s%v", cmp.Diff(typed, again), err)
	}
	told, err := history.Tell(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(told.Events) != 1 || told.Events[0].Kind != "correction" || told.Events[0].Reason != "I looked at the phone’s log" {
		t.Fatalf("its history is %+v", told.Events)
	}
	wantChanges := []ChangeText{
		{"service failures", "long wait", "long wait; rude treatment"},
		{"time on hold", "35 min 20 s", "40 min"},
		{"the words said", "Ya llamaremos", ""},
	}
	if diff := cmp.Diff(wantChanges, told.Events[0].Changes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	typed.Summary = ""
	if _, err := corrections.CorrectContact(id, typed, ""); !errors.Is(err, problem.New(problem.Missing, nil)) {
		t.Errorf("a summary was made empty: %v", err)
	}
}

func TestErasingSaysBeforehandWhatGoesAndWhatStays(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	input := call(caseID)
	input.Promises = []PromiseTerms{{What: "Send a technician"}}
	id := s.log(input)
	history := &History{s.desk}
	plan, err := history.PlanErasure(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Goes) != 1 || plan.Goes[0].ID != id || len(plan.Stays) != 1 || plan.Stays[0].Title != "Send a technician" || plan.HasBackups {
		t.Errorf("the plan is %+v", plan)
	}
	if text, err := json.Marshal(plan); err != nil || strings.Contains(string(text), "null") {
		t.Errorf("the page gets %s, %v: an empty list is a list", text, err)
	}
	job, err := history.Erase(id, "A name that must not be kept")
	if err != nil {
		t.Fatal(err)
	}
	if report := s.finish(job); report.State != jobDone {
		t.Fatalf("the job ended as %+v", report)
	}
	told, err := history.Tell(id)
	if err != nil || !told.Erased || len(told.Fields) != 0 || told.Events[0].Kind != "erasure" {
		t.Errorf("its history is %+v, %v", told, err)
	}
	if _, err := history.PlanErasure(id); !errors.Is(err, problem.New(problem.AlreadyErased, nil)) {
		t.Errorf("erasing again: %v", err)
	}
}

func TestWhatWentIntoTheWrongCaseIsMovedToTheRightOne(t *testing.T) {
	s := newScene(t)
	wrong, right := s.newCase(), s.newCase()
	id := s.log(call(wrong))
	copied, err := (&History{s.desk}).Move(id, right, "It is about the other line")
	if err != nil {
		t.Fatal(err)
	}
	if moved, err := (&Corrections{s.desk}).Contact(right, copied); err != nil || moved.Summary != "Nobody came." {
		t.Errorf("in the right case it is %+v, %v", moved, err)
	}
	if _, err := (&Corrections{s.desk}).Contact(wrong, id); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("in the wrong case it is still there: %v", err)
	}
}

func TestTakingAContactBackTakesItsPromisesAlongAndAPromiseGoesAlone(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	input := call(caseID)
	input.Promises = []PromiseTerms{{What: "Send a technician"}, {What: "Call back"}}
	id := s.log(input)
	count := func() (contacts, promises int) {
		work, err := s.work()
		if err != nil {
			t.Fatal(err)
		}
		file, err := work.CaseFile(t.Context(), caseID)
		if err != nil {
			t.Fatal(err)
		}
		return len(file.Contacts), len(file.Promises)
	}
	work, _ := s.work()
	file, err := work.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	history := &History{s.desk}
	if _, err := history.TakeBack(file.Promises[0].Value.ID); err != nil {
		t.Fatal(err)
	}
	if contacts, promises := count(); contacts != 1 || promises != 1 {
		t.Errorf("after taking a promise back there are %d contacts and %d promises", contacts, promises)
	}
	retraction, err := history.TakeBack(id)
	if err != nil {
		t.Fatal(err)
	}
	if contacts, promises := count(); contacts != 0 || promises != 0 {
		t.Errorf("after taking the contact back there are %d contacts and %d promises", contacts, promises)
	}
	if _, err := (&Entries{s.desk}).Undo([]string{retraction}); err != nil {
		t.Fatal(err)
	}
	if contacts, promises := count(); contacts != 1 || promises != 1 {
		t.Errorf("after undoing that there are %d contacts and %d promises", contacts, promises)
	}
}
