package library_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

func search(t testing.TB, l *library.Library, caseID, words string) []library.Hit {
	t.Helper()
	hits, err := l.Search(t.Context(), caseID, words, 50)
	if err != nil {
		t.Fatalf("failed to search for %q: %v", words, err)
	}
	return hits
}

// aCallToFind puts one contact on record whose words have accents, capitals, quotes and numbers.
func aCallToFind(t testing.TB, l *library.Library) (caseID, id string) {
	t.Helper()
	caseID = newCase(t, l)
	contact := call(caseID, "Núria, de Barcelona, prometió llamar mañana")
	contact.Verbatim = `We'll "refund" it or not: 438,20 €, order C++-77/A`
	contact.CompanyReference = "INC-2026-00417"
	return caseID, put(t, l, record.KindContact, caseID, contact)
}

func TestAThingIsFoundByTheBeginningsOfItsWordsWithoutCaseAndAccents(t *testing.T) {
	l := open(t, t.TempDir())
	_, id := aCallToFind(t, l)
	for _, words := range []string{
		"Núria", "nuria", "NÚRIA", "N\u0075\u0301ria", "nu", "barcelona prometio", "MANANA", "mañ", "llamar nuria",
		"inc-2026-00417", "00417", "004", "2026 inc", "438,20", "438", "order C++", "77/A", "We'll", "refund or not",
		`"refund"`, "refund*", "-refund", "^refund", "(refund", "refund)", "'refund'; --", "nuria\x00barcelona", " \t\nnuria ",
	} {
		if hits := search(t, l, "", words); len(hits) != 1 || hits[0].ID != id {
			t.Errorf("%q finds %v, want the call", words, hits)
		}
	}
}

func TestWordsThatAreNotThereFindNothingWhateverTheyMeanElsewhere(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	l := open(t, t.TempDir())
	aCallToFind(t, l)
	for _, words := range []string{
		"", " ", "*", `"`, `""""`, "€", "---", "\x00", "\xff\xfe", "\u0301", "👍",
		"arcelona", "refund AND nothing", "refund OR nothing", "NEAR(refund order)", "title:refund", "text : refund", "{title text} : refund",
		"search", "'; DROP TABLE words; --", "ref\xffund", strings.Repeat("refund nothing ", 5000), strings.Repeat("x", 1<<20),
	} {
		if hits := search(t, l, "", words); len(hits) != 0 {
			t.Errorf("%.40q finds %v", words, hits)
		}
	}
	if hits := search(t, l, "", strings.Repeat("refund ", 2000)); len(hits) != 1 {
		t.Errorf("the same word two thousand times finds %v", hits)
	}
	requireHolds(t, l)
}

func TestAHitTellsWhatItIsAndShowsTheWordsInTheirPlace(t *testing.T) {
	l := open(t, t.TempDir())
	caseID, id := aCallToFind(t, l)
	got := search(t, l, caseID, "barcelona")
	want := library.Hit{
		Kind: record.KindContact, ID: id, CaseID: caseID, Title: "Núria, de Barcelona, prometió llamar mañana",
		Snippet: "Núria, de «Barcelona», prometió llamar mañana", At: time.Date(2026, 3, 2, 9, 5, 0, 0, time.UTC),
	}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestANumberIsFoundByAnyPartOfIt(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	shop := put(t, l, record.KindParty, caseID, casefile.Party{CaseID: caseID, Name: "Miramar",
		References: []casefile.Reference{{Label: "Order", Number: "MR-2026-44718"}, {Label: "Contract", Number: "no number"}}})
	contact := call(caseID, "They looked the parcel up")
	contact.Number, contact.CompanyReference = "+34 900 123 456", "INC20260417ES"
	spoken := put(t, l, record.KindContact, caseID, contact)
	for words, want := range map[string]string{
		"4471": shop, "44718": shop, "mr2026": shop, "MR-2026": shop, "64471": shop, "order 471": shop,
		"900123456": spoken, "900 123 456": spoken, "3490012": spoken, "23456": spoken, "456": spoken, "9001 23456": spoken,
		"0417": spoken, "417es": spoken, "INC2026": spoken, "inc 417": spoken,
	} {
		if hits := search(t, l, "", words); len(hits) != 1 || hits[0].ID != want {
			t.Errorf("%q finds %+v", words, hits)
		}
	}
	for _, words := range []string{"44719", "900124", "umber"} {
		if hits := search(t, l, "", words); len(hits) != 0 {
			t.Errorf("%q finds %+v", words, hits)
		}
	}
	requireHolds(t, l)
}

func TestWhereANumberIsFoundByAPartItIsShown(t *testing.T) {
	l := open(t, t.TempDir())
	_, _ = aCallToFind(t, l)
	if hits := search(t, l, "", "26004"); len(hits) != 1 || !strings.HasPrefix(hits[0].Snippet, "INC-2026-00417") {
		t.Errorf("got %+v", hits)
	}
}

func TestASearchStaysInItsCase(t *testing.T) {
	l := open(t, t.TempDir())
	first, _ := aCallToFind(t, l)
	second, id := aCallToFind(t, l)
	if hits := search(t, l, second, "refund"); len(hits) != 1 || hits[0].ID != id {
		t.Errorf("in one case it finds %v", hits)
	}
	if hits := search(t, l, "", "refund"); len(hits) != 2 {
		t.Errorf("in all cases it finds %v", hits)
	}
	if hits := search(t, l, first, "another"); len(hits) != 0 {
		t.Errorf("it finds %v", hits)
	}
}

func TestEveryKindOfThingIsFound(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := put(t, l, record.KindCase, "", casefile.Case{
		Title: "Parcel", Zone: "Europe/Madrid", Summary: "aubergine", StillConcerned: "brioche", Outcome: []string{"cardamom"},
		Complainant: casefile.Complainant{Name: "Dolores Fig"},
	})
	kinds := map[string]record.Kind{"aubergine": record.KindCase, "brioche": record.KindCase, "cardamom": record.KindCase, "fig": record.KindCase}
	add := func(word string, kind record.Kind, payload any) {
		put(t, l, kind, caseID, payload)
		kinds[word] = kind
	}
	add("quince", record.KindParty, casefile.Party{CaseID: caseID, Name: "Carrier", References: []casefile.Reference{{Label: "order", Number: "quince-7"}}})
	add("grape", record.KindPerson, casefile.Person{CaseID: caseID, Name: "Ana", Position: "grape supervisor"})
	add("honey", record.KindPromise, casefile.Promise{CaseID: caseID, What: "honey by Friday"})
	add("iris", record.KindSettlement, casefile.Settlement{CaseID: caseID, Note: "iris came"})
	add("juniper", record.KindEvidence, casefile.Evidence{CaseID: caseID, FileName: "a.pdf", Shows: "juniper"})
	add("kale", record.KindExport, casefile.Export{CaseID: caseID, FileName: "kale.pdf"})
	add("lemon", record.KindCorrection, casefile.Correction{CaseID: caseID, Target: library.NewID(), Reason: "lemon"})
	for word, kind := range kinds {
		if hits := search(t, l, "", word); len(hits) != 1 || hits[0].Kind != kind {
			t.Errorf("%q finds %v, want the %s", word, hits, kind)
		}
	}
}

func TestTheBestComesFirstAndNoMoreThanWereAskedFor(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	best := put(t, l, record.KindContact, caseID, call(caseID, "Refund"))
	var drafts []library.Draft
	for i := range 100 {
		contact := call(caseID, fmt.Sprintf("They spoke of the weather, of the traffic, of number %d, and of a refund some day", i))
		drafts = append(drafts, draftOf(record.KindContact, caseID, contact))
	}
	if err := l.Append(t.Context(), drafts...); err != nil {
		t.Fatal(err)
	}
	hits := search(t, l, "", "refund")
	if len(hits) != 50 || hits[0].ID != best {
		t.Errorf("%d hits, and the first is %v", len(hits), hits[0])
	}
}

func TestOnlyTheNewestOfVeryManyAreRanked(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	old := put(t, l, record.KindContact, caseID, call(caseID, "Refund"))
	var drafts []library.Draft
	for range 600 {
		drafts = append(drafts, draftOf(record.KindContact, caseID, call(caseID, "A refund is on its way, they said, as they say")))
	}
	if err := l.Append(t.Context(), drafts...); err != nil {
		t.Fatal(err)
	}
	hits, err := l.Search(t.Context(), "", "refund", 1000)
	if err != nil || len(hits) != 500 {
		t.Fatalf("%d hits, %v, want 500", len(hits), err)
	}
	for _, hit := range hits {
		if hit.ID == old {
			t.Error("the oldest of 601 was ranked")
		}
	}
	if hits := search(t, l, "", "refund way"); len(hits) != 50 {
		t.Errorf("one more word finds %d", len(hits))
	}
}
