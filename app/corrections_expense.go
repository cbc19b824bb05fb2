package app

import (
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Expense gives an expense as it would be typed.
func (s *Corrections) Expense(caseID, expenseID string) (input ExpenseInput, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return ExpenseInput{}, err
	}
	return s.typedExpense(work, caseID, expenseID)
}

// CorrectExpense says what an expense should have said, and returns the correction's id.
func (s *Corrections) CorrectExpense(expenseID string, input ExpenseInput, reason string) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	before, err := s.typedExpense(work, input.CaseID, expenseID)
	if err != nil {
		return "", err
	}
	dates := s.desk.dates(work, input.Zone)
	first, err := expenseOf(dates, before)
	if err != nil {
		return "", err
	}
	typed, err := expenseOf(dates, input)
	if err != nil {
		return "", err
	}
	n := correctionOf(expenseID, reason, expenseFields(first), expenseFields(typed), typed.Clearable())
	corrected, err := work.CorrectExpense(s.desk.ctx, n, typed)
	return corrected.ID, err
}

// typedExpense is an expense that counts, as it would be typed.
func (s *Corrections) typedExpense(work *casework.Casework, caseID, expenseID string) (ExpenseInput, error) {
	expenses, err := work.Expenses(s.desk.ctx, caseID)
	if err != nil {
		return ExpenseInput{}, err
	}
	at := slices.IndexFunc(expenses, func(e casefile.Recorded[casefile.Expense]) bool { return e.Value.ID == expenseID })
	if at < 0 {
		return ExpenseInput{}, notFound("expense", expenseID)
	}
	expense := expenses[at].Value
	input := ExpenseInput{CaseID: caseID, What: expense.What, When: expense.SpentAt.Wall, Zone: expense.SpentAt.Zone}
	input.Amount, input.Currency = moneyTyped(&expense.Amount)
	return input, nil
}

func expenseFields(e casework.AddExpense) []typedField {
	return []typedField{{"what", e.What}, {"amount", typedAmount(e.Amount)}, {"when", e.When}}
}
