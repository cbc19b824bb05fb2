package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Cases are what the page does with whole cases.
type Cases struct{ desk *desk }

// List gives every case, the one that needs the person most first.
func (s *Cases) List() (summaries []CaseSummary, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	cases, err := work.Cases(s.desk.ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(cases, func(a, b casework.CaseSummary) int { return cmp.Compare(a.Need, b.Need) })
	summaries = make([]CaseSummary, len(cases))
	for i, one := range cases {
		summaries[i] = summaryOf(one, work.Now())
	}
	return summaries, nil
}

func summaryOf(one casework.CaseSummary, now time.Time) CaseSummary {
	summary := CaseSummary{
		ID: one.ID, Title: one.Title, Companies: append([]string{}, one.Companies...),
		Contacts: one.Contacts, Messages: one.Messages,
		PromisesOpen: one.PromisesOpen, PromisesNotKept: one.PromisesNotKept, Standing: string(casefile.Quiet),
	}
	if one.LastContact != nil {
		summary.LastContact = one.LastContact.Wall
	}
	switch {
	case one.Ending != nil:
		summary.Ending, summary.Standing = endingOf(one.Ending), string(casefile.Ended)
	case one.Next != nil:
		next := owedItem(*one.Next)
		summary.Next, summary.Standing = &next, string(casefile.PromiseAwaited)
		if one.Next.Late(now) {
			summary.Standing = string(casefile.PromiseLate)
		}
	case one.Empty:
		summary.Standing = string(casefile.NothingYet)
	}
	return summary
}

// New begins a case and returns its id.
func (s *Cases) New(input CaseInput) (id string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	var wrong problems
	claimed, amountErr := typedMoney("claimed", input.Claimed, input.Currency)
	wrong.note(amountErr)
	company := casework.NewParty{Name: input.Company, Role: casefile.PartyRole(input.Role)}
	if input.ReferenceNumber != "" {
		company.References = []casefile.Reference{{Label: input.ReferenceLabel, Number: input.ReferenceNumber}}
	}
	wrong.require("title", input.Title)
	wrong.require("company", input.Company)
	if err := wrong.joined(); err != nil {
		return "", err
	}
	return work.NewCase(s.desk.ctx, casework.NewCase{
		Title: input.Title, Companies: []casework.NewParty{company}, Outcome: strings.Split(input.Outcome, "\n"),
		Claimed: claimed, Zone: input.Zone, Summary: input.Summary,
		Complainant: s.desk.readSettings().complainant(),
	})
}
