package cli

import (
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

// dossierPack makes what an editor checks the press edition by. It tells who is who, so it wants to be told that this is meant.
func (p *program) dossierPack() *cobra.Command {
	var request casework.VerificationPack
	command, flags := p.leaf("dossier.pack", noArguments, func(command *cobra.Command, _ []string) error {
		request.Language = p.texts.Language()
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			made, err := work.ExportVerificationPack(command.Context(), request, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.show(made, func(w io.Writer) {
				p.line(w, "cli.pack.made", values("path", made.Path, "size", p.texts.Size(made.Size)))
				p.pairs(w, [][2]string{{"SHA-256", made.SHA256}})
			})
		})
	})
	flags.text(&request.CaseID, "case", "id")
	flags.text(&request.Out, "out", "file")
	flags.yes(&request.Overwrite, "overwrite")
	flags.yes(&request.Consent, "i-consent")
	flags.require("case", "out")
	return command
}
