package pdf

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	cellBreak    = " | " // between the cells of a table that came as HTML
	columnGutter = "    "
	// monoColumns is how many characters of the typeface for tables the measure holds.
	monoColumns = 86
)

// inColumns sets the cells of a table below each other, figures by their ends: of lines that follow each other with as
// many cells. A table too wide for the measure stays as it came.
func inColumns(lines []string) []string {
	lines = slices.Clone(lines)
	for begin := 0; begin < len(lines); {
		cells := strings.Count(lines[begin], cellBreak)
		end := begin + 1
		for cells > 0 && end < len(lines) && strings.Count(lines[end], cellBreak) == cells {
			end++
		}
		if end > begin+1 {
			alignCells(lines[begin:end], cells+1)
		}
		begin = end
	}
	return lines
}

// csvInColumns sets the fields of a CSV file below each other. A file without order stays as it is.
func csvInColumns(text string) string {
	read := csv.NewReader(strings.NewReader(text))
	if head, _, _ := strings.Cut(text, "\n"); strings.Count(head, ";") > strings.Count(head, ",") {
		read.Comma = ';'
	}
	records, err := read.ReadAll() // as many fields in each, or it is an error
	if err != nil || len(records) < 2 || len(records[0]) < 2 {
		return text
	}
	rows := make([]string, len(records))
	for i, record := range records {
		if rows[i] = strings.Join(record, cellBreak); strings.Count(rows[i], cellBreak) != len(record)-1 || strings.Contains(rows[i], "\n") {
			return text
		}
	}
	return strings.Join(inColumns(rows), "\n")
}

func alignCells(rows []string, columns int) {
	widths, figures := make([]int, columns), make([]int, columns)
	for r, row := range rows {
		for i, text := range strings.Split(row, cellBreak) {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
			switch {
			case r > 0 && text != "" && !isFigure.MatchString(text):
				figures[i] = -len(rows) // never a column of figures
			case isFigure.MatchString(text):
				figures[i]++
			}
		}
	}
	whole := (columns - 1) * len(columnGutter)
	for _, width := range widths {
		whole += width
	}
	if whole > monoColumns {
		return
	}
	for r, row := range rows {
		var line strings.Builder
		for i, text := range strings.Split(row, cellBreak) {
			blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text))
			if figures[i] > 1 {
				text = blanks + text
			} else {
				text += blanks
			}
			line.WriteString(text)
			if i+1 < columns {
				line.WriteString(columnGutter)
			}
		}
		rows[r] = strings.TrimRight(line.String(), " ")
	}
}

// isFigure matches a number, alone or with what it counts: "1", "−5,30 €", "12 %". Below each other they end in one line.
var isFigure = regexp.MustCompile(`^[-−+]?\p{Sc}?\s?\d[\d.,\x{00A0}\x{202F} ]*\s?(?:\p{Sc}|%)?$`)
