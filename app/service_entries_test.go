package app

import (
	"slices"
	"testing"
)

func TestWhatWasDoneIsUndoneAndDoneAgain(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	contact, err := (&Contacts{s.desk}).Log(ContactInput{
		CaseID: caseID, Company: "Iberluz", Channel: "phone", Zone: "Europe/Madrid", Summary: "They will see",
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

func TestTheSearchFindsWhatIsOnRecordAndWhereItIs(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	contact, err := (&Contacts{s.desk}).Log(ContactInput{
		CaseID: caseID, Company: "Iberluz", Channel: "phone", When: "2026-03-02T10:05", Zone: "Europe/Madrid",
		Summary: "Dijeron que lo mirarán", CompanyReference: "IB-44718", Promises: []PromiseTerms{{What: "Una llamada mañana"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	search := func(words string) []SearchHit {
		t.Helper()
		hits, err := (&Entries{s.desk}).Search(words)
		if err != nil || hits == nil {
			t.Fatalf("%q finds %v, %v", words, hits, err)
		}
		return hits
	}
	want := SearchHit{Kind: "contact", ID: contact, CaseID: caseID, CaseTitle: "Fibra que nunca llegó",
		Title: "Dijeron que lo mirarán", Snippet: "IB-«44718»", Day: "2026-03-02"}
	if got := search("4471"); len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for words, kind := range map[string]string{"iberluz": "party", "fibra": "case", "manana": "promise", "mirarán": "contact"} {
		if got := search(words); len(got) != 1 || got[0].Kind != kind {
			t.Errorf("%q finds %+v, want the %s", words, got, kind)
		}
	}
	if _, err := (&Entries{s.desk}).Undo([]string{contact}); err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(search("44718"), func(h SearchHit) bool { return h.ID == contact }) {
		t.Error("what was undone is found")
	}
	if got := search(""); len(got) != 0 {
		t.Errorf("nothing finds %+v", got)
	}
}
