package casework

import (
	"errors"
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Longest texts that are taken, in characters: a line is a name or a number, a text is a story.
const (
	longestLine = 500
	longestText = 100_000
)

// largestNumber is 2^53 - 1: up to there every reader of the record has the same integers (RFC 7493, section 2.2).
const largestNumber = 1<<53 - 1

// line cleans a one-line text: surrounding and repeated white space and control characters go.
func (o *operation) line(field, typed string) string {
	text := strings.Join(strings.FieldsFunc(strings.ToValidUTF8(typed, "\uFFFD"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	return o.bounded(field, text, longestLine)
}

// text cleans a text of several lines: its line ends become \n, and other control characters go.
func (o *operation) text(field, typed string) string {
	text := strings.ReplaceAll(strings.ToValidUTF8(typed, "\uFFFD"), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
	return o.bounded(field, strings.TrimSpace(text), longestText)
}

func (o *operation) bounded(field, text string, limit int) string {
	if utf8.RuneCountInString(text) > limit {
		o.wrong(problem.TextTooLong, problem.Values{"field": field, "limit": strconv.Itoa(limit)})
	}
	return text
}

// required is line, and the field may not be empty.
func (o *operation) required(field, typed string) string {
	text := o.line(field, typed)
	if text == "" {
		o.wrong(problem.Missing, problem.Values{"field": field})
	}
	return text
}

// requiredText is text, and the field may not be empty.
func (o *operation) requiredText(field, typed string) string {
	text := o.text(field, typed)
	if text == "" {
		o.wrong(problem.Missing, problem.Values{"field": field})
	}
	return text
}

func (o *operation) address(field, typed string) string {
	text := o.line(field, typed)
	if text == "" {
		return ""
	}
	if parsed, err := mail.ParseAddress(text); err != nil || parsed.Address != text {
		o.wrong(problem.NotAnAddress, problem.Values{"field": field, "value": text})
	}
	return text
}

func (o *operation) when(field, typed, zone string, precision casefile.Precision, offset string) casefile.When {
	if zone == "" {
		zone = o.known.Case.Zone
	}
	when, err := casefile.ParseWhen(typed, zone, precision, offset)
	o.noteField(field, err)
	return when
}

func (o *operation) due(field, typed string) *casefile.Due {
	if strings.TrimSpace(typed) == "" {
		return nil
	}
	due, err := casefile.ParseDue(typed, o.known.Case.Zone)
	if errors.Is(err, problem.New(problem.NoSuchZone, nil)) {
		return nil // the zone is a field of its own
	}
	o.noteField(field, err)
	return due
}

// notAfter refuses a time that has not come at now. Clocks differ by a minute.
func (o *operation) notAfter(now time.Time, field, typed string, at time.Time) {
	if at.After(now.Add(time.Minute)) {
		o.wrong(problem.TimeInFuture, problem.Values{"field": field, "value": typed})
	}
}

func (o *operation) notNegative(field string, number int64) int64 {
	if number < 0 || number > largestNumber {
		o.wrong(problem.NotANumber, problem.Values{"field": field, "value": strconv.FormatInt(number, 10)})
	}
	return number
}

func (o *operation) duration(field string, seconds *int64) *int64 {
	if seconds != nil {
		o.notNegative(field, *seconds)
	}
	return seconds
}

// money checks an amount: not negative, with a currency code of three capitals (ISO 4217).
func (o *operation) money(field string, amount *casefile.Money) *casefile.Money {
	if amount == nil {
		return nil
	}
	o.notNegative(field, amount.Minor)
	capital := func(r rune) bool { return r >= 'A' && r <= 'Z' }
	if len(amount.Currency) != 3 || strings.TrimFunc(amount.Currency, capital) != "" {
		o.wrong(problem.NotAChoice, problem.Values{"field": field, "value": amount.Currency, "choices": "EUR, MXN, USD, GBP, ARS"})
	}
	return amount
}

// requiredMoney is money, and the field may not be empty.
func (o *operation) requiredMoney(field string, amount *casefile.Money) casefile.Money {
	if amount == nil {
		o.wrong(problem.Missing, problem.Values{"field": field})
		return casefile.Money{}
	}
	return *o.money(field, amount)
}

// choice checks a word against those there are. An empty one becomes the fallback.
func choice[T ~string](o *operation, field string, word, fallback T, words []T) T {
	if word == "" {
		return fallback
	}
	texts := make([]string, len(words))
	for i, one := range words {
		if one == word {
			return word
		}
		texts[i] = string(one)
	}
	o.wrong(problem.NotAChoice, problem.Values{"field": field, "value": string(word), "choices": strings.Join(texts, ", ")})
	return word
}

// refuseID refuses an id that names nothing in the place of a name: nobody is called so.
func (o *operation) refuseID(field string, kind record.Kind, name string) {
	if uuid.Validate(strings.TrimSpace(name)) == nil {
		o.wrong(problem.NotFound, problem.Values{"field": field, "kind": string(kind), "value": name})
	}
}

func (o *operation) wrong(code problem.Code, values problem.Values) {
	o.problems = append(o.problems, problem.New(code, values))
}

// noteField adds a problem under the name of the field it belongs to. A problem with how exact a time is, or with its
// offset, is one of those fields.
func (o *operation) noteField(field string, err error) {
	if err == nil {
		return
	}
	found := problem.From(err)
	if found.Values == nil {
		found.Values = problem.Values{}
	}
	if name := found.Values["field"]; name != "precision" && name != "offset" {
		found.Values["field"] = field
	}
	o.problems = append(o.problems, found)
}
