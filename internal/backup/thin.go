package backup

import (
	"fmt"
	"time"
)

// How many earlier snapshots are kept: the last ones whatever their dates, then the last one of each of the latest days,
// weeks (ISO 8601) and months, in UTC.
const (
	keptLast  = 12
	keptDays  = 14
	keptWeeks = 9
)

// thinned tells which snapshots to keep; they come in the order in which they were made. Days, weeks and months are
// counted when there is a snapshot of them, so neither a clock that jumps nor a year without backups thins them out; the
// months are kept without end. The newest is always kept.
func thinned(snapshots []Snapshot) []bool {
	keep := make([]bool, len(snapshots))
	seen := map[string]bool{}
	periods := []struct {
		limit int
		name  func(time.Time) string
	}{
		{keptDays, func(at time.Time) string { return at.Format("2006-01-02") }},
		{keptWeeks, isoWeek},
		{len(snapshots), func(at time.Time) string { return at.Format("2006-01") }},
	}
	counts := make([]int, len(periods))
	for i := len(snapshots) - 1; i >= 0; i-- {
		keep[i] = len(snapshots)-i <= keptLast
		at := snapshots[i].Time.UTC()
		for p, period := range periods {
			name := period.name(at)
			if seen[name] || counts[p] == period.limit {
				continue
			}
			seen[name] = true
			counts[p]++
			keep[i] = true
		}
	}
	return keep
}

func isoWeek(at time.Time) string {
	year, week := at.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}
