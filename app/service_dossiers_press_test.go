package app

import (
	"bytes"
	"image"
	"image/png"
	"path"
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

func TestPartsOfAPictureAreCoveredForThePressUntilOthersAre(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	address := a.keep("photo.png", picture.Bytes())
	a.keep("letter.txt", []byte("A letter.\n"))
	cover := func(exhibit string, areas ...CoveredArea) (PressReview, error) {
		return dossiers.Press(PressInput{CaseID: a.caseID, Language: "en", Cover: &PressCover{Exhibit: exhibit, Areas: areas}})
	}
	face := CoveredArea{X: 0.25, Y: 0.1, Width: 0.5, Height: 0.25}
	plate := CoveredArea{X: 0.1, Y: 0.8, Width: 0.2, Height: 0.1}
	for _, areas := range [][]CoveredArea{{face}, {face, plate}, {plate}, {}} {
		review, err := cover("A-1", areas...)
		if err != nil {
			t.Fatal(err)
		}
		photo, letter := review.Exhibits[0], review.Exhibits[1]
		if !photo.Picture || photo.EvidenceID != path.Base(address) || !slices.Equal(photo.Covered, areas) {
			t.Errorf("with %v covered it is %+v", areas, photo)
		}
		if letter.Picture || letter.Covered == nil || len(letter.Covered) > 0 {
			t.Errorf("beside it is %+v", letter)
		}
	}
	for exhibit, area := range map[string]CoveredArea{"A-1": {X: 0.9, Y: 0, Width: 0.2, Height: 1}, "A-2": face, "A-9": face} {
		if _, err := cover(exhibit, area); err == nil {
			t.Errorf("%+v of %s is covered", area, exhibit)
		}
	}
}
