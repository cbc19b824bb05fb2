package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) expenseAdd() *cobra.Command {
	var (
		request casework.AddExpense
		amount  string
	)
	command, flags := p.leaf("expense.add", noArguments, func(command *cobra.Command, _ []string) error {
		var err error
		if request.Amount, err = parseMoney("amount", amount); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			id, err := work.AddExpense(command.Context(), request)
			if err != nil {
				return err
			}
			return p.showCreated("cli.expense.added", id)
		})
	})
	flags.text(&request.CaseID, "case", "id")
	expenseFlags(flags, &request, &amount)
	flags.require("case", "what", "amount")
	return command
}

// expenseFlags are what an expense is described by.
func expenseFlags(flags flags, request *casework.AddExpense, amount *string) {
	flags.text(&request.What, "what", "text")
	flags.text(amount, "amount", "money")
	flags.text(&request.When, "when", "time")
	flags.text(&request.Zone, "zone", "zone")
	flags.text(&request.Offset, "offset", "offset")
	flags.text(&request.ContactID, "contact", "id")
	flags.texts(&request.EvidenceIDs, "evidence", "id")
}

func (p *program) expenseCorrect() *cobra.Command {
	var request casework.AddExpense
	var amount string
	return p.correction("expense.correct", request.Clearable(), func(flags flags) { expenseFlags(flags, &request, &amount) },
		func(ctx context.Context, work *casework.Casework, n casework.Correct) (_ casework.Corrected, err error) {
			if request.Amount, err = parseMoney("amount", amount); err != nil {
				return casework.Corrected{}, err
			}
			return work.CorrectExpense(ctx, n, request)
		})
}

// shownExpense is the JSON shape of an expense.
type shownExpense struct {
	casefile.Expense
	RecordedAt string `json:"recorded_at"`
}

func shownExpenses(expenses []casefile.Recorded[casefile.Expense]) []shownExpense {
	shown := make([]shownExpense, len(expenses))
	for i, expense := range expenses {
		shown[i] = shownExpense{Expense: expense.Value, RecordedAt: instant(expense.Entry.RecordedAt)}
	}
	return shown
}

func (p *program) expenseList() *cobra.Command {
	var id string
	command, flags := p.leaf("expense.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			expenses, err := work.Expenses(command.Context(), id)
			if err != nil {
				return err
			}
			columns := []string{"when", "spent_on", "amount", "id"}
			return showList(p, shownExpenses(expenses), "cli.expense.none", columns, func(one shownExpense) []string {
				return []string{p.shortWhen(one.SpentAt), short(one.What, 60), p.amount(&one.Amount), one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}

// amounts writes sums of several currencies; empty for none.
func (p *program) amounts(sums []casefile.Money) string {
	texts := make([]string, len(sums))
	for i := range sums {
		texts[i] = p.amount(&sums[i])
	}
	return strings.Join(texts, ", ")
}
