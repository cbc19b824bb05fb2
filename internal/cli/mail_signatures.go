package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) mailSignatures() *cobra.Command {
	command, _ := p.leaf("mail.signatures", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			signatures, err := work.CheckSignatures(command.Context(), args[0])
			if err != nil {
				return err
			}
			return p.show(list[casework.MessageSignature]{signatures}, func(w io.Writer) {
				if len(signatures) == 0 {
					p.line(w, "signature.none", nil)
				}
				for _, one := range signatures {
					fmt.Fprintln(w, plain(one.Sentence(p.texts, p.size)))
				}
			})
		})
	})
	return command
}

func (p *program) mailKeys() *cobra.Command {
	var caseID string
	command, flags := p.leaf("mail.keys", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			kept, err := work.KeepKeys(command.Context(), caseID)
			if err != nil {
				return err
			}
			return p.show(kept, func(w io.Writer) {
				p.pairs(w, [][2]string{
					{p.texts.Text("cli.keys.kept"), p.texts.Number(kept.Kept)},
					{p.texts.Text("cli.keys.waiting"), p.texts.Number(kept.Waiting)},
				})
			})
		})
	})
	flags.text(&caseID, "case", "id")
	flags.require("case")
	return command
}
