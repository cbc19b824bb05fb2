package casework

import (
	"context"
	"fmt"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// ExhibitItem is a numbered piece of evidence, or several under one number.
type ExhibitItem struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	ExhibitFile
	// With are the other files under the same number.
	With []ExhibitFile `json:"with,omitempty"`
	// Erased says that the file's entry was erased: the number stays, and names nothing any more.
	Erased bool `json:"erased,omitempty"`
}

// ExhibitFile is one piece of evidence of an exhibit.
type ExhibitFile struct {
	EvidenceID string `json:"evidence"`
	FileName   string `json:"file_name"`
	Shows      string `json:"shows,omitempty"`
	SHA256     string `json:"sha256"`
	Size       int64  `json:"size"` // bytes
}

// AssignExhibit gives a piece of evidence its number, which it has in every dossier from now on; several pieces, such as
// the photos of one thing, share one. Attachments of emails become exhibits in no other way.
//
// Problems: not_found also for evidence of another case, missing for none, already_exists for a piece that has a number.
func (c *Casework) AssignExhibit(ctx context.Context, evidenceIDs ...string) (ExhibitItem, error) {
	pieces := withoutRepeats(evidenceIDs)
	if len(pieces) == 0 {
		return ExhibitItem{}, problem.New(problem.Missing, problem.Values{"field": "evidence"})
	}
	first, err := library.Thing[casefile.Evidence](ctx, c.library, record.KindEvidence, pieces[0])
	if err != nil {
		return ExhibitItem{}, err
	}
	if err := c.requireEvidence(ctx, first.Value.CaseID, pieces); err != nil {
		return ExhibitItem{}, err
	}
	file, err := c.library.CaseFileWithoutMail(ctx, first.Value.CaseID)
	if err != nil {
		return ExhibitItem{}, err
	}
	for _, exhibit := range file.Exhibits {
		if slices.ContainsFunc(exhibit.Value.Pieces(), func(id string) bool { return slices.Contains(pieces, id) }) {
			return ExhibitItem{}, problem.New(problem.AlreadyExists, problem.Values{
				"kind": string(record.KindExhibit), "value": exhibit.Value.Label})
		}
	}
	var exhibit casefile.Exhibit
	err = c.record(ctx, first.Value.CaseID, func(o *operation) { exhibit = o.addExhibit(pieces...) })
	return exhibitItem(exhibit, file.Evidence), err
}

// Exhibits lists the exhibits of a case in the order of their numbers, those that were erased among them.
//
// Problem: not_found.
func (c *Casework) Exhibits(ctx context.Context, caseID string) ([]ExhibitItem, error) {
	file, err := c.library.CaseFileWithoutMail(ctx, caseID)
	if err != nil {
		return nil, err
	}
	items := make([]ExhibitItem, len(file.Exhibits))
	for i, exhibit := range file.Exhibits {
		items[i] = exhibitItem(exhibit.Value, file.Evidence)
	}
	return items, nil
}

// exhibitItem tells of an exhibit with what the evidence that counts says of its pieces.
func exhibitItem(exhibit casefile.Exhibit, evidence []casefile.Recorded[casefile.Evidence]) ExhibitItem {
	item := ExhibitItem{ID: exhibit.ID, Label: exhibit.Label, Erased: true}
	for place, id := range exhibit.Pieces() {
		file := ExhibitFile{EvidenceID: id}
		for _, one := range evidence {
			if one.Value.ID == id {
				file.FileName, file.Shows, file.SHA256, file.Size = one.Value.FileName, one.Value.Shows, one.Value.SHA256, one.Value.Size
				item.Erased = false
			}
		}
		if place == 0 {
			item.ExhibitFile = file
		} else {
			item.With = append(item.With, file)
		}
	}
	return item
}

// addExhibit gives pieces of evidence the next number, which they share: the letter of this device, which is A for the one
// that began the case, and a number without gaps.
func (o *operation) addExhibit(evidenceIDs ...string) casefile.Exhibit {
	o.known.Exhibits++
	exhibit := casefile.Exhibit{CaseID: o.known.Case.ID, EvidenceID: evidenceIDs[0], With: withoutRepeats(evidenceIDs[1:]),
		Label: fmt.Sprintf("%s-%d", o.known.Letter, o.known.Exhibits)}
	exhibit.ID = o.add(record.KindExhibit, exhibit)
	return exhibit
}
