package casefile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

func TestMonthsTellWhatHappenedAndWhatWasQuiet(t *testing.T) {
	wait := int64(600)
	contact := func(wall string, precision casefile.Precision) casefile.Recorded[casefile.Contact] {
		when := casefile.When{Wall: wall, Zone: "Europe/Madrid", Precision: precision}
		return recorded(casefile.Contact{ID: wall, OccurredAt: when, HoldSeconds: &wait}, "2026-06-01T10:00:00Z")
	}
	promise := func(id, day string) casefile.Recorded[casefile.Promise] {
		return recorded(casefile.Promise{ID: id, Due: due(day)}, "2026-03-01T10:00:00Z")
	}
	message := casefile.MessageView{Message: casefile.Message{ID: "m"}, Reading: casefile.Reading{Date: "2026-05-31T23:30:00+02:00"}}
	file := casefile.CaseFile{
		Case:     casefile.Case{Zone: "Europe/Madrid"},
		Contacts: []casefile.Recorded[casefile.Contact]{contact("2026-03-02T10:05", casefile.Minute), contact("2026-03", casefile.Month)},
		Messages: []casefile.Recorded[casefile.MessageView]{recorded(message, "2026-06-01T10:00:00Z")},
		Promises: []casefile.Recorded[casefile.Promise]{promise("late", "2026-04-03"), promise("waiting", "2026-06-30"), promise("far", "2027-01-01"), promise("before", "2026-01-01")},
	}
	want := []casefile.MonthFigures{
		{Month: "2026-03", Contacts: 2, HoldSeconds: 1200},
		{Month: "2026-04", PromisesDue: 1, PromisesNotKept: 1},
		{Month: "2026-05", Contacts: 1},
		{Month: "2026-06", PromisesDue: 1},
	}
	if diff := cmp.Diff(want, file.Months(instant("2026-06-15T10:00:00Z"))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := (casefile.CaseFile{Case: file.Case}).Months(instant("2026-06-15T10:00:00Z")); got != nil {
		t.Errorf("a case without contacts has %v", got)
	}
	old := casefile.CaseFile{Case: file.Case, Contacts: []casefile.Recorded[casefile.Contact]{contact("0001-01-01", casefile.Day)}}
	if got := old.Months(instant("2026-06-15T10:00:00Z")); len(got) != 1200 || got[1199].Month != "2026-06" {
		t.Errorf("a contact in the year 1 gives %d months, up to %v", len(got), got[len(got)-1])
	}
}
