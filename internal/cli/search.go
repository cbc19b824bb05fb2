package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) search() *cobra.Command {
	var (
		id    string
		limit int64
	)
	command, flags := p.leaf("search", oneOrMore, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			hits, err := work.Search(command.Context(), id, strings.Join(args, " "), int(limit))
			if err != nil {
				return err
			}
			columns := []string{"kind", "title", "found", "id"}
			return showList(p, hits, "cli.search.none", columns, func(one casework.Hit) []string {
				return []string{p.kind(one.Kind), short(one.Title, 40), short(one.Snippet, 70), one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.number(&limit, "limit", 50)
	return command
}

// kind is the word for a kind of entry.
func (p *program) kind(kind string) string {
	if key := "term." + kind; p.texts.Has(key) {
		return p.texts.Count(key, 1)
	}
	return kind
}
