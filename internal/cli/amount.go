package cli

import (
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/currency"

	"constancia/internal/casefile"
	"constancia/internal/problem"
)

// parseMoney reads an amount with its currency (ISO 4217): "438.20 EUR", "438,20 EUR" or "438 EUR". Digits are not
// grouped. An empty text is no amount.
//
// Problem: not_an_amount.
func parseMoney(field, text string) (*casefile.Money, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	wrong := problem.New(problem.NotAnAmount, problem.Values{"field": field, "value": text})
	number, code, ok := strings.Cut(text, " ")
	if !ok {
		return nil, wrong
	}
	unit, err := currency.ParseISO(strings.TrimSpace(code))
	if err != nil {
		return nil, wrong
	}
	decimals, _ := currency.Standard.Rounding(unit)
	whole, fraction, _ := strings.Cut(strings.Replace(number, ",", ".", 1), ".")
	if len(fraction) > decimals || whole == "" {
		return nil, wrong
	}
	minor, err := strconv.ParseUint(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 63)
	if err != nil {
		return nil, wrong
	}
	return &casefile.Money{Minor: int64(minor), Currency: unit.String()}, nil
}

// parseDuration reads a length of time: seconds ("90"), or with units ("12m30s", "1h5m"). An empty text is unknown.
//
// Problem: not_a_duration.
func parseDuration(field, text string) (*int64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		length, unitsErr := time.ParseDuration(strings.ReplaceAll(text, " ", ""))
		seconds, err = int64(length/time.Second), unitsErr
	}
	if err != nil || seconds < 0 || seconds > math.MaxInt32 {
		return nil, problem.New(problem.NotADuration, problem.Values{"field": field, "value": text})
	}
	return &seconds, nil
}
