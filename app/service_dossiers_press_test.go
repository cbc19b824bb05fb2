package app

import (
	"slices"
	"strings"
	"testing"
)

func TestThePressEditionIsReviewedBeforeItIsMade(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	a.keep("letter.txt", []byte("Call me on 612 345 678.\n"))
	press := func(input PressInput) PressReview {
		t.Helper()
		input.CaseID, input.Language = a.caseID, "en"
		review, err := dossiers.Press(input)
		if err != nil {
			t.Fatal(err)
		}
		return review
	}

	review := press(PressInput{})
	if len(review.Exhibits) != 1 || review.Exhibits[0].Chosen || review.Exhibits[0].Label != "A-1" {
		t.Fatalf("exhibits are %+v: none goes in by itself", review.Exhibits)
	}
	review = press(PressInput{Exhibits: []string{"A-1"}})
	at := slices.IndexFunc(review.Hidden, func(one PressText) bool { return strings.Contains(one.Text, "345") })
	if !review.Exhibits[0].Chosen || at < 0 || review.Hidden[at].Shown || review.Hidden[at].Count == 0 {
		t.Fatalf("with the exhibit it is %+v", review)
	}
	id := review.Hidden[at].ID
	review = press(PressInput{Show: []string{id}})
	at = slices.IndexFunc(review.Hidden, func(one PressText) bool { return one.ID == id })
	if at < 0 || !review.Hidden[at].Shown || slices.ContainsFunc(review.Suspects, func(one PressText) bool { return one.ID == id }) {
		t.Fatalf("what was to be shown is not in one list: %+v", review)
	}
	review = press(PressInput{Unshow: []string{id}, Without: []string{"A-1"}, Hide: []string{"letter"}})
	if review.Exhibits[0].Chosen || slices.ContainsFunc(review.Hidden, func(one PressText) bool { return one.ID == id }) {
		t.Fatalf("without the exhibit it is %+v", review)
	}
	if _, err := dossiers.Press(PressInput{CaseID: a.caseID, Exhibits: []string{"A-9"}}); err == nil {
		t.Error("there is no A-9")
	}
}
