package phonelog

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	slashed = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T,]+(.*))?$`)
	iso     = regexp.MustCompile(`^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T,]+(.*))?$`)
	clocked = regexp.MustCompile(`^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap])?\.?\s?m?\.?$`)
)

// isDate tells whether a cell is a day in numbers, with or without its time.
func isDate(cell string) bool {
	return slashed.MatchString(cell) || iso.MatchString(cell)
}

// whenOf makes a wall time of a cell with a day and one with a time. What is no day in numbers stays as it is written.
func whenOf(day, clock string, monthFirst bool) string {
	year, month, date, rest := 0, 0, 0, ""
	if parts := iso.FindStringSubmatch(day); parts != nil {
		year, month, date, rest = toNumber(parts[1]), toNumber(parts[2]), toNumber(parts[3]), parts[4]
	} else if parts := slashed.FindStringSubmatch(day); parts != nil {
		year, month, date, rest = toNumber(parts[3]), toNumber(parts[2]), toNumber(parts[1]), parts[4]
		if monthFirst {
			month, date = date, month
		}
		if year < 100 {
			year += 2000
		}
	}
	at := time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC)
	if year == 0 || at.Month() != time.Month(month) || at.Day() != date {
		return strings.TrimSpace(day + " " + clock)
	}
	if clock == "" {
		clock = rest
	}
	wall := at.Format(time.DateOnly)
	if clock = clockOf(clock); clock != "" {
		wall += "T" + clock
	}
	return wall
}

// clockOf reads a time of day as HH:MM; empty when it is none. Seconds are left out.
func clockOf(cell string) string {
	parts := clocked.FindStringSubmatch(strings.ToLower(strings.TrimSpace(cell)))
	if parts == nil {
		return ""
	}
	hour, minute := toNumber(parts[1]), toNumber(parts[2])
	if parts[4] == "p" && hour < 12 {
		hour += 12
	}
	if parts[4] == "a" && hour == 12 {
		hour = 0
	}
	if hour > 23 || minute > 59 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", hour, minute)
}

var (
	colons = regexp.MustCompile(`^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$`)
	spelt  = regexp.MustCompile(`^(?:(\d{1,3}) ?h(?:oras?|ores|ours?|rs?)?\.?)? ?(?:(\d{1,4}) ?(?:m|min|mins|minutos?|minuts?|minutes?|')\.?)? ?(?:(\d{1,5}) ?(?:s|sec|secs|seg|segs|segundos?|segons?|seconds?|'')\.?)?$`)
)

// lengthOf reads how long a call took, in seconds: 312, 5:12, 00:05:12, "5 min 12 s". Numbers alone are seconds, unless
// the column counts minutes.
func lengthOf(cell string, inMinutes bool) *int64 {
	cell = strings.ToLower(strings.TrimSpace(cell))
	if cell == "" {
		return nil
	}
	var seconds int64
	if number, err := strconv.ParseInt(cell, 10, 32); err == nil && number >= 0 {
		seconds = number
		if inMinutes {
			seconds *= 60
		}
		return &seconds
	}
	parts := colons.FindStringSubmatch(cell)
	if parts == nil {
		parts = spelt.FindStringSubmatch(cell)
	}
	if parts == nil {
		return nil
	}
	seconds = int64(toNumber(parts[1])*3600 + toNumber(parts[2])*60 + toNumber(parts[3]))
	return &seconds
}

func countsMinutes(heading string) bool {
	heading = " " + fold(heading) + " "
	for _, word := range []string{" min ", " minutos ", " minuts ", " minutes ", " mins "} {
		if strings.Contains(heading, word) {
			return true
		}
	}
	return false
}

var dialled = regexp.MustCompile(`^\+?[\d ().\-/*#]{2,24}$`)

// numberOf is a telephone number as it is written; empty for what was hidden or is none.
func numberOf(cell string) string {
	if !dialled.MatchString(cell) || isDate(cell) {
		return ""
	}
	return cell
}

var ways = []struct {
	direction Direction
	words     []string
}{
	{Missed, []string{"perdida", "perduda", "missed", "rechazada", "rebutjada", "rejected", "no contestada", "sin respuesta"}},
	{Incoming, []string{"entrante", "entrant", "recibida", "rebuda", "incoming", "received", "in"}},
	{Outgoing, []string{"saliente", "sortint", "emitida", "emesa", "realizada", "feta", "outgoing", "dialed", "dialled", "made", "out"}},
}

// directionOf reads who called.
func directionOf(cell string) Direction {
	cell = " " + fold(cell) + " "
	for _, way := range ways {
		for _, word := range way.words {
			if strings.Contains(cell, " "+word+" ") || strings.Contains(cell, " "+word+"s ") {
				return way.direction
			}
		}
	}
	return UnknownDirection
}

// toNumber reads digits that a pattern has already checked; none is 0.
func toNumber(text string) int {
	value, _ := strconv.Atoi(text)
	return value
}
