package casefile

import (
	"cmp"
	"slices"
)

// Standing is where a case stands, for the one sentence that says so: what is late first, then what is awaited.
type Standing struct {
	Kind StandingKind
	// Promise is the one that is latest, or awaited first; nil for the other kinds.
	Promise *PromiseStatus
	// Others is how many more promises are past their date.
	Others int64
}

// StandingKind is what there is to say of where a case stands.
type StandingKind string

// Where a case can stand.
const (
	NothingYet     StandingKind = "nothing_yet" // nothing is on record
	PromiseLate    StandingKind = "late"        // a promise is past its date
	PromiseAwaited StandingKind = "waiting"     // a promise is open
	Quiet          StandingKind = "quiet"       // nothing is pending
	Ended          StandingKind = "ended"       // the case has ended, and nothing is waited for any longer
)

// StandingOf says where a case with these promises stands. anything is whether anything happened in it.
func StandingOf(statuses []PromiseStatus, anything bool) Standing {
	var late, open []PromiseStatus
	for _, status := range statuses {
		switch status.State {
		case Overdue:
			late = append(late, status)
		case Open:
			open = append(open, status)
		}
	}
	switch {
	case len(late) > 0:
		latest := slices.MaxFunc(late, func(a, b PromiseStatus) int { return cmp.Compare(a.DaysLate, b.DaysLate) })
		return Standing{Kind: PromiseLate, Promise: &latest, Others: int64(len(late)) - 1}
	case len(open) > 0:
		next := slices.MinFunc(open, func(a, b PromiseStatus) int { return cmp.Compare(dueOrNever(a), dueOrNever(b)) })
		return Standing{Kind: PromiseAwaited, Promise: &next}
	case anything:
		return Standing{Kind: Quiet}
	}
	return Standing{Kind: NothingYet}
}

// dueOrNever orders promises by their date; those without one come last.
func dueOrNever(status PromiseStatus) string {
	if due := status.Promise.Value.Due; due != nil {
		return due.Date + " " + due.Time
	}
	return "9999"
}
