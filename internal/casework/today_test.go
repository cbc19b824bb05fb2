package casework_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (w *work) today() casework.Today {
	w.t.Helper()
	today, err := w.Today(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return today
}

// what lists what was promised on items of an agenda, with the case's title.
func what(items []casefile.AgendaItem) []string {
	var list []string
	for _, item := range items {
		if item.Promise == nil {
			list = append(list, item.Case.Title+": answer")
			continue
		}
		list = append(list, item.Case.Title+": "+item.Promise.Promise.Value.What)
	}
	return list
}

func TestTodayLooksOverAllCases(t *testing.T) {
	w := begin(t)
	w.log(casework.LogContact{
		Company: "Corral Exprés", When: "2026-03-02T10:05", Summary: "They promised", People: []casework.Spoken{{Name: "Núria"}},
		Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-04"}, {What: "Look into it"}},
	})
	fibre, err := w.NewCase(t.Context(), casework.NewCase{
		Title: "Fibre", Companies: []casework.NewParty{{Name: "Iberluz"}}, Zone: "Europe/Madrid", AnswerBy: "2026-03-18"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.MakePromise(t.Context(), casework.MakePromise{CaseID: fibre, What: "Install it", Due: "2026-03-25"}); err != nil {
		t.Fatal(err)
	}
	title := w.file().Case.Title
	today := w.today()
	got := map[string][]string{"late": what(today.Late), "week": what(today.ThisWeek)}
	want := map[string][]string{"late": {title + ": Call back", "Fibre: answer"}, "week": {"Fibre: Install it"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if people := today.Files[w.caseID].People; len(people) != 1 || people[0].Value.Name != "Núria" {
		t.Errorf("who promised is not at hand: %+v", people)
	}

	if _, err := w.LogContact(t.Context(), casework.LogContact{CaseID: fibre, Direction: casefile.Incoming, Summary: "They called"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{title + ": Call back"}, what(w.today().Late)); diff != "" {
		t.Errorf("an answer that was logged is no longer owed: -want +got:\n%s", diff)
	}
	if _, err := w.Retract(t.Context(), casework.Retract{ID: fibre}); err != nil {
		t.Fatal(err)
	}
	if got := w.today().ThisWeek; len(got) != 0 {
		t.Errorf("a case that was taken back still asks for %v", what(got))
	}
}

func TestTodayTellsOfContactsThatWereBegunAndNotSaved(t *testing.T) {
	w := begin(t)
	began := w.now
	draft, err := w.BeginContactDraft(t.Context(), casework.TypedContact{
		LogContact: casework.LogContact{CaseID: w.caseID, Company: "Corral Exprés"}})
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Hour)
	if err := w.EndContactDraft(t.Context(), draft.ID, time.Time{}); err != nil {
		t.Fatal(err)
	}
	want := []casework.Unfinished{{
		DraftID: draft.ID, CaseID: w.caseID, CaseTitle: w.file().Case.Title, Company: "Corral Exprés", BeganAt: began, Ended: true}}
	if diff := cmp.Diff(want, w.today().Unfinished); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTodayRemindsOfABackupAfterTwoWeeksWithoutOne(t *testing.T) {
	w := begin(t)
	if w.today().Backup.Due {
		t.Error("on the first day already")
	}
	w.now = w.now.AddDate(0, 0, 15)
	if !w.today().Backup.Due {
		t.Error("not after 15 days")
	}
}

func TestTheListOfCasesCountsWhatTheFiguresCount(t *testing.T) {
	w := begin(t)
	logged := w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-02", Summary: "They promised",
		Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-04"}, {What: "Look into it"}}})
	w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-05T10:05", Summary: "Nobody knew"})
	gone := w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-06T10:05", Summary: "Never happened"})
	if _, err := w.Retract(t.Context(), casework.Retract{ID: gone.ID}); err != nil {
		t.Fatal(err)
	}
	list, err := w.Cases(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, figures := list[0], w.file().Figures(w.now)
	counts := []int64{got.Contacts, got.Messages, got.Promises, got.PromisesNotKept, got.PromisesOpen}
	want := []int64{figures.Contacts, figures.Messages, figures.Promises, figures.NotKept, figures.ByState[casefile.Open]}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got.LastContact.Wall != "2026-03-05T10:05" || got.Next.Promise.Promise.Value.ID != logged.PromiseIDs[0] || got.Empty {
		t.Errorf("got %+v", got)
	}
}

func TestCasesAreRankedByWhatNeedsThePerson(t *testing.T) {
	w := begin(t) // asks for an answer by 15 April
	begin := func(title string, promises ...casework.MakePromise) string {
		id, err := w.NewCase(t.Context(), casework.NewCase{
			Title: title, Companies: []casework.NewParty{{Name: "Iberluz"}}, Zone: "Europe/Madrid"})
		if err != nil {
			t.Fatal(err)
		}
		for _, promise := range promises {
			promise.CaseID = id
			if _, err := w.MakePromise(t.Context(), promise); err != nil {
				t.Fatal(err)
			}
		}
		return id
	}
	quiet := begin("Quiet")
	awaited := begin("Awaited", casework.MakePromise{What: "Install it", Due: "2026-03-25"})
	late := begin("Late", casework.MakePromise{What: "Pay", Due: "2026-03-10"}, casework.MakePromise{What: "Call", Due: "2026-03-05"})
	list, err := w.Cases(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	need := map[string]int{}
	for _, one := range list {
		need[one.ID] = one.Need
	}
	if want := map[string]int{late: 0, awaited: 1, w.caseID: 2, quiet: 3}; !cmp.Equal(want, need) {
		t.Errorf("-want +got:\n%s", cmp.Diff(want, need))
	}
}

// BenchmarkCases shows that listing cases costs little more where there are many contacts.
func BenchmarkCases(b *testing.B) {
	for _, contacts := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("contacts=%d", contacts), func(b *testing.B) {
			w := begin(b)
			for range contacts {
				w.log(casework.LogContact{When: "2026-03-02T10:05", Company: "Corral Exprés", Summary: "They said no"})
			}
			for b.Loop() {
				if _, err := w.Cases(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkToday shows that it costs by the promises there are, and not by the contacts.
func BenchmarkToday(b *testing.B) {
	for _, contacts := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("contacts=%d", contacts), func(b *testing.B) {
			w := begin(b)
			w.log(casework.LogContact{
				When: "2026-03-02T10:05", Company: "Corral Exprés", Summary: "They promised",
				Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-04"}}})
			for range contacts {
				w.log(casework.LogContact{When: "2026-03-02T10:05", Company: "Corral Exprés", Summary: "They said no"})
			}
			for b.Loop() {
				w.today()
			}
		})
	}
}
