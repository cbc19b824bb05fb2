package tables

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Format is how a table is written.
type Format string

// The formats.
const (
	CSV       Format = "csv"  // RFC 4180
	JSON      Format = "json" // {"items":[…]}
	ICalendar Format = "ics"  // RFC 5545
)

// Formats lists the formats.
func Formats() []Format { return []Format{CSV, JSON, ICalendar} }

// WriteCSV writes a table as CSV (RFC 4180) in UTF-8, with the mark at its start by which spreadsheets know that. A cell
// that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
func (t Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.Columns); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = harmless(cell)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless makes text of a cell that a spreadsheet would compute: one that begins with a sign of a formula, also in its
// wide form or after blanks and characters that nobody sees, or with a tab or line end.
func harmless(cell string) string {
	cell = strings.ReplaceAll(strings.ToValidUTF8(cell, "\uFFFD"), "\x00", "")
	if cell == "" {
		return cell
	}
	if strings.ContainsRune("\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	bare := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) })
	if first, _ := utf8.DecodeRuneInString(bare); bare != "" && strings.ContainsRune("=+-@＝＋－＠−", first) {
		return "'" + cell
	}
	return cell
}

// WriteJSON writes a table as one JSON value, {"items":[…]}, with the columns' names as keys and texts as values.
func (t Table) WriteJSON(w io.Writer) error {
	items := make([]map[string]string, 0, len(t.Rows))
	for _, row := range t.Rows {
		item := make(map[string]string, len(row))
		for i, cell := range row {
			item[t.Columns[i]] = cell
		}
		items = append(items, item)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(map[string]any{"items": items}); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}
