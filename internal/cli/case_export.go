package cli

import (
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/dossier/tables"
)

// writtenTable is the JSON shape of a table that was written.
type writtenTable struct {
	Path string `json:"path"`
	Rows int    `json:"rows"`
}

func (p *program) caseExport() *cobra.Command {
	request := casework.ExportTable{}
	command, flags := p.leaf("case.export", noArguments, func(command *cobra.Command, _ []string) error {
		request.Language = p.texts.Language()
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			rows, err := work.ExportTable(command.Context(), request)
			if err != nil {
				return err
			}
			return p.show(writtenTable{request.Out, rows}, func(w io.Writer) {
				p.line(w, "cli.case.exported", values("path", request.Out, "rows", strconv.Itoa(rows)))
			})
		})
	})
	flags.text(&request.CaseID, "case", "id")
	choice(flags, &request.Subject, "what", tables.Subjects())
	choice(flags, &request.Format, "format", tables.Formats())
	flags.text(&request.Out, "out", "file")
	flags.yes(&request.Overwrite, "overwrite")
	flags.require("case", "out")
	return command
}
