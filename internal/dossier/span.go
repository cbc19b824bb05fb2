package dossier

import (
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// happened is when something happened, as exactly as it is known.
type happened struct {
	at        time.Time
	precision casefile.Precision
}

func (h happened) day() string { return h.at.Format(time.DateOnly) }

// toTheDay reports whether its day is known.
func (h happened) toTheDay() bool {
	return h.precision != casefile.Month && h.precision != casefile.Year
}

// firstAndLast are the first and the last contact or message that is told; known is false while there is none.
func (c *compiler) firstAndLast() (first, last happened, known bool) {
	consider := func(one happened) {
		if !known || one.day() < first.day() {
			first = one
		}
		if !known || one.day() > last.day() {
			last = one
		}
		known = true
	}
	for _, contact := range c.file.Contacts {
		consider(happened{contact.Value.OccurredAt.In(), contact.Value.OccurredAt.Precision})
	}
	for _, message := range c.file.Messages {
		at, dated := messageDate(message.Value.Reading)
		if !dated {
			at = message.Entry.RecordedAt.In(c.location)
		}
		consider(happened{at, casefile.Minute})
	}
	return first, last, known
}

// dayInWords writes the day of something, or as much of it as is known; short where there is little room.
func (c *compiler) dayInWords(one happened, short bool) string {
	switch {
	case !one.toTheDay():
		return c.words.When(one.at, string(one.precision))
	case short:
		return c.words.ShortDate(one.at)
	}
	return c.words.Date(one.at)
}

// contactsInTime says how many contacts there were, since when, and when the last was: a dossier may be made long after it.
func (c *compiler) contactsInTime() string {
	first, last, known := c.firstAndLast()
	if !known {
		return ""
	}
	values := i18n.Values{"contacts": c.words.Count("count.contact", c.figures.Contacts),
		"first": c.dayInWords(first, false), "last": c.dayInWords(last, false)}
	goesOn, oneDay := !c.file.Case.Closed() && c.options.Period.Whole(), values["first"] == values["last"]
	if goesOn && !oneDay && first.toTheDay() && last.toTheDay() {
		return c.words.Text("dossier.sentence.contacts", values)
	}
	span := c.words.Text("dossier.sentence.span", values)
	if oneDay {
		span = "(" + c.dayInWords(first, false) + ")"
	}
	key := "dossier.sentence.contacts_ended"
	if goesOn {
		key = "dossier.sentence.contacts_so_far"
	}
	return c.words.Text(key, values) + " " + span
}

// daysFigure is for how many days it has gone on, and from when to when: like a delay, it does not count the day of the
// first contact. Of a period it is how many of its days are told.
func (c *compiler) daysFigure() KeyFigure {
	days := c.figures.Days
	first, _, known := c.firstAndLast()
	key, values := "dossier.figure.days", i18n.Values{}
	if known {
		values["first"] = c.dayInWords(first, true)
	}
	ending := c.file.Case.Ending
	switch {
	case !known:
		key = "dossier.figure.days_none"
	case !c.options.Period.Whole():
		key = "dossier.figure.days_told"
	case ending != nil && ending.On != nil:
		key = "dossier.figure.days_ended"
	}
	return KeyFigure{Value: c.words.Number(days), Label: c.words.Count(key, days, values), Told: ChronologySection}
}

// until is the last day that charts over time show: that of the dossier, or on which its period or the case ended, and no
// earlier than anything that happened.
func (c *compiler) until() time.Time {
	until := c.now.In(c.location)
	for _, day := range []string{c.options.Period.To, endedOn(c.file.Case)} {
		if at, err := time.ParseInLocation(time.DateOnly, day, c.location); err == nil && at.Before(until) {
			until = at
		}
	}
	if _, last, known := c.firstAndLast(); known && last.at.After(until) {
		return last.at
	}
	return until
}

func endedOn(told casefile.Case) string {
	if told.Ending == nil || told.Ending.On == nil {
		return ""
	}
	return told.Ending.On.Date
}
