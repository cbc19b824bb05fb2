package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) exhibitAssign() *cobra.Command {
	command, _ := p.leaf("exhibit.assign", oneOrMore, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			exhibit, err := work.AssignExhibit(command.Context(), args...)
			if err != nil {
				return err
			}
			return p.show(exhibit, func(w io.Writer) {
				p.line(w, "cli.exhibit.assigned", values("label", exhibit.Label, "file", fileNames(exhibit)))
			})
		})
	})
	return command
}

func (p *program) exhibitList() *cobra.Command {
	var id string
	command, flags := p.leaf("exhibit.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			exhibits, err := work.Exhibits(command.Context(), id)
			if err != nil {
				return err
			}
			columns := []string{"exhibit", "file", "size", "shows", "sha256", "id"}
			return showList(p, exhibits, "cli.exhibit.none", columns, func(one casework.ExhibitItem) []string {
				if one.Erased {
					return []string{one.Label, p.texts.Text("cli.entry.erased"), "", "", "", one.ID}
				}
				return []string{one.Label, short(fileNames(one), 40), p.texts.Size(one.Size), short(one.Shows, 50), one.SHA256, one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}

// fileNames are those of all files under an exhibit's number.
func fileNames(exhibit casework.ExhibitItem) string {
	names := []string{exhibit.FileName}
	for _, file := range exhibit.With {
		names = append(names, file.FileName)
	}
	return strings.Join(names, ", ")
}
