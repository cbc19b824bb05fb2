package casefile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

// aSmallCase is a case whose figures can be counted on the fingers: four contacts with three people, two emails of which
// one was logged as a contact, too, three promises and three expenses.
func aSmallCase() casefile.CaseFile {
	seconds := func(n int64) *int64 { return &n }
	return casefile.CaseFile{
		Case: casefile.Case{Title: "The parcel that never came", Zone: "Europe/Madrid", Claimed: &casefile.Money{Minor: 43820, Currency: "EUR"},
			CustomerSince: "2014-04", YearlySpend: &casefile.Money{Minor: 120000, Currency: "EUR"}, HourValue: &casefile.Money{Minor: 2000, Currency: "EUR"}},
		People: []casefile.Recorded[casefile.Person]{
			recorded(casefile.Person{ID: "nuria", Name: "Núria"}, "2026-03-02T10:00:00Z"),
			recorded(casefile.Person{ID: "refused", Refused: true}, "2026-03-05T20:00:00Z"),
			recorded(casefile.Person{ID: "marc", Name: "Marc"}, "2026-03-20T10:00:00Z"),
		},
		Contacts: []casefile.Recorded[casefile.Contact]{
			recorded(casefile.Contact{
				ID: "call 1", Direction: casefile.Outgoing, Channel: casefile.Phone, OccurredAt: when("2026-03-02T10:05", 3600, casefile.Minute),
				HoldSeconds: seconds(1500), TalkSeconds: seconds(300), Transfers: 2, Retold: 3, SentTo: &casefile.SentTo{Words: "the shop"}, Supervisor: casefile.SupervisorRefused,
				Failures: []casefile.Failure{"long_wait", "transfer_chain"}, Basis: casefile.PhoneLog,
			}, "2026-03-02T09:50:00Z"), // it ended at 10:35, and was recorded at 10:50
			recorded(casefile.Contact{
				ID: "call 2", Direction: casefile.Outgoing, Channel: casefile.Phone, OccurredAt: when("2026-03-05", 3600, casefile.Day),
				HoldSeconds: seconds(2280), Transfers: 1, Retold: 1, Supervisor: casefile.SupervisorPutOn,
				Failures: []casefile.Failure{"long_wait"}, Basis: casefile.Memory,
			}, "2026-03-05T20:00:00Z"),
			recorded(casefile.Contact{
				ID: "email", Direction: casefile.Incoming, Channel: casefile.Email, OccurredAt: when("2026-03-06T09:00", 3600, casefile.Minute), Basis: casefile.CompanyDocument,
			}, "2026-03-20T10:00:00Z"),
			recorded(casefile.Contact{
				ID: "visit", Direction: casefile.Outgoing, Channel: casefile.InPerson, OccurredAt: when("2026-03", 3600, casefile.Month),
				TalkSeconds: seconds(600), Failures: []casefile.Failure{casefile.Helped}, Basis: casefile.Memory,
			}, "2026-03-20T10:00:00Z"),
		},
		Messages: []casefile.Recorded[casefile.MessageView]{
			recorded(casefile.MessageView{
				Message: casefile.Message{ID: "m1", ContactID: "email"}, Reading: casefile.Reading{Date: "2026-03-06T09:00:00+01:00"},
			}, "2026-03-20T10:00:00Z"),
			recorded(casefile.MessageView{
				Message: casefile.Message{ID: "m2"}, Reading: casefile.Reading{Date: "2026-02-27T23:30:00-06:00"},
			}, "2026-03-20T10:00:00Z"),
		},
		Promises: []casefile.Recorded[casefile.Promise]{
			recorded(casefile.Promise{ID: "call back", Due: due("2026-03-03")}, "2026-03-02T09:50:00Z"),
			recorded(casefile.Promise{ID: "refund", Due: due("2026-03-16")}, "2026-03-05T20:00:00Z"),
			recorded(casefile.Promise{ID: "look into it"}, "2026-03-05T20:00:00Z"),
		},
		Settlements: []casefile.Recorded[casefile.Settlement]{
			recorded(casefile.Settlement{PromiseID: "call back", Outcome: casefile.Broken}, "2026-03-05T20:00:00Z"),
		},
		Evidence: []casefile.Recorded[casefile.Evidence]{
			recorded(casefile.Evidence{FileName: "receipt.pdf"}, "2026-03-20T10:00:00Z"),
		},
		Expenses: []casefile.Recorded[casefile.Expense]{
			recorded(casefile.Expense{What: "postage", Amount: casefile.Money{Minor: 1250, Currency: "EUR"}}, "2026-03-20T10:00:00Z"),
			recorded(casefile.Expense{What: "a call from abroad", Amount: casefile.Money{Minor: 9900, Currency: "ARS"}}, "2026-03-20T10:00:00Z"),
			recorded(casefile.Expense{What: "taxi", Amount: casefile.Money{Minor: 1840, Currency: "EUR"}}, "2026-03-20T10:00:00Z"),
		},
	}
}

func TestTheFiguresAreWhatOneCountsByHand(t *testing.T) {
	got := aSmallCase().Figures(instant("2026-03-20T12:00:00Z"))
	want := casefile.Figures{
		Days:      21, // 27 February to 20 March
		Contacts:  5,  // four contacts, and the email that none of them is
		ByChannel: map[casefile.Channel]int64{casefile.Phone: 2, casefile.Email: 2, casefile.InPerson: 1},
		// The email that is no contact says nothing of who sent it.
		ToCompanies: 3, FromCompanies: 1,
		Calls:    2,
		Messages: 2,
		People:   3, RefusedNames: 1,
		HoldSeconds: 3780, TalkSeconds: 900, LongestHoldSeconds: 2280, Transfers: 3, Retold: 4, SentOn: 1,
		SupervisorAsked: 2, SupervisorPutOn: 1,
		Promises: 3, ByState: map[casefile.PromiseState]int64{"broken": 1, casefile.Overdue: 1, casefile.Open: 1}, NotKept: 2,
		// In both calls she was passed on and had to explain it all again: it was counted there, though not always tagged.
		ByFailure: map[casefile.Failure]int64{"long_wait": 2, "transfer_chain": 2, casefile.RepeatStory: 2, casefile.Helped: 1},
		Claimed:   &casefile.Money{Minor: 43820, Currency: "EUR"}, Evidence: 1,
		Spent:      []casefile.Money{{Minor: 9900, Currency: "ARS"}, {Minor: 3090, Currency: "EUR"}},
		OwnSeconds: 4680, OwnTime: &casefile.Money{Minor: 2600, Currency: "EUR"}, // an hour and 18 minutes at 20 an hour
		CustomerYears: years(11), YearlySpend: &casefile.Money{Minor: 120000, Currency: "EUR"}, // twelve in April
		RecordedLive: 1, RecordedSameDay: 1, RecordedLater: 2, OnCompanyDocument: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTheFiguresOfAnEmptyCaseAreAllNought(t *testing.T) {
	got := casefile.CaseFile{Case: casefile.Case{Zone: "Europe/Madrid"}}.Figures(instant("2026-03-20T12:00:00Z"))
	want := casefile.Figures{
		ByChannel: map[casefile.Channel]int64{}, ByState: map[casefile.PromiseState]int64{}, ByFailure: map[casefile.Failure]int64{},
		Spent: []casefile.Money{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDaysAreCountedOnTheCalendarWhereThePersonLives(t *testing.T) {
	file := aSmallCase()
	file.Messages = nil
	file.Contacts = file.Contacts[:1] // 2 March
	for now, want := range map[string]int64{
		"2026-03-02T10:00:00Z": 0, "2026-03-02T23:30:00Z": 1, // half past midnight in Madrid
		"2026-04-01T12:00:00Z": 30, "2026-02-01T12:00:00Z": 0, // a clock that was set back
	} {
		if got := file.Figures(instant(now)).Days; got != want {
			t.Errorf("at %s it has lasted %d days, want %d", now, got, want)
		}
	}
}

func TestDaysAreCountedUpToTheEndOfACaseAndWhatCameAfterIt(t *testing.T) {
	file := aSmallCase()
	file.Messages = nil
	file.Contacts = file.Contacts[:1] // 2 March
	for ended, want := range map[string]int64{"2026-03-05": 3, "2026-03-02": 0, "2026-02-20": 0, "2027-01-01": 30} {
		file.Case.Ending = &casefile.Ending{Kind: casefile.Partly, On: &casefile.Due{Date: ended, Zone: file.Case.Zone}}
		if got := file.Figures(instant("2026-04-01T12:00:00Z")).Days; got != want {
			t.Errorf("ended on %s it lasted %d days, want %d", ended, got, want)
		}
	}
}

func TestHowLongAfterItHappenedAContactWasRecorded(t *testing.T) {
	seconds := func(n int64) *int64 { return &n }
	withEnd := func(w casefile.When, end string) casefile.When { w.End = end; return w }
	minute := when("2026-03-02T10:00", 3600, casefile.Minute) // 09:00 in UTC
	tests := []struct {
		name       string
		occurred   casefile.When
		hold, talk *int64
		recordedAt string
		want       casefile.Recording
	}{
		{"while it happens", minute, nil, nil, "2026-03-02T09:00:30Z", casefile.RecordedLive},
		{"half an hour after it", minute, nil, nil, "2026-03-02T09:30:00Z", casefile.RecordedLive},
		{"more than half an hour after it", minute, nil, nil, "2026-03-02T09:30:01Z", casefile.RecordedSameDay},
		{"half an hour after the time on it", minute, seconds(3000), seconds(600), "2026-03-02T10:30:00Z", casefile.RecordedLive},
		{"half an hour after the end that was noted", withEnd(minute, "2026-03-02T13:00"), seconds(60), nil, "2026-03-02T12:30:00Z", casefile.RecordedLive},
		{"more than half an hour after the end that was noted", withEnd(minute, "2026-03-02T10:01"), seconds(7200), nil, "2026-03-02T09:31:01Z", casefile.RecordedSameDay},
		{"late on the same day", minute, nil, nil, "2026-03-02T22:59:59Z", casefile.RecordedSameDay},
		{"on the next day, where it happened", minute, nil, nil, "2026-03-02T23:00:00Z", casefile.RecordedLater},
		{"in its hour, which is not known to the minute", when("2026-03-02T10", 3600, casefile.Hour), nil, nil, "2026-03-02T09:10:00Z", casefile.RecordedSameDay},
		{"on its day", when("2026-03-02", 3600, casefile.Day), nil, nil, "2026-03-02T22:00:00Z", casefile.RecordedSameDay},
		{"the day after", when("2026-03-02", 3600, casefile.Day), nil, nil, "2026-03-03T08:00:00Z", casefile.RecordedLater},
		{"in its month, on the first", when("2026-03", 3600, casefile.Month), nil, nil, "2026-03-01T08:00:00Z", casefile.RecordedLater},
		{"a message, on its sender's day", casefile.When{Wall: "2026-03-02T23:00", OffsetSeconds: -6 * 3600, Precision: casefile.Minute}, nil, nil, "2026-03-03T05:59:00Z", casefile.RecordedSameDay},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			contact := recorded(casefile.Contact{OccurredAt: test.occurred, HoldSeconds: test.hold, TalkSeconds: test.talk}, test.recordedAt)
			if got := casefile.RecordingOf(contact); got != test.want {
				t.Errorf("it was recorded %s, want %s", got, test.want)
			}
		})
	}
}

func TestAContactTaggedWithAStoryToldAgainCountsForOneAtLeast(t *testing.T) {
	tests := []struct {
		counted int64
		tagged  bool
		want    int64
	}{{0, false, 0}, {2, false, 2}, {0, true, 1}, {2, true, 2}}
	for _, test := range tests {
		contact := casefile.Contact{Retold: test.counted}
		if test.tagged {
			contact.Failures = []casefile.Failure{"rude", casefile.RepeatStory}
		}
		file := casefile.CaseFile{Contacts: []casefile.Recorded[casefile.Contact]{recorded(contact, "2026-03-02T10:00:00Z")}}
		if got := file.Figures(instant("2026-03-02T10:00:00Z")).Retold; got != test.want {
			t.Errorf("counted %d, tagged %t: %d, want %d", test.counted, test.tagged, got, test.want)
		}
	}
}

func TestAnEmailIsToOrFromACompanyByItsAddresses(t *testing.T) {
	file := casefile.CaseFile{
		Case:    casefile.Case{Complainant: casefile.Complainant{Email: "clara@home.example"}},
		Parties: []casefile.Recorded[casefile.Party]{recorded(casefile.Party{ID: "shop", Domains: []string{"shop.example"}}, "2026-03-02T10:00:00Z")},
	}
	tests := map[string]struct {
		from, to string
		want     casefile.Origin
	}{
		"from a company":            {"care@mail.Shop.example", "clara@home.example", casefile.Origin{PartyID: "shop", SenderID: "shop", Direction: casefile.Incoming}},
		"to a company":              {"Clara@home.example", "care@shop.example", casefile.Origin{PartyID: "shop", Direction: casefile.Outgoing}},
		"by the person, to another": {"clara@home.example", "office@town.example", casefile.Origin{Direction: casefile.Outgoing}},
		"to a company, from an address of the person's that the case doesn't know": {"clara@work.example", "care@shop.example", casefile.Origin{PartyID: "shop", Direction: casefile.Outgoing}},
		"between strangers":                 {"office@town.example", "clara@home.example", casefile.Origin{}},
		"from a name that ends like theirs": {"care@notshop.example", "clara@home.example", casefile.Origin{}},
	}
	for name, test := range tests {
		reading := casefile.Reading{From: []casefile.Mailbox{{Address: test.from}}, To: []casefile.Mailbox{{Address: test.to}}}
		if got := file.OriginOf(reading); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
		file.Messages = []casefile.Recorded[casefile.MessageView]{recorded(casefile.MessageView{Reading: reading}, "2026-03-02T10:00:00Z")}
		figures := file.Figures(instant("2026-03-20T12:00:00Z"))
		to, from := test.want.Direction == casefile.Outgoing, test.want.Direction == casefile.Incoming
		if figures.Contacts != 1 || figures.ToCompanies == 1 != to || figures.FromCompanies == 1 != from {
			t.Errorf("%s: %d to companies and %d from them, of %d", name, figures.ToCompanies, figures.FromCompanies, figures.Contacts)
		}
	}
}
