package cli

import (
	"github.com/spf13/cobra"

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
			columns := []string{"name", "position", "company", "contacts", "not_kept", "last_contact", "id"}
			return showList(p, people, "cli.person.none", columns, func(one casework.PersonSummary) []string {
				last := ""
				if one.LastContact != nil {
					last = p.shortWhen(*one.LastContact)
				}
				return []string{p.personName(one.Name), one.Position, one.Party, p.texts.Number(one.Contacts),
					p.texts.Number(one.NotKept) + "/" + p.texts.Number(one.Promises), last, one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	return command
}
