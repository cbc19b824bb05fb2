package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// correction is a command that corrects one thing: the flags that are given say what changes, and how it reads now.
func (p *program) correction(
	key string, clearable []string, describe func(flags),
	do func(context.Context, *casework.Casework, casework.Correct) (casework.Corrected, error),
) *cobra.Command {
	var n casework.Correct
	command, flags := p.leaf(key, oneArgument, func(command *cobra.Command, args []string) error {
		n.ID, n.Given = args[0], given(command)
		for i, name := range n.Clear {
			n.Clear[i] = strings.ReplaceAll(name, "-", "_")
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			corrected, err := do(command.Context(), work, n)
			if err != nil {
				return err
			}
			return p.show(corrected, func(w io.Writer) {
				p.line(w, "cli.corrected", values("id", corrected.ID))
				kind, _, _ := strings.Cut(key, ".")
				p.changeTable(w, kind, corrected.Changes, corrected.Names)
			})
		})
	})
	describe(flags)
	flags.texts(&n.Clear, "clear", "field")
	names := slices.Clone(clearable)
	for i, name := range names {
		names[i] = strings.ReplaceAll(name, "_", "-")
	}
	flags.annotate("clear", choices, names...)
	flags.text(&n.Reason, "reason", "text")
	flags.require("reason")
	return command
}

// given names the fields whose flags are on the command line.
func given(command *cobra.Command) []string {
	var names []string
	command.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed && flag.Name != "clear" && flag.Name != "reason" {
			names = append(names, strings.ReplaceAll(flag.Name, "-", "_"))
		}
	})
	return names
}

// changeTable tells what of a thing reads otherwise than before.
func (p *program) changeTable(w io.Writer, kind string, changes []casework.Change, names map[string]string) {
	rows := make([][]string, len(changes))
	for i, change := range changes {
		rows[i] = []string{p.texts.Text(p.fieldKey(kind, change.Field)),
			short(p.fieldText(change.Field, change.Before, names), 60), short(p.fieldText(change.Field, change.After, names), 60)}
	}
	p.table(w, []string{"field", "before", "after"}, rows)
}

func (p *program) contactCorrect() *cobra.Command {
	var request casework.LogContact
	var typed contactWords
	return p.correction("contact.correct", request.Clearable(), func(flags flags) { typed.flags(flags, &request) },
		func(ctx context.Context, work *casework.Casework, n casework.Correct) (casework.Corrected, error) {
			if err := typed.read(p, &request); err != nil {
				return casework.Corrected{}, err
			}
			request.Remedy = &typed.remedy
			return work.CorrectContact(ctx, n, request)
		})
}

func (p *program) promiseCorrect() *cobra.Command {
	var request casework.MakePromise
	var amount string
	return p.correction("promise.correct", request.Clearable(), func(flags flags) { promiseFlags(flags, &request, &amount) },
		func(ctx context.Context, work *casework.Casework, n casework.Correct) (_ casework.Corrected, err error) {
			if request.Amount, err = parseMoney("amount", amount); err != nil {
				return casework.Corrected{}, err
			}
			return work.CorrectPromise(ctx, n, request)
		})
}

func (p *program) evidenceCorrect() *cobra.Command {
	var request casework.AddEvidence
	return p.correction("evidence.correct", request.Clearable(), func(flags flags) { evidenceFlags(flags, &request) },
		func(ctx context.Context, work *casework.Casework, n casework.Correct) (casework.Corrected, error) {
			return work.CorrectEvidence(ctx, n, request)
		})
}

func (p *program) peopleCorrect() *cobra.Command {
	var request casework.Spoken
	var company string
	return p.correction("people.correct", request.Clearable(), func(flags flags) {
		flags.text(&request.Name, "name", "name")
		flags.yes(&request.Refused, "refused-name")
		flags.text(&request.Position, "position", "text")
		flags.text(&company, "company", "name")
	}, func(ctx context.Context, work *casework.Casework, n casework.Correct) (casework.Corrected, error) {
		return work.CorrectPerson(ctx, n, request, company)
	})
}

func (p *program) companyCorrect() *cobra.Command {
	var request casework.NewParty
	var references []string
	return p.correction("company.correct", request.Clearable(), func(flags flags) { companyFlags(flags, &request, &references) },
		func(ctx context.Context, work *casework.Casework, n casework.Correct) (casework.Corrected, error) {
			request.References = parseReferences(references)
			return work.CorrectParty(ctx, n, request)
		})
}

func (p *program) caseCorrect() *cobra.Command {
	var request casework.NewCase
	var typed caseWords
	return p.correction("case.correct", request.Clearable(), func(flags flags) { typed.flags(flags, &request) },
		func(ctx context.Context, work *casework.Casework, n casework.Correct) (casework.Corrected, error) {
			if err := typed.read(&request); err != nil {
				return casework.Corrected{}, err
			}
			return work.CorrectCase(ctx, n, request)
		})
}

// parseReferences reads the numbers that a company knows the matter by: "order: L-4471", or the number alone.
func parseReferences(typed []string) []casefile.Reference {
	var references []casefile.Reference
	for _, text := range typed {
		label, number, labelled := strings.Cut(text, ":")
		if !labelled {
			label, number = "", text
		}
		references = append(references, casefile.Reference{Label: label, Number: number})
	}
	return references
}
