package library_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// evening is when the timelines here are looked at.
var evening = time.Date(2026, 3, 20, 20, 0, 0, 0, time.UTC)

func onDay(wall string) casefile.When {
	return casefile.When{Wall: wall, Zone: "UTC", Precision: map[int]casefile.Precision{7: casefile.Month, 10: casefile.Day}[len(wall)]}
}

func atMinute(wall string) casefile.When {
	return casefile.When{Wall: wall, Zone: "UTC", Precision: casefile.Minute}
}

// disputed is a case with one of everything that a timeline tells.
func disputed(t *testing.T) (l *library.Library, caseID string, ids map[string]string) {
	t.Helper()
	l = open(t, t.TempDir())
	caseID = newCase(t, l)
	ids = map[string]string{}
	add := func(name string, kind record.Kind, payload any) string {
		ids[name] = put(t, l, kind, caseID, payload)
		return ids[name]
	}
	shop := add("shop", record.KindParty, casefile.Party{CaseID: caseID, Name: "Miramar", Role: casefile.Seller, Domains: []string{"miramar.example"}})
	carrier := add("carrier", record.KindParty, casefile.Party{CaseID: caseID, Name: "Rauda", Role: casefile.Carrier})
	marta := add("marta", record.KindPerson, casefile.Person{CaseID: caseID, PartyID: shop, Name: "Márta Soler"})
	called := func(party, wall, summary string, failures ...casefile.Failure) casefile.Contact {
		return casefile.Contact{CaseID: caseID, PartyID: party, OccurredAt: atMinute(wall), Channel: casefile.Phone,
			Direction: casefile.Outgoing, Summary: summary, Failures: failures, Basis: casefile.Memory}
	}
	first := called(shop, "2026-01-02T10:05", "The parcel never came", casefile.Failure("long_wait"))
	first.PersonIDs = []string{marta}
	add("first", record.KindContact, first)
	visit := called(carrier, "2026-01-02T09:00", "Only the sender may ask", casefile.Helped)
	visit.Channel = casefile.InPerson
	add("visit", record.KindContact, visit)
	month := called(shop, "", "They said it was on its way")
	month.OccurredAt = onDay("2025-12")
	add("month", record.KindContact, month)
	due := func(date string) *casefile.Due { return &casefile.Due{Date: date, Zone: "UTC"} }
	promised := func(name, what, date string) string {
		return add(name, record.KindPromise, casefile.Promise{CaseID: caseID, PartyID: shop, ContactID: ids["first"], PersonID: marta,
			What: what, MadeAt: atMinute("2026-01-02T10:05"), Due: due(date)})
	}
	promised("overdue", "Refund the order", "2026-03-03")
	promised("kept", "Send the delivery note", "2026-01-05")
	promised("open", "Answer in writing", "2026-04-01")
	settled := func(name, on string, outcome casefile.Outcome) {
		add(name, record.KindSettlement, casefile.Settlement{CaseID: caseID, PromiseID: ids["kept"], Outcome: outcome, On: due(on)})
	}
	settled("too early", "2026-01-03", casefile.Broken)
	settled("settlement", "2026-01-04", casefile.Kept)
	seen := onDay("2026-02-01")
	add("photo", record.KindEvidence, casefile.Evidence{CaseID: caseID, FileName: "photo.jpg", OccurredAt: &seen, SHA256: strings.Repeat("a", 64)})
	add("note", record.KindEvidence, casefile.Evidence{CaseID: caseID, FileName: "albarán.pdf", ContactID: ids["first"], SHA256: strings.Repeat("b", 64)})
	return l, caseID, ids
}

// told lists a timeline by the names of its rows.
func told(t *testing.T, l *library.Library, caseID string, ids map[string]string, filter library.TimelineFilter) string {
	t.Helper()
	page, err := l.Timeline(t.Context(), caseID, filter, 0, 100, evening)
	if err != nil {
		t.Fatal(err)
	}
	if page.Total != int64(len(page.Rows)) {
		t.Errorf("%d rows are counted, %d given", page.Total, len(page.Rows))
	}
	var names []string
	for _, row := range page.Rows {
		for name, id := range ids {
			if id == row.ID {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

func TestATimelineTellsWhatHappenedHowPromisesEndedAndWhichDatesPassed(t *testing.T) {
	l, caseID, ids := disputed(t)
	newest := "overdue, photo, settlement, first, visit, month"
	if got := told(t, l, caseID, ids, library.TimelineFilter{}); got != newest {
		t.Errorf("newest first it is\n%s, not\n%s", got, newest)
	}
	names := strings.Split(newest, ", ")
	slices.Reverse(names)
	if got, want := told(t, l, caseID, ids, library.TimelineFilter{OldestFirst: true}), strings.Join(names, ", "); got != want {
		t.Errorf("oldest first it is\n%s, not\n%s", got, want)
	}
}

func TestATimelineIsFilteredByWhatItsRowsAndWhatHangsOnThemSay(t *testing.T) {
	l, caseID, ids := disputed(t)
	for name, c := range map[string]struct {
		filter library.TimelineFilter
		want   string
	}{
		"a channel":                      {library.TimelineFilter{Channels: []string{"in_person"}}, "visit"},
		"a kind":                         {library.TimelineFilter{Kinds: []string{"settlement", "deadline"}}, "overdue, settlement"},
		"a company":                      {library.TimelineFilter{Who: ids["carrier"]}, "visit"},
		"a person":                       {library.TimelineFilter{Who: ids["marta"]}, "overdue, first"},
		"promises":                       {library.TimelineFilter{WithPromises: true}, "overdue, settlement, first"},
		"failures, but not good service": {library.TimelineFilter{WithFailures: true}, "first"},
		"recorded later":                 {library.TimelineFilter{RecordedLater: true}, "first, visit, month"},
		"days, both ends among them":     {library.TimelineFilter{From: "2026-01-04", To: "2026-02-01"}, "photo, settlement"},
		"its own words":                  {library.TimelineFilter{Words: "PARCEL nev"}, "first"},
		"a name without its accents":     {library.TimelineFilter{Words: "marta"}, "overdue, first"},
		"a promise that was kept":        {library.TimelineFilter{Words: "deliv"}, "settlement, first"},
		"a promise that is late":         {library.TimelineFilter{Words: "order"}, "overdue, first"},
		"a company of several contacts":  {library.TimelineFilter{Words: "mira"}, "overdue, first, month"},
		"a file that stands alone":       {library.TimelineFilter{Words: "photo"}, "photo"},
		"a file that hangs on it":        {library.TimelineFilter{Words: "albaran"}, "first"},
		"words of several of them":       {library.TimelineFilter{Words: "refund marta"}, "overdue, first"},
		"words that nothing has":         {library.TimelineFilter{Words: "zzz"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := told(t, l, caseID, ids, c.filter); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestRowsWithAWordAreCountedInTheirCaseAlone(t *testing.T) {
	l := open(t, t.TempDir())
	var cases []string
	for count := 1; count <= 3; count++ {
		cases = append(cases, newCase(t, l))
		for range count {
			put(t, l, record.KindContact, cases[count-1], casefile.Contact{CaseID: cases[count-1], OccurredAt: atMinute("2026-01-02T10:05"),
				Channel: casefile.Phone, Direction: casefile.Outgoing, Summary: "Nothing is on file", Basis: casefile.Memory})
		}
		for at, caseID := range cases {
			page, err := l.Timeline(t.Context(), caseID, library.TimelineFilter{Words: "noth"}, 0, 1, evening)
			if err != nil || page.Total != int64(at+1) || len(page.Rows) != 1 {
				t.Errorf("of %d cases, case %d has %d rows, %d given, %v", count, at+1, page.Total, len(page.Rows), err)
			}
		}
	}
}

func TestWordsOfAMessageAndOfItsFilesLeadToWhereItIsTold(t *testing.T) {
	l, caseID, ids := disputed(t)
	alone := putMessage(t, l, caseID, mail("Refusal of the parcel", onSecondOfMarch, "No refund is due."))
	linked := putMessage(t, l, caseID, mail("Refusal again", onSecondOfMarch, "Ask the sender."))
	readAndStore(t, l, alone)
	readAndStore(t, l, linked)
	correct(t, l, caseID, linked.ID, map[string]any{"contact": ids["visit"]})
	put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "waybill.pdf", MessageID: alone.ID, SHA256: strings.Repeat("c", 64)})
	ids["alone"], ids["linked"] = alone.ID, linked.ID
	for words, want := range map[string]string{
		"refusal":        "alone, visit",
		"again":          "visit",
		"waybill":        "alone",
		"parcel":         "alone, first",
		"parcel refusal": "alone",
		"refu":           "overdue, alone, first, visit",
	} {
		if got := told(t, l, caseID, ids, library.TimelineFilter{Words: words}); got != want {
			t.Errorf("%q finds %q, want %q", words, got, want)
		}
	}
}

func TestAContactThatSaysNothingIsFoundByThePromiseMadeInIt(t *testing.T) {
	l := open(t, t.TempDir())
	caseID, other := newCase(t, l), newCase(t, l)
	for _, in := range []string{other, caseID} {
		silent := put(t, l, record.KindContact, in, casefile.Contact{CaseID: in, OccurredAt: atMinute("2026-01-02T10:05"),
			Channel: casefile.Phone, Direction: casefile.Outgoing, Basis: casefile.Memory})
		put(t, l, record.KindPromise, in, casefile.Promise{CaseID: in, ContactID: silent, What: "Refund the order", MadeAt: atMinute("2026-01-02T10:05")})
		if in == caseID {
			if got := told(t, l, caseID, map[string]string{"silent": silent}, library.TimelineFilter{Words: "refund"}); got != "silent" {
				t.Errorf("got %q", got)
			}
		}
	}
}

func TestAPageOfATimelineHasWhatItShowsAndTheDayBefore(t *testing.T) {
	l, caseID, ids := disputed(t)
	page, err := l.Timeline(t.Context(), caseID, library.TimelineFilter{}, 3, 1, evening)
	if err != nil {
		t.Fatal(err)
	}
	if page.Total != 6 || len(page.Rows) != 1 || page.Rows[0].ID != ids["first"] || page.DayBefore != "2026-01-04" {
		t.Errorf("got %+v after %s", page.Rows, page.DayBefore)
	}
	file := page.File
	if len(file.Contacts) != 1 || len(file.Promises) != 3 || len(file.Settlements) != 2 || len(file.Evidence) != 1 || len(file.People) != 1 {
		t.Errorf("it carries %+v", file)
	}
}

func TestAnEntryIsFoundOnTheTimelineByWhatItIsOrHangsOn(t *testing.T) {
	l, caseID, ids := disputed(t)
	for name, c := range map[string]struct {
		row            string
		newest, oldest int64
	}{
		"overdue": {"overdue", 0, 5}, "photo": {"photo", 1, 4}, "settlement": {"settlement", 2, 3}, "visit": {"visit", 4, 1},
		"note": {"first", 3, 2}, "open": {"first", 3, 2}, "kept": {"first", 3, 2},
	} {
		for oldestFirst, before := range map[bool]int64{false: c.newest, true: c.oldest} {
			row, got, err := l.TimelineRowOf(t.Context(), caseID, ids[name], oldestFirst, evening)
			if err != nil || row.ID != ids[c.row] || got != before {
				t.Errorf("%s, oldest first %t, is row %+v behind %d, %v", name, oldestFirst, row, got, err)
			}
		}
	}
	row, _, err := l.TimelineRowOf(t.Context(), caseID, ids["marta"], false, evening)
	if err != nil || row.ID != "" {
		t.Errorf("a person is on no timeline, but is row %+v, %v", row, err)
	}
}

func TestAPartOfACaseSaysWhatTheWholeSays(t *testing.T) {
	l, caseID, ids := disputed(t)
	put(t, l, record.KindSettlement, caseID, casefile.Settlement{CaseID: caseID, PromiseID: ids["overdue"], Outcome: casefile.Kept,
		On: &casefile.Due{Date: "2026-03-02", Zone: "UTC"}, ShownBy: []string{ids["visit"], ids["photo"]}})
	whole, err := l.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	page, err := l.Promises(t.Context(), caseID, library.PromiseFilter{}, 0, 100, evening)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole.PromiseStatuses(evening), page.File.PromiseStatuses(evening)); diff != "" {
		t.Errorf("promises, -whole +part:\n%s", diff)
	}
	if len(page.File.Contacts) != 1 || len(page.File.Evidence) != 1 {
		t.Errorf("what they rest on is %+v and %+v", page.File.Contacts, page.File.Evidence)
	}
	evidence, err := l.EvidenceFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole.Evidence, evidence.Evidence) + cmp.Diff(whole.Exhibits, evidence.Exhibits); diff != "" {
		t.Errorf("evidence, -whole +part:\n%s", diff)
	}
}

func TestWhatIsTakenBackOrErasedLeavesTheTimeline(t *testing.T) {
	l, caseID, ids := disputed(t)
	retract(t, l, ids["settlement"], ids["too early"])
	if got, want := told(t, l, caseID, ids, library.TimelineFilter{}), "overdue, photo, kept, first, visit, month"; got != want {
		t.Errorf("without the settlement it is\n%s, not\n%s", got, want)
	}
	retract(t, l, ids["first"])
	if got, want := told(t, l, caseID, ids, library.TimelineFilter{}), "overdue, photo, kept, visit, month"; got != want {
		t.Errorf("without the contact it is\n%s, not\n%s", got, want)
	}
}

func TestTheOverviewCountsTheCaseAndFindsWhatItsStandingIsAbout(t *testing.T) {
	l, caseID, ids := disputed(t)
	o, err := l.Overview(t.Context(), caseID, evening)
	if err != nil {
		t.Fatal(err)
	}
	if o.Timeline != 6 || o.Promises != 3 || o.People != 1 || o.Evidence != 2 || o.Overdue != 1 || o.Contacts[ids["shop"]] != 2 {
		t.Errorf("got %+v", o)
	}
	standing := casefile.StandingOf(o.File.PromiseStatuses(evening), true)
	if standing.Kind != casefile.PromiseLate || standing.Promise.Promise.Value.ID != ids["overdue"] || standing.Promise.DaysLate != 17 {
		t.Errorf("it stands %+v", standing)
	}
}

func TestAStripTellsContactsPromisesAndSilences(t *testing.T) {
	l, caseID, _ := disputed(t)
	strip, err := l.Strip(t.Context(), caseID, evening, "2026-03-20")
	if err != nil {
		t.Fatal(err)
	}
	if strip.First != "2025-12-01" || strip.Last != "2026-03-20" || len(strip.Marks) != 3 {
		t.Errorf("got %+v", strip)
	}
	flags := fmt.Sprint(strip.Flags)
	if want := "[{2026-01-05 kept 1} {2026-03-03 overdue 1} {2026-04-01 open 1}]"; flags != want {
		t.Errorf("the flags are %s, not %s", flags, want)
	}
	if want := []library.StripGap{{"2025-12-01", "2026-01-02", 32}, {"2026-01-02", "2026-03-20", 77}}; !slices.Equal(strip.Gaps, want) {
		t.Errorf("the silences are %v, not %v", strip.Gaps, want)
	}
}

func TestAStripOfManyContactsIsGatheredByTimeAndLosesNone(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	var drafts []library.Draft
	began := time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC)
	for i := range 1000 {
		contact := call(caseID, "Call")
		contact.OccurredAt = atMinute(began.Add(time.Duration(i) * 10 * time.Hour).Format("2006-01-02T15:04"))
		drafts = append(drafts, draftOf(record.KindContact, caseID, contact))
	}
	if err := l.Append(t.Context(), drafts...); err != nil {
		t.Fatal(err)
	}
	strip, err := l.Strip(t.Context(), caseID, evening, "2026-03-20")
	if err != nil {
		t.Fatal(err)
	}
	var count int64
	for i, mark := range strip.Marks {
		count += mark.Count
		if i > 0 && mark.Day <= strip.Marks[i-1].Until {
			t.Errorf("%+v overlaps the one before", mark)
		}
	}
	if count != 1000 || len(strip.Marks) > 130 {
		t.Errorf("%d marks stand for %d contacts", len(strip.Marks), count)
	}
}

func TestALibraryOfSchema2GetsItsTimelines(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "library")
	l := open(t, directory)
	caseID := newCase(t, l)
	put(t, l, record.KindContact, caseID, call(caseID, "Nobody answers"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, behind(t, directory, "constancia.db"), "DROP TABLE moment", "PRAGMA user_version = 2")
	l = open(t, directory)
	page, err := l.Timeline(t.Context(), caseID, library.TimelineFilter{}, 0, 10, time.Now().AddDate(10, 0, 0))
	if err != nil || page.Total != 1 {
		t.Errorf("it has %d rows, %v", page.Total, err)
	}
}
