package casework_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

const carrier = "Corral Exprés"

func (w *work) everybody(filter casework.PeopleFilter) []casework.Somebody {
	w.t.Helper()
	people, err := w.Everybody(w.t.Context(), filter)
	w.must(err)
	return people
}

func (w *work) company(name string) casework.CompanySummary {
	w.t.Helper()
	companies, err := w.Companies(w.t.Context(), casework.PeopleFilter{CaseID: w.caseID, Words: name})
	w.must(err)
	if len(companies) != 1 {
		w.t.Fatalf("%q is %+v", name, companies)
	}
	return companies[0]
}

// spoken logs a call of the carrier's with some people.
func (w *work) spoken(when string, hold int64, people ...casework.Spoken) casework.Logged {
	return w.log(casework.LogContact{Company: carrier, When: when, Summary: "A call", HoldSeconds: &hold, People: people})
}

func names(people []casework.Somebody) (names []string) {
	for _, one := range people {
		names = append(names, one.Name())
	}
	return names
}

func TestWhatThereWasWithACompanyIsSummedUp(t *testing.T) {
	w := begin(t)
	first := w.log(casework.LogContact{Company: carrier, When: "2026-03-02T10:05", Summary: "A", HoldSeconds: seconds(600),
		People: []casework.Spoken{{Name: "Núria"}}, Failures: []casefile.Failure{"long_wait", "policy_wall"},
		Promises: []casework.MakePromise{
			{What: "Call back", Due: "2026-03-03"}, {What: "Look into it"}, {What: "Bring it", Due: "2026-03-08"}, {What: "Pay", Due: "2026-03-09"},
			{What: "Write", Due: "2026-03-10"},
		}})
	for place, outcome := range []casefile.Outcome{casefile.Kept, casefile.KeptLate, casefile.Broken} {
		w.must(onlyError(w.SettlePromise(t.Context(), casework.SettlePromise{PromiseID: first.PromiseIDs[place+2], Outcome: outcome, On: "2026-03-12"})))
	}
	w.log(casework.LogContact{Company: carrier, When: "2026-03-05", Channel: casefile.Chat, Summary: "B", People: []casework.Spoken{{Refused: true}}})
	w.spoken("2026-03", 60, casework.Spoken{Refused: true}, casework.Spoken{Name: "Pau"})

	got := w.company(carrier)
	want := casework.Dealings{Contacts: 3, Calls: 2, HoldSeconds: 660, RefusedHelp: 1, FirstContact: "2026-03", LastContact: "2026-03-05",
		Promises: 5, Kept: 1, Late: 1, Broken: 1, Overdue: 1, Open: 1, NotKept: 2}
	if diff := cmp.Diff(want, got.Dealings); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got.People != 4 || got.RefusedNames != 2 || got.Case.ID != w.caseID {
		t.Errorf("there were %d people, %d of whom refused a name", got.People, got.RefusedNames)
	}
	if quiet := w.company("Lumen"); quiet.Dealings != (casework.Dealings{}) || quiet.People != 0 {
		t.Errorf("a company nobody spoke to has %+v", quiet)
	}
	if byNumber := w.company("l-4471"); byNumber.Name != "Almacenes Lumen" {
		t.Errorf("by its reference %q was found", byNumber.Name)
	}
}

func TestWhomThePersonJoinedCountsOnce(t *testing.T) {
	w := begin(t)
	ids := w.spoken("2026-03-02T10:00", 60, casework.Spoken{Name: "Marta"}, casework.Spoken{Name: "Marta Soler", Position: "supervisor"}).PersonIDs
	w.spoken("2026-03-04T10:00", 30, casework.Spoken{Name: "Marta Soler"}, casework.Spoken{Name: "Pau"})
	w.must(onlyError(w.JoinPeople(t.Context(), w.caseID, ids)))

	marta := w.everybody(casework.PeopleFilter{CaseID: w.caseID, PersonID: ids[1]})
	if len(marta) != 1 || len(marta[0].Members) != 2 || marta[0].Name() != "Marta" || marta[0].Party.Name != carrier {
		t.Fatalf("Marta is %+v", marta)
	}
	// The first call was with her alone, under two names: its wait was for her. The second one's was for whoever.
	want := casework.Dealings{Contacts: 2, Calls: 2, HoldSeconds: 60, FirstContact: "2026-03-02T10:00", LastContact: "2026-03-04T10:00"}
	if diff := cmp.Diff(want, marta[0].Dealings); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := w.company(carrier); got.People != 2 || got.HoldSeconds != 90 {
		t.Errorf("the company has %d people and %d seconds", got.People, got.HoldSeconds)
	}
	if overview, err := w.Overview(t.Context(), w.caseID); err != nil || overview.People != 2 {
		t.Errorf("at first sight there are %d people, %v", overview.People, err)
	}
	page, err := w.Timeline(t.Context(), w.caseID, casework.TimelineFilter{Who: ids[0]}, 0, 10)
	if err != nil || page.Total != 2 {
		t.Errorf("the timeline with her has %d rows, %v", page.Total, err)
	}
}

func TestEverybodyIsFoundAndSorted(t *testing.T) {
	w := begin(t)
	w.spoken("2026-03-02T10:00", 300, casework.Spoken{Name: "Núria", Position: "agente"})
	w.spoken("2026-03-03T10:00", 60, casework.Spoken{Name: "Álvaro"})
	w.spoken("2026-03-04T10:00", 0, casework.Spoken{Name: "Álvaro"})
	w.spoken("2026-03-05T10:00", 0, casework.Spoken{Refused: true, Position: "jefe de turno"})
	w.spoken("2026-03-06T10:00", 0, casework.Spoken{Position: "agente 4471"})
	for name, test := range map[string]struct {
		filter casework.PeopleFilter
		want   []string
	}{
		"by name, those without one last":    {casework.PeopleFilter{}, []string{"Álvaro", "Núria", "", ""}},
		"by how often":                       {casework.PeopleFilter{Order: casework.ByContacts}, []string{"Álvaro", "Núria", "", ""}},
		"by the last time":                   {casework.PeopleFilter{Order: casework.ByLastContact, Names: casework.NameGiven}, []string{"Álvaro", "Núria"}},
		"by the time on hold":                {casework.PeopleFilter{Order: casework.ByHold}, []string{"Núria", "Álvaro", "", ""}},
		"without accents":                    {casework.PeopleFilter{Words: "nur"}, []string{"Núria"}},
		"by position and company":            {casework.PeopleFilter{Words: "AGENT expres"}, []string{"Núria", ""}},
		"who refused, not who is not known":  {casework.PeopleFilter{Names: casework.NameRefused}, []string{""}},
		"words in the middle do not find":    {casework.PeopleFilter{Words: "uria"}, nil},
		"nobody of a company without people": {casework.PeopleFilter{Words: "lumen"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, names(w.everybody(test.filter))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	requireProblem(t, onlyError(w.Everybody(t.Context(), casework.PeopleFilter{CaseID: "0199a000-0000-7000-8000-000000000000"})), problem.NotFound)
}

func TestPeopleOfAllCasesAreListedWithTheirCase(t *testing.T) {
	w := begin(t)
	w.spoken("2026-03-02", 0, casework.Spoken{Name: "Núria"})
	other, person, _ := w.otherCase()
	people := w.everybody(casework.PeopleFilter{})
	at := slices.IndexFunc(people, func(s casework.Somebody) bool { return s.Members[0].ID == person })
	if len(people) != 2 || at < 0 || people[at].Case.ID == w.caseID || people[1-at].Case.ID != w.caseID || people[at].Contacts != 1 {
		t.Errorf("with contact %s there are %+v", other, people)
	}
}

func TestThoseWhoCouldBeTheSameAreSuggestedAndNeverJoined(t *testing.T) {
	for name, test := range map[string]struct {
		names [2]string
		want  bool
	}{
		"a part of the name":              {[2]string{"Marta", "Marta Soler"}, true},
		"accents and another order":       {[2]string{"Soler, Núria", "Nuria Soler"}, true},
		"an initial":                      {[2]string{"M. Soler", "Marta Soler"}, true},
		"a letter that was heard wrongly": {[2]string{"Martha", "Marta"}, true},
		"only initials":                   {[2]string{"M.", "Marta"}, false},
		"another surname":                 {[2]string{"Marta Vidal", "Marta Soler"}, false},
		"short names that are alike":      {[2]string{"Ana", "Ava"}, false},
		"numbers that are alike":          {[2]string{"Agent 4471", "Agent 4472"}, false},
		"a number and none":               {[2]string{"Agent", "Agent 4471"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			ids := w.spoken("2026-03-02", 0, casework.Spoken{Name: test.names[0]}, casework.Spoken{Name: test.names[1]}).PersonIDs
			pairs, err := w.SimilarPeople(t.Context(), w.caseID)
			if err != nil || (len(pairs) == 1) != test.want {
				t.Fatalf("suggested: %+v, %v", pairs, err)
			}
			if people := w.everybody(casework.PeopleFilter{}); len(people) != 2 {
				t.Errorf("there are %d people", len(people))
			}
			if !test.want {
				return
			}
			w.must(onlyError(w.JoinPeople(t.Context(), w.caseID, ids)))
			if pairs, err := w.SimilarPeople(t.Context(), w.caseID); err != nil || len(pairs) != 0 {
				t.Errorf("when they are joined it suggests %+v, %v", pairs, err)
			}
		})
	}
}

func TestThoseOfOtherCompaniesAreNotSuggested(t *testing.T) {
	w := begin(t)
	w.spoken("2026-03-02", 0, casework.Spoken{Name: "Marta"})
	w.log(casework.LogContact{Company: "Almacenes Lumen", Summary: "A", People: []casework.Spoken{{Name: "Marta Soler"}}})
	if pairs, err := w.SimilarPeople(t.Context(), w.caseID); err != nil || len(pairs) != 0 {
		t.Errorf("it suggests %+v, %v", pairs, err)
	}
}

func TestSomebodyIsPartedFromAllAtOnce(t *testing.T) {
	w := begin(t)
	ids := w.spoken("2026-03-02", 0, casework.Spoken{Name: "Marta"}, casework.Spoken{Name: "Soler"}, casework.Spoken{Name: "M. S."}).PersonIDs
	w.must(onlyError(w.JoinPeople(t.Context(), w.caseID, ids[:2])))
	w.must(onlyError(w.JoinPeople(t.Context(), w.caseID, ids[1:])))
	parted, err := w.PartSomebody(t.Context(), ids[0], "") // the second join does not name her
	if err != nil || len(parted.Entries) != 2 {
		t.Fatalf("parted: %+v, %v", parted, err)
	}
	if people := w.everybody(casework.PeopleFilter{}); len(people) != 3 {
		t.Errorf("there are %d people", len(people))
	}
	w.undo(parted.ID)
	if people := w.everybody(casework.PeopleFilter{}); len(people) != 1 || len(people[0].Members) != 3 {
		t.Errorf("after undoing it there are %+v", people)
	}
	w.undo(w.file().Joins[0].Value.ID, w.file().Joins[1].Value.ID)
	requireProblem(t, onlyError(w.PartSomebody(t.Context(), ids[0], "")), problem.NotFound)
	w.requireHolds()
}
