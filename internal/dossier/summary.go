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
	// Asked is what is asked for, a line each; AnswerBy says by when an answer was, and how long that day has passed.
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
	// Exact says that Text stands word for word where it was given.
	Exact bool
	Row   Tag
	// Shown says in words that the dossier has what shows it, Document: the letter itself, or what proves that it was kept.
	// Empty without.
	Shown    string
	Document Tag
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
		Asked: file.Outcome, AnswerBy: c.answerBy(), Claimed: c.money(file.Claimed), Recorded: c.recorded(),
	}
	if answers := c.answers(); len(answers) > 0 {
		last := answers[len(answers)-1]
		last.Text = cmp.Or(last.said, last.Text)
		summary.LastAnswer = &last.Answer
	}
	return summary
}

// answerBy says by when an answer was asked for; that the day has passed, and by how many days, while the case goes on.
func (c *compiler) answerBy() string {
	by := c.file.Case.AnswerBy
	at, ok := dayOf(by)
	if !ok {
		return ""
	}
	date := i18n.Values{"date": c.words.Date(at)}
	switch days, past := by.Past(c.now); {
	case c.file.Case.Closed():
		return c.words.Text("dossier.summary.answer_by_ended", date)
	case past && days > 0:
		return c.words.Count("dossier.summary.answer_by_past", days, date)
	}
	return c.words.Text("dossier.summary.answer_by", date)
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
	contacts := c.contactsInTime()
	if f.Calls > 0 && f.HoldSeconds > 0 {
		contacts += c.words.Text("dossier.sentence.calls", i18n.Values{
			"calls": c.words.Count("count.call", f.Calls), "hold": unbroken(c.words.Duration(f.HoldSeconds)),
			"waited": c.words.Count("count.contact", c.contactsOnHold())})
	}
	text := joinFilled(" ", c.told(), contacts+".")
	switch {
	case f.Promises > 0 && f.NotKept == 0:
		text += " " + c.words.Count("dossier.sentence.promises", f.Promises)
	case f.Promises > 0 && f.NotKept == f.Promises:
		text += " " + c.words.Count("dossier.sentence.none_kept", f.Promises)
	case f.Promises > 0:
		text += " " + c.words.Count("dossier.sentence.not_kept", f.NotKept,
			i18n.Values{"promises": c.words.Count("count.promise", f.Promises)})
	}
	if overdue := f.ByState[casefile.Overdue]; overdue > 0 {
		within := c.words.Count("dossier.sentence."+c.overdueKey(), overdue)
		text = strings.TrimSuffix(text, ".") + " " + within + "."
	}
	return text + ended
}

// overdueKey tells promises that may still be kept late from those of a case that has ended.
func (c *compiler) overdueKey() string {
	if c.file.Case.Closed() {
		return "overdue_ended"
	}
	return "overdue"
}

// eachWay says under a key how many contacts were made, and how many came from the companies.
func (c *compiler) eachWay(key string) string {
	f := c.figures
	unknown := f.Contacts - f.ToCompanies - f.FromCompanies
	if unknown > 0 {
		key += "_or_unknown"
	}
	return c.words.Text(key, i18n.Values{"to": c.words.Number(f.ToCompanies), "from": c.words.Number(f.FromCompanies), "unknown": c.words.Number(unknown)})
}

func (c *compiler) keyFigures() []KeyFigure {
	f := c.figures
	figures := []KeyFigure{
		c.daysFigure(),
		{Value: c.words.Number(f.Contacts), Label: c.words.Count("dossier.figure.contacts", f.Contacts) + c.eachWay("dossier.figure.each_way"), Told: ChronologySection},
		{Value: c.words.Duration(f.HoldSeconds), Label: c.words.Text("dossier.figure.hold"), Told: FiguresSection},
		{Value: c.words.Number(f.People), Label: c.words.Count("dossier.figure.people", f.People), Told: PeopleSection},
	}
	notKept := KeyFigure{Value: c.words.Number(f.NotKept), Label: c.words.Text("dossier.figure.not_kept"), Told: PromisesSection}
	if f.Promises > 0 {
		notKept.Value = c.words.Text("dossier.figure.of", i18n.Values{
			"part": c.words.Number(f.NotKept), "whole": c.words.Number(f.Promises)})
		notKept.Adverse = f.NotKept > 0
	}
	if overdue := f.ByState[casefile.Overdue]; overdue > 0 {
		notKept.Label += " " + unbroken(c.words.Count("dossier.figure."+c.overdueKey(), overdue))
	}
	figures = append(figures, notKept)
	if f.Claimed != nil {
		return append(figures, KeyFigure{Value: c.money(f.Claimed), Label: c.words.Text("dossier.figure.claimed"), Told: CostSection})
	}
	return append(figures, KeyFigure{
		Value: c.words.Number(f.Transfers), Label: c.words.Count("dossier.figure.transfers", f.Transfers), Told: RunaroundSection})
}

// unbroken keeps the words of a short text on one line.
func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00A0") }

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
