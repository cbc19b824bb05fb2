package casefile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

func TestHowAPromiseStands(t *testing.T) {
	settled := func(outcome casefile.Outcome, on *casefile.Due) []casefile.Settlement {
		return []casefile.Settlement{{PromiseID: "refund", Outcome: outcome, On: on}}
	}
	tests := []struct {
		name        string
		due         *casefile.Due
		settlements []casefile.Settlement
		now         string
		state       casefile.PromiseState
		daysLate    int64
		notKept     bool
	}{
		{name: "open while its day has not come", due: due("2026-03-10"), now: "2026-03-09T12:00:00Z", state: casefile.Open},
		{name: "open until the last moment of its day", due: due("2026-03-10"), now: "2026-03-10T22:59:59Z", state: casefile.Open},
		{name: "overdue from the next day on", due: due("2026-03-10"), now: "2026-03-10T23:00:01Z", state: casefile.Overdue, daysLate: 1, notKept: true},
		{name: "overdue by days of the calendar where the person lives", due: due("2026-03-27"), now: "2026-03-29T22:00:01Z", state: casefile.Overdue, daysLate: 3, notKept: true},
		{name: "open until its minute is over", due: due("2026-03-10T10:00"), now: "2026-03-10T09:00:59Z", state: casefile.Open},
		{name: "overdue on its own day, by no whole day", due: due("2026-03-10T10:00"), now: "2026-03-10T09:01:01Z", state: casefile.Overdue, notKept: true},
		{name: "open for ever without a date", now: "2030-01-01T00:00:00Z", state: casefile.Open},
		{name: "kept", due: due("2026-03-10"), settlements: settled(casefile.Kept, due("2026-03-09")), now: "2026-05-01T00:00:00Z", state: "kept"},
		{name: "kept, whatever the day it was noted", due: due("2026-03-10"), settlements: settled(casefile.Kept, nil), now: "2026-05-01T00:00:00Z", state: "kept"},
		{name: "late by the days until it was kept", due: due("2026-03-10"), settlements: settled(casefile.KeptLate, due("2026-03-24")), now: "2026-05-01T00:00:00Z", state: "late", daysLate: 14},
		{name: "late by nobody knows how much", due: due("2026-03-10"), settlements: settled(casefile.KeptLate, nil), now: "2026-05-01T00:00:00Z", state: "late"},
		{name: "broken, as late as the day it was known, however long ago that is", due: due("2026-03-10"), settlements: settled(casefile.Broken, due("2026-03-11")), now: "2026-05-20T12:00:00Z", state: "broken", daysLate: 1, notKept: true},
		{name: "broken on a day that nobody noted, as late as the day it was recorded", due: due("2026-03-10"), settlements: settled(casefile.Broken, nil), now: "2026-05-20T12:00:00Z", state: "broken", daysLate: 2, notKept: true},
		{name: "broken before its day came", due: due("2026-03-10"), settlements: settled(casefile.Broken, due("2026-03-08")), now: "2026-03-09T12:00:00Z", state: "broken", notKept: true},
		{name: "broken without a date", settlements: settled(casefile.Broken, due("2026-03-08")), now: "2026-05-01T00:00:00Z", state: "broken", notKept: true},
		{name: "withdrawn", due: due("2026-03-10"), settlements: settled(casefile.Withdrawn, nil), now: "2026-05-01T00:00:00Z", state: "withdrawn"},
		{
			name: "as it was settled last", due: due("2026-03-10"), now: "2026-05-01T00:00:00Z", state: "late", daysLate: 2,
			settlements: append(settled(casefile.Broken, due("2026-03-11")), settled(casefile.KeptLate, due("2026-03-12"))...),
		},
		{
			name: "not by what another promise was settled with", due: due("2026-03-10"), now: "2026-03-01T00:00:00Z", state: casefile.Open,
			settlements: []casefile.Settlement{{PromiseID: "call back", Outcome: casefile.Broken}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := casefile.CaseFile{Promises: []casefile.Recorded[casefile.Promise]{
				recorded(casefile.Promise{ID: "refund", What: "Refund within ten days", Due: test.due}, "2026-03-01T10:00:00Z"),
			}}
			for _, settlement := range test.settlements {
				file.Settlements = append(file.Settlements, recorded(settlement, "2026-03-12T10:00:00Z"))
			}
			got := file.PromiseStatuses(instant(test.now))[0]
			if got.State != test.state || got.DaysLate != test.daysLate || got.NotKept() != test.notKept {
				t.Errorf("it is %s, %d days late, not kept: %t; want %s, %d, %t",
					got.State, got.DaysLate, got.NotKept(), test.state, test.daysLate, test.notKept)
			}
			ofThis := len(test.settlements) > 0 && test.settlements[0].PromiseID == "refund"
			if (got.Settlement != nil) != ofThis {
				t.Errorf("its settlement is %v", got.Settlement)
			}
		})
	}
}

func TestNoPromiseIsLateBeyondTheDayTheCaseEnded(t *testing.T) {
	tests := []struct {
		name     string
		due, on  *casefile.Due
		state    casefile.PromiseState
		daysLate int64
	}{
		{"late by the days up to it", due("2026-03-10"), due("2026-03-14"), casefile.Overdue, 4},
		{"due on that very day, which is not over", due("2026-03-14"), due("2026-03-14"), casefile.Open, 0},
		{"due after it, and no longer waited for", due("2026-03-20"), due("2026-03-14"), casefile.Open, 0},
		{"late by the days up to when it was recorded that it ended", due("2026-03-10"), nil, casefile.Overdue, 6},
		{"late up to now, while the day of the ending is still to come", due("2026-03-10"), due("2027-01-01"), casefile.Overdue, 52},
	}
	for _, test := range tests {
		file := casefile.CaseFile{
			Case: casefile.Case{Zone: "Europe/Madrid", Ending: &casefile.Ending{Kind: casefile.GaveUp, On: test.on}},
			Entry: casefile.Entry{RecordedAt: instant("2026-03-01T10:00:00Z"), Corrections: []casefile.Correction{
				{Fields: map[string]any{"ending": map[string]any{"kind": "gave_up"}}, RecordedAt: instant("2026-03-16T10:00:00Z")},
				{Fields: map[string]any{"title": "The parcel"}, RecordedAt: instant("2026-04-16T10:00:00Z")},
			}},
			Promises: []casefile.Recorded[casefile.Promise]{recorded(casefile.Promise{ID: "refund", Due: test.due}, "2026-03-01T10:00:00Z")},
		}
		got := file.PromiseStatuses(instant("2026-05-01T10:00:00Z"))[0]
		if got.State != test.state || got.DaysLate != test.daysLate {
			t.Errorf("%s: it is %s, %d days late; want %s, %d", test.name, got.State, got.DaysLate, test.state, test.daysLate)
		}
	}
}

func TestAPromiseKnowsHowOftenItHadBeenMadeBefore(t *testing.T) {
	tests := []struct {
		name    string
		repeats map[string]string // promise → the earlier one it says again
		want    map[string]int64
	}{
		{"a chain", map[string]string{"first": "", "second": "first", "third": "second"}, map[string]int64{"first": 0, "second": 1, "third": 2}},
		{"two that say the same one again", map[string]string{"first": "", "second": "first", "third": "first"}, map[string]int64{"first": 0, "second": 1, "third": 1}},
		{"one that says again what nobody recorded", map[string]string{"second": "first"}, map[string]int64{"second": 0}},
		{"a circle in a damaged record", map[string]string{"a": "b", "b": "c", "c": "a"}, map[string]int64{"a": 2, "b": 2, "c": 2}},
		{"a promise that says itself again", map[string]string{"a": "a"}, map[string]int64{"a": 0}},
		{"a way into a circle", map[string]string{"a": "b", "b": "c", "c": "b"}, map[string]int64{"a": 2, "b": 1, "c": 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var file casefile.CaseFile
			for id, earlier := range test.repeats {
				file.Promises = append(file.Promises, recorded(casefile.Promise{ID: id, RepeatsID: earlier}, "2026-03-01T10:00:00Z"))
			}
			got := map[string]int64{}
			for _, status := range file.PromiseStatuses(instant("2026-03-02T10:00:00Z")) {
				got[status.Promise.Value.ID] = status.Repeats()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPromisesKeepTheirOrder(t *testing.T) {
	var file casefile.CaseFile
	for _, id := range []string{"c", "a", "b"} {
		file.Promises = append(file.Promises, recorded(casefile.Promise{ID: id}, "2026-03-01T10:00:00Z"))
	}
	var got []string
	for _, status := range file.PromiseStatuses(instant("2026-03-02T10:00:00Z")) {
		got = append(got, status.Promise.Value.ID)
	}
	if diff := cmp.Diff([]string{"c", "a", "b"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
