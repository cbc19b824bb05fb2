package library_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// make bench-page has this make the libraries that it opens in the window.
var (
	fillFolder   = flag.String("fill", "", "make a library in this folder, for the window's benchmark")
	fillContacts = flag.Int("contacts", 100, "how many contacts its case has")
)

func TestFillsALibraryForTheWindowsBenchmark(t *testing.T) {
	if *fillFolder == "" {
		t.Skip("only with -fill")
	}
	fill(t, open(t, *fillFolder), *fillContacts)
}

// fill adds a case of ten years with so many calls, and a promise in each twentieth.
func fill(t testing.TB, l *library.Library, contacts int) string {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	caseID := put(t, l, record.KindCase, "", casefile.Case{Title: "The line that never works", Zone: "Europe/Madrid"})
	party := put(t, l, record.KindParty, caseID, casefile.Party{CaseID: caseID, Name: "Iberluz", Role: casefile.Seller,
		References: []casefile.Reference{{Label: "Contract", Number: "C-88"}}})
	var people []string
	for i := range 20 {
		people = append(people, put(t, l, record.KindPerson, caseID,
			casefile.Person{CaseID: caseID, PartyID: party, Name: fmt.Sprintf("Agent %d", i+1), Position: "customer service"}))
	}
	began := time.Date(2016, 1, 4, 9, 0, 0, 0, time.UTC)
	every := 10 * 365 * 24 * time.Hour / time.Duration(contacts)
	var drafts []library.Draft
	for i := range contacts {
		contact := aCallOfManyWords(random, caseID)
		hold := int64(random.IntN(3000))
		at := began.Add(time.Duration(i) * every)
		contact.OccurredAt = casefile.When{Wall: at.Format("2006-01-02T15:04"), Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute}
		contact.PartyID, contact.PersonIDs, contact.HoldSeconds = party, []string{people[i%len(people)]}, &hold
		if i%3 == 0 {
			contact.Verbatim = ""
		}
		if i%2 == 0 {
			contact.Failures = []casefile.Failure{"long_wait", "transfer_chain"}
		}
		drafts = append(drafts, draftOf(record.KindContact, caseID, contact))
		if i%20 == 0 {
			drafts = append(drafts, draftOf(record.KindPromise, caseID, casefile.Promise{CaseID: caseID, PartyID: party,
				ContactID: drafts[len(drafts)-1].ID, What: "A technician comes", MadeAt: contact.OccurredAt,
				Due: &casefile.Due{Date: at.AddDate(0, 0, 7).Format(time.DateOnly), Zone: "Europe/Madrid"}}))
		}
		if len(drafts) >= 1000 || i == contacts-1 {
			if err := l.Append(t.Context(), drafts...); err != nil {
				t.Fatal(err)
			}
			drafts = nil
		}
	}
	return caseID
}
