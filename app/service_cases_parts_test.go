package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestTheCorrectionsOfAnEntryAreToldInWords(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	id := s.log(call(caseID))
	cases, corrections := &Cases{s.desk}, &Corrections{s.desk}
	if told, err := cases.Corrections(id, "en"); err != nil || len(told) != 0 {
		t.Fatalf("before any: %+v, %v", told, err)
	}
	typed, err := corrections.Contact(caseID, id)
	if err != nil {
		t.Fatal(err)
	}
	typed.Hold = "40"
	first, err := corrections.CorrectContact(id, typed, "I looked at the phone’s log")
	if err != nil {
		t.Fatal(err)
	}
	typed.Verbatim = ""
	second, err := corrections.CorrectContact(id, typed, "")
	if err != nil {
		t.Fatal(err)
	}
	told, err := cases.Corrections(id, "es")
	if err != nil {
		t.Fatal(err)
	}
	want := []CorrectionView{
		{ID: first, Reason: "I looked at the phone’s log", Changes: []ChangeView{{"hold_seconds", "35\u00a0min 20\u00a0s", "40\u00a0min"}}},
		{ID: second, Changes: []ChangeView{{"verbatim", "Ya llamaremos", ""}}},
	}
	if diff := cmp.Diff(want, told, cmpopts.IgnoreFields(CorrectionView{}, "RecordedAt")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, err := (&Entries{s.desk}).Undo([]string{second}); err != nil {
		t.Fatal(err)
	}
	if told, err = cases.Corrections(id, "en"); err != nil || len(told) != 1 || told[0].ID != first {
		t.Errorf("after the second was taken back: %+v, %v", told, err)
	}
}

func TestAnEntryIsFoundOnTheTimelineThatThePageShows(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	input := call(caseID)
	input.Promises = []PromiseTerms{{What: "Send a technician", Due: "2026-03-05"}}
	contact := s.log(input)
	cases := &Cases{s.desk}
	promises := s.promises(caseID)
	settlement, err := (&Promises{s.desk}).Settle(SettlementInput{PromiseID: promises[0].ID, Outcome: "kept", On: "2026-03-04"})
	if err != nil {
		t.Fatal(err)
	}
	page, err := cases.Timeline(caseID, TimelineFilter{}, TimelineCursor{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for entry, item := range map[string]string{contact: contact, promises[0].ID: contact, settlement: settlement} {
		place, err := cases.TimelinePlace(caseID, entry, false)
		if err != nil || place.ItemID != item || page.Items[place.Before].ID != item {
			t.Errorf("%s is at %+v, %v", entry, place, err)
		}
	}
	if place, err := cases.TimelinePlace(caseID, caseID, false); err != nil || place.ItemID != "" {
		t.Errorf("a case is at %+v, %v", place, err)
	}
}
