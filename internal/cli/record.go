package cli

import (
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) recordVerify() *cobra.Command {
	command, _ := p.leaf("record.verify", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			verification, err := work.VerifyRecord(command.Context())
			if err != nil {
				return err
			}
			return p.showVerification(verification, "cli.record.holds", problem.RecordDoesNotHold)
		})
	})
	return command
}

func (p *program) recordRebuild() *cobra.Command {
	command, _ := p.leaf("record.rebuild", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if err := work.RebuildRecord(command.Context()); err != nil {
				return err
			}
			return p.show(rebuilt{Rebuilt: true}, func(w io.Writer) { p.line(w, "cli.record.rebuilt", nil) })
		})
	})
	return command
}

// rebuilt is the JSON shape of views made anew.
type rebuilt struct {
	Rebuilt bool `json:"rebuilt"`
}

func (p *program) libraryCheck() *cobra.Command {
	command, _ := p.leaf("library.check", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			verification, err := work.CheckLibrary(command.Context())
			if err != nil {
				return err
			}
			return p.showVerification(verification, "cli.library.holds", problem.LibraryDoesNotHold)
		})
	})
	return command
}

// showVerification tells what a check found. What does not hold is a failure.
func (p *program) showVerification(v casework.Verification, holds string, otherwise problem.Code) error {
	err := p.show(v, func(w io.Writer) {
		if v.Holds {
			p.line(w, holds, values("entries", p.texts.Count("count.entry", v.Entries)))
		}
		rows := make([][]string, len(v.Problems))
		for i, finding := range v.Problems {
			rows[i] = []string{p.texts.Text("cli.finding." + string(finding.What)), finding.Where}
		}
		if len(rows) > 0 {
			p.table(w, []string{"finding", "where"}, rows)
		}
	})
	if err != nil || v.Holds {
		return err
	}
	return problem.New(otherwise, problem.Values{"count": strconv.Itoa(len(v.Problems))})
}
