package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
	"unicode"

	"golang.org/x/term"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// show gives an answer: as one JSON value, or as text for people.
func (p *program) show(value any, forPeople func(w io.Writer)) error {
	if p.json {
		return encode(p.streams.Out, value)
	}
	forPeople(p.streams.Out)
	return nil
}

// answerWriter remembers that an answer did not get out, so that nobody has to look at each line of it: on a full disk
// a script must not take half a list for a whole one.
type answerWriter struct {
	out io.Writer
	err error
}

func (a *answerWriter) Write(text []byte) (int, error) {
	n, err := a.out.Write(text)
	if a.err == nil {
		a.err = err
	}
	return n, err
}

// lost is why an answer did not get out, or nil.
func (a *answerWriter) lost() error {
	values := problem.Values{"path": "stdout"}
	switch {
	case a.err == nil:
		return nil
	case errors.Is(a.err, syscall.ENOSPC):
		return problem.Wrap(a.err, problem.DiskFull, values)
	}
	return problem.Wrap(a.err, problem.FileUnwritable, values)
}

// list is the JSON shape of every list.
type list[T any] struct {
	Items []T `json:"items"`
}

// created is the JSON shape of a new thing.
type created struct {
	ID string `json:"id"`
}

// showCreated tells the id of a new thing.
func (p *program) showCreated(key, id string) error {
	return p.show(created{ID: id}, func(w io.Writer) { p.line(w, key, values("id", id)) })
}

// line writes one line of the catalogue.
func (p *program) line(w io.Writer, key string, values map[string]any) {
	fmt.Fprintln(w, plain(p.texts.Text(key, values)))
}

// showList gives a list: as {"items":[…]}, or as a table, or as the text that says it is empty.
func showList[T any](p *program, items []T, empty string, columns []string, row func(T) []string) error {
	if items == nil {
		items = []T{}
	}
	return p.show(list[T]{Items: items}, func(w io.Writer) {
		if len(items) == 0 {
			p.line(w, empty, nil)
			return
		}
		rows := make([][]string, len(items))
		for i, item := range items {
			rows[i] = row(item)
		}
		p.table(w, columns, rows)
	})
}

// table sets rows in columns under headings; columns names the headings below cli.column.
func (p *program) table(w io.Writer, columns []string, rows [][]string) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	headings := make([]string, len(columns))
	for i, column := range columns {
		headings[i] = strings.ToUpper(p.texts.Text("cli.column." + column))
	}
	fmt.Fprintln(table, strings.Join(headings, "\t"))
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = plain(cell)
		}
		fmt.Fprintln(table, strings.Join(cells, "\t"))
	}
	_ = table.Flush()
}

// pairs sets labels and values in two columns; a pair without a value is left out.
func (p *program) pairs(w io.Writer, rows [][2]string) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		if row[1] != "" {
			fmt.Fprintf(table, "%s\t%s\n", plain(row[0]), plain(row[1]))
		}
	}
	_ = table.Flush()
}

// plain keeps a text from others on one line and from steering the terminal: control characters become spaces, marks
// that turn the direction of writing go.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, text)
}

// short cuts a text for a table.
func short(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return strings.TrimRight(string(runes[:most-1]), " ") + "…"
}

// shortWhen writes a time where there is little room.
func (p *program) shortWhen(when casefile.When) string {
	switch when.Precision {
	case casefile.Minute:
		return p.texts.ShortDate(when.In()) + " " + p.texts.Clock(when.In())
	case casefile.Hour, casefile.Day:
		return p.texts.ShortDate(when.In())
	default:
		return p.texts.When(when.In(), string(when.Precision))
	}
}

// term is the word for a code; empty for none.
func (p *program) term(kind, code string) string {
	if code == "" {
		return ""
	}
	return p.texts.Text("term." + kind + "." + code)
}

// amount writes an amount of money; empty for none.
func (p *program) amount(money *casefile.Money) string {
	if money == nil {
		return ""
	}
	return p.texts.Money(money.Minor, money.Currency)
}

// progress tells on stderr how far a job is: in one line that changes on a terminal, else in a line for each kind of step.
type progress struct {
	out      io.Writer
	terminal bool
	told     map[string]bool
	width    int
}

// report tells how far a job is. Programs are told nothing: what they read on stderr is an error.
func (p *program) report(at casework.Progress) {
	if p.json {
		return
	}
	if p.progress.out == nil {
		p.progress = progress{out: p.streams.Err, terminal: isTerminal(p.streams.Err), told: map[string]bool{}}
	}
	step := p.texts.Text("cli.progress." + at.What)
	if !p.progress.terminal {
		if !p.progress.told[step] {
			fmt.Fprintln(p.progress.out, step)
		}
		p.progress.told[step] = true
		return
	}
	switch {
	case at.What == "importing": // goes by bytes
		step = p.texts.Text("cli.progress", values("step", step, "done", p.texts.Size(at.Done), "total", p.texts.Size(at.Total)))
	case at.Total > 0:
		step = p.texts.Text("cli.progress", values("step", step, "done", p.texts.Number(at.Done), "total", p.texts.Number(at.Total)))
	}
	p.progress.clear()
	p.progress.width, _ = fmt.Fprint(p.progress.out, step)
}

// clear takes the changing line away.
func (p *progress) clear() {
	if p.terminal && p.width > 0 {
		fmt.Fprint(p.out, "\r"+strings.Repeat(" ", p.width)+"\r")
		p.width = 0
	}
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// clockOf writes this machine's clock where there is little room, in the zone of whoever reads it.
func (p *program) clockOf(at time.Time) string {
	return p.texts.ShortDate(at.Local()) + " " + p.texts.Clock(at.Local())
}
