package casefile

import (
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones are known on every machine

	"constancia/internal/problem"
)

// Precision is how exactly a person knows when something happened.
type Precision string

// Precisions, finest first.
const (
	Minute Precision = "minute"
	Hour   Precision = "hour"
	Day    Precision = "day"
	Month  Precision = "month"
	Year   Precision = "year"
)

// Precisions lists them, finest first.
func Precisions() []Precision { return []Precision{Minute, Hour, Day, Month, Year} }

// Layouts of wall time, by precision: as much of YYYY-MM-DDTHH:MM as the person knows.
var wallLayouts = map[Precision]string{
	Minute: "2006-01-02T15:04", Hour: "2006-01-02T15", Day: "2006-01-02", Month: "2006-01", Year: "2006",
}

// When is the time something happened, as a person knows it: a wall time in a zone, exact to some precision. Mail has
// an instant and an offset, and no zone.
type When struct {
	// Wall is as much of YYYY-MM-DDTHH:MM as Precision says.
	Wall string `json:"wall"`
	// Zone is an IANA name, empty for mail.
	Zone string `json:"zone,omitempty"`
	// OffsetSeconds is the offset from UTC at Wall, east positive. For a day, month or year it is that of its start.
	OffsetSeconds int64     `json:"offset_seconds"`
	Precision     Precision `json:"precision"`
	// End is the wall time at which it ended, when known; written like Wall.
	End string `json:"end,omitempty"`
}

// Due is the day or the instant by which something is to happen. "No date given" is a nil *Due.
type Due struct {
	// Date is YYYY-MM-DD.
	Date string `json:"date"`
	// Time is HH:MM when the promise named an hour, else empty: then the whole day counts.
	Time string `json:"time,omitempty"`
	Zone string `json:"zone"`
}

// ParseWhen reads a wall time as people type it for programs: YYYY, YYYY-MM, YYYY-MM-DD, then T or a space and HH or
// HH:MM. An empty precision is what the text has; a coarser one keeps less of it, and a finer one is refused: nobody said
// so. offset chooses between the two instants of a wall time that happened twice, as "+02:00"; empty asks.
//
// Errors: not_a_date, no_such_date, ambiguous_time, no_such_zone, not_a_choice.
func ParseWhen(text, zone string, precision Precision, offset string) (When, error) {
	text = strings.TrimSpace(text)
	if day := len(wallLayouts[Day]); len(text) > day && text[day] == ' ' {
		text = text[:day] + "T" + text[day+1:]
	}
	given, wall, err := parseWall(text)
	if err != nil {
		return When{}, err
	}
	if precision == "" {
		precision = given
	}
	choices := Precisions()[slices.Index(Precisions(), given):]
	if !slices.Contains(choices, precision) {
		return When{}, problem.New(problem.NotAChoice, problem.Values{
			"field": "precision", "value": string(precision), "choices": joinWords(choices)})
	}
	location, err := loadZone(zone)
	if err != nil {
		return When{}, err
	}
	seconds, err := resolve(wall, location, offset, given)
	if err != nil {
		return When{}, err
	}
	text = wall.Format(wallLayouts[precision])
	if precision != given && precision != Hour { // the offset is that of the start of the day, month or year
		_, start, err := parseWall(text)
		if err != nil {
			return When{}, err
		}
		if seconds, err = startOf(start, location); err != nil {
			return When{}, err
		}
	}
	return When{Wall: text, Zone: zone, OffsetSeconds: int64(seconds), Precision: precision}, nil
}

// WhenOfInstant is a When for something with an exact instant in a known zone: a contact logged live.
func WhenOfInstant(at time.Time, zone string) (When, error) {
	location, err := loadZone(zone)
	if err != nil {
		return When{}, err
	}
	local := at.In(location)
	_, seconds := local.Zone()
	return When{Wall: local.Format(wallLayouts[Minute]), Zone: zone, OffsetSeconds: int64(seconds), Precision: Minute}, nil
}

// WhenOfMail is a When for a message: its date with the offset the sender wrote, and no zone.
func WhenOfMail(at time.Time) When {
	_, seconds := at.Zone()
	return When{Wall: at.Format(wallLayouts[Minute]), OffsetSeconds: int64(seconds), Precision: Minute}
}

// Earliest is the first instant it can have happened.
func (w When) Earliest() time.Time {
	wall, err := time.Parse(wallLayouts[w.Precision], w.Wall)
	if err != nil {
		return time.Time{}
	}
	return wall.Add(-time.Duration(w.OffsetSeconds) * time.Second).UTC()
}

// In is the wall time as a time.Time with the entry's own offset, for showing.
func (w When) In() time.Time {
	return w.Earliest().In(time.FixedZone("", int(w.OffsetSeconds)))
}

// Date is the day it happened, or the first day it can have happened: YYYY-MM-DD.
func (w When) Date() string { return w.In().Format(wallLayouts[Day]) }

// ParseDue reads YYYY-MM-DD, optionally followed by T or a space and HH:MM.
//
// Errors: not_a_date, no_such_date, ambiguous_time, no_such_zone.
func ParseDue(text, zone string) (*Due, error) {
	when, err := ParseWhen(text, zone, "", "")
	if err != nil {
		return nil, err
	}
	date, clock, _ := strings.Cut(when.Wall, "T")
	if when.Precision != Day && when.Precision != Minute {
		return nil, notADate(text)
	}
	return &Due{Date: date, Time: clock, Zone: zone}, nil
}

// Deadline is the instant after which it is late: the named minute's end, or the end of the day.
func (d Due) Deadline() time.Time {
	location, err := loadZone(d.Zone)
	if err != nil {
		location = time.UTC
	}
	if d.Time != "" {
		at, err := time.ParseInLocation(wallLayouts[Minute], d.Date+"T"+d.Time, location)
		if err == nil {
			return at.Add(time.Minute)
		}
	}
	day, err := time.Parse(wallLayouts[Day], d.Date)
	if err != nil {
		return time.Time{}
	}
	return endOf(day, location)
}

// endOf is the instant at which a day ended: the start of the next one that there was.
func endOf(day time.Time, location *time.Location) time.Time {
	next := day.AddDate(0, 0, 1)
	seconds, err := startOf(next, location)
	if err != nil {
		return endOf(next, location)
	}
	return next.Add(-time.Duration(seconds) * time.Second).In(location)
}

// Past reports whether the day or minute is over at now, and by how many calendar days.
func (d Due) Past(now time.Time) (days int64, past bool) {
	if !now.After(d.Deadline()) {
		return 0, false
	}
	return d.DaysLate(dayIn(now, d.Zone)), true
}

// DaysLate counts the whole calendar days from the due date to the given day (YYYY-MM-DD); 0 when it is not later.
func (d Due) DaysLate(day string) int64 {
	due, err1 := time.Parse(wallLayouts[Day], d.Date)
	then, err2 := time.Parse(wallLayouts[Day], day)
	if err1 != nil || err2 != nil || !then.After(due) {
		return 0
	}
	return int64(then.Sub(due) / (24 * time.Hour))
}

func parseWall(text string) (Precision, time.Time, error) {
	for _, precision := range Precisions() {
		layout := wallLayouts[precision]
		if len(layout) != len(text) {
			continue
		}
		wall, err := time.Parse(layout, text)
		if err == nil && wall.Year() > 0 {
			return precision, wall, nil
		}
		if looksLike(text, layout) {
			return "", time.Time{}, problem.New(problem.NoSuchDate, problem.Values{"value": text})
		}
	}
	return "", time.Time{}, notADate(text)
}

// looksLike reports whether text has digits where the layout has them: then it is a date that does not exist rather
// than no date at all.
func looksLike(text, layout string) bool {
	for i := range layout {
		digit := func(c byte) bool { return c >= '0' && c <= '9' }
		if digit(layout[i]) != digit(text[i]) || !digit(layout[i]) && layout[i] != text[i] {
			return false
		}
	}
	return true
}

func notADate(text string) error {
	return problem.New(problem.NotADate, problem.Values{"field": "when", "value": text})
}

// zones are those read already, by name: [time.LoadLocation] reads the system's file each time. There are some 600, and
// only names that exist are kept.
var zones sync.Map

func loadZone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	if name == "" || name == "Local" {
		return nil, problem.New(problem.NoSuchZone, problem.Values{"value": name})
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil, problem.Wrap(err, problem.NoSuchZone, problem.Values{"value": name})
	}
	zones.Store(name, location)
	return location, nil
}

// resolve finds the offset of a wall time, in seconds. A wall time skipped by daylight saving does not exist; one that
// happened twice needs an offset. Only times exact to the hour or minute can be either.
func resolve(wall time.Time, location *time.Location, offset string, given Precision) (int, error) {
	if given != Minute && given != Hour {
		return startOf(wall, location)
	}
	text := wall.Format(wallLayouts[given])
	instants := instantsOf(wall, location)
	if len(instants) == 0 {
		return 0, problem.New(problem.NoSuchDate, problem.Values{"value": text})
	}
	var choices []string
	for _, at := range instants {
		_, seconds := at.Zone()
		choices = append(choices, at.Format("-07:00"))
		if offset == at.Format("-07:00") || offset == "" && len(instants) == 1 {
			return seconds, nil
		}
	}
	if offset != "" {
		return 0, problem.New(problem.NotAChoice, problem.Values{
			"field": "offset", "value": offset, "choices": strings.Join(choices, ", ")})
	}
	return 0, problem.New(problem.AmbiguousTime, problem.Values{"value": text, "choices": strings.Join(choices, ", ")})
}

// startOf finds the offset at which a day began, in seconds. Where its midnight was skipped it is the one from before, so
// that the midnight that nobody saw is the very instant of the change. A day that a country skipped does not exist.
func startOf(midnight time.Time, location *time.Location) (int, error) {
	if instants := instantsOf(midnight, location); len(instants) > 0 {
		_, seconds := instants[0].Zone()
		return seconds, nil
	}
	_, before := midnight.Add(-30 * time.Hour).In(location).Zone()
	began := midnight.Add(-time.Duration(before) * time.Second).In(location)
	if began.Format(wallLayouts[Day]) != midnight.Format(wallLayouts[Day]) {
		return 0, problem.New(problem.NoSuchDate, problem.Values{"value": midnight.Format(wallLayouts[Day])})
	}
	return before, nil
}

// instantsOf lists the instants at which a clock in location shows wall, earliest first: none, one or two.
func instantsOf(wall time.Time, location *time.Location) []time.Time {
	var instants []time.Time
	for _, near := range []time.Duration{-30 * time.Hour, 30 * time.Hour} {
		_, seconds := wall.Add(near).In(location).Zone()
		at := wall.Add(-time.Duration(seconds) * time.Second).In(location)
		if at.Format(time.DateTime) != wall.Format(time.DateTime) {
			continue
		}
		if len(instants) == 0 || !instants[0].Equal(at) {
			instants = append(instants, at)
		}
	}
	if len(instants) == 2 && instants[1].Before(instants[0]) {
		instants[0], instants[1] = instants[1], instants[0]
	}
	return instants
}

func joinWords[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
