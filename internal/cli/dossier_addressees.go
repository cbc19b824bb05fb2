package cli

import (
	"github.com/spf13/cobra"

	"constancia/internal/dossier/addressee"
)

// dossierAddressees lists with whom a complaint can be filed.
func (p *program) dossierAddressees() *cobra.Command {
	var place string
	command, flags := p.leaf("dossier.addressees", noArguments, func(*cobra.Command, []string) error {
		columns := []string{"id", "name", "needs", "source"}
		return showList(p, addressee.Of(place), "cli.dossier.no_addressee", columns, func(one addressee.Addressee) []string {
			needs := make([]string, len(one.Needs))
			for i, need := range one.Needs {
				needs[i] = p.texts.Text("filing.need." + string(need))
			}
			source := one.Source.URL + ", " + one.Source.How(p.texts)
			return []string{one.ID, one.For(p.texts.Language()).Name, p.texts.List(needs), source}
		})
	})
	flags.text(&place, "place", "code")
	return command
}
