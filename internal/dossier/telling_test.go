package dossier_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestAPromiseIsQuotedOnlyInWordsThatAreOnRecord(t *testing.T) {
	for name, c := range map[string]struct {
		what, verbatim, mail string
		exact                bool
	}{
		"the complainant's own wording":       {"Pay it back by Friday.", "You will see the money on Friday.", "", false},
		"nothing was noted word for word":     {"Pay it back by Friday.", "", "", false},
		"the words that were noted":           {"you will have it on Friday", "“Don’t worry: you will have it on  Friday.” ", "", true},
		"of which one is another":             {"You will have it on Friday", "You will have it on Monday", "", false},
		"that are part of longer ones":        {"all is well", "Of all is wellness the best.", "", false},
		"and stand alone further on":          {"all is well", "Of all is wellness; but all is well.", "", true},
		"in another form of quotation marks":  {"It’s «done» today.", "It's \"done\" today, she said.", "", true},
		"the words of the email it stands in": {"We will refund €20", "", "Dear customer,\n\nWe will refund\n€20 tomorrow.", true},
		"nothing but punctuation":             {"…", "Well…", "", false},
	} {
		file := dossiertest.New(1).File
		promise := &file.Promises[0].Value
		promise.What = c.what
		for i := range file.Contacts {
			if file.Contacts[i].Value.ID == promise.ContactID {
				file.Contacts[i].Value.Verbatim = c.verbatim
			}
		}
		if c.mail != "" {
			promise.ContactID, promise.MessageID = "", file.Messages[0].Value.ID
			file.Messages[0].Value.Reading.Text = c.mail
		}
		if got := compile(t, file, options(i18n.English)).Promises[0].Exact; got != c.exact {
			t.Errorf("%s: word for word is %t", name, got)
		}
	}
}

func TestWhatIsOverdueCountsAsNotKeptAndHasItsOwnWord(t *testing.T) {
	due := &casefile.Due{Date: "2026-07-11", Zone: dossiertest.Zone}
	for name, c := range map[string]struct {
		settled       casefile.Outcome
		on            string
		ended         bool
		outcome, late string
		notKept       bool
	}{
		"nobody settled it":               {"", "", false, "overdue, not kept", "10 days late", true},
		"nor before the case ended":       {"", "", true, "overdue at the end", "3 days late", true},
		"broken as was soon known":        {casefile.Broken, "2026-07-12", false, "not kept", "", true},
		"broken on the very day":          {casefile.Broken, "2026-07-11", false, "not kept", "", true},
		"kept late":                       {casefile.KeptLate, "2026-07-13", false, "kept late", "2 days late", false},
		"kept":                            {casefile.Kept, "2026-07-10", false, "kept", "", false},
		"kept, and the case ended later":  {casefile.KeptLate, "2026-07-13", true, "kept late", "2 days late", false},
		"broken, and the case ended then": {casefile.Broken, "2026-07-12", true, "not kept", "", true},
	} {
		file := dossiertest.New(1).File
		file.Promises, file.Settlements = file.Promises[:1], nil
		file.Promises[0].Value.Due = due
		if c.settled != "" {
			file.Settlements = []casefile.Recorded[casefile.Settlement]{{Value: casefile.Settlement{
				PromiseID: file.Promises[0].Value.ID, Outcome: c.settled, On: &casefile.Due{Date: c.on, Zone: dossiertest.Zone}}}}
		}
		if c.ended {
			file.Case.Ending = &casefile.Ending{Kind: casefile.GaveUp, On: &casefile.Due{Date: "2026-07-14", Zone: dossiertest.Zone}}
		}
		d := compile(t, file, options(i18n.English))
		if got := d.Promises[0]; got.Outcome != c.outcome || plain(got.Late) != c.late {
			t.Errorf("%s: it is %q, %q; want %q, %q", name, got.Outcome, got.Late, c.outcome, c.late)
		}
		if got := d.Charts.Promises; len(got) != 1 || got[0].NotKept != c.notKept || got[0].Text != strings.ToUpper(c.outcome[:1])+c.outcome[1:]+": 1" {
			t.Errorf("%s: the chart has %+v", name, got)
		}
		if got := d.Summary.Figures[4]; got.Adverse != c.notKept {
			t.Errorf("%s: the first page has %+v", name, got)
		}
	}
}

func TestThatADayForAnAnswerHasPassedIsSaid(t *testing.T) {
	file := dossiertest.New(1).File
	ended := file
	ended.Case.Ending = &casefile.Ending{Kind: casefile.GaveUp}
	for name, c := range map[string]struct {
		file casefile.CaseFile
		now  string
		want string
	}{
		"to come":        {file, "2026-08-01T10:00:00Z", "An answer is asked for by 4 August 2026"},
		"today":          {file, "2026-08-04T21:59:00Z", "An answer is asked for by 4 August 2026"},
		"yesterday":      {file, "2026-08-04T22:01:00Z", "Date for an answer: 4 August 2026 (it passed 1 day ago)"},
		"long ago":       {file, "2026-08-15T10:00:00Z", "Date for an answer: 4 August 2026 (it passed 11 days ago)"},
		"and then ended": {ended, "2026-08-15T10:00:00Z", "Date for an answer: 4 August 2026"},
	} {
		o := options(i18n.English)
		var err error
		if o.GeneratedAt, err = time.Parse(time.RFC3339, c.now); err != nil {
			t.Fatal(err)
		}
		if got := plain(compile(t, c.file, o).Summary.AnswerBy); got != c.want {
			t.Errorf("%s: it says %q, want %q", name, got, c.want)
		}
	}
}

// tellingCase has six contacts, a promise made in each, and an exhibit.
func tellingCase() casefile.CaseFile {
	file := dossiertest.New(1).File
	file.Settlements = nil
	file.Contacts = slices.Clone(file.Contacts[:6])
	file.Promises = make([]casefile.Recorded[casefile.Promise], len(file.Contacts))
	for i := range file.Contacts {
		contact := &file.Contacts[i].Value
		*contact = casefile.Contact{ID: contact.ID, PartyID: "shop", OccurredAt: contact.OccurredAt, Channel: casefile.Phone, Summary: contact.Summary}
		file.Promises[i].Value = casefile.Promise{
			ID: string(rune('a' + i)), ContactID: contact.ID, What: "Call back.", Due: &casefile.Due{Date: "2026-07-01", Zone: dossiertest.Zone}}
	}
	return file
}

func settled(promise string, outcome casefile.Outcome, on string, shownBy ...string) casefile.Recorded[casefile.Settlement] {
	return casefile.Recorded[casefile.Settlement]{Value: casefile.Settlement{
		PromiseID: promise, Outcome: outcome, On: &casefile.Due{Date: on, Zone: dossiertest.Zone}, ShownBy: shownBy}}
}

func TestTheFirstPageShowsThePromisesThatTellMostByARule(t *testing.T) {
	file := tellingCase()
	file.Settlements = []casefile.Recorded[casefile.Settlement]{
		settled("a", casefile.Kept, "2026-07-01"),
		settled("b", casefile.Broken, "2026-07-02"),
		settled("c", casefile.Broken, "2026-07-02", file.Evidence[0].Value.ID),
		settled("e", casefile.Broken, "2026-07-05"),
		settled("f", casefile.Kept, "2026-07-01"),
	}
	file.Promises[3].Value.Amount = &casefile.Money{Minor: 43820, Currency: "EUR"} // overdue
	file.Promises[5].Value.Amount = &casefile.Money{Minor: 43820, Currency: "EUR"} // kept
	d := compile(t, file, options(i18n.English))
	var got []dossier.Tag
	for _, index := range d.Summary.Promises {
		got = append(got, d.Promises[index].Tag)
	}
	// Money first, then what an exhibit shows, then the longest past its date; none that was kept while there are others.
	if want := []dossier.Tag{"P-04", "P-03", "P-05", "P-02"}; !slices.Equal(got, want) {
		t.Errorf("it shows %v, want %v", got, want)
	}
}

func TestMoneyThatWasGrantedAndGoodsThatNeverCameAreTurningPoints(t *testing.T) {
	file := tellingCase()
	file.Contacts = append(file.Contacts, file.Contacts[5], file.Contacts[5])
	file.Contacts[1].Value.Failures = []casefile.Failure{"not_delivered"}
	file.Contacts[2].Value.Remedy = &casefile.Remedy{Kind: "refund_or_return", Answer: casefile.Accepted, Amount: &casefile.Money{Minor: 43820, Currency: "EUR"}}
	file.Contacts[3].Value.Remedy = &casefile.Remedy{Kind: "apology"}
	file.Contacts[3].Value.Direction = casefile.Incoming
	file.Contacts[4].Value.Remedy = &casefile.Remedy{Kind: "reasoned_refusal"}
	file.Contacts[5].Value.Failures = []casefile.Failure{casefile.Helped, "long_wait"}
	var got []dossier.Tag
	points := compile(t, file, options(i18n.English)).Summary.TurningPoints
	for _, point := range points[1:4] {
		got = append(got, point.Row)
	}
	if want := []dossier.Tag{"C-002", "C-003", "C-005"}; !slices.Equal(got, want) {
		t.Errorf("between the first and the last they are %v, want %v", got, want)
	}
}

func TestOfMoneyPromisedAgainTheLastTimeIsTheTurningPoint(t *testing.T) {
	file := tellingCase()
	file.Contacts = append(file.Contacts, file.Contacts[5], file.Contacts[5])
	amount := &casefile.Money{Minor: 43820, Currency: "EUR"}
	file.Promises[1].Value.Amount, file.Promises[2].Value.Amount = amount, amount
	file.Promises[2].Value.RepeatsID = "b"
	for _, i := range []int{3, 4, 5} {
		file.Contacts[i].Value.Failures = []casefile.Failure{"rude"}
	}
	points := compile(t, file, options(i18n.English)).Summary.TurningPoints
	if points[1].Row != "C-003" {
		t.Errorf("they are %+v", points)
	}
}

func TestTheFirstPageTellsTheSameInEveryEdition(t *testing.T) {
	file := dossiertest.New(2).File
	o := options(i18n.English)
	office := compile(t, file, o).Summary
	o.Edition = dossier.Press // which shows no exhibit by itself
	press := compile(t, file, o).Summary
	for i, point := range office.TurningPoints {
		if press.TurningPoints[i].Row != point.Row {
			t.Errorf("turning point %d is %s, and %s for the press", i+1, point.Row, press.TurningPoints[i].Row)
		}
	}
	if !slices.Equal(office.Promises, press.Promises) {
		t.Errorf("it shows the promises %v, and %v to the press", office.Promises, press.Promises)
	}
}

func TestAnEmailSaysWhoWroteToWhom(t *testing.T) {
	file := dossiertest.New(1).File
	stranger := file.Messages[0]
	stranger.Value.ID = "message-stranger"
	stranger.Value.Reading.From = []casefile.Mailbox{{Name: "Oficina", Address: "oficina@ayto.example"}}
	file.Messages = append(file.Messages, stranger)
	want := map[dossier.Tag][3]string{
		"E-001": {"Galerías Morrow", "to the complainant", "from the company"},
		"E-002": {"Clara Vidal", "to Galerías Morrow", "to the company"},
		"E-005": {"Oficina", "to Clara Vidal", ""},
	}
	for _, row := range compile(t, file, options(i18n.English)).Chronology {
		expected, told := want[row.Tag]
		if !told {
			continue
		}
		delete(want, row.Tag)
		if got := [3]string{strings.Join(row.People, ", "), row.To, strings.Join(row.Facts, ", ")}; got != expected {
			t.Errorf("%s: %q, want %q", row.Tag, got, expected)
		}
	}
	if len(want) > 0 {
		t.Errorf("%v have no row", want)
	}
}
