package dossier

import (
	"cmp"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Summary is the first page.
type Summary struct {
	// Sentence gives the case in figures, attributed to the complainant's record.
	Sentence string
	// Account is what happened, in the complainant's words.
	Account       string
	Figures       []KeyFigure
	TurningPoints []TurningPoint
	// Promises are the most telling ones, by their place in [Dossier.Promises].
	Promises []int
	// Exhibits are the strongest, by their place in [Dossier.Exhibits].
	Exhibits       []int
	StillConcerned string
	// Asked is what is asked for, a line each; AnswerBy by when, in words.
	Asked    []string
	AnswerBy string
	Claimed  string
	// LastAnswer is the last that the company said; nil when it never did.
	LastAnswer *Answer
	Recorded   Recorded
}

// KeyFigure is a number that stands out.
type KeyFigure struct {
	Value string
	Label string
	// Adverse marks what was not kept.
	Adverse bool
	// Told is the part of the dossier whose rows it counts.
	Told Section
}

// TurningPoint is a contact at which the case changed.
type TurningPoint struct {
	Date string
	Text string
	Row  Tag
}

// Answer is something that came from a company, or that is on record of it.
type Answer struct {
	Date string
	// Who of the company it is about.
	Who string
	// Source says whose words Text is: the company's own, or the complainant's; empty where Text says so itself.
	Source string
	Text   string
	Row    Tag
}

// Recorded counts how long after they happened the contacts were recorded, and how many rest on a company's document.
// Emails are contacts that nobody had to record: they themselves are kept.
type Recorded struct {
	Live, SameDay, Later, Emails, OnCompanyDocument int64
}

// What fits the first page.
const (
	maxTurningPoints = 5
	maxPromises      = 4
	maxExhibits      = 3
)

func (c *compiler) summary(d Dossier) Summary {
	file := c.file.Case
	summary := Summary{
		Sentence: c.sentence(), Account: file.Summary, Figures: c.keyFigures(), TurningPoints: c.turningPoints(),
		Promises: c.tellingPromises(), Exhibits: c.strongestExhibits(d), StillConcerned: file.StillConcerned,
		Asked: file.Outcome, Claimed: c.money(file.Claimed), Recorded: c.recorded(),
	}
	if at, ok := dayOf(file.AnswerBy); ok {
		summary.AnswerBy = c.words.Date(at)
	}
	if answers := c.answers(); len(answers) > 0 {
		last := answers[len(answers)-1]
		last.Text = cmp.Or(last.said, last.Text)
		summary.LastAnswer = &last.Answer
	}
	return summary
}

// sentence states the case in figures and says whose record they come from.
func (c *compiler) sentence() string {
	f := c.figures
	ended := ""
	if ending := c.ending(); ending != nil {
		ended = " " + ending.Sentence
	}
	if f.Contacts == 0 {
		return joinFilled(" ", c.told(), c.words.Text("dossier.sentence.empty")) + ended
	}
	contacts := "dossier.sentence.contacts"
	if c.file.Case.Closed() {
		contacts = "dossier.sentence.contacts_ended"
	}
	if !c.options.Period.Whole() {
		contacts = "dossier.sentence.contacts_period"
	}
	parts := []string{c.words.Text(contacts, i18n.Values{
		"days": c.words.Count("count.day", f.Days), "contacts": c.words.Count("count.contact", f.Contacts)})}
	if f.Calls > 0 && f.HoldSeconds > 0 {
		parts = append(parts, c.words.Text("dossier.sentence.calls", i18n.Values{
			"calls": c.words.Count("count.call", f.Calls), "hold": c.words.Duration(f.HoldSeconds)}))
	}
	text := joinFilled(" ", c.told(), strings.Join(parts, "")+".")
	switch {
	case f.Promises > 0 && f.NotKept == 0:
		text += " " + c.words.Count("dossier.sentence.promises", f.Promises)
	case f.Promises > 0 && f.NotKept == f.Promises:
		text += " " + c.words.Count("dossier.sentence.none_kept", f.Promises)
	case f.Promises > 0:
		text += " " + c.words.Count("dossier.sentence.not_kept", f.NotKept,
			i18n.Values{"promises": c.words.Count("count.promise", f.Promises)})
	}
	return text + ended
}

func (c *compiler) keyFigures() []KeyFigure {
	f := c.figures
	days := "dossier.figure.days"
	if c.file.Case.Closed() {
		days = "dossier.figure.days_ended"
	}
	if !c.options.Period.Whole() {
		days = "dossier.figure.days_told"
	}
	figures := []KeyFigure{
		{Value: c.words.Number(f.Days), Label: c.words.Count(days, f.Days), Told: ChronologySection},
		{Value: c.words.Number(f.Contacts), Label: c.words.Count("dossier.figure.contacts", f.Contacts), Told: ChronologySection},
		{Value: c.words.Duration(f.HoldSeconds), Label: c.words.Text("dossier.figure.hold"), Told: FiguresSection},
		{Value: c.words.Number(f.People), Label: c.words.Count("dossier.figure.people", f.People), Told: PeopleSection},
	}
	notKept := KeyFigure{Value: c.words.Number(f.NotKept), Label: c.words.Text("dossier.figure.not_kept"), Told: PromisesSection}
	if f.Promises > 0 {
		notKept.Value = c.words.Text("dossier.figure.of", i18n.Values{
			"part": c.words.Number(f.NotKept), "whole": c.words.Number(f.Promises)})
		notKept.Adverse = f.NotKept > 0
	}
	figures = append(figures, notKept)
	if f.Claimed != nil {
		return append(figures, KeyFigure{Value: c.money(f.Claimed), Label: c.words.Text("dossier.figure.claimed"), Told: CostSection})
	}
	return append(figures, KeyFigure{
		Value: c.words.Number(f.Transfers), Label: c.words.Count("dossier.figure.transfers", f.Transfers), Told: RunaroundSection})
}

// weights says how much a failure changes the course of a case.
var weights = map[casefile.Failure]int{
	"not_delivered": 34, "late_or_spoiled": 26, "retaliation": 40, "policy_broken": 30, "promise_broken": 28, "rude": 22,
	"no_authority": 24, "blamed": 22, "policy_wall": 20, "dead_ticket": 22, "stalled": 22, "no_owner": 18, "pressure": 18,
	"transfer_chain": 10, "long_wait": 8, casefile.Helped: 16,
}

// weigh says how much of a turning point a contact is: what was offered, refused or promised, and on what it rests.
func (c *compiler) weigh(contact casefile.Contact) int {
	weight := 0
	for _, failure := range contact.Failures {
		weight = max(weight, weights[failure]) + 2
	}
	if contact.Remedy != nil {
		weight += 45
	}
	switch contact.Supervisor {
	case casefile.SupervisorRefused, casefile.SupervisorNobodyCame:
		weight += 14
	case casefile.SupervisorPutOn:
		weight += 12
	}
	if contact.Direction == casefile.Incoming || contact.Channel == casefile.Letter || contact.Channel == casefile.InPerson {
		weight += 16
	}
	if contact.Basis == casefile.CompanyDocument {
		weight += 14
	}
	for _, status := range c.promises {
		if status.Promise.Value.ContactID == contact.ID {
			weight += 10
		}
	}
	return weight
}

// turningPoints picks the first contact, the last, and those that weigh most between them, in order.
func (c *compiler) turningPoints() []TurningPoint {
	contacts := c.file.Contacts
	order := make([]int, len(contacts))
	weights := make([]int, len(contacts))
	for i, contact := range contacts {
		order[i], weights[i] = i, c.weigh(contact.Value)
		if i == 0 || i == len(contacts)-1 {
			weights[i] += 1000
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	order = order[:min(len(order), maxTurningPoints)]
	slices.Sort(order)
	var points []TurningPoint
	for _, i := range order {
		contact := contacts[i].Value
		points = append(points, TurningPoint{
			Date: c.shortWhen(contact.OccurredAt), Text: contact.Summary, Row: c.tags[contact.ID]})
	}
	return points
}

// tellingPromises picks those not kept that are the most days late, else the latest, in the order they were made.
func (c *compiler) tellingPromises() []int {
	if !c.has(PromisesSection) {
		return nil
	}
	order := make([]int, len(c.promises))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) int64 {
		status := c.promises[i]
		if status.NotKept() {
			return 1_000_000 + status.DaysLate + 10*status.Repeats()
		}
		return int64(i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank(b), rank(a)) })
	order = order[:min(len(order), maxPromises)]
	slices.Sort(order)
	return order
}

// strongestExhibits picks those that show how a promise ended, then those of contacts that rest on a company's own
// document, then the first ones.
func (c *compiler) strongestExhibits(d Dossier) []int {
	strength := map[Tag]int{}
	for _, settlement := range c.file.Settlements {
		for _, id := range settlement.Value.ShownBy {
			if tag, ok := c.tags[id]; ok {
				strength[tag] += 3
			}
		}
	}
	for _, contact := range c.file.Contacts {
		if contact.Value.Basis == casefile.CompanyDocument {
			strength[c.tags[contact.Value.ID]] += 2
		}
	}
	delete(strength, "") // what the dossier leaves out
	var order []int
	for i, exhibit := range d.Exhibits {
		if exhibit.Erased == "" && exhibit.Piece == 1 {
			order = append(order, i)
		}
	}
	value := func(i int) int { return strength[d.Exhibits[i].Tag] + strength[d.Exhibits[i].Row] }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
	order = order[:min(len(order), maxExhibits)]
	slices.Sort(order)
	return order
}
