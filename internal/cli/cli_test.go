package cli

import (
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/problem"
)

func TestAnAmountIsReadWithItsCurrencyAndNeverRounded(t *testing.T) {
	for text, want := range map[string]casefile.Money{
		"438.20 EUR": {Minor: 43820, Currency: "EUR"}, "438,2 eur": {Minor: 43820, Currency: "EUR"},
		"438 EUR": {Minor: 43800, Currency: "EUR"}, "0.05 USD": {Minor: 5, Currency: "USD"},
		"1200 JPY": {Minor: 1200, Currency: "JPY"}, "1.234 KWD": {Minor: 1234, Currency: "KWD"},
	} {
		got, err := parseMoney("amount", text)
		if err != nil || *got != want {
			t.Errorf("parseMoney(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"438.20", "EUR", "438.205 EUR", "1.50 JPY", "1.234,50 EUR", "-5 EUR", "5 XX", "5 €",
		"99999999999999999999 EUR", ".5 EUR", "1e3 EUR", "+5 EUR"} {
		if got, err := parseMoney("amount", text); problem.From(err).Code != problem.NotAnAmount {
			t.Errorf("parseMoney(%q) = %v, %v; want a refusal", text, got, err)
		}
	}
	if got, err := parseMoney("amount", " "); got != nil || err != nil {
		t.Errorf("no amount is %v, %v", got, err)
	}
}

func TestALengthOfTimeIsReadInSecondsOrUnits(t *testing.T) {
	for text, want := range map[string]int64{"90": 90, "0": 0, "12m30s": 750, "1h5m": 3900, "1h 5m": 3900, "45s": 45} {
		got, err := parseDuration("hold", text)
		if err != nil || *got != want {
			t.Errorf("parseDuration(%q) = %v, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"ages", "-5", "-1m", "12:30", "5 minutes", "99999999999", "1e9h"} {
		if got, err := parseDuration("hold", text); problem.From(err).Code != problem.NotADuration {
			t.Errorf("parseDuration(%q) = %v, %v; want a refusal", text, got, err)
		}
	}
	if got, err := parseDuration("hold", ""); got != nil || err != nil {
		t.Errorf("an unknown length is %v, %v", got, err)
	}
}

func TestTextsFromOthersStayOnOneLineAndSteerNothing(t *testing.T) {
	if got, want := plain("Re:\x1b[31m hello\r\nworld\u202e!\u2028\t"), "Re: [31m hello  world!  "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
