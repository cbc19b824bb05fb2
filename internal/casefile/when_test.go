package casefile_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"constancia/internal/casefile"
	"constancia/internal/problem"
)

func TestAWallTimeIsReadAsExactlyAsItIsTyped(t *testing.T) {
	tests := []struct {
		name, typed string
		precision   casefile.Precision
		want        casefile.When
		earliest    string
	}{
		{name: "to the minute", typed: "2026-03-02T10:05", want: when("2026-03-02T10:05", 3600, casefile.Minute), earliest: "2026-03-02T09:05:00Z"},
		{name: "with a space and in summer", typed: " 2026-07-02 10:05 ", want: when("2026-07-02T10:05", 7200, casefile.Minute), earliest: "2026-07-02T08:05:00Z"},
		{name: "to the hour", typed: "2026-03-02T10", want: when("2026-03-02T10", 3600, casefile.Hour), earliest: "2026-03-02T09:00:00Z"},
		{name: "to the day", typed: "2026-03-02", want: when("2026-03-02", 3600, casefile.Day), earliest: "2026-03-01T23:00:00Z"},
		{name: "to the month", typed: "2026-07", want: when("2026-07", 7200, casefile.Month), earliest: "2026-06-30T22:00:00Z"},
		{name: "to the year", typed: "2026", want: when("2026", 3600, casefile.Year), earliest: "2025-12-31T23:00:00Z"},
		{name: "29 February of a leap year", typed: "2028-02-29", want: when("2028-02-29", 3600, casefile.Day), earliest: "2028-02-28T23:00:00Z"},
		{name: "a minute of which only the hour is known", typed: "2026-03-02T10:45", precision: casefile.Hour, want: when("2026-03-02T10", 3600, casefile.Hour), earliest: "2026-03-02T09:00:00Z"},
		{name: "a minute of which only the day is known, after the clocks changed on that day", typed: "2026-03-29T12:00", precision: casefile.Day, want: when("2026-03-29", 3600, casefile.Day), earliest: "2026-03-28T23:00:00Z"},
		{name: "a day of which only the month is known, after the clocks changed in that month", typed: "2026-10-31", precision: casefile.Month, want: when("2026-10", 7200, casefile.Month), earliest: "2026-09-30T22:00:00Z"},
		{name: "a day of which only the year is known", typed: "2026-07-15", precision: casefile.Year, want: when("2026", 3600, casefile.Year), earliest: "2025-12-31T23:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := casefile.ParseWhen(test.typed, "Europe/Madrid", test.precision, "")
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if at := got.Earliest().Format(time.RFC3339); at != test.earliest {
				t.Errorf("it can have happened from %s on, want %s", at, test.earliest)
			}
			if want := (got.Wall + "-01-01")[:len("2026-01-02")]; got.Date() != want {
				t.Errorf("its day is %s, want %s", got.Date(), want)
			}
		})
	}
}

func TestATimeThatCanNotBeIsRefusedWithItsReason(t *testing.T) {
	tests := []struct {
		name, typed, zone string
		precision         casefile.Precision
		offset            string
		want              problem.Code
		choices           string
	}{
		{name: "31 February", typed: "2026-02-31", want: problem.NoSuchDate},
		{name: "29 February of a common year", typed: "2026-02-29", want: problem.NoSuchDate},
		{name: "a thirteenth month", typed: "2026-13", want: problem.NoSuchDate},
		{name: "the year nought", typed: "0000-05-01", want: problem.NoSuchDate},
		{name: "an hour past the last", typed: "2026-03-02T24:00", want: problem.NoSuchDate},
		{name: "a minute past the last", typed: "2026-03-02T10:60", want: problem.NoSuchDate},
		{name: "a wall time that daylight saving skipped", typed: "2026-03-29T02:30", want: problem.NoSuchDate},
		{name: "an hour that daylight saving skipped", typed: "2026-03-29T02", want: problem.NoSuchDate},
		{name: "a day that a country skipped", typed: "2011-12-30", zone: "Pacific/Apia", want: problem.NoSuchDate},
		{name: "a time on a day that a country skipped", typed: "2011-12-30T12:00", zone: "Pacific/Apia", want: problem.NoSuchDate},
		{name: "a wall time that happened twice", typed: "2026-10-25T02:30", want: problem.AmbiguousTime, choices: "+02:00, +01:00"},
		{name: "an hour that happened twice", typed: "2026-10-25T02", want: problem.AmbiguousTime, choices: "+02:00, +01:00"},
		{name: "a wall time that happened twice, with an offset that it never had", typed: "2026-10-25T02:30", offset: "+05:00", want: problem.NotAChoice, choices: "+02:00, +01:00"},
		{name: "a wall time that happened once, with another offset", typed: "2026-07-01T02:30", offset: "+01:00", want: problem.NotAChoice, choices: "+02:00"},
		{name: "nothing", typed: "", want: problem.NotADate},
		{name: "words", typed: "last Tuesday", want: problem.NotADate},
		{name: "another order", typed: "02/03/2026", want: problem.NotADate},
		{name: "seconds", typed: "2026-03-02T10:05:30", want: problem.NotADate},
		{name: "one figure too few", typed: "2026-3-02", want: problem.NotADate},
		{name: "other figures", typed: "٢٠٢٦", want: problem.NotADate},
		{name: "an unknown precision", typed: "2026-03-02", precision: "week", want: problem.NotAChoice, choices: "day, month, year"},
		{name: "a precision finer than what was typed", typed: "2026-03-02", precision: casefile.Minute, want: problem.NotAChoice, choices: "day, month, year"},
		{name: "an unknown zone", typed: "2026-03-02", zone: "Europe/Atlantis", want: problem.NoSuchZone},
		{name: "no zone", typed: "2026-03-02", zone: " ", want: problem.NoSuchZone},
		{name: "the zone of whatever machine this is", typed: "2026-03-02", zone: "Local", want: problem.NoSuchZone},
		{name: "a path instead of a zone", typed: "2026-03-02", zone: "../../etc/passwd", want: problem.NoSuchZone},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			zone := "Europe/Madrid"
			if test.zone != "" {
				zone = strings.TrimSpace(test.zone)
			}
			got, err := casefile.ParseWhen(test.typed, zone, test.precision, test.offset)
			if !errors.Is(err, problem.New(test.want, nil)) {
				t.Fatalf("got %+v and %v, want %s", got, err, test.want)
			}
			if choices := problem.From(err).Values["choices"]; choices != test.choices {
				t.Errorf("it offers %q, want %q", choices, test.choices)
			}
		})
	}
}

func TestAWallTimeThatHappenedTwiceIsToldApartByItsOffset(t *testing.T) {
	for offset, earliest := range map[string]string{"+02:00": "2026-10-25T00:30:00Z", "+01:00": "2026-10-25T01:30:00Z"} {
		got, err := casefile.ParseWhen("2026-10-25T02:30", "Europe/Madrid", "", offset)
		if err != nil {
			t.Fatal(err)
		}
		if at := got.Earliest().Format(time.RFC3339); at != earliest {
			t.Errorf("at %s it was %s, want %s", offset, at, earliest)
		}
		if got.Wall != "2026-10-25T02:30" || got.In().Format("15:04 -07:00") != "02:30 "+offset {
			t.Errorf("at %s it shows as %s", offset, got.In())
		}
	}
}

func TestADayBeginsWhenItsFirstMomentWas(t *testing.T) {
	tests := []struct{ name, day, zone, earliest string }{
		{"at midnight", "2026-03-02", "Europe/Madrid", "2026-03-01T23:00:00Z"},
		{"at one o'clock, where daylight saving skips midnight", "2026-09-06", "America/Santiago", "2026-09-06T04:00:00Z"},
		{"at one o'clock, east of Greenwich too", "2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00Z"},
		{"at the first of two midnights", "2026-11-01", "America/Havana", "2026-11-01T04:00:00Z"},
		{"after a day that there never was", "2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := casefile.ParseWhen(test.day, test.zone, "", "")
			if err != nil {
				t.Fatal(err)
			}
			if at := got.Earliest().Format(time.RFC3339); at != test.earliest {
				t.Errorf("it began at %s, want %s", at, test.earliest)
			}
			if got.Date() != test.day {
				t.Errorf("it shows as %s", got.Date())
			}
		})
	}
}

func TestAnInstantHasTheWallTimeOfItsZone(t *testing.T) {
	at := time.Date(2026, 10, 25, 1, 30, 40, 0, time.UTC)
	got, err := casefile.WhenOfInstant(at, "Europe/Madrid")
	if want := when("2026-10-25T02:30", 3600, casefile.Minute); err != nil || got != want {
		t.Errorf("got %+v and %v, want %+v", got, err, want)
	}
	if !got.Earliest().Equal(at.Truncate(time.Minute)) {
		t.Errorf("it is %s, want %s to the minute", got.Earliest(), at)
	}
	if _, err := casefile.WhenOfInstant(at, ""); !errors.Is(err, problem.New(problem.NoSuchZone, nil)) {
		t.Errorf("without a zone: %v, want no_such_zone", err)
	}
}

func TestAMessageKeepsTheOffsetItsSenderWroteAndHasNoZone(t *testing.T) {
	sent := time.Date(2026, 3, 2, 23, 50, 12, 0, time.FixedZone("", -5*3600))
	got := casefile.WhenOfMail(sent)
	want := casefile.When{Wall: "2026-03-02T23:50", OffsetSeconds: -5 * 3600, Precision: casefile.Minute}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.Date() != "2026-03-02" || !got.Earliest().Equal(sent.Truncate(time.Minute)) {
		t.Errorf("it shows as %s", got.In())
	}
}

func TestEarliestShowsTheWallTimeThatWasTypedWhateverTheZone(t *testing.T) {
	zones := []string{"UTC", "Europe/Madrid", "America/Mexico_City", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu",
		"Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Atlantic/Azores"}
	layouts := map[casefile.Precision]string{casefile.Minute: "2006-01-02T15:04", casefile.Hour: "2006-01-02T15",
		casefile.Day: "2006-01-02", casefile.Month: "2006-01", casefile.Year: "2006"}
	rapid.Check(t, func(t *rapid.T) {
		precision := rapid.SampledFrom(casefile.Precisions()).Draw(t, "precision")
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		minutes := rapid.Int64Range(0, 70*365*24*60).Draw(t, "minutes since 1970")
		typed := time.Unix(minutes*60, 0).UTC().Format(layouts[precision])
		got, err := casefile.ParseWhen(typed, zone, "", "")
		if choices := problem.From(errorOr(err)).Values["choices"]; choices != "" {
			offset, _, _ := strings.Cut(choices, ", ")
			got, err = casefile.ParseWhen(typed, zone, "", offset)
		}
		if errors.Is(err, problem.New(problem.NoSuchDate, nil)) {
			t.Skip("daylight saving skipped it")
		}
		if err != nil {
			t.Fatalf("%s in %s: %v", typed, zone, err)
		}
		if got.Wall != typed || got.In().Format(layouts[precision]) != typed {
			t.Fatalf("%s in %s became %s and shows as %s", typed, zone, got.Wall, got.In())
		}
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		before := got.Earliest().Add(-time.Second).In(location).Format(layouts[precision])
		at := got.Earliest().In(location).Format(layouts[precision])
		if precision != casefile.Minute && precision != casefile.Hour && (at != typed || before >= typed) {
			t.Fatalf("%s in %s begins at %s, where clocks show %s, and %s a second before", typed, zone, got.Earliest(), at, before)
		}
	})
}

func TestADueDateIsADayOrAMinute(t *testing.T) {
	tests := []struct {
		typed, zone string
		want        casefile.Due
		deadline    string
	}{
		{"2026-03-02", "Europe/Madrid", casefile.Due{Date: "2026-03-02", Zone: "Europe/Madrid"}, "2026-03-02T23:00:00Z"},
		{"2026-03-29", "Europe/Madrid", casefile.Due{Date: "2026-03-29", Zone: "Europe/Madrid"}, "2026-03-29T22:00:00Z"},
		{"2026-03-02T10:00", "Europe/Madrid", casefile.Due{Date: "2026-03-02", Time: "10:00", Zone: "Europe/Madrid"}, "2026-03-02T09:01:00Z"},
		{"2026-03-02 10:00", "America/Mexico_City", casefile.Due{Date: "2026-03-02", Time: "10:00", Zone: "America/Mexico_City"}, "2026-03-02T16:01:00Z"},
		{"2026-09-05", "America/Santiago", casefile.Due{Date: "2026-09-05", Zone: "America/Santiago"}, "2026-09-06T04:00:00Z"},
		{"2026-04-23", "Africa/Cairo", casefile.Due{Date: "2026-04-23", Zone: "Africa/Cairo"}, "2026-04-23T22:00:00Z"},
		{"2011-12-29", "Pacific/Apia", casefile.Due{Date: "2011-12-29", Zone: "Pacific/Apia"}, "2011-12-30T10:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.typed+" in "+test.zone, func(t *testing.T) {
			due, err := casefile.ParseDue(test.typed, test.zone)
			if err != nil {
				t.Fatal(err)
			}
			if *due != test.want {
				t.Errorf("got %+v, want %+v", *due, test.want)
			}
			if at := due.Deadline().UTC().Format(time.RFC3339); at != test.deadline {
				t.Errorf("it is late after %s, want %s", at, test.deadline)
			}
		})
	}
	for typed, want := range map[string]problem.Code{
		"2026-03": problem.NotADate, "2026": problem.NotADate, "2026-03-02T10": problem.NotADate, "soon": problem.NotADate,
		"2026-02-31": problem.NoSuchDate, "2026-03-29T02:30": problem.NoSuchDate, "2026-10-25T02:30": problem.AmbiguousTime,
	} {
		if due, err := casefile.ParseDue(typed, "Europe/Madrid"); !errors.Is(err, problem.New(want, nil)) {
			t.Errorf("%s: got %v and %v, want %s", typed, due, err, want)
		}
	}
}

func TestDaysLateAreCalendarDaysAfterTheDueDate(t *testing.T) {
	due := casefile.Due{Date: "2026-03-27", Zone: "Europe/Madrid"}
	for day, want := range map[string]int64{
		"2026-03-26": 0, "2026-03-27": 0, "2026-03-28": 1, "2026-03-30": 3, "2027-03-27": 365, "": 0, "tomorrow": 0,
	} {
		if got := due.DaysLate(day); got != want {
			t.Errorf("on %q it is %d days late, want %d", day, got, want)
		}
	}
}

func FuzzParseWhenNeverTakesWhatItCanNotShow(f *testing.F) {
	for _, typed := range []string{"2026-03-02T10:05", "2026-10-25 02:30", "2026-02-31", "0001", "9999-12-31T23:59", "٢٠٢٦"} {
		f.Add(typed, "Europe/Madrid", "", "+02:00")
		f.Add(typed, "America/Santiago", "month", "")
	}
	f.Fuzz(func(t *testing.T, typed, zone, precision, offset string) {
		got, err := casefile.ParseWhen(typed, zone, casefile.Precision(precision), offset)
		if err != nil {
			if problem.From(err).Code == problem.Unexpected {
				t.Fatalf("an error without words: %v", err)
			}
			return
		}
		if !strings.HasPrefix(strings.Replace(strings.TrimSpace(typed), " ", "T", 1), got.Wall) {
			t.Errorf("%q became %q", typed, got.Wall)
		}
		if !strings.HasPrefix(got.In().Format("2006-01-02T15:04"), got.Wall) {
			t.Errorf("%q shows as %s", got.Wall, got.In())
		}
	})
}

// when is a When in Madrid.
func when(wall string, offset int64, precision casefile.Precision) casefile.When {
	return casefile.When{Wall: wall, Zone: "Europe/Madrid", OffsetSeconds: offset, Precision: precision}
}

func errorOr(err error) error {
	if err == nil {
		return errors.New("none")
	}
	return err
}
