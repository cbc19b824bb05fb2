package addressee

import (
	"time"

	"constancia/internal/i18n"
)

// Source is where a fact is from, and what it was checked against.
type Source struct {
	Title string `json:"title"`
	URL   string `json:"url"`
	// Checked is the day on which that was read or, when nothing was, on which the fact was put down: YYYY-MM-DD.
	Checked string `json:"checked"`
	// Read is what was read; nothing when the fact is still to be checked.
	Read Read `json:"read,omitempty"`
	// As is the day of the text that was read, YYYY-MM-DD: of the last change in a law's text, or of the copy of a page.
	// It is empty where that is not known.
	As string `json:"as,omitempty"`
}

// Read is what a fact was checked against. Its words are source.READ, and source.READ_of with the day of the text.
type Read string

// What can be read.
const (
	Law  Read = "law"  // the text of the law or rule, as published
	Page Read = "page" // the addressee's own page or another official one
)

// Reads lists what can be read.
func Reads() []Read { return []Read{Law, Page} }

// How says what a fact was checked against and when, or that it is still to be checked.
func (s Source) How(words *i18n.Texts) string {
	values := i18n.Values{"checked": day(words, s.Checked)}
	switch {
	case s.Read == "":
		return words.Text("source.unchecked", values)
	case s.As == "":
		return words.Text("source."+string(s.Read), values)
	}
	values["as"] = day(words, s.As)
	return words.Text("source."+string(s.Read)+"_of", values)
}

func day(words *i18n.Texts, text string) string {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text // a test holds that the days of the data are such
	}
	return words.Date(at)
}
