package library

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// description is what the views need to know of a thing beside its body.
type description struct {
	caseID     string
	happenedAt string
	title      string
	text       string
	target     string // of a correction
}

// describe reads a payload by its kind. Kinds this program does not know are kept as things that nothing shows.
func describe(h record.Header, payload []byte) (description, error) {
	about := description{caseID: h.EntryID}
	recordedAt, err := time.Parse(record.TimeLayout, h.RecordedAt)
	if err != nil {
		return about, fmt.Errorf("failed to read recorded_at: %w", err)
	}
	happened := recordedAt
	switch h.Kind {
	case record.KindCase:
		c, err := decode[casefile.Case](payload)
		if err != nil {
			return about, err
		}
		about.title = c.Title
		about.text = lines(c.Summary, c.StillConcerned, strings.Join(c.Outcome, "\n"), c.Complainant.Name)
	case record.KindParty:
		p, err := decode[casefile.Party](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.title = p.CaseID, p.Name
		for _, reference := range p.References {
			about.text = lines(about.text, reference.Label+" "+reference.Number)
		}
	case record.KindPerson:
		p, err := decode[casefile.Person](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.title, about.text = p.CaseID, p.Name, p.Position
	case record.KindContact:
		c, err := decode[casefile.Contact](payload)
		if err != nil {
			return about, err
		}
		happened = c.OccurredAt.Earliest()
		about.caseID, about.title = c.CaseID, c.Summary
		about.text = lines(c.Verbatim, c.CompanyReference, c.Number, c.MadeBy)
	case record.KindPromise:
		p, err := decode[casefile.Promise](payload)
		if err != nil {
			return about, err
		}
		happened = p.MadeAt.Earliest()
		about.caseID, about.title = p.CaseID, p.What
	case record.KindSettlement:
		s, err := decode[casefile.Settlement](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.title = s.CaseID, s.Note
	case record.KindEvidence:
		e, err := decode[casefile.Evidence](payload)
		if err != nil {
			return about, err
		}
		if e.OccurredAt != nil {
			happened = e.OccurredAt.Earliest()
		}
		about.caseID, about.title, about.text = e.CaseID, e.FileName, e.Shows
	case record.KindExhibit:
		x, err := decode[casefile.Exhibit](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.title = x.CaseID, x.Label
	case record.KindMessage:
		m, err := decode[casefile.Message](payload)
		if err != nil {
			return about, err
		}
		if at, err := time.Parse(time.RFC3339, m.Source.InternalDate); err == nil {
			happened = at
		}
		about.caseID = m.CaseID
	case record.KindExport:
		x, err := decode[casefile.Export](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.title = x.CaseID, x.FileName
	case record.KindDevice:
		d, err := decode[casefile.Device](payload)
		if err != nil {
			return about, err
		}
		about.caseID = d.CaseID
	case record.KindRetraction:
		r, err := decode[casefile.Retraction](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.title = r.CaseID, r.Reason
	case record.KindErasure:
		e, err := decode[casefile.Erasure](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.title = e.CaseID, e.Reason
	case record.KindSeal:
		s, err := decode[casefile.Seal](payload)
		if err != nil {
			return about, err
		}
		about.caseID = s.CaseID
	case record.KindCorrection:
		c, err := decode[casefile.Correction](payload)
		if err != nil {
			return about, err
		}
		about.caseID, about.target, about.title = c.CaseID, c.Target, c.Reason
	}
	about.happenedAt = formatInstant(happened)
	return about, nil
}

func decode[T any](payload []byte) (T, error) {
	var value T
	if err := json.Unmarshal(payload, &value); err != nil {
		return value, fmt.Errorf("failed to read a payload: %w", err)
	}
	return value, nil
}

func lines(texts ...string) string {
	var filled []string
	for _, text := range texts {
		if text != "" {
			filled = append(filled, text)
		}
	}
	return strings.Join(filled, "\n")
}
