package addressee_test

import (
	"testing"
	"time"

	"constancia/internal/dossier/addressee"
)

func TestAPeriodEndsWithADay(t *testing.T) {
	for _, c := range []struct {
		period   addressee.Period
		from, to string
	}{
		{addressee.Period{Months: 1}, "2026-03-03T10:00:00", "2026-04-03T23:59:59"},
		{addressee.Period{Months: 1}, "2026-01-31T10:00:00", "2026-02-28T23:59:59"},
		{addressee.Period{Months: 1}, "2028-01-30T00:00:00", "2028-02-29T23:59:59"},
		{addressee.Period{Months: 1}, "2026-12-15T23:59:59", "2027-01-15T23:59:59"},
		{addressee.Period{Days: 56}, "2026-03-03T10:00:00", "2026-04-28T23:59:59"},
	} {
		const layout = "2006-01-02T15:04:05"
		from, _ := time.Parse(layout, c.from)
		if got := c.period.After(from).Format(layout); got != c.to {
			t.Errorf("%+v after %s ends %s, not %s", c.period, c.from, got, c.to)
		}
	}
}
