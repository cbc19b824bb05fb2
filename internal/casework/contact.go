package casework

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// LogContact is a contact to put on record. Texts are as typed. Its JSON is how drafts keep it.
type LogContact struct {
	CaseID string `json:"case,omitempty"`
	// Company is a company's name or id; one is added for a name the case does not know. It may be empty when the case
	// has one company only. Role is that of a company that is added; empty: other.
	Company string             `json:"company,omitempty"`
	Role    casefile.PartyRole `json:"role,omitempty"`
	// When is the wall time, as much as is known of YYYY-MM-DDTHH:MM; empty is now. Zone is the case's when empty.
	When      string             `json:"when,omitempty"`
	Zone      string             `json:"zone,omitempty"`
	Precision casefile.Precision `json:"precision,omitempty"` // empty: what When has
	Offset    string             `json:"offset,omitempty"`    // "+02:00", for a wall time that happened twice
	End       string             `json:"end,omitempty"`       // wall time it ended, or empty
	Direction casefile.Direction `json:"direction,omitempty"` // empty: outgoing
	Channel   casefile.Channel   `json:"channel,omitempty"`   // empty: phone
	People    []Spoken           `json:"people,omitempty"`
	// HoldSeconds and TalkSeconds are nil when unknown.
	HoldSeconds *int64 `json:"hold_seconds,omitempty"`
	TalkSeconds *int64 `json:"talk_seconds,omitempty"`
	Transfers   int64  `json:"transfers,omitempty"`
	Retold      int64  `json:"retold,omitempty"` // how often the whole story had to be told again
	// SentTo is where the person was sent in the end: the name or id of a company of the case. A name that the case does not
	// know is kept as words, and no company is added.
	SentTo           string `json:"sent_to,omitempty"`
	Number           string `json:"number,omitempty"`
	CompanyReference string `json:"company_reference,omitempty"`
	// Summary may be empty when something else says what came of the contact.
	Summary    string              `json:"summary,omitempty"`
	Verbatim   string              `json:"verbatim,omitempty"`
	Failures   []casefile.Failure  `json:"failures,omitempty"`
	Supervisor casefile.Supervisor `json:"supervisor,omitempty"`
	MadeBy     string              `json:"made_by,omitempty"`
	Basis      casefile.Basis      `json:"basis,omitempty"` // empty: memory
	Remedy     *casefile.Remedy    `json:"remedy,omitempty"`
	// Promises were made in this contact. Their case, company, contact and time are filled in from it, and their person
	// is the last one spoken to unless they say another.
	Promises []MakePromise `json:"promises,omitempty"`
	// brief says that it may do with a time and a company: one of many, of which no more is remembered.
	brief bool
}

// Logged names what came of logging a contact.
type Logged struct {
	ID         string   `json:"id"`
	CaseID     string   `json:"case"`
	PartyID    string   `json:"party"`
	PersonIDs  []string `json:"people"`
	PromiseIDs []string `json:"promises"`
}

// LogContact puts a contact on record, with the people and promises in it, as one operation.
//
// Problems: not_found, and those of its fields.
func (c *Casework) LogContact(ctx context.Context, n LogContact) (Logged, error) {
	if err := c.requireRepeated(ctx, n); err != nil {
		return Logged{}, err
	}
	var logged Logged
	err := c.record(ctx, n.CaseID, func(o *operation) { logged = c.logContact(o, n) })
	if err != nil {
		return Logged{}, err
	}
	return logged, nil
}

// requireRepeated fails with not_found unless every promise that another says again is there.
func (c *Casework) requireRepeated(ctx context.Context, n LogContact) error {
	for _, promise := range n.Promises {
		if err := c.requireOf(ctx, n.CaseID, record.KindPromise, promise.RepeatsID); err != nil {
			return err
		}
	}
	return nil
}

func (c *Casework) logContact(o *operation, n LogContact) Logged {
	logged := Logged{CaseID: o.known.Case.ID, PersonIDs: []string{}, PromiseIDs: []string{}}
	logged.PartyID = o.partyNamed(n.Company, n.Role)
	contact := c.contact(o, n)
	contact.PartyID = logged.PartyID
	contact.PersonIDs = o.spoken(logged.PartyID, n.People)
	logged.PersonIDs = append(logged.PersonIDs, contact.PersonIDs...)
	logged.ID = o.add(record.KindContact, contact)
	for place, promise := range n.Promises {
		before := len(o.problems)
		promise.Company, promise.ContactID = logged.PartyID, logged.ID
		if promise.Person == "" && len(contact.PersonIDs) > 0 {
			promise.Person = contact.PersonIDs[len(contact.PersonIDs)-1]
		}
		id := c.addPromise(o, promise, contact.OccurredAt)
		logged.PromiseIDs = append(logged.PromiseIDs, id)
		o.placeProblems(before, place)
	}
	return logged
}

// placeProblems says of which promise of the contact, counted from 0, the problems are that were found since before.
func (o *operation) placeProblems(before, place int) {
	for _, found := range o.problems[before:] {
		found.Values["promise"] = strconv.Itoa(place)
	}
}

func (c *Casework) contact(o *operation, n LogContact) casefile.Contact {
	if !n.brief && n.SaysNothing() {
		o.wrong(problem.Missing, problem.Values{"field": "summary"})
	}
	return casefile.Contact{
		CaseID:           o.known.Case.ID,
		OccurredAt:       c.occurredAt(o, n),
		Direction:        choice(o, "direction", n.Direction, casefile.Outgoing, casefile.Directions()),
		Channel:          choice(o, "channel", n.Channel, casefile.Phone, casefile.Channels()),
		HoldSeconds:      o.duration("hold", n.HoldSeconds),
		TalkSeconds:      o.duration("talk", n.TalkSeconds),
		Transfers:        o.notNegative("transfers", n.Transfers),
		Retold:           o.notNegative("retold", n.Retold),
		SentTo:           o.sentTo(n.SentTo),
		Number:           o.line("number", n.Number),
		CompanyReference: o.line("reference", n.CompanyReference),
		Summary:          o.text("summary", n.Summary),
		Verbatim:         o.text("verbatim", n.Verbatim),
		Supervisor:       choice(o, "supervisor", n.Supervisor, casefile.SupervisorNotAsked, casefile.Supervisors()),
		MadeBy:           o.line("made_by", n.MadeBy),
		Basis:            choice(o, "basis", n.Basis, casefile.Memory, casefile.Bases()),
		Remedy:           o.remedy(n.Remedy),
		Failures:         o.failures(n.Failures),
	}
}

// SaysNothing reports whether there is no more to a contact than that it took place: then a person has to say what
// happened in it.
func (n LogContact) SaysNothing() bool {
	texts := n.Summary + n.Verbatim + n.Number + n.CompanyReference + n.SentTo
	return strings.TrimSpace(texts) == "" && len(n.People)+len(n.Promises)+len(n.Failures) == 0 &&
		n.HoldSeconds == nil && n.TalkSeconds == nil && n.Transfers == 0 && n.Retold == 0 && n.Supervisor == "" && n.Remedy == nil
}

// failures are the codes of service failures, each once.
func (o *operation) failures(typed []casefile.Failure) []casefile.Failure {
	var failures []casefile.Failure
	for _, word := range typed {
		failure := choice(o, "failure", word, "", casefile.Failures())
		if failure != "" && !slices.Contains(failures, failure) {
			failures = append(failures, failure)
		}
	}
	return failures
}

// occurredAt reads when a contact happened. What has not happened yet can't be put on record.
func (c *Casework) occurredAt(o *operation, n LogContact) casefile.When {
	zone := n.Zone
	if zone == "" {
		zone = o.known.Case.Zone
	}
	if n.When == "" {
		if n.End != "" {
			o.wrong(problem.Missing, problem.Values{"field": "when"})
		}
		when, err := casefile.WhenOfInstant(c.Now(), zone)
		o.noteField("when", err)
		return when
	}
	when := o.when("when", n.When, zone, n.Precision, n.Offset)
	if when.Wall == "" {
		return when
	}
	o.notAfter(c.Now(), "when", n.When, when.Earliest())
	if n.End != "" {
		when.End = c.endOf(o, when, n.End)
	}
	return when
}

// endOf reads when a contact ended, as exactly as when it began. When the clocks went back in it, the offset it began at
// goes on for as long as it can.
func (c *Casework) endOf(o *operation, began casefile.When, typed string) string {
	end, err := casefile.ParseWhen(typed, began.Zone, began.Precision, "")
	if errors.Is(err, problem.New(problem.AmbiguousTime, nil)) {
		end, err = casefile.ParseWhen(typed, began.Zone, began.Precision, began.In().Format("-07:00"))
	}
	if err != nil {
		o.noteField("end", err)
		return ""
	}
	o.notAfter(c.Now(), "end", typed, end.Earliest())
	if end.Earliest().Before(began.Earliest()) {
		o.wrong(problem.NotADate, problem.Values{"field": "end", "value": typed})
	}
	return end.Wall
}

// sentTo finds the company that somebody was sent to, or keeps where it was in words.
func (o *operation) sentTo(typed string) *casefile.SentTo {
	where := o.line("sent_to", typed)
	if where == "" {
		return nil
	}
	if party, known := o.party(where); known {
		return &casefile.SentTo{PartyID: party.ID}
	}
	o.refuseID("sent_to", record.KindParty, where)
	return &casefile.SentTo{Words: where}
}

func (o *operation) remedy(typed *casefile.Remedy) *casefile.Remedy {
	if typed == nil {
		return nil
	}
	return &casefile.Remedy{
		Kind:   choice(o, "remedy", typed.Kind, "none", casefile.RemedyKinds()),
		Answer: choice(o, "answer", typed.Answer, "", casefile.RemedyAnswers()),
		Reason: o.text("reason", typed.Reason),
		Amount: o.money("amount", typed.Amount),
		Done:   typed.Done,
	}
}

// Contacts lists the contacts of a case by when they happened.
//
// Problem: not_found.
func (c *Casework) Contacts(ctx context.Context, caseID string) ([]casefile.Recorded[casefile.Contact], error) {
	file, err := c.library.CaseFileWithoutMail(ctx, caseID)
	return file.Contacts, err
}
