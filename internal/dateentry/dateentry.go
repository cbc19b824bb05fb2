// Package dateentry reads days and times as people type them, in English, Spanish and Catalan mixed as they like: "12/3",
// "12 de març a les 10:05", "some day in March", "ayer hacia las 10", "viernes".
//
// What is left out is filled in by rules that a person can foresee, and never silently: whoever asks shows the answer
// in words. The day comes before the month. Nothing becomes more exact than it was said.
package dateentry

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"constancia/internal/problem"
)

// Sense says which way an incomplete date leans.
type Sense int

// Senses.
const (
	// Happened leans back: "Friday" is the last one that has passed, "12/3" the last one that has come.
	Happened Sense = iota
	// Due leans forward from the day beside it: "Friday" is the next one, "7 days" are counted from it. It is a day, or a
	// minute of one.
	Due
)

// Asked is what a text was typed for.
type Asked struct {
	Sense Sense
	// Now is the wall time where the person lives.
	Now time.Time
	// Beside is a wall time, as much as is known of YYYY-MM-DDTHH:MM: of the entry above it in a list, or when what is due
	// was promised. A year or a day that is left out comes from it. Empty is now.
	Beside string
}

// longestText is more bytes than any date in words.
const longestText = 200

// Read gives the wall time that a text says, as much as is known of YYYY-MM-DDTHH:MM; hours alone are "about". It is
// empty for an empty text, and for "no date" of what is due.
//
// Problems: not_a_date, no_such_date, weekday_differs, no_due_day.
func Read(text string, asked Asked) (string, error) {
	words := strings.Fields(fold(text))
	if len(words) == 0 {
		return "", nil
	}
	if len(text) > longestText {
		return "", (&reader{typed: strings.ToValidUTF8(text[:longestText], "")}).notADate()
	}
	r := &reader{typed: strings.TrimSpace(text), asked: asked, words: words}
	r.beside()
	if asked.Sense == Due && noDate[strings.Join(words, " ")] {
		return "", nil
	}
	for len(r.words) > 0 {
		if !r.phrase() && !r.number() {
			return "", r.notADate()
		}
	}
	return r.resolve()
}

// fold makes words comparable: small letters without accents. An apostrophe, a comma and a bracket part words.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case strings.ContainsRune("'’‘`,;()[]\"«»“”", r):
			return ' '
		case r == '–' || r == '—' || r == '‐' || r == '‑':
			return '-'
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
}

// part is one number of a date that may not have been said.
type part struct {
	value int
	said  bool
}

func (p *part) set(value int) bool {
	if p.said {
		return false
	}
	p.value, p.said = value, true
	return true
}

// reader takes words from the front of a text and remembers what they said.
type reader struct {
	typed string
	asked Asked
	words []string

	near             time.Time // the day beside, or today
	nearDay          bool      // whether it is an exact day
	nearSaid         bool      // whether there is a day beside at all
	year, month, day part
	hour, minute     part
	weekday          part
	anchor           string // a wall time that a phrase named whole: "yesterday", "last month"
	days, months     part   // what is due after so many of them
	half             half

	about      bool // "about", "hacia"
	cued       bool // "at": an hour comes
	within     bool // "in": a length of time comes
	wordsOnDay bool // "the", «el día»: a day of the month comes
}

func (r *reader) beside() {
	year, month, day := r.asked.Now.Date()
	r.near, r.nearDay = time.Date(year, month, day, 0, 0, 0, 0, time.UTC), true
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		known, _, _ := strings.Cut(r.asked.Beside, "T")
		if at, err := time.Parse(layout, known); err == nil {
			r.near, r.nearDay, r.nearSaid = at, layout == time.DateOnly, true
			return
		}
	}
}

// take removes words from the front.
func (r *reader) take(count int) { r.words = r.words[count:] }

func (r *reader) notADate() error {
	return problem.New(problem.NotADate, problem.Values{"field": "when", "value": r.typed})
}

func (r *reader) noSuchDate() error {
	return problem.New(problem.NoSuchDate, problem.Values{"value": r.typed})
}
