package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) caseNew() *cobra.Command {
	var (
		request   casework.NewCase
		companies []string
		roles     []string
		typed     caseWords
	)
	command, flags := p.leaf("case.new", noArguments, func(command *cobra.Command, _ []string) error {
		var err error
		if request.Companies, err = p.companies(companies, roles); err != nil {
			return err
		}
		if err := typed.read(&request); err != nil {
			return err
		}
		if request.Zone == "" {
			request.Zone = casework.LocalZone(p.environment.Variable)
		}
		if request.Zone == "" { // the system does not tell it by a name that others know
			return problem.New(problem.Missing, problem.Values{"field": "--zone"})
		}
		return p.with(command.Context(), true, func(work *casework.Casework) error {
			id, err := work.NewCase(command.Context(), request)
			if err != nil {
				return err
			}
			return p.showCreated("cli.case.made", id)
		})
	})
	flags.texts(&companies, "company", "name")
	flags.texts(&roles, "role", "code")
	flags.annotate("role", choices, words(casefile.Roles())...)
	typed.flags(flags, &request)
	flags.require("title", "company")
	return command
}

// caseWords are the words about a case that need reading before they make a request.
type caseWords struct{ claimed, yearlySpend, hourValue string }

// read fills the request with what was typed.
func (typed *caseWords) read(request *casework.NewCase) (err error) {
	if request.Claimed, err = parseMoney("claimed", typed.claimed); err != nil {
		return err
	}
	if request.YearlySpend, err = parseMoney("yearly_spend", typed.yearlySpend); err != nil {
		return err
	}
	request.HourValue, err = parseMoney("hour_value", typed.hourValue)
	return err
}

// flags are what a case itself is described by.
func (typed *caseWords) flags(flags flags, request *casework.NewCase) {
	flags.text(&request.Title, "title", "text")
	flags.texts(&request.Outcome, "outcome", "text")
	flags.text(&request.AnswerBy, "answer-by", "date")
	flags.text(&typed.claimed, "claimed", "money")
	flags.text(&request.Zone, "zone", "zone")
	choice(flags, &request.Place, "place", casework.Places())
	flags.text(&request.Complainant.Name, "name", "name")
	flags.text(&request.Complainant.Address, "address", "text")
	flags.text(&request.Complainant.Email, "email", "address")
	flags.text(&request.Complainant.Phone, "phone", "text")
	flags.text(&request.Summary, "summary", "text")
	flags.text(&request.StillConcerned, "still-concerned", "text")
	flags.text(&request.CustomerSince, "customer-since", "date")
	flags.text(&typed.yearlySpend, "yearly-spend", "money")
	flags.text(&typed.hourValue, "hour-value", "money")
}

// companies pairs each company with the role given in the same place.
func (p *program) companies(names, roles []string) ([]casework.NewParty, error) {
	if len(roles) > len(names) {
		return nil, p.misusedBecause("cli.misuse.roles", nil)
	}
	parties := make([]casework.NewParty, len(names))
	for i, name := range names {
		parties[i].Name = name
		if i < len(roles) {
			parties[i].Role = casefile.PartyRole(roles[i])
		}
	}
	return parties, nil
}

func (p *program) caseList() *cobra.Command {
	command, _ := p.leaf("case.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			cases, err := work.Cases(command.Context())
			if err != nil {
				return err
			}
			columns := []string{"id", "case", "companies", "contacts", "emails", "not_kept", "last_contact"}
			return showList(p, cases, "cli.case.none", columns, func(one casework.CaseSummary) []string {
				last := ""
				if one.LastContact != nil {
					last = p.shortWhen(*one.LastContact)
				}
				return []string{one.ID, short(one.Title, 40), short(strings.Join(one.Companies, ", "), 40),
					p.texts.Number(one.Contacts), p.texts.Number(one.Messages),
					fmt.Sprintf("%s/%s", p.texts.Number(one.PromisesNotKept), p.texts.Number(one.Promises)), last}
			})
		})
	})
	return command
}

// shownCase is the JSON shape of a case shown whole.
type shownCase struct {
	casefile.Case
	Parties  []casefile.Party `json:"parties"`
	Figures  casefile.Figures `json:"figures"`
	Contacts []shownContact   `json:"contacts"`
	Promises []shownPromise   `json:"promises"`
	Messages []shownMessage   `json:"messages"`
	Evidence []shownEvidence  `json:"evidence"`

	Expenses       []shownExpense       `json:"expenses"`
	Contradictions []shownContradiction `json:"contradictions"`
}

// shownMessage is the JSON shape of an email: its provenance, and what its header says.
type shownMessage struct {
	casefile.Message
	Date    string `json:"date,omitempty"`
	From    string `json:"from"`
	Subject string `json:"subject"`
}

func (p *program) caseShow() *cobra.Command {
	var id string
	command, flags := p.leaf("case.show", mayBeOne, func(command *cobra.Command, args []string) error {
		if len(args) > 0 {
			id = args[0]
		}
		if id == "" {
			return p.misusedBecause("cli.misuse.flags_missing", values("flags", "--case"))
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			return p.showCase(command.Context(), work, id)
		})
	})
	flags.text(&id, "case", "id")
	return command
}

func (p *program) showCase(ctx context.Context, work *casework.Casework, id string) error {
	file, err := work.CaseFile(ctx, id)
	if err != nil {
		return err
	}
	evidence, err := work.Evidence(ctx, id)
	if err != nil {
		return err
	}
	contradictions, err := work.Contradictions(ctx, id)
	if err != nil {
		return err
	}
	shown := shownCase{
		Case: file.Case, Figures: file.Figures(work.Now()), Parties: []casefile.Party{},
		Contacts: shownContacts(file), Promises: shownPromises(file.PromiseStatuses(work.Now())),
		Messages: []shownMessage{}, Evidence: shownEvidenceOf(evidence),
		Expenses: shownExpenses(file.Expenses), Contradictions: shownContradictions(contradictions),
	}
	for _, party := range file.Parties {
		shown.Parties = append(shown.Parties, party.Value)
	}
	for _, message := range file.Messages {
		shown.Messages = append(shown.Messages, shownMessage{Message: message.Value.Message,
			Date: message.Value.Reading.Date, From: casefile.MailboxList(message.Value.Reading.From), Subject: message.Value.Reading.Subject})
	}
	return p.show(shown, func(w io.Writer) { p.describeCase(w, shown) })
}

func (p *program) describeCase(w io.Writer, shown shownCase) {
	fmt.Fprintf(w, "%s\n%s\n\n", plain(shown.Title), shown.ID)
	companies := make([]string, len(shown.Parties))
	for i, party := range shown.Parties {
		companies[i] = party.Name + " (" + p.term("role", string(party.Role)) + ")"
	}
	p.pairs(w, [][2]string{
		{p.texts.Text("cli.label.companies"), strings.Join(companies, ", ")},
		{p.texts.Text("cli.label.summary"), shown.Summary},
		{p.texts.Text("cli.label.still_concerned"), shown.StillConcerned},
		{p.texts.Text("cli.label.outcome"), strings.Join(shown.Outcome, "; ")},
		{p.texts.Text("cli.label.answer_by"), p.due(shown.AnswerBy)},
		{p.texts.Text("cli.label.zone"), shown.Zone},
		{p.texts.Text("cli.label.ending"), p.ending(shown.Ending)},
	})
	fmt.Fprintln(w)
	p.describeFigures(w, shown.Figures)
	if len(shown.Contacts) > 0 {
		fmt.Fprintln(w)
		p.contactTable(w, shown.Contacts)
	}
	if len(shown.Promises) > 0 {
		fmt.Fprintln(w)
		p.promiseTable(w, shown.Promises)
	}
}

// ending says how a case ended; empty while it goes on.
func (p *program) ending(ending *casefile.Ending) string {
	if ending == nil {
		return ""
	}
	return p.fieldText("ending", ending, nil)
}

// due writes a due date; empty for none.
func (p *program) due(due *casefile.Due) string {
	if due == nil {
		return ""
	}
	at := due.Deadline().AddDate(0, 0, -1)
	if due.Time != "" {
		return p.texts.ShortDate(at.AddDate(0, 0, 1)) + " " + due.Time
	}
	return p.texts.ShortDate(at)
}
