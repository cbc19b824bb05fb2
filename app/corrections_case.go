package app

import (
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Case gives what a case says of itself, as it would be typed. Its companies are corrected one by one, and what the
// person is to them by [Totals.SetLoyalty].
func (s *Corrections) Case(caseID string) (terms CaseTerms, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CaseTerms{}, err
	}
	return s.typedCase(work, caseID)
}

// CorrectCase says what a case should have said of itself, and returns the correction's id.
func (s *Corrections) CorrectCase(terms CaseTerms, reason string) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	before, err := s.typedCase(work, terms.CaseID)
	if err != nil {
		return "", err
	}
	dates := s.desk.dates(work, before.Zone)
	first, err := caseOf(dates, before)
	if err != nil {
		return "", err
	}
	typed, err := caseOf(dates, terms)
	if err != nil {
		return "", err
	}
	n := correctionOf(terms.CaseID, reason, caseFields(first), caseFields(typed), typed.Clearable())
	corrected, err := work.CorrectCase(s.desk.ctx, n, typed)
	return corrected.ID, err
}

func (s *Corrections) typedCase(work *casework.Casework, caseID string) (CaseTerms, error) {
	overview, err := work.Overview(s.desk.ctx, caseID)
	if err != nil {
		return CaseTerms{}, err
	}
	one := overview.File.Case
	terms := CaseTerms{
		CaseID: caseID, Title: one.Title, Summary: one.Summary, StillConcerned: one.StillConcerned,
		Outcome: strings.Join(one.Outcome, "\n"), Zone: one.Zone,
		Name: one.Complainant.Name, Address: one.Complainant.Address, Email: one.Complainant.Email, Phone: one.Complainant.Phone,
	}
	if one.AnswerBy != nil {
		terms.AnswerBy = one.AnswerBy.Date
	}
	terms.Claimed, terms.Currency = moneyTyped(one.Claimed)
	return terms, nil
}

// caseOf reads what was typed.
func caseOf(dates dateReader, terms CaseTerms) (casework.NewCase, error) {
	var wrong problems
	n := casework.NewCase{
		Title: terms.Title, Summary: terms.Summary, StillConcerned: terms.StillConcerned,
		Outcome: strings.Split(terms.Outcome, "\n"), AnswerBy: dates.due(&wrong, "answer_by", terms.AnswerBy, ""),
		Complainant: casefile.Complainant{Name: terms.Name, Address: terms.Address, Email: terms.Email, Phone: terms.Phone},
	}
	var err error
	n.Claimed, err = typedMoney("claimed", terms.Claimed, terms.Currency)
	wrong.note(err)
	if len(wrong) > 0 {
		wrong.require("title", terms.Title)
	}
	return n, wrong.joined()
}

func caseFields(n casework.NewCase) []typedField {
	return []typedField{
		{"title", n.Title}, {"summary", n.Summary}, {"still_concerned", n.StillConcerned},
		{"outcome", strings.TrimSpace(strings.Join(n.Outcome, "\n"))}, {"answer_by", n.AnswerBy},
		{"claimed", typedAmount(n.Claimed)}, {"name", n.Complainant.Name}, {"address", n.Complainant.Address},
		{"email", n.Complainant.Email}, {"phone", n.Complainant.Phone},
	}
}
