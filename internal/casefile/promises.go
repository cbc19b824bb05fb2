package casefile

import (
	"slices"
	"time"
)

// PromiseState is how a promise stands on a day: the outcome it was settled with, else open or overdue.
type PromiseState string

// States of a promise that nobody settled; the others are the outcomes.
const (
	Open    PromiseState = "open"
	Overdue PromiseState = "overdue"
)

// PromiseStates lists how promises stand, what needs attention first coming first.
func PromiseStates() []PromiseState {
	return []PromiseState{
		Overdue, Open, PromiseState(Broken), PromiseState(KeptLate), PromiseState(Kept), PromiseState(Withdrawn)}
}

// PromiseStatus is a promise with how it stands.
type PromiseStatus struct {
	Promise    Recorded[Promise]
	State      PromiseState
	Settlement *Recorded[Settlement] // the last one; nil while nobody settled it
	// DaysLate counts from the due date to the day it was kept late or known to be broken, and runs on to today, or to the
	// day the case ended, while nobody settled it. 0 when it is not late, had no date, or was kept late on a day that nobody
	// noted.
	DaysLate int64
	// Earlier are the promises that it says again, by [Promise.RepeatsID], the one that was made first coming first.
	Earlier []string
}

// Repeats is how often the same promise had been made before.
func (s PromiseStatus) Repeats() int64 { return int64(len(s.Earlier)) }

// NotKept reports whether the promise counts as not kept, wherever promises are counted: known to be broken, or past its
// date with nothing on record that it was kept. The second is told apart as [Overdue], for it can still be kept late.
func (s PromiseStatus) NotKept() bool { return s.State == PromiseState(Broken) || s.State == Overdue }

// PromiseStatuses says how every promise stands at now, in the order they were made.
func (f CaseFile) PromiseStatuses(now time.Time) []PromiseStatus {
	last := map[string]*Recorded[Settlement]{}
	for i := range f.Settlements {
		last[f.Settlements[i].Value.PromiseID] = &f.Settlements[i]
	}
	byID := map[string]Promise{}
	for _, p := range f.Promises {
		byID[p.Value.ID] = p.Value
	}
	now = f.noLaterThanEnded(now)
	statuses := make([]PromiseStatus, 0, len(f.Promises))
	for _, p := range f.Promises {
		status := PromiseStatus{Promise: p, Settlement: last[p.Value.ID], Earlier: earlier(p.Value, byID)}
		status.State, status.DaysLate = standing(p.Value, status.Settlement, now)
		statuses = append(statuses, status)
	}
	return statuses
}

// noLaterThanEnded is now, or the last moment of the day on which the case ended: nothing is waited for after that. An
// ending whose day nobody noted ended the case when it was recorded.
func (f CaseFile) noLaterThanEnded(now time.Time) time.Time {
	if !f.Case.Closed() {
		return now
	}
	ended := f.Entry.RecordedAt
	if on := f.Case.Ending.On; on != nil {
		ended = on.Deadline()
	} else {
		for _, correction := range f.Entry.Corrections {
			if _, changed := correction.Fields["ending"]; changed {
				ended = correction.RecordedAt
			}
		}
	}
	if ended.IsZero() || ended.After(now) {
		return now
	}
	return ended.Add(-time.Nanosecond)
}

func standing(p Promise, settled *Recorded[Settlement], now time.Time) (PromiseState, int64) {
	if settled == nil {
		if p.Due == nil {
			return Open, 0
		}
		if days, past := p.Due.Past(now); past {
			return Overdue, days
		}
		return Open, 0
	}
	outcome := settled.Value.Outcome
	switch {
	case p.Due == nil:
		return PromiseState(outcome), 0
	case outcome == Broken && settled.Value.On != nil:
		return PromiseState(outcome), p.Due.DaysLate(settled.Value.On.Date)
	case outcome == Broken: // known by the day it was recorded, at the latest
		return PromiseState(outcome), p.Due.DaysLate(dayIn(settled.Entry.RecordedAt, p.Due.Zone))
	case outcome == KeptLate && settled.Value.On != nil:
		return PromiseState(outcome), p.Due.DaysLate(settled.Value.On.Date)
	}
	return PromiseState(outcome), 0
}

// earlier follows RepeatsID back. A damaged record could hold a circle, so it stops at what it has seen.
func earlier(p Promise, byID map[string]Promise) []string {
	seen := map[string]bool{p.ID: true}
	var ids []string
	for p.RepeatsID != "" && !seen[p.RepeatsID] {
		seen[p.RepeatsID] = true
		before, ok := byID[p.RepeatsID]
		if !ok {
			break
		}
		p = before
		ids = append(ids, p.ID)
	}
	slices.Reverse(ids)
	return ids
}

func dayIn(at time.Time, zone string) string {
	location, err := loadZone(zone)
	if err != nil {
		location = time.UTC
	}
	return at.In(location).Format(wallLayouts[Day])
}
