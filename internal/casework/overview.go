package casework

import (
	"context"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

type (
	// TimelineFilter says which rows of a timeline are wanted.
	TimelineFilter = library.TimelineFilter
	// TimelinePage is a part of a timeline.
	TimelinePage = library.TimelinePage
	// TimelineRow is one thing on a timeline.
	TimelineRow = library.TimelineRow
	// Strip is what the drawing over a timeline needs.
	Strip = library.Strip
)

// Overview is what is seen first of a case.
type Overview struct {
	library.Overview
	// Today is the day where the person lives.
	Today    string
	Standing casefile.Standing
}

// Overview gives what is seen first of a case, and says where it stands.
//
// Problem: not_found.
func (c *Casework) Overview(ctx context.Context, caseID string) (Overview, error) {
	now := c.Now()
	read, err := c.library.Overview(ctx, caseID, now)
	if err != nil {
		return Overview{}, err
	}
	standing := casefile.StandingOf(read.File.PromiseStatuses(now), read.Timeline > 0)
	switch {
	case read.File.Case.Closed():
		standing = casefile.Standing{Kind: casefile.Ended}
	case standing.Kind == casefile.PromiseLate:
		standing.Others = read.Overdue - 1
	}
	return Overview{Overview: read, Today: todayIn(read.File.Case.Zone, now), Standing: standing}, nil
}

// Timeline gives a part of a case's timeline: limit rows behind the first ones that the filter lets through.
//
// Problem: not_found.
func (c *Casework) Timeline(
	ctx context.Context, caseID string, filter TimelineFilter, first, limit int64,
) (TimelinePage, error) {
	return c.library.Timeline(ctx, caseID, filter, first, limit, c.Now())
}

// TimelineRowOf finds the row of a timeline that an entry is, or hangs on, and how many rows stand before it. Without one
// the row is empty.
//
// Problem: not_found.
func (c *Casework) TimelineRowOf(
	ctx context.Context, caseID, entryID string, oldestFirst bool,
) (row TimelineRow, before int64, err error) {
	return c.library.TimelineRowOf(ctx, caseID, entryID, oldestFirst, c.Now())
}

// Strip gives what the drawing of a whole case at a glance is made from.
//
// Problem: not_found.
func (c *Casework) Strip(ctx context.Context, caseID string) (Strip, error) {
	one, err := library.Thing[casefile.Case](ctx, c.library, record.KindCase, caseID)
	if err != nil {
		return Strip{}, err
	}
	now := c.Now()
	return c.library.Strip(ctx, caseID, now, todayIn(one.Value.Zone, now))
}

// Revision is another number after anything was recorded or read: what was counted before may be counted again.
func (c *Casework) Revision(ctx context.Context) (int64, error) { return c.library.Revision(ctx) }

func todayIn(zone string, now time.Time) string {
	location, err := time.LoadLocation(zone)
	if err != nil {
		location = time.UTC
	}
	return now.In(location).Format(time.DateOnly)
}
