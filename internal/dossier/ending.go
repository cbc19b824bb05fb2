package dossier

import (
	"time"

	"constancia/internal/i18n"
)

// Ending is how the case ended for the complainant.
type Ending struct {
	// At is when the day of it was over; zero when no day is known.
	At time.Time
	// Month is the heading it stands under and Date the day; empty when no day is known.
	Month, Date string
	// Sentence says it whole, with its day.
	Sentence string
	// Note says more, in the complainant's words.
	Note string
}

// ending says how the case ended; nil while it goes on.
func (c *compiler) ending() *Ending {
	told := c.file.Case.Ending
	if told == nil {
		return nil
	}
	how := string(told.Kind) // a newer program's word
	if key := "dossier.ending." + how; c.words.Has(key) {
		how = c.words.Text(key)
	}
	day, known := dayOf(told.On)
	if !known {
		return &Ending{Sentence: c.words.Text("dossier.ended", i18n.Values{"how": how}), Note: told.Note}
	}
	return &Ending{
		At: told.On.Deadline(), Month: capitalised(c.words.Month(day)), Date: c.words.ShortDate(day), Note: told.Note,
		Sentence: c.words.Text("dossier.ended_on", i18n.Values{"date": c.words.Date(day), "how": how}),
	}
}
