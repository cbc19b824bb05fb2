package backup

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSnapshotsAreThinnedByTheirDates(t *testing.T) {
	hourly := func(from string, count int) (times []time.Time) {
		start := mustTime(t, from)
		for i := range count {
			times = append(times, start.Add(time.Duration(i)*time.Hour))
		}
		return times
	}
	daily := func(from string, count int) (times []time.Time) {
		start := mustTime(t, from)
		for i := range count {
			times = append(times, start.AddDate(0, 0, i))
		}
		return times
	}
	for _, c := range []struct {
		name  string
		times []time.Time
		keeps string
	}{
		{"the only one", hourly("2026-03-02 09:00", 1), "2026-03-02 09:00"},
		{"twelve of one day", hourly("2026-03-02 09:00", 12), "2026-03-02 09:00, 10:00, 11:00, 12:00, 13:00, 14:00, 15:00, " +
			"16:00, 17:00, 18:00, 19:00, 20:00"},
		{"the last twelve of many", hourly("2026-03-02 01:00", 20), "2026-03-02 09:00, 10:00, 11:00, 12:00, 13:00, 14:00, 15:00, " +
			"16:00, 17:00, 18:00, 19:00, 20:00"},
		{"days, weeks and months of a year", daily("2026-01-01 09:00", 365),
			"2026-01-31 09:00, 2026-02-28 09:00, 2026-03-31 09:00, 2026-04-30 09:00, 2026-05-31 09:00, 2026-06-30 09:00, " +
				"2026-07-31 09:00, 2026-08-31 09:00, 2026-09-30 09:00, 2026-10-31 09:00, 2026-11-08 09:00, 2026-11-15 09:00, " +
				"2026-11-22 09:00, 2026-11-29 09:00, 2026-11-30 09:00, 2026-12-06 09:00, 2026-12-13 09:00, 2026-12-18 09:00, " +
				"2026-12-19 09:00, 2026-12-20 09:00, 2026-12-21 09:00, 2026-12-22 09:00, 2026-12-23 09:00, 2026-12-24 09:00, " +
				"2026-12-25 09:00, 2026-12-26 09:00, 2026-12-27 09:00, 2026-12-28 09:00, 2026-12-29 09:00, 2026-12-30 09:00, " +
				"2026-12-31 09:00"},
		{"a clock that jumps ahead ten years and back", slices.Concat(daily("2026-03-01 09:00", 14), daily("2036-03-01 09:00", 1),
			daily("2026-03-15 09:00", 2)),
			"2026-03-04 09:00, 2026-03-05 09:00, 2026-03-06 09:00, 2026-03-07 09:00, 2026-03-08 09:00, " +
				"2026-03-09 09:00, 2026-03-10 09:00, 2026-03-11 09:00, 2026-03-12 09:00, 2026-03-13 09:00, 2026-03-14 09:00, " +
				"2036-03-01 09:00, 2026-03-15 09:00, 2026-03-16 09:00, 2026-03-01 09:00"},
		{"a clock that is reset to the epoch", slices.Concat(daily("2026-03-01 09:00", 14), daily("1970-01-01 00:00", 1)),
			"2026-03-01 09:00, 2026-03-02 09:00, 2026-03-03 09:00, 2026-03-04 09:00, 2026-03-05 09:00, 2026-03-06 09:00, " +
				"2026-03-07 09:00, 2026-03-08 09:00, 2026-03-09 09:00, 2026-03-10 09:00, 2026-03-11 09:00, 2026-03-12 09:00, " +
				"2026-03-13 09:00, 2026-03-14 09:00, 1970-01-01 00:00"},
		{"two years without a backup", slices.Concat(daily("2026-03-01 09:00", 13), daily("2028-03-01 09:00", 1)),
			"2026-03-01 09:00, 2026-03-02 09:00, 2026-03-03 09:00, 2026-03-04 09:00, 2026-03-05 09:00, 2026-03-06 09:00, " +
				"2026-03-07 09:00, 2026-03-08 09:00, 2026-03-09 09:00, 2026-03-10 09:00, 2026-03-11 09:00, 2026-03-12 09:00, " +
				"2026-03-13 09:00, 2028-03-01 09:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var snapshots []Snapshot
			for _, at := range c.times {
				snapshots = append(snapshots, Snapshot{Time: at})
			}
			var kept []string
			for i, keep := range thinned(snapshots) {
				if keep {
					kept = append(kept, snapshots[i].Time.Format("2006-01-02 15:04"))
				}
			}
			want := wholeDates(c.keeps)
			slices.Sort(kept)
			slices.Sort(want)
			if !slices.Equal(kept, want) {
				t.Errorf("kept %s\nwant %s", strings.Join(kept, ", "), strings.Join(want, ", "))
			}
		})
	}
}

// Thinning day after day must come to what thinning once would keep: else what is kept for a month is gone before.
func TestThinningEveryDayKeepsTheMonths(t *testing.T) {
	var kept []Snapshot
	for i := range 800 {
		kept = append(kept, Snapshot{Time: mustTime(t, "2026-01-01 09:00").AddDate(0, 0, i), Number: int64(i)})
		keep := thinned(kept)
		if !keep[len(keep)-1] {
			t.Fatalf("the newest is gone on day %d", i)
		}
		var left []Snapshot
		for j, snapshot := range kept {
			if keep[j] {
				left = append(left, snapshot)
			}
		}
		kept = left
	}
	months := map[string]bool{}
	for _, snapshot := range kept {
		months[snapshot.Time.Format("2006-01")] = true
	}
	if len(months) != 27 || len(kept) > 27+keptDays+keptWeeks {
		t.Errorf("%d snapshots of %d months are left", len(kept), len(months))
	}
}

// wholeDates reads a list in which a time without a date is of the day before it.
func wholeDates(list string) (all []string) {
	day := ""
	for _, text := range strings.Split(list, ", ") {
		if date, _, found := strings.Cut(text, " "); found {
			day = date
			all = append(all, text)
			continue
		}
		all = append(all, day+" "+text)
	}
	return all
}

func mustTime(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
