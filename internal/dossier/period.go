package dossier

import (
	"slices"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// Period is the time of which a dossier tells: from a day to a day, both counted, as YYYY-MM-DD. An empty day leaves that
// side open.
type Period struct{ From, To string }

// Whole reports whether a period leaves nothing out.
func (p Period) Whole() bool { return p == Period{} }

// check wants days of the calendar, in their order.
//
// Errors: not_a_date, period_backwards.
func (p Period) check() error {
	for _, side := range []struct{ field, day string }{{"from", p.From}, {"to", p.To}} {
		if _, err := time.Parse(time.DateOnly, side.day); err != nil && side.day != "" {
			return problem.Wrap(err, problem.NotADate, problem.Values{"field": side.field, "value": side.day})
		}
	}
	if p.From != "" && p.To != "" && p.To < p.From {
		return problem.New(problem.PeriodBackwards, nil)
	}
	return nil
}

// holds reports whether something of a day, or only known to be of a month or year (YYYY-MM, YYYY), can be of the period.
// What is of no known day is not.
func (p Period) holds(day string) bool {
	from, to := p.From[:min(len(day), len(p.From))], p.To[:min(len(day), len(p.To))]
	return p.Whole() || day != "" && day >= from && (to == "" || day <= to)
}

func (p Period) holdsWhen(when casefile.When) bool {
	day := when.Date()
	switch when.Precision {
	case casefile.Month:
		day = day[:len("2006-01")]
	case casefile.Year:
		day = day[:len("2006")]
	}
	return p.holds(day)
}

// of leaves in a case what is of the period: contacts; messages by the sender's date, or with the contact that they are;
// promises by when they were made; expenses; files by their own day, or with what they belong to or show; people who were
// spoken to or promised something. What was taken back is about the record, and stays.
func (p Period) of(file casefile.CaseFile, zone *time.Location) casefile.CaseFile {
	if p.Whole() {
		return file
	}
	kept := ids{}
	had := ids{}
	for _, contact := range file.Contacts {
		had[contact.Value.ID] = true
	}
	file.Contacts = only(file.Contacts, func(contact casefile.Recorded[casefile.Contact]) bool {
		return kept.add(p.holdsWhen(contact.Value.OccurredAt), contact.Value.ID, contact.Value.PersonIDs...)
	})
	file.Messages = only(file.Messages, func(message casefile.Recorded[casefile.MessageView]) bool {
		if id := message.Value.ContactID; had[id] {
			return kept.add(kept[id], message.Value.ID)
		}
		return kept.add(p.holds(dayOfMessage(message, zone)), message.Value.ID)
	})
	file.Promises = only(file.Promises, func(promise casefile.Recorded[casefile.Promise]) bool {
		return kept.add(p.holdsWhen(promise.Value.MadeAt), promise.Value.ID, promise.Value.PersonID)
	})
	file.Settlements = only(file.Settlements, func(settlement casefile.Recorded[casefile.Settlement]) bool {
		return kept.add(kept[settlement.Value.PromiseID], settlement.Value.ID, settlement.Value.ShownBy...)
	})
	file.Expenses = only(file.Expenses, func(expense casefile.Recorded[casefile.Expense]) bool {
		return kept.add(p.holdsWhen(expense.Value.SpentAt), expense.Value.ID, expense.Value.EvidenceIDs...)
	})
	file.Contradictions = p.contradictions(file.Contradictions, kept)
	file.People = only(file.People, func(person casefile.Recorded[casefile.Person]) bool { return kept[person.Value.ID] })
	return p.evidence(file, kept)
}

// evidence leaves the files of the period in a case, and the exhibits that they are.
func (p Period) evidence(file casefile.CaseFile, kept ids) casefile.CaseFile {
	file.Evidence = only(file.Evidence, func(evidence casefile.Recorded[casefile.Evidence]) bool {
		value := evidence.Value
		own := value.OccurredAt != nil && p.holdsWhen(*value.OccurredAt)
		return kept.add(own || kept[value.ID] || kept[value.ContactID] || kept[value.MessageID], value.ID)
	})
	file.Exhibits = only(file.Exhibits, func(exhibit casefile.Recorded[casefile.Exhibit]) bool {
		return slices.ContainsFunc(exhibit.Value.Pieces(), func(piece string) bool { return kept[piece] })
	})
	for i, exhibit := range file.Exhibits { // a number stays, with those of its files that are left
		pieces := slices.DeleteFunc(slices.Clone(exhibit.Value.Pieces()), func(piece string) bool { return !kept[piece] })
		file.Exhibits[i].Value.EvidenceID, file.Exhibits[i].Value.With = pieces[0], pieces[1:]
	}
	if ending := file.Case.Ending; ending != nil && (ending.On != nil && !p.holds(ending.On.Date) || ending.On == nil && p.To != "") {
		file.Case.Ending = nil // it had not come to that
	}
	return file
}

// contradictions leaves the answers of the period, where there are two at least.
func (p Period) contradictions(
	all []casefile.Recorded[casefile.Contradiction], kept ids,
) (left []casefile.Recorded[casefile.Contradiction]) {
	for _, one := range all {
		one.Value.Answers = only(one.Value.Answers, func(answer casefile.Answer) bool { return kept[answer.EntryID] })
		if len(one.Value.Answers) > 1 {
			left = append(left, one)
		}
	}
	return left
}

// dayOfMessage is the sender's day, else that on which it was recorded.
func dayOfMessage(message casefile.Recorded[casefile.MessageView], zone *time.Location) string {
	at, known := messageDate(message.Value.Reading)
	if !known {
		at = message.Entry.RecordedAt.In(zone)
	}
	return at.Format(time.DateOnly)
}

type ids map[string]bool

// add notes what stays, with all that it names, and tells whether it does.
func (i ids) add(stays bool, id string, named ...string) bool {
	if stays {
		i[id] = true
		for _, one := range named {
			i[one] = true
		}
		delete(i, "")
	}
	return stays
}

// only is a copy of a list with what stays of it.
func only[T any](list []T, stays func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(one T) bool { return !stays(one) })
}

// told says of which days the dossier tells, and that its figures count those alone; empty when it tells of all.
func (c *compiler) told() string {
	day := func(text string) string {
		at, _ := time.Parse(time.DateOnly, text) // it was checked
		return c.words.Date(at)
	}
	switch period := c.options.Period; {
	case period.Whole():
		return ""
	case period.From == "":
		return c.words.Text("dossier.period.until", i18n.Values{"to": day(period.To)})
	case period.To == "":
		return c.words.Text("dossier.period.since", i18n.Values{"from": day(period.From)})
	default:
		return c.words.Text("dossier.period.told", i18n.Values{"from": day(period.From), "to": day(period.To)})
	}
}

// daysTold counts the calendar days of a period in which there was a case: from its first row to the end of the period,
// else to today, both counted.
func (c *compiler) daysTold(now time.Time) int64 {
	from, to := c.options.Period.From, now.In(c.location).Format(time.DateOnly)
	if c.options.Period.To != "" {
		to = min(to, c.options.Period.To)
	}
	first, _, known := c.firstAndLast()
	if !known {
		return 0
	}
	start, _ := time.Parse(time.DateOnly, max(from, first.day()))
	end, _ := time.Parse(time.DateOnly, to)
	return max(1, int64(end.Sub(start)/(24*time.Hour))+1)
}
