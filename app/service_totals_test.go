package app

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

func TestEverythingThatCanBeCountedIsTold(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	answered := call(caseID)
	answered.Failures = []string{"long_wait", "helped"} // good service is no failure
	s.log(answered)
	totals := &Totals{s.desk}
	if _, err := totals.AddExpense(ExpenseInput{CaseID: caseID, What: "Taxi to the depot", Amount: "12,50", Currency: "EUR", When: "2026-03-03"}); err != nil {
		t.Fatal(err)
	}
	loyalty := LoyaltyInput{CaseID: caseID, CustomerSince: "2011", YearlySpend: "540", HourValue: "30", Currency: "EUR"}
	if _, err := totals.SetLoyalty(loyalty); err != nil {
		t.Fatal(err)
	}
	told, err := totals.Tell(caseID)
	if err != nil {
		t.Fatal(err)
	}
	if told.Figures.Contacts != 1 || told.Months[0].Month != "2026-03" || told.Months[0].HoldSeconds != 2120 {
		t.Errorf("contacts and months: %+v, %+v", told.Figures, told.Months[0])
	}
	if diff := cmp.Diff([]CodeCount{{"long_wait", 1}, {"transfer_chain", 1}}, told.ByFailure); diff != "" {
		t.Errorf("failures, -want +got:\n%s", diff)
	}
	want := []ExpenseView{{ID: told.Expenses[0].ID, What: "Taxi to the depot", Amount: Money{1250, "EUR"}, Wall: "2026-03-03"}}
	if diff := cmp.Diff(want, told.Expenses); diff != "" {
		t.Errorf("expenses, -want +got:\n%s", diff)
	}
	if !cmp.Equal(told.Spent, []Money{{1250, "EUR"}}) || *told.OwnTime != (Money{1767, "EUR"}) || told.CustomerSince != "2011" || told.CustomerYears < 14 {
		t.Errorf("spent %v, own time %v, customer since %s for %d years", told.Spent, *told.OwnTime, told.CustomerSince, told.CustomerYears)
	}
	loyalty.HourValue = ""
	if _, err := totals.SetLoyalty(loyalty); err != nil {
		t.Fatal(err)
	}
	if told, err = totals.Tell(caseID); err != nil || told.OwnTime != nil || told.YearlySpend == nil {
		t.Errorf("without a value for an hour: %+v, %v", told, err)
	}
	if _, err := totals.SetLoyalty(loyalty); !errors.Is(err, problem.New(problem.NothingChanges, nil)) {
		t.Errorf("the same again: %v", err)
	}
	_, err = totals.AddExpense(ExpenseInput{CaseID: caseID, What: "", Amount: "a lot", Currency: "EUR"})
	if !errors.Is(err, problem.New(problem.NotAnAmount, nil)) {
		t.Errorf("an amount that is none: %v", err)
	}
}
