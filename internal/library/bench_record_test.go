package library_test

import (
	"bufio"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"constancia/internal/library"
	"constancia/internal/record"
)

// BenchmarkRecord holds the record to what was promised of it, and prints one table. What is compared is measured in
// turns, so that both see the same load of the machine.
func BenchmarkRecord(b *testing.B) {
	var table promises
	few, some, many := aLibraryOf(b, 1000), aLibraryOf(b, 10_000), aLibraryOf(b, 100_000)
	table.appending(b, few, many)
	table.searching(b, some, many)
	table.print(b)
}

// aLibrary is one with three cases of unlike size.
type aLibrary struct {
	*library.Library
	directory string
	cases     []string
	random    *rand.Rand
}

func aLibraryOf(b *testing.B, entries int) aLibrary {
	b.Helper()
	o := options(b.TempDir())
	o.State = b.TempDir()
	l := aLibrary{openWith(b, o), o.Directory, nil, rand.New(rand.NewPCG(1, 2))}
	for range 3 {
		l.cases = append(l.cases, newCase(b, l.Library))
	}
	fmt.Fprintf(os.Stderr, "Making a library of %d entries…\n", entries)
	for entries > 0 {
		var drafts []library.Draft
		for range min(entries, 5000) {
			drafts = append(drafts, l.call(l.cases[[]int{0, 0, 0, 0, 0, 0, 0, 1, 1, 2}[l.random.IntN(10)]]))
		}
		if err := l.Append(b.Context(), drafts...); err != nil {
			b.Fatal(err)
		}
		entries -= len(drafts)
	}
	return l
}

func (l aLibrary) call(caseID string) library.Draft {
	return draftOf(record.KindContact, caseID, aCallOfManyWords(l.random, caseID))
}

// appending compares appending a contact with a bare commit of one row as large as the contact.
func (p *promises) appending(b *testing.B, few, many aLibrary) {
	bare := aBareDatabase(b)
	var inFew, inMany, alone durations
	for range 500 {
		for _, turn := range []struct {
			l     aLibrary
			times *durations
		}{{few, &inFew}, {many, &inMany}} {
			draft := turn.l.call(turn.l.cases[0])
			row := fmt.Sprint(draft.Payload)
			turn.times.time(b, func() error { return turn.l.Append(b.Context(), draft) })
			alone.time(b, func() error { return commitRow(b, bare, row) })
		}
	}
	p.hold("append a contact to 1,000 entries", inFew.median(), "a bare commit of one row", alone.median(), 3)
	p.hold("append a contact to 100,000 entries", inMany.median(), "to 1,000", inFew.median(), 1.3)
}

// aBareDatabase has one table, and the settings of the library's.
func aBareDatabase(b *testing.B) *sql.DB {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bare.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	bare, err := library.OpenBare(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = bare.Close() })
	execute(b, bare, "CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT) STRICT")
	return bare
}

func commitRow(b *testing.B, bare *sql.DB, text string) error {
	tx, err := bare.BeginTx(b.Context(), nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(b.Context(), "INSERT INTO bare (text) VALUES (?)", text); err != nil {
		return err
	}
	return tx.Commit()
}

// searching compares a search with SQLite's own program asking the same of the same file.
func (p *promises) searching(b *testing.B, some, many aLibrary) {
	inSome, _ := searchBoth(b, some)
	inMany, program := searchBoth(b, many)
	p.hold("search 100,000 entries, median", inMany.median(), "sqlite3", program.median(), 2)
	p.hold("search 100,000 entries, p99", inMany.p99(), "sqlite3", program.p99(), 2)
	p.hold("search 100,000 entries, p99", inMany.p99(), "in 10,000 entries", inSome.p99(), 4)
}

// asked are words as people type them, from those that every entry has to rare ones.
var asked = []string{
	"refund", "refu", "re", "r", // in every entry; r has no index of prefixes
	vocabulary[1], vocabulary[2], vocabulary[20], vocabulary[200], vocabulary[700], vocabulary[1999],
	vocabulary[1][:2], vocabulary[30][:3], vocabulary[400][:4],
	"refund " + vocabulary[5], vocabulary[3] + " " + vocabulary[70], vocabulary[10] + " " + vocabulary[11] + " " + vocabulary[12],
	strings.ToUpper(vocabulary[50]), strings.NewReplacer("á", "a", "í", "i", "ú", "u").Replace(vocabulary[6]),
	vocabulary[300] + " " + vocabulary[1500], "nowhere",
}

// searchBoth asks each thing in the whole library and in each case, ten times.
func searchBoth(b *testing.B, l aLibrary) (ours, program durations) {
	const limit = 50
	shell := startShell(b, filepath.Join(l.directory, "constancia.db"))
	var idle durations
	for range 200 {
		idle.time(b, func() error { _, err := shell.ask("SELECT 1;"); return err })
	}
	slowest := map[string]time.Duration{}
	for round := range 11 {
		for _, words := range asked {
			for _, caseID := range append([]string{""}, l.cases...) {
				question, err := l.SearchSQL(b.Context(), caseID, words, limit)
				if err != nil {
					b.Fatal(err)
				}
				var found int
				var took, theirs durations
				took.time(b, func() error {
					hits, err := l.Search(b.Context(), caseID, words, limit)
					found = len(hits)
					return err
				})
				var answered int
				theirs.time(b, func() (err error) { answered, err = shell.ask(question); return err })
				if answered != found {
					b.Fatalf("%q finds %d, and with sqlite3 %d", words, found, answered)
				}
				if round > 0 { // the first reads the file
					ours, program = append(ours, took...), append(program, max(0, theirs[0]-idle.median()))
					slowest[words] = max(slowest[words], took[0])
				}
			}
		}
	}
	if testing.Verbose() {
		for _, words := range asked {
			fmt.Fprintf(os.Stderr, "%-30s %s\n", words, slowest[words])
		}
	}
	return ours, program
}

// shell is SQLite's own program at work on a file.
type shell struct {
	questions io.Writer
	answers   *bufio.Scanner
}

func startShell(b *testing.B, database string) *shell {
	b.Helper()
	program := exec.Command("sqlite3", "-batch", "-readonly", database)
	questions, err := program.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	answers, err := program.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	program.Stderr = os.Stderr
	if err := program.Start(); err != nil {
		b.Fatalf("SQLite's own program is missing: %v", err)
	}
	b.Cleanup(func() { _ = questions.Close(); _ = program.Wait() })
	s := &shell{questions, bufio.NewScanner(answers)}
	s.answers.Buffer(nil, 1<<20)
	return s
}

// ask asks one thing and counts the rows of the answer. No row of ours holds the end mark.
func (s *shell) ask(question string) (rows int, err error) {
	if _, err := io.WriteString(s.questions, question+"\n.print ---end---\n"); err != nil {
		return 0, err
	}
	for s.answers.Scan() {
		if s.answers.Text() == "---end---" {
			return rows, nil
		}
		rows++
	}
	return rows, io.ErrUnexpectedEOF
}

// durations are how long something took each time.
type durations []time.Duration

func (d *durations) time(b *testing.B, do func() error) {
	b.Helper()
	began := time.Now()
	err := do()
	*d = append(*d, time.Since(began))
	if err != nil {
		b.Fatal(err)
	}
}

func (d durations) quantile(q float64) time.Duration {
	return slices.Sorted(slices.Values(d))[int(q*float64(len(d)-1))]
}

func (d durations) median() time.Duration { return d.quantile(0.5) }
func (d durations) p99() time.Duration    { return d.quantile(0.99) }

// promises are what the record was held to.
type promises struct {
	rows   []string
	broken int
}

// hold compares what was measured with what it is measured by.
func (p *promises) hold(what string, took time.Duration, than string, other time.Duration, most float64) {
	ratio, verdict := float64(took)/float64(other), "holds"
	if ratio > most {
		verdict = "DOES NOT HOLD"
		p.broken++
	}
	p.rows = append(p.rows, fmt.Sprintf("%s\t%s\t%s\t%s\t%.2f\t%g\t%s", what, milliseconds(took), than, milliseconds(other), ratio, most, verdict))
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.3f ms", float64(d)/1e6) }

func (p *promises) print(b *testing.B) {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nWHAT\tTOOK\tCOMPARED WITH\tWHICH TOOK\tTIMES\tAT MOST\t")
	fmt.Fprintln(table, strings.Join(p.rows, "\n"))
	_ = table.Flush()
	if p.broken > 0 {
		b.Errorf("%d of %d promises do not hold", p.broken, len(p.rows))
	}
}
