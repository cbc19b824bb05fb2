package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// NewParty is a company that has to do with the case.
type NewParty struct {
	Name       string
	Role       casefile.PartyRole // empty: other
	References []casefile.Reference
	Domains    []string
	Address    string // postal, a line each
}

// NewCase is a dispute to begin a record of.
type NewCase struct {
	Title          string
	Companies      []NewParty
	Outcome        []string // what is asked, a line each
	AnswerBy       string   // YYYY-MM-DD, or empty
	Claimed        *casefile.Money
	Zone           string // IANA name of where the person lives
	Place          string // mx, es, ct, uk, us, eu, ar, or empty
	Complainant    casefile.Complainant
	Summary        string
	StillConcerned string
	CustomerSince  string          // YYYY, YYYY-MM or YYYY-MM-DD, or empty
	YearlySpend    *casefile.Money // what the person spends with the company in a year
	HourValue      *casefile.Money // what the person counts an hour of their own time at
}

// CaseSummary is a case as a list shows it.
type CaseSummary struct {
	ID              string         `json:"id"`
	Title           string         `json:"title"`
	Companies       []string       `json:"companies"`
	RecordedAt      time.Time      `json:"recorded_at"`
	Contacts        int64          `json:"contacts"`
	Messages        int64          `json:"messages"`
	Promises        int64          `json:"promises"`
	PromisesNotKept int64          `json:"promises_not_kept"`
	PromisesOpen    int64          `json:"promises_open"`
	LastContact     *casefile.When `json:"last_contact"`
	// Next is what is owed first in the case, by the agenda; nil when nothing is.
	Next *casefile.AgendaItem `json:"-"`
	// Need orders cases by what needs the person: the one that needs them most has the least.
	Need int `json:"-"`
	// Empty says that nothing is on record in it yet.
	Empty bool `json:"-"`
	// Ending is how it ended; nil while it goes on.
	Ending *casefile.Ending `json:"ending,omitempty"`
}

// NewCase begins the record of a dispute and returns the case's id.
func (c *Casework) NewCase(ctx context.Context, n NewCase) (string, error) {
	o := &operation{}
	caseID := c.beginCase(o, n)
	if len(n.Companies) == 0 {
		o.wrong(problem.Missing, problem.Values{"field": "company"})
	}
	for _, party := range n.Companies {
		o.addNewParty(party)
	}
	if err := o.wrongs(); err != nil {
		return "", err
	}
	return caseID, c.library.Append(ctx, o.drafts...)
}

// beginCase adds a case without its companies, and gives its id.
func (c *Casework) beginCase(o *operation, n NewCase) string {
	o.known.Case.Zone = n.Zone
	return o.addCase(casefile.Case{
		Title:          o.required("title", n.Title),
		AnswerBy:       o.due("answer_by", n.AnswerBy),
		Claimed:        o.money("claimed", n.Claimed),
		Zone:           c.zone(o, n.Zone),
		Outcome:        o.outcome(n.Outcome),
		Place:          choice(o, "place", n.Place, "", Places()),
		Summary:        o.text("summary", n.Summary),
		StillConcerned: o.text("still_concerned", n.StillConcerned),
		CustomerSince:  c.customerSince(o, n.CustomerSince),
		YearlySpend:    o.money("yearly_spend", n.YearlySpend),
		HourValue:      o.money("hour_value", n.HourValue),
		Complainant:    o.complainant(n.Complainant),
	})
}

// CheckComplainant checks how the person is to be named in cases, and gives it as those would have it. Nothing is written.
//
// Problems: those of its fields.
func CheckComplainant(typed casefile.Complainant) (casefile.Complainant, error) {
	o := &operation{}
	complainant := o.complainant(typed)
	return complainant, o.wrongs()
}

func (o *operation) complainant(typed casefile.Complainant) casefile.Complainant {
	return casefile.Complainant{
		Name:    o.line("name", typed.Name),
		Address: o.text("address", typed.Address),
		Email:   o.address("email", typed.Email),
		Phone:   o.line("phone", typed.Phone),
	}
}

// zone checks the name of a time zone.
func (c *Casework) zone(o *operation, typed string) string {
	_, err := casefile.WhenOfInstant(c.Now(), typed)
	o.noteField("zone", err)
	return typed
}

// customerSince reads since when somebody has been a customer: a year, a month or a day that has come.
func (c *Casework) customerSince(o *operation, typed string) string {
	if strings.TrimSpace(typed) == "" {
		return ""
	}
	since := o.when("customer_since", typed, "UTC", "", "") // no day is skipped there
	today := c.Now().In(locationOf(o.known.Case.Zone)).Format(time.DateOnly)
	switch {
	case len(since.Wall) > len(today):
		o.wrong(problem.NotADate, problem.Values{"field": "customer_since", "value": typed})
	case since.Wall > today[:len(since.Wall)]:
		o.wrong(problem.TimeInFuture, problem.Values{"field": "customer_since", "value": typed})
	}
	return since.Wall
}

// locationOf is a zone by its name; UTC for one that is not known.
func locationOf(zone string) *time.Location {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return time.UTC
	}
	return location
}

// outcome is what is asked for, a line each; empty lines go.
func (o *operation) outcome(typed []string) []string {
	var lines []string
	for _, line := range typed {
		if text := o.line("outcome", line); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

// Places lists where a dispute can belong: countries, and ct for Catalonia.
func Places() []string { return []string{"mx", "es", "ct", "uk", "us", "eu", "ar"} }

// AddParty adds a company to a case and returns its id. A name that the case knows already is refused.
func (c *Casework) AddParty(ctx context.Context, caseID string, party NewParty) (string, error) {
	var id string
	err := c.record(ctx, caseID, func(o *operation) { id = o.addNewParty(party) })
	if err != nil {
		return "", err
	}
	return id, nil
}

// Cases lists every case, the one begun last first. It reads what is promised in them and counts the rest.
func (c *Casework) Cases(ctx context.Context) ([]CaseSummary, error) {
	files, err := c.library.AgendaFiles(ctx)
	if err != nil {
		return nil, err
	}
	tallies, err := c.library.Tallies(ctx)
	if err != nil {
		return nil, err
	}
	now := c.Now()
	next, rank := nextOf(casefile.AgendaOf(files, now))
	summaries := make([]CaseSummary, len(files))
	for i, file := range files {
		summaries[i] = summarise(file, tallies[file.Case.ID], now)
		summaries[i].Need = len(next)
		if file.Case.Closed() {
			summaries[i].Need++
		}
		if place, owed := rank[file.Case.ID]; owed {
			summaries[i].Need, summaries[i].Next = place, &next[place]
		}
	}
	return summaries, nil
}

// nextOf gives of each case what is owed first in it, in the order of the agenda, and the place of each case in that.
func nextOf(agenda casefile.Agenda) (first []casefile.AgendaItem, rank map[string]int) {
	rank = map[string]int{}
	for _, item := range slices.Concat(agenda.Late, agenda.ThisWeek, agenda.Waiting) {
		if _, seen := rank[item.Case.ID]; !seen {
			rank[item.Case.ID] = len(first)
			first = append(first, item)
		}
	}
	return first, rank
}

// CaseFile gives everything recorded about a case.
//
// Problem: not_found.
func (c *Casework) CaseFile(ctx context.Context, caseID string) (casefile.CaseFile, error) {
	return c.library.CaseFile(ctx, caseID)
}

// CaseFileWithoutMail gives what is recorded about a case but its messages: with thousands of them it is there much
// sooner.
//
// Problem: not_found.
func (c *Casework) CaseFileWithoutMail(ctx context.Context, caseID string) (casefile.CaseFile, error) {
	return c.library.CaseFileWithoutMail(ctx, caseID)
}

// CaseFileOfContacts gives the contacts of a case with its companies and people, and nothing else of it: in a case with
// thousands of messages and files it is there much sooner than the whole.
//
// Problem: not_found.
func (c *Casework) CaseFileOfContacts(ctx context.Context, caseID string) (casefile.CaseFile, error) {
	return c.library.CaseFileOfContacts(ctx, caseID)
}

// EvidenceFile gives of a case what its list of evidence is made from.
//
// Problem: not_found.
func (c *Casework) EvidenceFile(ctx context.Context, caseID string) (casefile.CaseFile, error) {
	return c.library.EvidenceFile(ctx, caseID)
}

// Figures counts a case as of now.
//
// Problem: not_found.
func (c *Casework) Figures(ctx context.Context, caseID string) (casefile.Figures, error) {
	file, err := c.library.CaseFileWithoutMail(ctx, caseID)
	if err != nil {
		return casefile.Figures{}, err
	}
	return file.Figures(c.Now()), nil
}

func summarise(file casefile.CaseFile, tally library.Tally, now time.Time) CaseSummary {
	summary := CaseSummary{
		ID: file.Case.ID, Title: file.Case.Title, Companies: []string{}, RecordedAt: file.Entry.RecordedAt,
		Contacts: tally.Contacts, Messages: tally.Messages, LastContact: tally.LastContact, Ending: file.Case.Ending,
		Empty: tally.Contacts+tally.Evidence == 0 && len(file.Promises) == 0,
	}
	for _, status := range file.PromiseStatuses(now) {
		summary.Promises++
		if status.NotKept() {
			summary.PromisesNotKept++
		}
		if status.State == casefile.Open {
			summary.PromisesOpen++
		}
	}
	for _, party := range file.Parties {
		summary.Companies = append(summary.Companies, party.Value.Name)
	}
	return summary
}

// addCase adds the case's own entry, and makes the rest of the operation belong to it.
func (o *operation) addCase(payload casefile.Case) string {
	id := o.add(record.KindCase, payload)
	o.known.Case = payload
	o.known.Case.ID = id
	o.drafts[len(o.drafts)-1].CaseID = id
	return id
}

// addNewParty adds a company that the case must not know yet.
func (o *operation) addNewParty(n NewParty) string {
	if _, known := o.party(n.Name); known && strings.TrimSpace(n.Name) != "" {
		o.wrong(problem.AlreadyExists, problem.Values{
			"field": "company", "kind": string(record.KindParty), "value": n.Name})
	}
	return o.addParty(n)
}

func (o *operation) addParty(n NewParty) string {
	party := casefile.Party{
		CaseID:     o.known.Case.ID,
		Name:       o.required("company", n.Name),
		Role:       choice(o, "role", n.Role, casefile.OtherRole, casefile.Roles()),
		References: o.references(n.References),
		Domains:    o.domains(n.Domains),
		Address:    o.text("address", n.Address),
	}
	id := o.add(record.KindParty, party)
	party.ID = id
	o.known.Parties = append(o.known.Parties, party)
	return id
}

func (o *operation) references(typed []casefile.Reference) []casefile.Reference {
	var references []casefile.Reference
	for _, reference := range typed {
		references = append(references, casefile.Reference{
			Label: o.line("reference", reference.Label), Number: o.required("reference", reference.Number)})
	}
	return references
}

func (o *operation) domains(typed []string) []string {
	var domains []string
	for _, domain := range typed {
		domains = append(domains, strings.ToLower(o.line("domain", domain)))
	}
	return domains
}

// party finds a company of the case by its id or name.
func (o *operation) party(nameOrID string) (casefile.Party, bool) {
	for _, party := range o.known.Parties {
		if party.ID == nameOrID || sameName(party.Name, nameOrID) {
			return party, true
		}
	}
	return casefile.Party{}, false
}

// partyNamed finds a company, or adds one of that name and role. An empty name is the only company there is.
func (o *operation) partyNamed(nameOrID string, role casefile.PartyRole) string {
	if strings.TrimSpace(nameOrID) == "" && len(o.known.Parties) == 1 {
		return o.known.Parties[0].ID
	}
	if party, ok := o.party(nameOrID); ok {
		return party.ID
	}
	o.refuseID("company", record.KindParty, nameOrID)
	return o.addParty(NewParty{Name: nameOrID, Role: role})
}
