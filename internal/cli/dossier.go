package cli

import (
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/dossier"
)

func (p *program) dossierExport() *cobra.Command {
	var request casework.ExportDossier
	command, flags := p.leaf("dossier.export", noArguments, func(command *cobra.Command, _ []string) error {
		request.Language = p.texts.Language()
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			made, err := work.ExportDossier(command.Context(), request, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.show(made, func(w io.Writer) {
				p.line(w, "cli.dossier.made", values("path", made.Path, "size", p.size(made.Size)))
				p.pairs(w, [][2]string{{"SHA-256", made.SHA256}})
			})
		})
	})
	flags.text(&request.CaseID, "case", "id")
	choice(flags, &request.Edition, "edition", dossier.Editions())
	flags.text(&request.Out, "out", "file")
	flags.yes(&request.Overwrite, "overwrite")
	flags.require("case", "out")
	return command
}
