package app

import (
	"cmp"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Totals are what the page does with the numbers of a case, and with what they rest on that is no contact: expenses,
// and what the person is to the company.
type Totals struct{ desk *desk }

// Tell counts everything in a case.
func (s *Totals) Tell(caseID string) (told FiguresReport, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return FiguresReport{}, err
	}
	file, err := work.CaseFile(s.desk.ctx, caseID)
	if err != nil {
		return FiguresReport{}, err
	}
	now := work.Now()
	figures := file.Figures(now)
	told = FiguresReport{
		Figures: figuresOf(figures), Months: []MonthFigures{},
		ByChannel: countsOf(figures.ByChannel), ByFailure: countsOf(figures.Failures()), ByState: countsOf(figures.ByState),
		Retold: figures.Retold, SentOn: figures.SentOn, TalkSeconds: figures.TalkSeconds,
		SupervisorAsked: figures.SupervisorAsked, SupervisorPutOn: figures.SupervisorPutOn,
		RecordedLive: figures.RecordedLive, RecordedSameDay: figures.RecordedSameDay, RecordedLater: figures.RecordedLater,
		Spent: []Money{}, Expenses: []ExpenseView{}, OwnSeconds: figures.OwnSeconds, OwnTime: moneyOf(figures.OwnTime),
		CustomerSince: file.Case.CustomerSince, YearlySpend: moneyOf(figures.YearlySpend), HourValue: moneyOf(file.Case.HourValue),
	}
	if figures.CustomerYears != nil {
		told.CustomerYears = *figures.CustomerYears
	}
	for _, month := range file.Months(now) {
		told.Months = append(told.Months, MonthFigures(month))
	}
	for _, sum := range figures.Spent {
		told.Spent = append(told.Spent, *moneyOf(&sum))
	}
	for _, expense := range file.Expenses {
		value := expense.Value
		told.Expenses = append(told.Expenses, ExpenseView{
			ID: value.ID, What: value.What, Amount: *moneyOf(&value.Amount), Wall: value.SpentAt.Wall,
			Corrected: len(expense.Entry.Corrections) > 0, Rivals: len(expense.Entry.Rivals()) > 0})
	}
	return told, nil
}

// countsOf lists what came up, the most frequent first.
func countsOf[Code ~string](byCode map[Code]int64) []CodeCount {
	counts := []CodeCount{}
	for code, count := range byCode {
		counts = append(counts, CodeCount{string(code), count})
	}
	slices.SortFunc(counts, func(a, b CodeCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	return counts
}

// AddExpense puts an expense on record, and returns its id.
func (s *Totals) AddExpense(input ExpenseInput) (expenseID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	expense, err := expenseOf(s.desk.dates(work, input.Zone), input)
	if err != nil {
		return "", err
	}
	return work.AddExpense(s.desk.ctx, expense)
}

// expenseOf reads what was typed.
func expenseOf(dates dateReader, input ExpenseInput) (casework.AddExpense, error) {
	var wrong problems
	expense := casework.AddExpense{CaseID: input.CaseID, What: input.What, When: dates.happened(&wrong, "when", input.When)}
	var err error
	expense.Amount, err = typedMoney("amount", input.Amount, input.Currency)
	wrong.note(err)
	if len(wrong) > 0 {
		wrong.require("spent_on", input.What)
	}
	return expense, wrong.joined()
}

// SetLoyalty says what the person is to the company, and what an hour of their time is worth, and returns the
// correction's id.
func (s *Totals) SetLoyalty(input LoyaltyInput) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	file, err := work.CaseFile(s.desk.ctx, input.CaseID)
	if err != nil {
		return "", err
	}
	typed := casework.NewCase{CustomerSince: input.CustomerSince}
	var wrong problems
	if typed.YearlySpend, err = typedMoney("yearly_spend", input.YearlySpend, input.Currency); err != nil {
		wrong.note(err)
	}
	if typed.HourValue, err = typedMoney("hour_value", input.HourValue, input.Currency); err != nil {
		wrong.note(err)
	}
	if err := wrong.joined(); err != nil {
		return "", err
	}
	n := loyaltyCorrection(file.Case, typed)
	n.Reason = input.Reason
	corrected, err := work.CorrectCase(s.desk.ctx, n, typed)
	return corrected.ID, err
}

// loyaltyCorrection names what reads otherwise than before.
func loyaltyCorrection(before casefile.Case, typed casework.NewCase) casework.Correct {
	n := casework.Correct{ID: before.ID}
	change := func(name string, changed, empty bool) {
		switch {
		case !changed:
		case empty:
			n.Clear = append(n.Clear, name)
		default:
			n.Given = append(n.Given, name)
		}
	}
	change("customer_since", before.CustomerSince != typed.CustomerSince, typed.CustomerSince == "")
	change("yearly_spend", !sameMoney(before.YearlySpend, typed.YearlySpend), typed.YearlySpend == nil)
	change("hour_value", !sameMoney(before.HourValue, typed.HourValue), typed.HourValue == nil)
	return n
}

func sameMoney(a, b *casefile.Money) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
