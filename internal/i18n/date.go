package i18n

import (
	"strconv"
	"time"
)

// Date writes a day: 2 de marzo de 2026, 2 de març de 2026, 2 March 2026.
func (t *Texts) Date(at time.Time) string { return t.date("date.day", at) }

// ShortDate writes a day where there is little room: 2 mar 2026.
func (t *Texts) ShortDate(at time.Time) string { return t.date("date.short_day", at) }

// Month writes a month: marzo de 2026.
func (t *Texts) Month(at time.Time) string { return t.date("date.month", at) }

// Clock writes a time of day, 24 hours: 09:05.
func (t *Texts) Clock(at time.Time) string { return at.Format("15:04") }

// DateTime writes a day and a time of day: 2 de marzo de 2026, 10:05.
func (t *Texts) DateTime(at time.Time) string { return t.date("date.minute", at) }

// When writes as much of a time as is known. precision is minute, hour, day, month or year; any other is minute.
func (t *Texts) When(at time.Time, precision string) string {
	switch precision {
	case "year":
		return at.Format("2006")
	case "month":
		return t.Month(at)
	case "day":
		return t.Date(at)
	case "hour":
		return t.date("date.hour", at)
	default:
		return t.DateTime(at)
	}
}

// date fills one of the catalogue's date patterns: the month stands alone (month), after the day (of_month, where
// Catalan elides: d'abril), or short (short_month).
func (t *Texts) date(pattern string, at time.Time) string {
	month := strconv.Itoa(int(at.Month()))
	return t.Text(pattern, Values{
		"day":         at.Day(),
		"month":       t.Text("date.month." + month),
		"of_month":    t.Text("date.of_month." + month),
		"short_month": t.Text("date.short_month." + month),
		"year":        at.Year(),
		"clock":       t.Clock(at),
	})
}

// Duration writes a length of time: 48 h 23 min, 12 min 30 s, 45 s. From an hour on, seconds are left out; it is never
// rounded up.
func (t *Texts) Duration(seconds int64) string {
	if seconds < 0 {
		return "-" + t.Duration(-seconds)
	}
	hours, minutes, seconds := seconds/3600, seconds/60%60, seconds%60
	switch {
	case hours > 0 && minutes > 0:
		return t.unit(hours, "h") + " " + t.unit(minutes, "min")
	case hours > 0:
		return t.unit(hours, "h")
	case minutes > 0 && seconds > 0:
		return t.unit(minutes, "min") + " " + t.unit(seconds, "s")
	case minutes > 0:
		return t.unit(minutes, "min")
	default:
		return t.unit(seconds, "s")
	}
}

func (t *Texts) unit(n int64, symbol string) string { return t.Number(n) + noBreak + symbol }
