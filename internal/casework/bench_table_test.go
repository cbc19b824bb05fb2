package casework_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

// times are how many seconds something took each time.
type times []float64

func (s times) median() float64 { return slices.Sorted(slices.Values(s))[len(s)/2] }

// promises are what a benchmark holds the program to: a table, and how much of it does not hold.
type promises struct {
	rows   []string
	held   int
	broken int
}

// faster holds ours to be so many times as fast as theirs.
func (p *promises) faster(what string, ours times, than string, theirs times, least float64) {
	ratio := theirs.median() / ours.median()
	p.row(what, ours.median(), "s", than, theirs.median(), fmt.Sprintf("%.2f × as fast", ratio), fmt.Sprintf("at least %g", least), ratio >= least)
}

// atMost holds something to be at most so many times another.
func (p *promises) atMost(what string, measured float64, unit, than string, other, most float64) {
	ratio := measured / other
	p.row(what, measured, unit, than, other, fmt.Sprintf("%.2f ×", ratio), fmt.Sprintf("at most %g", most), ratio <= most)
}

func (p *promises) row(what string, measured float64, unit, than string, other float64, times, limit string, holds bool) {
	p.held++
	verdict := "holds"
	if !holds {
		verdict = "DOES NOT HOLD"
		p.broken++
	}
	row := fmt.Sprintf("%s\t%.2f %s\t%s\t%.2f %s\t%s\t%s\t%s", what, measured, unit, than, other, unit, times, limit, verdict)
	p.rows = append(p.rows, row)
	fmt.Fprintln(os.Stderr, strings.ReplaceAll(row, "\t", "  ")) // at once: what follows takes minutes
}

// tell adds a row about what is not held to anything, and why.
func (p *promises) tell(what, said string) {
	p.rows = append(p.rows, what+"\t"+said+"\t\t\t\t\t")
	fmt.Fprintln(os.Stderr, what+"  "+said)
}

func (p *promises) print(b *testing.B) {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nWHAT\tMEASURED\tCOMPARED WITH\tWHICH IS\tTIMES\tLIMIT\t")
	fmt.Fprintln(table, strings.Join(p.rows, "\n"))
	_ = table.Flush()
	if p.broken > 0 {
		b.Errorf("%d of %d promises do not hold", p.broken, p.held)
	}
}
