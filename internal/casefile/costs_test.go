package casefile_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

func years(n int64) *int64 { return &n }

func TestYearsAsACustomerAreCountedAsExactlyAsTheyAreKnown(t *testing.T) {
	for _, test := range []struct {
		since, now string
		want       *int64
	}{
		{"", "2026-03-20T12:00:00Z", nil},
		{"2014", "2026-01-01T12:00:00Z", years(12)},
		{"2014-04", "2026-03-31T12:00:00Z", years(11)}, {"2014-04", "2026-04-01T12:00:00Z", years(12)},
		{"2014-04-02", "2026-04-01T12:00:00Z", years(11)}, {"2014-04-02", "2026-04-02T12:00:00Z", years(12)},
		{"2014-04-02", "2026-04-01T22:30:00Z", years(12)}, // half past midnight in Madrid
		{"2012-02-29", "2026-02-28T12:00:00Z", years(13)}, {"2012-02-29", "2026-03-01T12:00:00Z", years(14)},
		{"2026-03", "2026-03-20T12:00:00Z", years(0)},
		{"2027", "2026-03-20T12:00:00Z", years(0)}, // a clock that was set back
		{"2014-04-02T10:05", "2026-03-20T12:00:00Z", nil}, {"for ever", "2026-03-20T12:00:00Z", nil},
	} {
		file := casefile.CaseFile{Case: casefile.Case{Zone: "Europe/Madrid", CustomerSince: test.since}}
		if diff := cmp.Diff(test.want, file.Figures(instant(test.now)).CustomerYears); diff != "" {
			t.Errorf("since %q, at %s: -want +got:\n%s", test.since, test.now, diff)
		}
	}
}

func TestOwnTimeIsWorthWhatThePersonCountsAnHourAt(t *testing.T) {
	for _, test := range []struct {
		name    string
		seconds int64
		hour    *casefile.Money
		want    *casefile.Money
	}{
		{"nobody set a value", 3600, nil, nil},
		{"no time yet", 0, &casefile.Money{Minor: 2000, Currency: "EUR"}, &casefile.Money{Currency: "EUR"}},
		{"a minute, to the nearest cent", 60, &casefile.Money{Minor: 2000, Currency: "EUR"}, &casefile.Money{Minor: 33, Currency: "EUR"}},
		{"half a cent is one", 1, &casefile.Money{Minor: 1800, Currency: "EUR"}, &casefile.Money{Minor: 1, Currency: "EUR"}},
		{"more than an integer on the way", math.MaxInt64 / 2, &casefile.Money{Minor: 3600, Currency: "EUR"}, &casefile.Money{Minor: math.MaxInt64 / 2, Currency: "EUR"}},
		{"more than any integer", math.MaxInt64, &casefile.Money{Minor: math.MaxInt64, Currency: "EUR"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := casefile.CaseFile{Case: casefile.Case{Zone: "Europe/Madrid", HourValue: test.hour},
				Contacts: []casefile.Recorded[casefile.Contact]{recorded(casefile.Contact{
					OccurredAt: when("2026-03-02T10:05", 3600, casefile.Minute), HoldSeconds: &test.seconds}, "2026-03-20T10:00:00Z")}}
			if diff := cmp.Diff(test.want, file.Figures(instant("2026-03-20T12:00:00Z")).OwnTime); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
