package i18n

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// golden is testdata/golden.json, which the page's tests check too: both must write the same.
type golden struct {
	Plurals []struct {
		Language Language
		Key      string
		N        int64
		Text     string
	}
	Numbers []struct {
		Language Language
		N        int64
		Text     string
	}
	Money []struct {
		Language Language
		Minor    int64
		Currency string
		Text     string
	}
	Dates []struct {
		Language                      Language
		Wall, Day, Month, Year, Clock string
		ShortDay                      string `json:"short_day"`
		Hour, Minute                  string
	}
	Durations []struct {
		Language Language
		Seconds  int64
		Text     string
	}
	Lists []struct {
		Language Language
		Items    []string
		Text     string
	}
	Filled []struct {
		Language               Language
		Key, Name, Value, Text string
	}
}

func TestNumbersMoneyDatesAndListsAreWrittenAsThePageWritesThem(t *testing.T) {
	content, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var want golden
	if err := json.Unmarshal(content, &want); err != nil {
		t.Fatal(err)
	}
	same := func(what any, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%+v: got %q", what, got)
		}
	}
	for _, c := range want.Plurals {
		same(c, For(c.Language).Count(c.Key, c.N), c.Text)
	}
	for _, c := range want.Numbers {
		same(c, For(c.Language).Number(c.N), c.Text)
	}
	for _, c := range want.Money {
		same(c, For(c.Language).Money(c.Minor, c.Currency), c.Text)
	}
	for _, c := range want.Durations {
		same(c, For(c.Language).Duration(c.Seconds), c.Text)
	}
	for _, c := range want.Lists {
		same(c, For(c.Language).List(c.Items), c.Text)
	}
	for _, c := range want.Filled {
		same(c, For(c.Language).Text(c.Key, Values{c.Name: c.Value}), c.Text)
	}
	for _, c := range want.Dates {
		texts := For(c.Language)
		at, err := time.Parse("2006-01-02T15:04", c.Wall)
		if err != nil {
			t.Fatal(err)
		}
		same(c, texts.Date(at), c.Day)
		same(c, texts.ShortDate(at), c.ShortDay)
		same(c, texts.Month(at), c.Month)
		same(c, texts.DateTime(at), c.Minute)
		same(c, texts.Clock(at), c.Clock)
		for precision, text := range map[string]string{
			"minute": c.Minute, "hour": c.Hour, "day": c.Day, "month": c.Month, "year": c.Year} {
			same(c, texts.When(at, precision), text)
		}
	}
	for section, n := range map[string]int{"plurals": len(want.Plurals), "numbers": len(want.Numbers), "money": len(want.Money),
		"dates": len(want.Dates), "durations": len(want.Durations), "lists": len(want.Lists), "filled": len(want.Filled)} {
		if n < 3*len(Languages()) {
			t.Errorf("golden.json has only %d %s", n, section)
		}
	}
}

func TestMoneyWithoutMinorUnitsHasNoDecimals(t *testing.T) {
	if got, want := For(Spanish).Money(12345, "JPY"), "12.345\u00a0JPY"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAnUnknownCurrencyIsWrittenByItsCode(t *testing.T) {
	if got, want := For(English).Money(43820, "ZZZ"), "ZZZ\u00a0438.20"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSpanishAndBecomesEBeforeTheSoundOfI(t *testing.T) {
	for next, want := range map[string]string{
		"Íñigo": "a e Íñigo", "hígado": "a e hígado", "hiato": "a y hiato", "hierro": "a y hierro", "y griega": "a y y griega",
		"ibuprofeno": "a e ibuprofeno", "humo": "a y humo",
	} {
		if got := For(Spanish).List([]string{"a", next}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
