package library_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// manyPromises is a case with promises that stand in every way, of two companies, one of them said again.
func manyPromises(t *testing.T) (l *library.Library, caseID string, ids map[string]string) {
	t.Helper()
	l, caseID, ids = disputed(t)
	promised := func(name, party, wall, repeats string) {
		ids[name] = put(t, l, record.KindPromise, caseID, casefile.Promise{
			CaseID: caseID, PartyID: ids[party], What: name, MadeAt: onDay(wall), RepeatsID: ids[repeats]})
	}
	settled := func(name string, outcome casefile.Outcome) {
		put(t, l, record.KindSettlement, caseID, casefile.Settlement{CaseID: caseID, PromiseID: ids[name], Outcome: outcome, ShownBy: []string{ids["visit"]}})
	}
	promised("broken", "shop", "2026-01-20", "")
	settled("broken", casefile.Kept)
	settled("broken", casefile.Broken) // said anew
	promised("late", "carrier", "2026-02-01", "")
	settled("late", casefile.KeptLate)
	promised("withdrawn", "carrier", "2026-02-02", "")
	settled("withdrawn", casefile.Withdrawn)
	promised("again", "shop", "2026-03-01", "broken") // no date: it stays open
	return l, caseID, ids
}

func namesOf(ids map[string]string, wanted []string) string {
	var names []string
	for _, id := range wanted {
		for name, known := range ids {
			if known == id {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

func TestPromisesComeWithWhatNeedsAttentionFirst(t *testing.T) {
	l, caseID, ids := manyPromises(t)
	for name, c := range map[string]struct {
		filter       library.PromiseFilter
		first, limit int64
		want         string
		total        int64
	}{
		"all":                   {library.PromiseFilter{}, 0, 100, "overdue, open, again, broken, late, kept, withdrawn", 7},
		"the first two":         {library.PromiseFilter{}, 0, 2, "overdue, open", 7},
		"what stands behind":    {library.PromiseFilter{}, 5, 100, "kept, withdrawn", 7},
		"behind the last":       {library.PromiseFilter{}, 7, 100, "", 7},
		"those of a company":    {library.PromiseFilter{PartyID: ids["carrier"]}, 0, 100, "late, withdrawn", 2},
		"behind a company’s":    {library.PromiseFilter{PartyID: ids["carrier"]}, 2, 100, "", 2},
		"the latest":            {library.PromiseFilter{Latest: true}, 0, 3, "again, withdrawn, late", 7},
		"one":                   {library.PromiseFilter{PromiseID: ids["late"]}, 0, 1, "late", 1},
		"one that is not there": {library.PromiseFilter{PromiseID: ids["first"]}, 0, 1, "", 0},
	} {
		page, err := l.Promises(t.Context(), caseID, c.filter, c.first, c.limit, evening)
		if got := namesOf(ids, page.IDs); err != nil || got != c.want || page.Total != c.total {
			t.Errorf("%s: %q of %d, %v; want %q of %d", name, got, page.Total, err, c.want, c.total)
		}
	}
	if _, err := l.Promises(t.Context(), ids["first"], library.PromiseFilter{}, 0, 10, evening); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("of what is no case: %v", err)
	}
}

func TestAPartOfThePromisesStandsAsInTheWholeCase(t *testing.T) {
	l, caseID, ids := manyPromises(t)
	whole, err := l.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	standing, counted := map[string]casefile.PromiseStatus{}, map[library.PromiseTally]int64{}
	for _, status := range whole.PromiseStatuses(evening) {
		standing[status.Promise.Value.ID] = status
		counted[library.PromiseTally{PartyID: status.Promise.Value.PartyID, State: status.State}]++
	}
	for first := range int64(7) {
		page, err := l.Promises(t.Context(), caseID, library.PromiseFilter{}, first, 1, evening)
		if err != nil {
			t.Fatal(err)
		}
		for _, status := range page.File.PromiseStatuses(evening) {
			if diff := cmp.Diff(standing[status.Promise.Value.ID], status); diff != "" {
				t.Errorf("%s, -whole +part:\n%s", namesOf(ids, page.IDs), diff)
			}
		}
		if len(page.Tallies) != len(counted) {
			t.Errorf("%d ways to stand are counted, want %d", len(page.Tallies), len(counted))
		}
		for _, tally := range page.Tallies {
			if want := counted[library.PromiseTally{PartyID: tally.PartyID, State: tally.State}]; tally.Count != want {
				t.Errorf("%+v, want %d", tally, want)
			}
		}
	}
	page, err := l.Promises(t.Context(), caseID, library.PromiseFilter{PromiseID: ids["again"]}, 0, 1, evening)
	if err != nil || len(page.File.Promises) != 2 || len(page.File.Contacts) != 1 {
		t.Errorf("with what it repeats and what shows how that ended it has %d promises and %d contacts, %v",
			len(page.File.Promises), len(page.File.Contacts), err)
	}
}

func BenchmarkPromises(b *testing.B) {
	for _, count := range []int{100, 10_000} {
		l := open(b, b.TempDir())
		caseID := newCase(b, l)
		party := put(b, l, record.KindParty, caseID, casefile.Party{CaseID: caseID, Name: "Miramar", Role: casefile.Seller})
		for first := 0; first < count; first += 100 {
			var drafts []library.Draft
			for range 100 {
				promise := draftOf(record.KindPromise, caseID, casefile.Promise{
					CaseID: caseID, PartyID: party, What: "A technician comes", MadeAt: onDay("2026-01-02"), Due: &casefile.Due{Date: "2026-01-09", Zone: "UTC"}})
				drafts = append(drafts, promise, draftOf(record.KindSettlement, caseID, casefile.Settlement{
					CaseID: caseID, PromiseID: promise.ID, Outcome: casefile.Broken}))
			}
			if err := l.Append(b.Context(), drafts...); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("%d promises", count), func(b *testing.B) {
			for b.Loop() {
				if _, err := l.Promises(b.Context(), caseID, library.PromiseFilter{}, 0, 50, evening); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
