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

// ExhibitItem is a numbered piece of evidence.
type ExhibitItem struct {
	ID         string `json:"id"`
	Label      string `json:"label"`
	EvidenceID string `json:"evidence"`
	FileName   string `json:"file_name"`
	Shows      string `json:"shows,omitempty"`
	SHA256     string `json:"sha256"`
	Size       int64  `json:"size"`
	// Erased says that the file's entry was erased: the number stays, and names nothing any more.
	Erased bool `json:"erased,omitempty"`
}

// AssignExhibit gives a piece of evidence its number, which it has in every dossier from now on. Attachments of emails
// become exhibits in no other way.
//
// Problems: not_found, already_exists.
func (c *Casework) AssignExhibit(ctx context.Context, evidenceID string) (ExhibitItem, error) {
	evidence, err := library.Thing[casefile.Evidence](ctx, c.library, record.KindEvidence, evidenceID)
	if err != nil {
		return ExhibitItem{}, err
	}
	file, err := c.library.CaseFileWithoutMail(ctx, evidence.Value.CaseID)
	if err != nil {
		return ExhibitItem{}, err
	}
	for _, exhibit := range file.Exhibits {
		if exhibit.Value.EvidenceID == evidenceID {
			return ExhibitItem{}, problem.New(problem.AlreadyExists, problem.Values{
				"kind": string(record.KindExhibit), "value": exhibit.Value.Label})
		}
	}
	var item ExhibitItem
	err = c.record(ctx, evidence.Value.CaseID, func(o *operation) {
		item = exhibitItem(casefile.Exhibit{EvidenceID: evidenceID, Label: o.addExhibit(evidenceID)}, evidence.Value)
		item.ID = o.drafts[len(o.drafts)-1].ID
	})
	return item, err
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
		at := slices.IndexFunc(file.Evidence, func(e casefile.Recorded[casefile.Evidence]) bool {
			return e.Value.ID == exhibit.Value.EvidenceID
		})
		if at < 0 {
			items[i] = exhibitItem(exhibit.Value, casefile.Evidence{})
			items[i].Erased = true
			continue
		}
		items[i] = exhibitItem(exhibit.Value, file.Evidence[at].Value)
	}
	return items, nil
}

func exhibitItem(exhibit casefile.Exhibit, evidence casefile.Evidence) ExhibitItem {
	return ExhibitItem{ID: exhibit.ID, Label: exhibit.Label, EvidenceID: exhibit.EvidenceID,
		FileName: evidence.FileName, Shows: evidence.Shows, SHA256: evidence.SHA256, Size: evidence.Size}
}

// addExhibit gives a piece of evidence the next number: the letter of this device, which is A for the one that began the
// case, and a number without gaps.
func (o *operation) addExhibit(evidenceID string) string {
	o.known.Exhibits++
	label := fmt.Sprintf("%s-%d", o.known.Letter, o.known.Exhibits)
	o.add(record.KindExhibit, casefile.Exhibit{CaseID: o.known.Case.ID, EvidenceID: evidenceID, Label: label})
	return label
}
