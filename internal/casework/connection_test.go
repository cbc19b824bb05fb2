package casework_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func euros(minor int64) *casefile.Money { return &casefile.Money{Minor: minor, Currency: "EUR"} }

// addFile keeps a file as evidence of the case, without a number, and returns its id.
func (w *work) addFile(name string) string {
	w.t.Helper()
	added, err := w.AddEvidence(w.t.Context(), casework.AddEvidence{
		CaseID: w.caseID, FileName: name, Content: strings.NewReader(name), NotExhibit: true})
	if err != nil {
		w.t.Fatal(err)
	}
	return added.ID
}

// otherCase begins another case, with a contact, a person and a file.
func (w *work) otherCase() (contactID, personID, evidenceID string) {
	w.t.Helper()
	other, err := w.NewCase(w.t.Context(), theParcel())
	if err != nil {
		w.t.Fatal(err)
	}
	logged, err := w.LogContact(w.t.Context(), casework.LogContact{CaseID: other, Company: "Corral Exprés", Summary: "A",
		People: []casework.Spoken{{Name: "Núria"}}})
	if err != nil {
		w.t.Fatal(err)
	}
	added, err := w.AddEvidence(w.t.Context(), casework.AddEvidence{CaseID: other, FileName: "a.txt", Content: strings.NewReader("a")})
	if err != nil {
		w.t.Fatal(err)
	}
	return logged.ID, logged.PersonIDs[0], added.ID
}

func TestAnExpenseHasItsReceiptsAndTheTimeOfTheContactItCameOf(t *testing.T) {
	w := begin(t)
	call := w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-02 10:05", End: "2026-03-02 10:20", Summary: "Come to the depot, they said"})
	receipt := w.addFile("receipt.jpg")
	ofCall, err := w.AddExpense(t.Context(), casework.AddExpense{CaseID: w.caseID, What: " Taxi to  the depot ", Amount: euros(1840),
		ContactID: call.ID, EvidenceIDs: []string{receipt, receipt}})
	if err != nil {
		t.Fatal(err)
	}
	byItself, err := w.AddExpense(t.Context(), casework.AddExpense{CaseID: w.caseID, What: "Postage", Amount: euros(750), When: "2026-03"})
	if err != nil {
		t.Fatal(err)
	}
	now, err := w.AddExpense(t.Context(), casework.AddExpense{CaseID: w.caseID, What: "Stamps", Amount: &casefile.Money{Minor: 99, Currency: "ARS"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Expenses(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	at := func(wall string, precision casefile.Precision) casefile.When {
		return casefile.When{Wall: wall, Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: precision}
	}
	want := []casefile.Expense{ // by when the money was spent
		{ID: byItself, CaseID: w.caseID, What: "Postage", Amount: *euros(750), SpentAt: at("2026-03", casefile.Month)},
		{ID: ofCall, CaseID: w.caseID, What: "Taxi to the depot", Amount: *euros(1840), SpentAt: at("2026-03-02T10:05", casefile.Minute), ContactID: call.ID, EvidenceIDs: []string{receipt}},
		{ID: now, CaseID: w.caseID, What: "Stamps", Amount: casefile.Money{Minor: 99, Currency: "ARS"}, SpentAt: at("2026-03-20T13:00", casefile.Minute)},
	}
	for i := range got {
		if diff := cmp.Diff(want[i], got[i].Value); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
	if diff := cmp.Diff([]casefile.Money{{Minor: 99, Currency: "ARS"}, *euros(2590)}, w.file().Figures(w.now).Spent); diff != "" || len(got) != len(want) {
		t.Errorf("spent: -want +got:\n%s", diff)
	}
	w.requireHolds()
}

func TestAnExpenseWithWrongFieldsIsNotRecorded(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	contact, _, file := w.otherCase()
	taxi := func(change func(*casework.AddExpense)) casework.AddExpense {
		n := casework.AddExpense{CaseID: w.caseID, What: "Taxi", Amount: euros(1840)}
		change(&n)
		return n
	}
	for name, test := range map[string]struct {
		n    casework.AddExpense
		want map[string]problem.Code
	}{
		"nothing":              {casework.AddExpense{CaseID: w.caseID}, map[string]problem.Code{"spent_on": problem.Missing, "amount": problem.Missing}},
		"less than nothing":    {taxi(func(n *casework.AddExpense) { n.Amount = euros(-1) }), map[string]problem.Code{"amount": problem.NotANumber}},
		"a currency of nobody": {taxi(func(n *casework.AddExpense) { n.Amount = &casefile.Money{Minor: 1, Currency: "€"} }), map[string]problem.Code{"amount": problem.NotAChoice}},
		"tomorrow":             {taxi(func(n *casework.AddExpense) { n.When = "2026-03-21" }), map[string]problem.Code{"when": problem.TimeInFuture}},
		"no such zone":         {taxi(func(n *casework.AddExpense) { n.When, n.Zone = "2026-03-02", "Europe/Atlantis" }), map[string]problem.Code{"when": problem.NoSuchZone}},
		"another case’s call":  {taxi(func(n *casework.AddExpense) { n.ContactID = contact }), map[string]problem.Code{"": problem.NotFound}},
		"another case’s file":  {taxi(func(n *casework.AddExpense) { n.EvidenceIDs = []string{file} }), map[string]problem.Code{"": problem.NotFound}},
	} {
		t.Run(name, func(t *testing.T) {
			w.requireNothingWritten(func() error { return onlyError(w.AddExpense(t.Context(), test.n)) }, test.want)
		})
	}
	requireProblem(t, onlyError(w.AddExpense(t.Context(), casework.AddExpense{CaseID: nobody, What: "A", Amount: euros(1)})), problem.NotFound)
}

func TestAnExpenseIsCorrectedFieldByField(t *testing.T) {
	w := begin(t)
	id, err := w.AddExpense(t.Context(), casework.AddExpense{CaseID: w.caseID, What: "Taxi", Amount: euros(1840), When: "2026-03-02 10:05", EvidenceIDs: []string{w.addFile("receipt.jpg")}})
	if err != nil {
		t.Fatal(err)
	}
	corrected, err := w.CorrectExpense(t.Context(), casework.Correct{ID: id, Given: []string{"what", "amount", "when"}, Clear: []string{"evidence"}},
		casework.AddExpense{What: "Bus", Amount: euros(180), When: "2026-03-03"})
	if err != nil {
		t.Fatal(err)
	}
	want := casefile.Expense{ID: id, CaseID: w.caseID, What: "Bus", Amount: *euros(180),
		SpentAt: casefile.When{Wall: "2026-03-03", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Day}}
	if diff := cmp.Diff(want, w.file().Expenses[0].Value); diff != "" || len(corrected.Changes) != 4 {
		t.Errorf("%d changes; -want +got:\n%s", len(corrected.Changes), diff)
	}
	for name, test := range map[string]struct {
		n     casework.Correct
		typed casework.AddExpense
		want  map[string]problem.Code
	}{
		"nothing to say":    {casework.Correct{ID: id, Given: []string{"what"}}, casework.AddExpense{}, map[string]problem.Code{"spent_on": problem.Missing}},
		"the same again":    {casework.Correct{ID: id, Given: []string{"zone"}}, casework.AddExpense{Zone: "Europe/Madrid"}, map[string]problem.Code{"": problem.NothingChanges}},
		"no amount":         {casework.Correct{ID: id, Clear: []string{"amount"}}, casework.AddExpense{}, map[string]problem.Code{"clear": problem.NotAChoice}},
		"nobody’s receipt":  {casework.Correct{ID: id, Given: []string{"evidence"}}, casework.AddExpense{EvidenceIDs: []string{nobody}}, map[string]problem.Code{"": problem.NotFound}},
		"nobody’s call":     {casework.Correct{ID: id, Given: []string{"contact"}}, casework.AddExpense{ContactID: nobody}, map[string]problem.Code{"": problem.NotFound}},
		"nobody’s expense":  {casework.Correct{ID: nobody, Given: []string{"what"}}, casework.AddExpense{What: "A"}, map[string]problem.Code{"": problem.NotFound}},
		"no field of those": {casework.Correct{ID: id, Given: []string{"weather"}}, casework.AddExpense{}, map[string]problem.Code{"field": problem.NotAChoice}},
	} {
		t.Run(name, func(t *testing.T) {
			w.requireNothingWritten(func() error { return onlyError(w.CorrectExpense(t.Context(), test.n, test.typed)) }, test.want)
		})
	}
	if diff := cmp.Diff([]string{"contact", "evidence"}, casework.AddExpense{}.Clearable()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// aContradiction is one between two calls.
func aContradiction(w *work) (id, first, second string) {
	w.t.Helper()
	first = w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-02 10:05", Summary: "They said Getafe"}).ID
	second = w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-02 11:05", Summary: "They said Zaragoza"}).ID
	id, err := w.PinContradiction(w.t.Context(), casework.PinContradiction{CaseID: w.caseID, Question: " Where is it? ", Note: "Within the hour",
		Answers: []casefile.Answer{{EntryID: first, Said: " In Getafe "}, {EntryID: second, Said: "In Zaragoza"}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return id, first, second
}

func TestAContradictionSetsAnswersSideBySideAndKeepsThemWhenWhereTheyWereSaidIsGone(t *testing.T) {
	w := begin(t)
	id, first, second := aContradiction(w)
	items := func() []casework.ContradictionItem {
		t.Helper()
		items, err := w.Contradictions(t.Context(), w.caseID)
		if err != nil {
			t.Fatal(err)
		}
		return items
	}
	want := casefile.Contradiction{ID: id, CaseID: w.caseID, Question: "Where is it?", Note: "Within the hour",
		Answers: []casefile.Answer{{EntryID: first, Said: "In Getafe"}, {EntryID: second, Said: "In Zaragoza"}}}
	got := items()
	if diff := cmp.Diff(want, got[0].Value); diff != "" || len(got) != 1 {
		t.Errorf("-want +got:\n%s", diff)
	}
	if sources := got[0].Sources; len(sources) != 2 || sources[0].Title != "They said Getafe" || sources[1].Kind != record.KindContact || !sources[1].Counts {
		t.Errorf("the answers are from %+v", sources)
	}
	plan, err := w.PlanErasure(t.Context(), []string{first})
	if err != nil || len(plan.Stays) != 1 || plan.Stays[0].ID != id || plan.Stays[0].Title != "Where is it?" {
		t.Errorf("the plan of the erasure: %+v, %v", plan.Stays, err)
	}
	if _, err := w.Erase(t.Context(), []string{first}, "", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Retract(t.Context(), casework.Retract{ID: second}); err != nil {
		t.Fatal(err)
	}
	got = items()
	if diff := cmp.Diff(want, got[0].Value); diff != "" {
		t.Errorf("after the erasure: -want +got:\n%s", diff)
	}
	if sources := got[0].Sources; !sources[0].Erased || sources[0].Counts || sources[1].Erased || sources[1].Counts {
		t.Errorf("the answers are from %+v, of which one was erased and one taken back", sources)
	}
	// What is gone can still be named by the contradiction that named it before.
	third := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "They said nothing"}).ID
	_, err = w.CorrectContradiction(t.Context(), casework.Correct{ID: id, Given: []string{"answer"}, Clear: []string{"note"}},
		casework.PinContradiction{Answers: []casefile.Answer{{EntryID: first, Said: "In Getafe, on its way"}, {EntryID: third, Said: "Nowhere"}}})
	if err != nil {
		t.Fatal(err)
	}
	if now := items()[0].Value; now.Note != "" || now.Answers[0].Said != "In Getafe, on its way" || now.Answers[1].EntryID != third {
		t.Errorf("corrected it reads %+v", now)
	}
	w.requireHolds()
}

func TestAContradictionWithWrongFieldsIsNotRecorded(t *testing.T) {
	w := begin(t)
	contact, _, _ := w.otherCase()
	id, first, second := aContradiction(w)
	both := []casefile.Answer{{EntryID: first, Said: "A"}, {EntryID: second, Said: "B"}}
	for name, test := range map[string]struct {
		n    casework.PinContradiction
		want map[string]problem.Code
	}{
		"nothing":             {casework.PinContradiction{}, map[string]problem.Code{"question": problem.Missing, "second_answer": problem.Missing}},
		"one answer":          {casework.PinContradiction{Question: "Q", Answers: both[:1]}, map[string]problem.Code{"second_answer": problem.Missing}},
		"an answer unsaid":    {casework.PinContradiction{Question: "Q", Answers: []casefile.Answer{both[0], {EntryID: second}}}, map[string]problem.Code{"answer": problem.Missing}},
		"an answer of nobody": {casework.PinContradiction{Question: "Q", Answers: []casefile.Answer{both[0], {Said: "B"}}}, map[string]problem.Code{"answer_of": problem.Missing}},
		"of another case":     {casework.PinContradiction{Question: "Q", Answers: []casefile.Answer{both[0], {EntryID: contact, Said: "B"}}}, map[string]problem.Code{"answer": problem.NotFound}},
		"of no contact":       {casework.PinContradiction{Question: "Q", Answers: []casefile.Answer{both[0], {EntryID: id, Said: "B"}}}, map[string]problem.Code{"answer": problem.NotFound}},
	} {
		t.Run(name, func(t *testing.T) {
			test.n.CaseID = w.caseID
			w.requireNothingWritten(func() error { return onlyError(w.PinContradiction(t.Context(), test.n)) }, test.want)
		})
	}
	_, err := w.PinContradiction(t.Context(), casework.PinContradiction{CaseID: w.caseID, Question: "Q", Answers: []casefile.Answer{both[0], {EntryID: second}}})
	if place := problem.From(err).Values["answer"]; place != "1" {
		t.Errorf("the wrong answer is in place %q", place)
	}
	requireProblem(t, onlyError(w.Contradictions(t.Context(), nobody)), problem.NotFound)
}

func TestJoinedPeopleAreOneUntilTheJoinIsTakenBack(t *testing.T) {
	w := begin(t)
	people := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A",
		People: []casework.Spoken{{Name: "Núria"}, {Name: "N. Solà"}, {Refused: true, Position: "agent 4471"}}}).PersonIDs
	require := func(after string, want ...[]string) {
		t.Helper()
		if diff := cmp.Diff(want, w.file().SamePeople()); diff != "" {
			t.Errorf("after %s: -want +got:\n%s", after, diff)
		}
		if figures := w.file().Figures(w.now); figures.People != int64(len(want)) || figures.RefusedNames != 1 {
			t.Errorf("after %s: %d people, %d refused names", after, figures.People, figures.RefusedNames)
		}
	}
	join, err := w.JoinPeople(t.Context(), "", []string{people[0], people[1], people[0]})
	if err != nil {
		t.Fatal(err)
	}
	require("a join", []string{people[0], people[1]}, []string{people[2]})
	listed, err := w.People(t.Context(), w.caseID)
	if err != nil || !cmp.Equal([]string{people[1]}, listed[0].SameAs) || !cmp.Equal([]string{people[0]}, listed[1].SameAs) || len(listed[2].SameAs) != 0 {
		t.Errorf("the list says %+v, %v", listed, err)
	}
	again, err := w.JoinPeople(t.Context(), w.caseID, []string{people[1], people[2]})
	if err != nil {
		t.Fatal(err)
	}
	require("another join", people)
	w.requireNothingWritten(func() error { return onlyError(w.JoinPeople(t.Context(), w.caseID, []string{people[0], people[2]})) },
		map[string]problem.Code{"person": problem.AlreadyExists})
	if _, err := w.Retract(t.Context(), casework.Retract{ID: join}); err != nil {
		t.Fatal(err)
	}
	require("the first join was taken back", []string{people[0]}, []string{people[1], people[2]})
	if _, err := w.Restore(t.Context(), join, ""); err != nil {
		t.Fatal(err)
	}
	require("it was brought back", people)
	parted, err := w.PartPeople(t.Context(), people[1], "they are not")
	if err != nil || len(parted.Entries) != 2 {
		t.Fatalf("parted: %+v, %v", parted, err)
	}
	require("all were parted", []string{people[0]}, []string{people[1]}, []string{people[2]})
	requireProblem(t, onlyError(w.PartPeople(t.Context(), people[1], "")), problem.NotFound)
	requireProblem(t, onlyError(w.PartPeople(t.Context(), again, "")), problem.NotFound)
	w.requireHolds()
	if err := w.RebuildRecord(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.requireHolds()
}

func TestOnlyPeopleOfOneCaseAreJoined(t *testing.T) {
	w := begin(t)
	_, stranger, _ := w.otherCase()
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", People: []casework.Spoken{{Name: "Núria"}, {Name: "Pau"}}})
	for name, test := range map[string]struct {
		ids  []string
		want map[string]problem.Code
	}{
		"nobody":               {nil, map[string]problem.Code{"second_person": problem.Missing}},
		"one with themselves":  {[]string{logged.PersonIDs[0], logged.PersonIDs[0], ""}, map[string]problem.Code{"second_person": problem.Missing}},
		"with another case’s":  {[]string{logged.PersonIDs[0], stranger}, map[string]problem.Code{"person": problem.NotFound}},
		"with a contact":       {[]string{logged.PersonIDs[0], logged.ID}, map[string]problem.Code{"person": problem.NotFound}},
		"with a company of it": {[]string{logged.PersonIDs[0], logged.PartyID}, map[string]problem.Code{"person": problem.NotFound}},
	} {
		t.Run(name, func(t *testing.T) {
			w.requireNothingWritten(func() error { return onlyError(w.JoinPeople(t.Context(), w.caseID, test.ids)) }, test.want)
		})
	}
	// Who is taken back is nobody to be joined with, and a join does not keep them.
	if _, err := w.JoinPeople(t.Context(), w.caseID, logged.PersonIDs); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Retract(t.Context(), casework.Retract{ID: logged.ID, Operation: true}); err != nil {
		t.Fatal(err)
	}
	if people := w.file().SamePeople(); len(people) != 0 {
		t.Errorf("the people are %v", people)
	}
	w.requireHolds()
}
