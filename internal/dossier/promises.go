package dossier

import (
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Promise is a line of the promise ledger.
type Promise struct {
	Tag  Tag
	What string
	// Who made it: the person and the company.
	Who    string
	Made   string
	MadeAt time.Time
	// Due is the day in words, or that none was given.
	Due   string
	DueAt time.Time // zero when none was given
	State casefile.PromiseState
	// Outcome is the state in words.
	Outcome string
	// Ended is when it was kept or known to be broken; empty while open.
	Ended   string
	EndedAt time.Time
	// Late is by how many days, in words.
	Late string
	// Repeats says that it had been promised before; empty when it had not.
	Repeats string
	Amount  string
	Note    string
	Row     Tag // where it was made: a contact or an email
	ShownBy []Tag
}

// ledger lists every promise, in the order they were made.
func (c *compiler) ledger() []Promise {
	var ledger []Promise
	for _, status := range c.promises {
		ledger = append(ledger, c.promise(status))
	}
	return ledger
}

func (c *compiler) promise(status casefile.PromiseStatus) Promise {
	value := status.Promise.Value
	promise := Promise{
		Tag: c.tags[value.ID], What: value.What, Who: c.promiser(value),
		Made: c.shortWhen(value.MadeAt), MadeAt: value.MadeAt.In(),
		Due:   c.words.Text("dossier.promise.no_date"),
		State: status.State, Outcome: c.words.Text("term.outcome." + string(status.State)),
		Amount: c.money(value.Amount), Row: c.tags[value.ContactID],
	}
	if value.MessageID != "" {
		promise.Row = c.tags[value.MessageID]
	}
	if at, ok := dayOf(value.Due); ok {
		promise.Due, promise.DueAt = c.day(value.Due), at
	}
	if status.DaysLate > 0 {
		promise.Late = c.words.Count("count.day_late", status.DaysLate)
	}
	if status.Repeats() > 0 {
		promise.Repeats = c.words.Count("dossier.promise.repeats", status.Repeats(),
			i18n.Values{"earlier": string(c.tags[value.RepeatsID])})
	}
	c.settle(&promise, status.Settlement)
	return promise
}

func (c *compiler) settle(promise *Promise, settlement *casefile.Recorded[casefile.Settlement]) {
	if settlement == nil {
		return
	}
	promise.Note = settlement.Value.Note
	if at, ok := dayOf(settlement.Value.On); ok {
		promise.Ended, promise.EndedAt = c.day(settlement.Value.On), at
	}
	for _, id := range settlement.Value.ShownBy {
		if tag, ok := c.tags[id]; ok {
			promise.ShownBy = append(promise.ShownBy, tag)
		}
	}
}

// promiser names the person who promised and their company.
func (c *compiler) promiser(promise casefile.Promise) string {
	company := c.parties[promise.PartyID].Name
	person, ok := c.people[promise.PersonID]
	switch {
	case ok && company != "":
		return c.personName(person) + " · " + company
	case ok:
		return c.personName(person)
	}
	return company
}
