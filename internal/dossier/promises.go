package dossier

import (
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Promise is a line of the promise ledger.
type Promise struct {
	Tag  Tag
	What string
	// Exact says that What stands word for word in what the record has of where it was made: in the words noted there as
	// said, or in the email. Only then is it anybody's but the complainant's own wording, and quoted.
	Exact bool
	// Said are the words that were noted as said where it was made; empty where there are none, and where What has them.
	Said string
	// Heard says on what the words that are quoted rest: who heard them, when and how they were noted, or that they stand in
	// an email. Empty where none are quoted.
	Heard string
	// Who made it: the person and the company.
	Who    string
	Made   string
	MadeAt time.Time
	// Due is the day in words, or that none was given.
	Due   string
	DueAt time.Time // zero when none was given
	State casefile.PromiseState
	// Outcome is the state in words; of a promise that nobody settled, as it was when the case ended.
	Outcome string
	// Ended is when it was kept, or from when on it was known not to be; empty while open.
	Ended   string
	EndedAt time.Time
	// Late is by how many days, in words: while it is overdue, to the day of the dossier or the case's end; of one that was
	// kept late, to when it was. One that is known to be broken is not late: it was never kept.
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
		State: status.State, Outcome: c.outcome(status.State), Exact: c.isSaid(value),
		Amount: c.money(value.Amount), Row: c.tags[value.ContactID],
	}
	if value.MessageID != "" {
		promise.Row = c.tags[value.MessageID]
	}
	if at, ok := dayOf(value.Due); ok {
		promise.Due, promise.DueAt = c.day(value.Due), at
	}
	if status.DaysLate > 0 && status.State != casefile.PromiseState(casefile.Broken) {
		promise.Late = c.words.Count("count.day_late", status.DaysLate)
	}
	promise.Said, promise.Heard = c.saidOf(value, promise.Exact)
	if status.Repeats() > 0 {
		promise.Repeats = c.words.Count("dossier.promise.repeats", status.Repeats(),
			i18n.Values{"earlier": string(c.tags[value.RepeatsID])})
	}
	c.settle(&promise, status.Settlement)
	return promise
}

// outcome says how a promise stands. One past its date that nobody settled is not kept to date, and told apart from one
// that is known to be broken: it may still be kept late. Both count as not kept, see [casefile.PromiseStatus.NotKept].
func (c *compiler) outcome(state casefile.PromiseState) string {
	unsettled := state == casefile.Overdue || state == casefile.Open
	switch {
	case unsettled && c.file.Case.Closed():
		return c.words.Text("dossier.outcome." + string(state) + "_ended")
	case state == casefile.Overdue:
		return c.words.Text("dossier.outcome.overdue")
	}
	return c.words.Text("term.outcome." + string(state))
}

func (c *compiler) settle(promise *Promise, settlement *casefile.Recorded[casefile.Settlement]) {
	if settlement == nil {
		return
	}
	promise.Note = settlement.Value.Note
	if at, ok := dayOf(settlement.Value.On); ok {
		promise.Ended, promise.EndedAt = c.day(settlement.Value.On), at
		if settlement.Value.Outcome == casefile.Broken {
			promise.Ended = c.words.Text("dossier.promise.known", i18n.Values{
				"date": strings.ReplaceAll(promise.Ended, " ", "\u00A0")}) // there is little room: a line of its own
		}
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
