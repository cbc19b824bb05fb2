package cli

import (
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) promiseMake() *cobra.Command {
	var (
		request casework.MakePromise
		amount  string
	)
	command, flags := p.leaf("promise.make", noArguments, func(command *cobra.Command, _ []string) error {
		var err error
		if request.Amount, err = parseMoney("amount", amount); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			id, err := work.MakePromise(command.Context(), request)
			if err != nil {
				return err
			}
			return p.showCreated("cli.promise.made", id)
		})
	})
	flags.text(&request.CaseID, "case", "id")
	promiseFlags(flags, &request, &amount)
	flags.require("case", "what")
	return command
}

// promiseFlags are what a promise is described by.
func promiseFlags(flags flags, request *casework.MakePromise, amount *string) {
	flags.text(&request.What, "what", "text")
	flags.text(&request.Due, "due", "time")
	flags.text(&request.ContactID, "contact", "id")
	flags.text(&request.MessageID, "message", "id")
	flags.text(&request.Company, "company", "name")
	flags.text(&request.Person, "person", "name")
	flags.text(&request.MadeAt, "made-at", "time")
	flags.text(amount, "amount", "money")
	flags.text(&request.RepeatsID, "repeats", "id")
}

func (p *program) promiseSettle() *cobra.Command {
	var request casework.SettlePromise
	command, flags := p.leaf("promise.settle", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			id, err := work.SettlePromise(command.Context(), request)
			if err != nil {
				return err
			}
			return p.showCreated("cli.promise.settled", id)
		})
	})
	flags.text(&request.PromiseID, "promise", "id")
	choice(flags, &request.Outcome, "outcome", casefile.Outcomes())
	flags.text(&request.On, "on", "date")
	flags.text(&request.Note, "note", "text")
	flags.texts(&request.ShownBy, "shown-by", "id")
	flags.require("promise", "outcome")
	return command
}

// shownPromise is the JSON shape of a promise: as it is recorded, with how it stands today.
type shownPromise struct {
	casefile.Promise
	State     casefile.PromiseState `json:"state"`
	DaysLate  int64                 `json:"days_late"`
	SettledOn string                `json:"settled_on,omitempty"`
	Note      string                `json:"note,omitempty"`
}

func shownPromises(statuses []casefile.PromiseStatus) []shownPromise {
	shown := make([]shownPromise, 0, len(statuses))
	for _, status := range statuses {
		one := shownPromise{Promise: status.Promise.Value, State: status.State, DaysLate: status.DaysLate}
		if status.Settlement != nil {
			one.Note = status.Settlement.Value.Note
			if status.Settlement.Value.On != nil {
				one.SettledOn = status.Settlement.Value.On.Date
			}
		}
		shown = append(shown, one)
	}
	return shown
}

func (p *program) promiseList() *cobra.Command {
	var id string
	command, flags := p.leaf("promise.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			statuses, err := work.Promises(command.Context(), id)
			if err != nil {
				return err
			}
			shown := shownPromises(statuses)
			return p.show(list[shownPromise]{Items: shown}, func(w io.Writer) {
				if len(shown) == 0 {
					p.line(w, "cli.promise.none", nil)
					return
				}
				p.promiseTable(w, shown)
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}

func (p *program) promiseTable(w io.Writer, promises []shownPromise) {
	rows := make([][]string, len(promises))
	for i, promise := range promises {
		due := p.due(promise.Due)
		if due == "" {
			due = p.texts.Text("cli.promise.no_date")
		}
		state := p.term("outcome", string(promise.State))
		if promise.DaysLate > 0 {
			state += " (" + p.texts.Count("count.day_late", promise.DaysLate) + ")"
		}
		rows[i] = []string{p.shortWhen(promise.MadeAt), short(promise.What, 60), due, state, promise.ID}
	}
	p.table(w, []string{"made", "promise", "due", "state", "id"}, rows)
}
