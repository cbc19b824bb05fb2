package app

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"constancia/internal/casefile"
	"constancia/internal/problem"
)

// What a person types into a field of the page, read. An empty text is "unknown" or "none".

// longestMinutes keeps a slip of the finger out of the record: no call lasts a week.
const longestMinutes = 7 * 24 * 60

var (
	minutesAndSeconds = regexp.MustCompile(`^(\d{1,5})(?::([0-5]\d))?\s*(?:m|min|')?$`)
	hoursAndMinutes   = regexp.MustCompile(`^(\d{1,3})\s*h\s*(?:([0-5]?\d)\s*(?:m|min)?)?$`)
)

// typedDuration reads "35" and "35 min" as minutes, "12:30" as minutes and seconds, "1 h 20" as hours and minutes. It
// returns seconds.
//
// Problem: not_a_duration.
func typedDuration(field, typed string) (*int64, error) {
	text := strings.ToLower(strings.TrimSpace(typed))
	if text == "" {
		return nil, nil
	}
	var minutes, seconds int64
	if parts := minutesAndSeconds.FindStringSubmatch(text); parts != nil {
		minutes, seconds = number(parts[1]), number(parts[2])
	} else if parts := hoursAndMinutes.FindStringSubmatch(text); parts != nil {
		minutes = number(parts[1])*60 + number(parts[2])
	} else {
		return nil, problem.New(problem.NotADuration, problem.Values{"field": field, "value": typed})
	}
	if minutes > longestMinutes {
		return nil, problem.New(problem.NotADuration, problem.Values{"field": field, "value": typed})
	}
	total := minutes*60 + seconds
	return &total, nil
}

// typedCount reads how often something happened.
//
// Problem: not_a_number.
func typedCount(field, typed string) (int64, error) {
	text := strings.TrimSpace(typed)
	if text == "" {
		return 0, nil
	}
	count, err := strconv.ParseInt(text, 10, 16)
	if err != nil || count < 0 {
		return 0, problem.New(problem.NotANumber, problem.Values{"field": field, "value": typed})
	}
	return count, nil
}

var amount = regexp.MustCompile(`^(\d{1,3}(?:[. \x{00A0}\x{202F},]\d{3})+|\d+)(?:([.,])(\d{1,3}))?$`)

// typedMoney reads "438,20", "438.20", "1.234,50" and "1,234.50" in a currency (ISO 4217). The last mark is the decimal
// one, unless three digits follow it and the currency has fewer: then it groups thousands.
//
// Problem: not_an_amount.
func typedMoney(field, typed, code string) (*casefile.Money, error) {
	text := strings.TrimSpace(strings.Trim(strings.TrimSpace(typed), "€$£"))
	if text == "" {
		return nil, nil
	}
	wrong := problem.New(problem.NotAnAmount, problem.Values{"field": field, "value": typed})
	unit, err := currency.ParseISO(code)
	if err != nil {
		return nil, wrong
	}
	decimals, _ := currency.Standard.Rounding(unit)
	parts := amount.FindStringSubmatch(text)
	if parts == nil {
		return nil, wrong
	}
	whole, mark, fraction := onlyDigits(parts[1]), parts[2], parts[3]
	if mark != "" && strings.Contains(parts[1], mark) && len(fraction) < 3 {
		return nil, wrong // one mark can't do both: 12.345.6
	}
	if len(fraction) == 3 && decimals < 3 {
		whole, fraction = whole+fraction, ""
	}
	if len(fraction) > decimals {
		return nil, wrong
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 53)
	if err != nil {
		return nil, wrong
	}
	return &casefile.Money{Minor: minor, Currency: unit.String()}, nil
}

// durationTyped is a length of time as typedDuration reads it.
func durationTyped(seconds *int64) string {
	if seconds == nil {
		return ""
	}
	return fmt.Sprintf("%d:%02d", *seconds/60, *seconds%60)
}

// countTyped is a count as typedCount reads it.
func countTyped(count int64) string {
	if count == 0 {
		return ""
	}
	return strconv.FormatInt(count, 10)
}

// moneyTyped is an amount as typedMoney reads it, and its currency.
func moneyTyped(money *casefile.Money) (typed, code string) {
	if money == nil {
		return "", ""
	}
	decimals := 2
	if unit, err := currency.ParseISO(money.Currency); err == nil {
		decimals, _ = currency.Standard.Rounding(unit)
	}
	digits := fmt.Sprintf("%0*d", decimals+1, money.Minor)
	whole, fraction := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	if fraction != "" {
		whole += "." + fraction
	}
	return whole, money.Currency
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// number reads digits that a pattern has already checked; none is 0.
func number(digits string) int64 {
	value, _ := strconv.ParseInt(digits, 10, 64)
	return value
}
