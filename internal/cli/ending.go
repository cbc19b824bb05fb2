package cli

import (
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) caseClose() *cobra.Command {
	var n casework.CloseCase
	command, flags := p.leaf("case.close", oneArgument, func(command *cobra.Command, args []string) error {
		n.CaseID = args[0]
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			closed, err := work.CloseCase(command.Context(), n)
			if err != nil {
				return err
			}
			return p.showEnding("cli.case.closed", closed)
		})
	})
	choice(flags, &n.Kind, "ending", casefile.EndingKinds())
	flags.text(&n.On, "on", "date")
	flags.text(&n.Note, "note", "text")
	flags.require("ending")
	return command
}

func (p *program) caseReopen() *cobra.Command {
	var reason string
	command, flags := p.leaf("case.reopen", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			reopened, err := work.ReopenCase(command.Context(), args[0], reason)
			if err != nil {
				return err
			}
			return p.showEnding("cli.case.reopened", reopened)
		})
	})
	flags.text(&reason, "reason", "text")
	return command
}

// showEnding says that a case ended or goes on, and what its record has now.
func (p *program) showEnding(key string, corrected casework.Corrected) error {
	return p.show(corrected, func(w io.Writer) {
		p.line(w, key, values("id", corrected.ID))
		p.changeTable(w, "case", corrected.Changes, corrected.Names)
	})
}
