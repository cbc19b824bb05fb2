package casework

import (
	"context"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// MakePromise is a promise to put on record. Texts are as typed.
type MakePromise struct {
	CaseID    string          `json:"case,omitempty"`
	Company   string          `json:"company,omitempty"` // name or id
	ContactID string          `json:"contact,omitempty"` // the contact it was made in, or empty
	MessageID string          `json:"message,omitempty"` // the message it was made in, or empty
	Person    string          `json:"person,omitempty"`  // name or id of who made it, or empty
	What      string          `json:"what,omitempty"`
	Due       string          `json:"due,omitempty"`     // YYYY-MM-DD, or YYYY-MM-DD HH:MM; empty: no date given
	MadeAt    string          `json:"made_at,omitempty"` // wall time; empty: the contact's, else now
	Amount    *casefile.Money `json:"amount,omitempty"`
	RepeatsID string          `json:"repeats,omitempty"` // the earlier promise it says again, or empty
}

type (
	// PromiseFilter says which promises of a case are wanted.
	PromiseFilter = library.PromiseFilter
	// PromisePage is a part of the promises of a case.
	PromisePage = library.PromisePage
)

// SettlePromise says how a promise ended.
type SettlePromise struct {
	PromiseID string
	Outcome   casefile.Outcome
	On        string // YYYY-MM-DD, or empty
	Note      string
	ShownBy   []string // ids of the contacts, messages or evidence that show it
}

// PromisePage gives a part of the promises of a case as they stand now: limit of them behind the first ones.
//
// Problem: not_found.
func (c *Casework) PromisePage(ctx context.Context, caseID string, filter PromiseFilter, first, limit int64) (PromisePage, error) {
	return c.library.Promises(ctx, caseID, filter, first, limit, c.Now())
}

// MakePromise puts a promise on record and returns its id.
//
// Problems: not_found, and those of its fields.
func (c *Casework) MakePromise(ctx context.Context, n MakePromise) (string, error) {
	madeAt, err := c.contactOf(ctx, &n)
	if err != nil {
		return "", err
	}
	if err := c.requireOf(ctx, n.CaseID, record.KindPromise, n.RepeatsID); err != nil {
		return "", err
	}
	if err := c.requireOf(ctx, n.CaseID, record.KindMessage, n.MessageID); err != nil {
		return "", err
	}
	var id string
	err = c.record(ctx, n.CaseID, func(o *operation) {
		if madeAt.Wall == "" {
			when, err := casefile.WhenOfInstant(c.Now(), o.known.Case.Zone)
			o.noteField("zone", err)
			madeAt = when
		}
		id = c.addPromise(o, n, madeAt)
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// contactOf fills in what the contact a promise was made in says: its company, its last person and its time.
func (c *Casework) contactOf(ctx context.Context, n *MakePromise) (casefile.When, error) {
	if n.ContactID == "" {
		return casefile.When{}, nil
	}
	contact, err := library.Thing[casefile.Contact](ctx, c.library, record.KindContact, n.ContactID)
	if err != nil {
		return casefile.When{}, err
	}
	if n.CaseID == "" {
		n.CaseID = contact.Value.CaseID
	}
	if contact.Value.CaseID != n.CaseID {
		return casefile.When{}, problem.New(problem.NotFound, problem.Values{"kind": string(record.KindContact), "value": n.ContactID})
	}
	if n.Company == "" {
		n.Company = contact.Value.PartyID
	}
	if people := contact.Value.PersonIDs; n.Person == "" && len(people) > 0 {
		n.Person = people[len(people)-1]
	}
	return contact.Value.OccurredAt, nil
}

func (c *Casework) addPromise(o *operation, n MakePromise, madeAt casefile.When) string {
	partyID := o.partyNamed(n.Company, "")
	promise := casefile.Promise{
		CaseID: o.known.Case.ID, PartyID: partyID, ContactID: n.ContactID, MessageID: n.MessageID,
		What: o.requiredText("what", n.What), MadeAt: madeAt, Due: o.due("due", n.Due),
		Amount: o.money("amount", n.Amount), RepeatsID: n.RepeatsID,
	}
	if n.MadeAt != "" {
		promise.MadeAt = o.when("made_at", n.MadeAt, "", "", "")
		o.notAfter(c.Now(), "made_at", n.MadeAt, promise.MadeAt.Earliest())
	}
	if n.Person != "" {
		for _, id := range o.spoken(partyID, []Spoken{{Name: n.Person}}) {
			promise.PersonID = id
		}
	}
	return o.add(record.KindPromise, promise)
}

// SettlePromise puts on record how a promise ended and returns the entry's id. Settling once more replaces how it
// stands, and both entries stay.
//
// Problems: not_found, and those of its fields.
func (c *Casework) SettlePromise(ctx context.Context, n SettlePromise) (string, error) {
	promise, err := library.Thing[casefile.Promise](ctx, c.library, record.KindPromise, n.PromiseID)
	if err != nil {
		return "", err
	}
	for _, shown := range n.ShownBy {
		if err := c.requireShown(ctx, promise.Value.CaseID, shown); err != nil {
			return "", err
		}
	}
	var id string
	err = c.record(ctx, promise.Value.CaseID, func(o *operation) {
		on := o.due("on", n.On)
		if on != nil {
			day := *on
			day.Time = ""
			o.notAfter(c.Now(), "on", n.On, day.Deadline().AddDate(0, 0, -1))
		}
		if n.Outcome == "" {
			o.wrong(problem.Missing, problem.Values{"field": "outcome"})
		}
		id = o.add(record.KindSettlement, casefile.Settlement{
			PromiseID: n.PromiseID, CaseID: promise.Value.CaseID,
			Outcome: choice(o, "outcome", n.Outcome, "", casefile.Outcomes()),
			On:      on, Note: o.text("note", n.Note), ShownBy: n.ShownBy,
		})
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// requireShown fails with not_found unless the case has a contact, a message or evidence with that id.
func (c *Casework) requireShown(ctx context.Context, caseID, id string) error {
	var err error
	for _, kind := range []record.Kind{record.KindContact, record.KindMessage, record.KindEvidence} {
		if err = c.requireOf(ctx, caseID, kind, id); err == nil {
			return nil
		}
	}
	return err
}

// Promises lists the promises of a case, in the order they were made, with how each stands now.
//
// Problem: not_found.
func (c *Casework) Promises(ctx context.Context, caseID string) ([]casefile.PromiseStatus, error) {
	file, err := c.library.CaseFileWithoutMail(ctx, caseID)
	if err != nil {
		return nil, err
	}
	return file.PromiseStatuses(c.Now()), nil
}
