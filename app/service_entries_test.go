package app

import "testing"

func TestWhatWasDoneIsUndoneAndDoneAgain(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	contact, err := (&Contacts{s.desk}).Log(ContactInput{
		CaseID: caseID, Company: "Iberluz", Channel: "phone", Summary: "They will see",
		People: []PersonInput{{Name: "Núria"}}, Promises: []PromiseTerms{{What: "A call back"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	requireShown := func(when string, want int) {
		t.Helper()
		timeline, promises, people := s.timeline(caseID), s.promises(caseID), s.people(caseID)
		if len(timeline) != want || len(promises) != want || len(people) != want {
			t.Errorf("%s the case shows %+v, %+v and %+v", when, timeline, promises, people)
		}
	}
	retractions, err := (&Entries{s.desk}).Undo([]string{contact})
	if err != nil {
		t.Fatal(err)
	}
	requireShown("after the undo", 0)
	if err := (&Entries{s.desk}).Redo(retractions); err != nil {
		t.Fatal(err)
	}
	requireShown("after the redo", 1)
}

func TestANewCaseIsUndone(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	if _, err := (&Entries{s.desk}).Undo([]string{caseID}); err != nil {
		t.Fatal(err)
	}
	if cases, err := (&Cases{s.desk}).List(); err != nil || len(cases) != 0 {
		t.Errorf("there are still %+v, %v", cases, err)
	}
}
