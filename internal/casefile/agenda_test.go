package casefile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

// names lists items of an agenda by their promise, or "answer", with the case they are in.
func names(items []casefile.AgendaItem) []string {
	var list []string
	for _, item := range items {
		name := "answer"
		if item.Promise != nil {
			name = item.Promise.Promise.Value.ID
		}
		list = append(list, item.Case.ID+": "+name)
	}
	return list
}

func promise(id, date string) casefile.Recorded[casefile.Promise] {
	p := casefile.Promise{ID: id, PartyID: "rayo", MadeAt: when("2026-03-01T10:00", 3600, casefile.Minute)}
	if date != "" {
		p.Due = due(date)
	}
	return recorded(p, "2026-03-01T10:00:00Z")
}

func parcel(promises ...casefile.Recorded[casefile.Promise]) casefile.CaseFile {
	return casefile.CaseFile{
		Case:     casefile.Case{ID: "parcel", Zone: "Europe/Madrid"},
		Entry:    casefile.Entry{RecordedAt: instant("2026-03-01T09:00:00Z")},
		Parties:  []casefile.Recorded[casefile.Party]{recorded(casefile.Party{ID: "rayo", Name: "Envíos Rayo"}, "2026-03-01T09:00:00Z")},
		Promises: promises,
	}
}

func TestTheAgendaPutsWhatIsLateFirstAndWhatHasNoDateLast(t *testing.T) {
	call := parcel(promise("call back", "2026-03-11"), promise("look into it", ""))
	call.Case.ID = "fibre"
	agenda := casefile.AgendaOf([]casefile.CaseFile{
		parcel(promise("refund", "2026-03-09"), promise("letter", "2026-03-18"), promise("visit", "2026-03-10T18:00"), promise("cheque", "2026-03-17")),
		call,
		parcel(promise("parcel", "2026-03-03")),
	}, instant("2026-03-10T11:00:00Z"))
	got := map[string][]string{"late": names(agenda.Late), "week": names(agenda.ThisWeek), "waiting": names(agenda.Waiting)}
	want := map[string][]string{
		"late":    {"parcel: parcel", "parcel: refund"},
		"week":    {"parcel: visit", "fibre: call back", "parcel: cheque"},
		"waiting": {"parcel: letter", "fibre: look into it"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if first := agenda.Late[0]; first.DaysLate != 7 || first.Parties[0].Name != "Envíos Rayo" {
		t.Errorf("the oldest is %d days late, owed by %v", first.DaysLate, first.Parties)
	}
}

func TestAPromiseWithAnHourIsLateOnItsOwnDay(t *testing.T) {
	file := parcel(promise("visit", "2026-03-10T10:00"))
	agenda := casefile.AgendaOf([]casefile.CaseFile{file}, instant("2026-03-10T09:02:00Z"))
	if len(agenda.Late) != 1 || agenda.Late[0].DaysLate != 0 {
		t.Errorf("got %+v", agenda)
	}
}

func TestWhatWasSettledIsOnNoAgenda(t *testing.T) {
	file := parcel(promise("refund", "2026-03-09"))
	file.Settlements = []casefile.Recorded[casefile.Settlement]{
		recorded(casefile.Settlement{PromiseID: "refund", Outcome: casefile.Broken}, "2026-03-10T10:00:00Z")}
	agenda := casefile.AgendaOf([]casefile.CaseFile{file}, instant("2026-03-12T11:00:00Z"))
	if len(agenda.Late)+len(agenda.ThisWeek)+len(agenda.Waiting) > 0 {
		t.Errorf("got %+v", agenda)
	}
}

func TestOfAPromiseThatWasMadeAgainOnlyTheLastStandsOnTheAgenda(t *testing.T) {
	again := promise("refund again", "2026-03-20")
	again.Value.RepeatsID = "refund"
	file := parcel(promise("refund", "2026-03-09"), again)
	now := instant("2026-03-12T11:00:00Z")
	agenda := casefile.AgendaOf([]casefile.CaseFile{file}, now)
	if got := names(agenda.Late); got != nil {
		t.Errorf("late: %v", got)
	}
	if diff := cmp.Diff([]string{"parcel: refund again"}, names(agenda.Waiting)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}

	file.Settlements = []casefile.Recorded[casefile.Settlement]{
		recorded(casefile.Settlement{PromiseID: "refund again", Outcome: casefile.Withdrawn}, "2026-03-11T10:00:00Z")}
	agenda = casefile.AgendaOf([]casefile.CaseFile{file}, now)
	if diff := cmp.Diff([]string{"parcel: refund"}, names(agenda.Late)); diff != "" {
		t.Errorf("the earlier one stands when the later one is settled: -want +got:\n%s", diff)
	}
}

func TestAPromiseMadeAgainWithoutADateIsLateByTheDateItHadAndToldInItsWords(t *testing.T) {
	again, oncemore := promise("refund again", "2026-03-07"), promise("refund once more", "")
	again.Value.RepeatsID, oncemore.Value.RepeatsID = "refund", "refund"
	file := parcel(promise("refund", "2026-03-02"), promise("another", "2026-03-30"), again, oncemore)
	agenda := casefile.AgendaOf([]casefile.CaseFile{file}, instant("2026-03-12T11:00:00Z"))
	if diff := cmp.Diff([]string{"parcel: refund again"}, names(agenda.Late)); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
	if late := agenda.Late[0]; late.DaysLate != 5 || late.Due.Date != "2026-03-07" {
		t.Errorf("%d days late, by %v", late.DaysLate, late.Due)
	}
}

func TestAnAnswerIsOwedUntilThePersonLoggedOne(t *testing.T) {
	contact := func(day string, change func(*casefile.Contact)) *casefile.Contact {
		c := casefile.Contact{Direction: casefile.Outgoing, OccurredAt: when(day, 3600, casefile.Day)}
		if change != nil {
			change(&c)
		}
		return &c
	}
	incoming := func(c *casefile.Contact) { c.Direction = casefile.Incoming }
	tests := []struct {
		name    string
		by      string
		contact *casefile.Contact
		owed    bool
	}{
		{"nothing came", "2026-03-05", nil, true},
		{"the person only called", "2026-03-05", contact("2026-03-04", nil), true},
		{"the company called", "2026-03-05", contact("2026-03-01", incoming), false},
		{"the company had called before it was asked", "2026-03-05", contact("2026-02-27", incoming), true},
		{"the company offered something when it was called", "2026-03-05", contact("2026-03-04", func(c *casefile.Contact) { c.Remedy = &casefile.Remedy{Kind: "none"} }), false},
		{"what is put on record later asked by a date of then", "2026-02-10", contact("2026-02-12", incoming), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := parcel()
			file.Case.AnswerBy = due(test.by)
			if test.contact != nil {
				file.Contacts = append(file.Contacts, recorded(*test.contact, "2026-03-08T10:00:00Z"))
			}
			agenda := casefile.AgendaOf([]casefile.CaseFile{file}, instant("2026-03-08T11:00:00Z"))
			if owed := len(agenda.Late) == 1; owed != test.owed {
				t.Errorf("owed: %t", owed)
			}
		})
	}
}

func TestAnAnswerIsAskedForAnewWhenItsDateIsCorrected(t *testing.T) {
	file := parcel()
	file.Case.AnswerBy = due("2026-03-20")
	file.Entry.Corrections = []casefile.Correction{
		{Fields: map[string]any{"answer_by": "…"}, RecordedAt: instant("2026-03-10T10:00:00Z")},
		{Fields: map[string]any{"title": "The parcel"}, RecordedAt: instant("2026-03-12T10:00:00Z")},
	}
	file.Contacts = []casefile.Recorded[casefile.Contact]{
		recorded(casefile.Contact{Direction: casefile.Incoming, OccurredAt: when("2026-03-05", 3600, casefile.Day)}, "2026-03-05T10:00:00Z")}
	agenda := casefile.AgendaOf([]casefile.CaseFile{file}, instant("2026-03-14T11:00:00Z"))
	if diff := cmp.Diff([]string{"parcel: answer"}, names(agenda.ThisWeek)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
