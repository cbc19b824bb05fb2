package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) companyAdd() *cobra.Command {
	var (
		id         string
		request    casework.NewParty
		references []string
	)
	command, flags := p.leaf("company.add", noArguments, func(command *cobra.Command, _ []string) error {
		request.References = parseReferences(references)
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			added, err := work.AddParty(command.Context(), id, request)
			if err != nil {
				return err
			}
			return p.showCreated("cli.company.added", added)
		})
	})
	flags.text(&id, "case", "id")
	companyFlags(flags, &request, &references)
	flags.require("case", "name")
	return command
}

// companyFlags are what a company is described by.
func companyFlags(flags flags, request *casework.NewParty, references *[]string) {
	flags.text(&request.Name, "name", "name")
	choice(flags, &request.Role, "role", casefile.Roles())
	flags.texts(references, "reference", "text")
	flags.texts(&request.Domains, "domain", "name")
	flags.text(&request.Address, "address", "text")
}

func (p *program) companyList() *cobra.Command {
	var id string
	command, flags := p.leaf("company.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			file, err := work.CaseFile(command.Context(), id)
			if err != nil {
				return err
			}
			parties := make([]casefile.Party, len(file.Parties))
			for i, party := range file.Parties {
				parties[i] = party.Value
			}
			columns := []string{"name", "role", "references", "address", "id"}
			return showList(p, parties, "cli.company.none", columns, func(one casefile.Party) []string {
				return []string{one.Name, p.term("role", string(one.Role)), referenceText(one.References), short(strings.ReplaceAll(one.Address, "\n", ", "), 40), one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}

func referenceText(references []casefile.Reference) string {
	texts := make([]string, len(references))
	for i, reference := range references {
		texts[i] = strings.TrimPrefix(reference.Label+" "+reference.Number, " ")
	}
	return strings.Join(texts, ", ")
}
