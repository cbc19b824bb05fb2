package pdf

import (
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

// inColumns sets the cells of a table below each other: of lines that follow each other with as many cells. A table too
// wide for the measure stays as it came.
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

func alignCells(rows []string, columns int) {
	widths := make([]int, columns)
	for _, row := range rows {
		for i, text := range strings.Split(row, cellBreak) {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
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
			line.WriteString(text)
			if i+1 < columns {
				line.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text)) + columnGutter)
			}
		}
		rows[r] = line.String()
	}
}
