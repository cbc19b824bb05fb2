package app

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

func TestAPromiseIsCorrectedFromWhatStandsAndOnlyWhatDiffers(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	if _, err := (&Promises{s.desk}).Make(PromiseInput{
		CaseID: caseID, Company: "Iberluz", Person: "Núria", MadeAt: "2/3/2026", Terms: PromiseTerms{What: "Call back", Due: "48 h"}}); err != nil {
		t.Fatal(err)
	}
	corrections := &Corrections{s.desk}
	id := s.promises(caseID)[0].ID
	typed, err := corrections.Promise(caseID, id)
	if err != nil {
		t.Fatal(err)
	}
	if typed.Person == "" || typed.Terms.Due != "2026-03-04" || typed.Zone != "Europe/Madrid" {
		t.Fatalf("as it would be typed: %+v", typed)
	}
	if _, err := corrections.CorrectPromise(id, typed, ""); !errors.Is(err, problem.New(problem.NothingChanges, nil)) {
		t.Errorf("the same: %v", err)
	}
	typed.Terms.Due, typed.Terms.Amount, typed.Terms.Currency = "7/3/2026 12:00", "12,50", "EUR"
	correctionID, err := corrections.CorrectPromise(id, typed, "I looked at my notes")
	if err != nil {
		t.Fatal(err)
	}
	promise := s.promises(caseID)[0]
	if promise.DueDay != "2026-03-07" || promise.DueClock != "12:00" || *promise.Amount != (Money{1250, "EUR"}) || !promise.Corrected {
		t.Errorf("corrected: %+v", promise)
	}
	told := of(s, func(id string) ([]CorrectionView, error) { return (&Cases{s.desk}).Corrections(id, "en") }, id)
	if len(told) != 1 || told[0].Reason != "I looked at my notes" || len(told[0].Changes) != 2 {
		t.Errorf("what is told of it: %+v", told)
	}
	typed.Terms.Due, typed.Terms.Amount = "", ""
	if _, err := corrections.CorrectPromise(id, typed, ""); err != nil {
		t.Fatal(err)
	}
	if promise := s.promises(caseID)[0]; promise.DueDay != "" || promise.Amount != nil {
		t.Errorf("without a date: %+v", promise)
	}
	if _, err := (&Entries{s.desk}).Undo([]string{correctionID}); err != nil {
		t.Fatal(err)
	}
	typed.Terms.What, typed.Terms.Due = "", "never"
	_, err = corrections.CorrectPromise(id, typed, "")
	if diff := cmp.Diff(map[string]string{"what": "missing", "due": "not_a_date"}, fieldCodes(err)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func fieldCodes(err error) map[string]string {
	codes := map[string]string{}
	for field, found := range failureOf(err).Fields {
		codes[field] = string(found.Code)
	}
	return codes
}

func TestAnExpenseIsCorrectedFromWhatStands(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	totals, corrections := &Totals{s.desk}, &Corrections{s.desk}
	id, err := totals.AddExpense(ExpenseInput{CaseID: caseID, What: "Taxi", Amount: "12,50", Currency: "EUR", When: "3/3/2026"})
	if err != nil {
		t.Fatal(err)
	}
	typed, err := corrections.Expense(caseID, id)
	if err != nil {
		t.Fatal(err)
	}
	want := ExpenseInput{CaseID: caseID, What: "Taxi", Amount: "12.50", Currency: "EUR", When: "2026-03-03", Zone: "Europe/Madrid"}
	if diff := cmp.Diff(want, typed); diff != "" {
		t.Errorf("as it would be typed, -want +got:\n%s", diff)
	}
	typed.Amount = "12,50"
	if _, err := corrections.CorrectExpense(id, typed, ""); !errors.Is(err, problem.New(problem.NothingChanges, nil)) {
		t.Errorf("the same amount in other words: %v", err)
	}
	typed.What, typed.Amount, typed.When = "Taxi to the depot", "14", "4/3/2026"
	if _, err := corrections.CorrectExpense(id, typed, "The receipt says so"); err != nil {
		t.Fatal(err)
	}
	told := of(s, totals.Tell, caseID).Expenses
	if diff := cmp.Diff([]ExpenseView{{ID: id, What: "Taxi to the depot", Amount: Money{1400, "EUR"}, Wall: "2026-03-04", Corrected: true}}, told); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	typed.What, typed.Amount = "", ""
	_, err = corrections.CorrectExpense(id, typed, "")
	if diff := cmp.Diff(map[string]string{"spent_on": "missing", "amount": "missing"}, fieldCodes(err)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestACaseIsCorrectedFromWhatStands(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	corrections := &Corrections{s.desk}
	typed, err := corrections.Case(caseID)
	if err != nil {
		t.Fatal(err)
	}
	if typed.Claimed != "438.20" || typed.Outcome != "Alta de la línea\nDevolución" {
		t.Fatalf("as it would be typed: %+v", typed)
	}
	if _, err := corrections.CorrectCase(typed, ""); !errors.Is(err, problem.New(problem.NothingChanges, nil)) {
		t.Errorf("the same: %v", err)
	}
	typed.Title, typed.Outcome, typed.AnswerBy, typed.Claimed, typed.Address = "La fibra", "", "15/4/2026", "", "Calle Mayor 1"
	if _, err := corrections.CorrectCase(typed, "It was about more"); err != nil {
		t.Fatal(err)
	}
	head := of(s, (&Cases{s.desk}).Open, caseID)
	if head.Title != "La fibra" || len(head.Outcome) != 0 || head.AnswerBy != "2026-04-15" || head.Claimed != nil || !head.Corrected {
		t.Errorf("corrected: %+v", head)
	}
	if again := of(s, corrections.Case, caseID); again.Address != "Calle Mayor 1" || again.AnswerBy != "2026-04-15" {
		t.Errorf("as it would be typed then: %+v", again)
	}
	typed.Title, typed.Claimed, typed.Currency = "", "a lot", "EUR"
	_, err = corrections.CorrectCase(typed, "")
	if diff := cmp.Diff(map[string]string{"title": "missing", "claimed": "not_an_amount"}, fieldCodes(err)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestACaseIsClosedAndGoesOnAgain(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	if _, err := (&Promises{s.desk}).Make(PromiseInput{CaseID: caseID, Company: "Iberluz", MadeAt: "2/3/2026", Terms: PromiseTerms{What: "Call back", Due: "2026-03-04"}}); err != nil {
		t.Fatal(err)
	}
	endings := &Endings{s.desk}
	id, err := endings.Close(EndingInput{CaseID: caseID, Kind: "partly", On: "today", Zone: "Europe/Madrid", Note: "They paid half"})
	if err != nil {
		t.Fatal(err)
	}
	head := of(s, (&Cases{s.desk}).Open, caseID)
	if head.Standing.Kind != "ended" || head.Ending == nil || head.Ending.Kind != "partly" || head.Ending.Day != head.Today {
		t.Errorf("closed: %+v, %+v", head.Standing, head.Ending)
	}
	cases, err := (&Cases{s.desk}).List()
	if err != nil || cases[0].Standing != "ended" || cases[0].Ending.Note != "They paid half" {
		t.Errorf("in the list: %+v, %v", cases, err)
	}
	if _, err := (&Entries{s.desk}).Undo([]string{id}); err != nil {
		t.Fatal(err)
	}
	if head := of(s, (&Cases{s.desk}).Open, caseID); head.Ending != nil || head.Standing.Kind != "late" {
		t.Errorf("undone: %+v", head)
	}
	if _, err := endings.Reopen(caseID); !errors.Is(err, problem.New(problem.NothingChanges, nil)) {
		t.Errorf("a case that goes on is opened again: %v", err)
	}
}
