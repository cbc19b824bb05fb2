package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) mailSame() *cobra.Command {
	var caseID string
	command, flags := p.leaf("mail.same", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			same, err := work.SameMessages(command.Context(), caseID)
			if err != nil {
				return err
			}
			return p.show(list[casework.SameMessage]{same}, func(w io.Writer) {
				if len(same) == 0 {
					p.line(w, "cli.same.none", nil)
				}
				for _, one := range same {
					key := "cli.same.copies"
					if one.Conflict {
						key = "cli.same.conflict"
					}
					p.line(w, key, values("id", one.MessageID))
					for _, copy := range one.Copies {
						fmt.Fprintln(w, plain("  "+copy.ID+"  "+short(copy.Body, 16)))
					}
				}
			})
		})
	})
	flags.text(&caseID, "case", "id")
	flags.require("case")
	return command
}
