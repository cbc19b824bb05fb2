package phonelog

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"constancia/internal/problem"
)

// Field is what a column of a table says.
type Field string

// Fields.
const (
	NoField    Field = ""
	When       Field = "when" // a day, or a day with its time
	Clock      Field = "clock"
	Number     Field = "number"
	Name       Field = "name"
	Way        Field = "direction"
	Duration   Field = "duration"
	Company    Field = "company"
	Channel    Field = "channel"
	Who        Field = "who"
	Hold       Field = "hold"
	What       Field = "what"
	Promise    Field = "promise"
	Due        Field = "due"
	sampleRows       = 200 // how many are looked at to guess
)

// Fields lists them in the order they are offered.
func Fields() []Field {
	return []Field{When, Clock, Number, Name, Way, Duration, Company, Channel, Who, Hold, What, Promise, Due}
}

// Table is a file of values with a separator between them.
type Table struct {
	// Header names the columns; empty names where the file has none.
	Header []string
	Rows   [][]string
	// Columns is what each column seems to say.
	Columns []Field
	// Sure says that the columns name themselves, so that nobody has to be asked.
	Sure bool
	// MonthFirst says that its dates have the month before the day.
	MonthFirst bool
}

var separators = []rune{';', ',', '\t', '|'}

func readTable(raw []byte) (*Table, error) {
	text, err := decoded(raw)
	if err != nil || strings.ContainsRune(text, 0) {
		return nil, notACallLog(err)
	}
	rows, err := parse(text, separatorOf(text))
	if err != nil {
		return nil, err
	}
	rows = withoutPreamble(rows)
	if len(rows) == 0 || len(rows[0]) < 2 {
		return nil, notACallLog(nil)
	}
	t := &Table{Rows: rows}
	if isHeader(rows[0]) {
		t.Header, t.Rows = rows[0], rows[1:]
	} else {
		t.Header = make([]string, width(rows))
	}
	if len(t.Rows) == 0 {
		return nil, notACallLog(nil)
	}
	for len(t.Header) < width(rows) {
		t.Header = append(t.Header, "")
	}
	t.guess()
	return t, nil
}

// parse reads at most mostEntries rows, each cell tidied.
func parse(text string, separator rune) ([][]string, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord = separator, true, -1
	var rows [][]string
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, notACallLog(err)
		}
		if len(rows) > mostEntries || len(cells) > mostColumns {
			return nil, problem.New(problem.LogTooLarge, problem.Values{"limit": "100000 × 60"})
		}
		filled := 0
		for i := range cells {
			if cells[i] = tidy(cells[i]); cells[i] != "" {
				filled++
			}
		}
		if filled > 0 {
			rows = append(rows, cells)
		}
	}
}

// separatorOf is the one that parts most lines into the same number of cells.
func separatorOf(text string) rune {
	sample := text
	if len(sample) > 32<<10 {
		sample = sample[:32<<10]
		sample = sample[:strings.LastIndexByte(sample, '\n')+1]
	}
	best, bestScore := ';', 0
	for _, separator := range separators {
		rows, err := parse(sample, separator)
		if err != nil {
			continue
		}
		cells, often := commonWidth(rows)
		if score := often * (cells - 1); cells > 1 && score > bestScore {
			best, bestScore = separator, score
		}
	}
	return best
}

// commonWidth is the number of cells that most rows have, and how many have it.
func commonWidth(rows [][]string) (cells, often int) {
	counts := map[int]int{}
	for _, row := range rows {
		counts[len(row)]++
	}
	for count, times := range counts {
		if times > often || times == often && count > cells {
			cells, often = count, times
		}
	}
	return cells, often
}

func width(rows [][]string) int {
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row))
	}
	return widest
}

// withoutPreamble leaves out the title lines that operators put above their tables.
func withoutPreamble(rows [][]string) [][]string {
	cells, _ := commonWidth(rows)
	for at, row := range rows {
		filled := 0
		for _, cell := range row {
			if cell != "" {
				filled++
			}
		}
		if len(row) >= cells && (filled*2 > cells || at+1 == len(rows)) {
			return rows[at:]
		}
	}
	return nil
}

// isHeader tells whether a row names columns: it has no date, time or long number.
func isHeader(row []string) bool {
	for _, cell := range row {
		if isDate(cell) || clockOf(cell) != "" || len(Key(cell)) > 4 {
			return false
		}
	}
	return true
}

// Entries reads the rows by what their columns say, one field in each. What a direction, a length or a time can't be read
// from is left empty, but a date stays as it is written: somebody is shown it.
func (t *Table) Entries(columns []Field) []Entry {
	entries := make([]Entry, 0, len(t.Rows))
	monthFirst := t.monthFirst(columns)
	for _, row := range t.Rows {
		said := map[Field]string{}
		inMinutes := false
		for at, cell := range row {
			if at < len(columns) && columns[at] != NoField && said[columns[at]] == "" {
				said[columns[at]] = cell
				inMinutes = inMinutes || columns[at] == Duration && at < len(t.Header) && countsMinutes(t.Header[at])
			}
		}
		entry := Entry{
			When: whenOf(said[When], said[Clock], monthFirst), Seconds: lengthOf(said[Duration], inMinutes),
			Number: numberOf(said[Number]), Name: said[Name], Direction: directionOf(said[Way]),
			Company: said[Company], Channel: said[Channel], Who: said[Who], Hold: said[Hold], What: said[What], Promise: said[Promise],
			Due: whenOf(said[Due], "", monthFirst),
		}
		if entry != (Entry{}) {
			entries = append(entries, entry)
		}
	}
	return entries
}
