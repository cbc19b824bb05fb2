package app

import (
	"errors"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/problem"
)

func TestMinutesAreReadAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]int64{
		"35": 2100, " 35 min ": 2100, "35'": 2100, "0": 0, "12:30": 750, "1 h": 3600, "1 h 20": 4800, "1h20m": 4800, "2H 5 MIN": 7500,
	} {
		got, err := typedDuration("hold", typed)
		if err != nil || got == nil || *got != want {
			t.Errorf("%q: got %v, %v; want %d", typed, got, err, want)
		}
	}
	if got, err := typedDuration("hold", "  "); got != nil || err != nil {
		t.Errorf("nothing typed is unknown, got %v, %v", got, err)
	}
	for _, typed := range []string{"a while", "12:75", "-3", "1:2:3", "99999", "1 h 75"} {
		if _, err := typedDuration("hold", typed); !errors.Is(err, problem.New(problem.NotADuration, nil)) {
			t.Errorf("%q: got %v", typed, err)
		}
	}
}

func TestAnAmountIsReadWithEitherMark(t *testing.T) {
	for typed, want := range map[string]casefile.Money{
		"438,20": {Minor: 43820, Currency: "EUR"}, "438.20": {Minor: 43820, Currency: "EUR"},
		"438": {Minor: 43800, Currency: "EUR"}, "438,2 €": {Minor: 43820, Currency: "EUR"},
		"1.234,50": {Minor: 123450, Currency: "EUR"}, "1,234.50": {Minor: 123450, Currency: "EUR"},
		"1.234": {Minor: 123400, Currency: "EUR"}, "1 234 567,89": {Minor: 123456789, Currency: "EUR"},
	} {
		got, err := typedMoney("claimed", typed, "EUR")
		if err != nil || got == nil || *got != want {
			t.Errorf("%q: got %v, %v; want %v", typed, got, err, want)
		}
	}
	if got, err := typedMoney("claimed", "1500", "CLP"); err != nil || got.Minor != 1500 {
		t.Errorf("a currency without cents: got %v, %v", got, err)
	}
	for _, typed := range []string{"a lot", "-5", "4,3,2", "12.345.6", "9999999999999999999"} {
		if _, err := typedMoney("claimed", typed, "EUR"); !errors.Is(err, problem.New(problem.NotAnAmount, nil)) {
			t.Errorf("%q: got %v", typed, err)
		}
	}
}

func FuzzWhatIsTypedNeverGivesANegativeNumber(f *testing.F) {
	for _, seed := range []string{"35", "1 h 20", "438,20", "1.234.567,8", "∞"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if seconds, err := typedDuration("hold", typed); err == nil && seconds != nil && *seconds < 0 {
			t.Errorf("%q: %d s", typed, *seconds)
		}
		if money, err := typedMoney("claimed", typed, "EUR"); err == nil && money != nil && money.Minor < 0 {
			t.Errorf("%q: %d", typed, money.Minor)
		}
	})
}

func TestAFileNameIsMadeOfATitle(t *testing.T) {
	for title, want := range map[string]string{
		"dosier El paquete de junio":         "dosier El paquete de junio.pdf",
		"../../etc/passwd":                   "etc passwd.pdf",
		"A «quoted» title: what/when?\x00":   "A quoted title what when.pdf",
		"Año de la rentadora · cas núm. 4-B": "Año de la rentadora cas núm 4-B.pdf",
	} {
		if got := fileName(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}
