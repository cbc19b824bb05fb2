package cli

import (
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) peopleList() *cobra.Command {
	var id string
	command, flags := p.leaf("people.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			people, err := work.People(command.Context(), id)
			if err != nil {
				return err
			}
			names := map[string]string{}
			for _, one := range people {
				names[one.ID] = p.personName(one.Name)
			}
			columns := []string{"name", "position", "company", "same_as", "contacts", "not_kept", "last_contact", "id"}
			return showList(p, people, "cli.person.none", columns, func(one casework.PersonSummary) []string {
				last := ""
				if when, err := casefile.ParseWhen(one.LastContact, time.UTC.String(), "", ""); err == nil {
					last = p.shortWhen(when)
				}
				same := make([]string, len(one.SameAs))
				for i, other := range one.SameAs {
					same[i] = names[other]
				}
				return []string{p.personName(one.Name), one.Position, one.Party, strings.Join(same, ", "), p.texts.Number(one.Contacts),
					p.texts.Number(one.NotKept) + "/" + p.texts.Number(one.Promises), last, one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	return command
}

func (p *program) peopleJoin() *cobra.Command {
	command, _ := p.leaf("people.join", oneOrMore, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			id, err := work.JoinPeople(command.Context(), "", args)
			if err != nil {
				return err
			}
			return p.showCreated("cli.person.joined", id)
		})
	})
	return command
}

func (p *program) peoplePart() *cobra.Command {
	var reason string
	command, flags := p.leaf("people.part", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			parted, err := work.PartPeople(command.Context(), args[0], reason)
			if err != nil {
				return err
			}
			return p.show(parted, func(w io.Writer) { p.line(w, "cli.person.parted", values("id", parted.ID)) })
		})
	})
	flags.text(&reason, "reason", "text")
	return command
}
