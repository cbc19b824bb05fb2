package casework

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"constancia/internal/dossier/tables"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// ExportTable says which table of a case to write, how, and where.
type ExportTable struct {
	CaseID   string
	Subject  tables.Subject // empty: chronology
	Format   tables.Format  // empty: csv
	Language i18n.Language
	// Out is the file to write. It is written whole or not at all.
	Out       string
	Overwrite bool
}

// ExportTable writes the chronology, the promises or the deadlines of a case for other programs, and tells how many rows
// there are.
//
// Problems: not_found, not_a_choice, file_exists, file_unwritable, disk_full.
func (c *Casework) ExportTable(ctx context.Context, n ExportTable) (rows int, err error) {
	n.Subject, n.Format = cmp.Or(n.Subject, tables.Chronology), cmp.Or(n.Format, tables.CSV)
	if err := cmp.Or(unlessOne("what", n.Subject, tables.Subjects()), unlessOne("format", n.Format, tables.Formats())); err != nil {
		return 0, err
	}
	file, err := c.library.CaseFile(ctx, n.CaseID)
	if err != nil {
		return 0, err
	}
	table := tables.Of(file, n.Subject, c.Now(), i18n.For(n.Language))
	return len(table.Rows), writeWhole(n.Out, n.Overwrite, func(w io.Writer) error {
		switch n.Format {
		case tables.JSON:
			return table.WriteJSON(w)
		case tables.ICalendar:
			return table.WriteCalendar(w, Program, c.Now())
		}
		return table.WriteCSV(w)
	})
}

// unlessOne is what is wrong with a word that is none of those that a field takes.
func unlessOne[T ~string](field string, word T, all []T) error {
	if slices.Contains(all, word) {
		return nil
	}
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = string(one)
	}
	return problem.New(problem.NotAChoice, problem.Values{"field": field, "value": string(word), "choices": strings.Join(names, ", ")})
}
