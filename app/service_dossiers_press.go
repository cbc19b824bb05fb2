package app

import (
	"slices"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/raster"
)

// Press changes what the press edition of a case hides and shows, where anything is to be changed, and tells how it stands.
func (s *Dossiers) Press(input PressInput) (review PressReview, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return PressReview{}, err
	}
	change := casework.ChangePress{CaseID: input.CaseID, Hide: input.Hide, Show: input.Show, Unshow: input.Unshow,
		Exhibits: input.Exhibits, Without: input.Without}
	if contact := input.Contact; contact != nil {
		change.Contact, change.NoContact = *contact, *contact == ""
	}
	if cover := input.Cover; cover != nil {
		painting := casework.PaintPicture{Exhibit: cover.Exhibit}
		for _, area := range cover.Areas {
			painting.Areas = append(painting.Areas, raster.Area(area))
		}
		change.Unpaint, change.Paint = []string{cover.Exhibit}, []casework.PaintPicture{painting}
	}
	if change.Contact != "" || change.NoContact || slices.ContainsFunc([][]string{change.Hide, change.Show, change.Unshow, change.Exhibits, change.Without, change.Unpaint},
		func(some []string) bool { return len(some) > 0 }) {
		if err := work.ChangePress(s.desk.ctx, change); err != nil {
			return PressReview{}, err
		}
	}
	language := s.language(input.Language)
	preview, err := work.PreviewPress(s.desk.ctx, input.CaseID, language)
	if err != nil {
		return PressReview{}, err
	}
	return pressReview(preview, i18n.For(language)), nil
}

func pressReview(preview casework.PressPreview, texts *i18n.Texts) PressReview {
	review := PressReview{Hidden: []PressText{}, Suspects: []PressText{}, Exhibits: []PressExhibit{}, Contact: preview.Contact}
	shown := map[string]bool{}
	for _, one := range preview.Hidden {
		shown[one.ID] = one.Shown
		review.Hidden = append(review.Hidden,
			PressText{ID: one.ID, Label: one.Label, Text: one.Value, Shown: one.Shown, Count: int64(one.Count), Where: one.Where})
	}
	for _, one := range preview.Suspects {
		if shown[one.ID] {
			continue // the person has decided, and can in the other list
		}
		review.Suspects = append(review.Suspects,
			PressText{ID: one.ID, Label: suspectLabel(texts, one.Kind), Text: one.Text, Count: int64(one.Count), Where: one.Where})
	}
	for _, one := range preview.Exhibits {
		exhibit := PressExhibit{Label: one.Label, Shows: one.Shows, Chosen: one.Chosen, Picture: one.Picture,
			EvidenceID: one.EvidenceID, Covered: []CoveredArea{}}
		for _, area := range one.Painted {
			exhibit.Covered = append(exhibit.Covered, CoveredArea(area))
		}
		review.Exhibits = append(review.Exhibits, exhibit)
	}
	return review
}

// suspectLabel says what a text looks like that nobody has put a name to.
func suspectLabel(texts *i18n.Texts, kind string) string {
	if slices.Contains([]string{"agent", "household", "person"}, kind) {
		kind = "somebody"
	}
	return texts.Text("press.label." + kind)
}
