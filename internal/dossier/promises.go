package dossier

import (
	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

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
