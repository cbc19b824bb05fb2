package faults_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// tally is what came of one fault on one operation.
type tally struct {
	Runs, Losses int
	Took         time.Duration
}

// table gathers what came of every fault on every operation.
type table struct {
	mu    sync.Mutex
	Cells map[string]map[string]tally // fault → operation
	// Controls are the campaign's own tests, in which something has to be lost.
	Controls map[string]tally
}

var results = table{Cells: map[string]map[string]tally{}, Controls: map[string]tally{}}

func (r *table) add(fault, operation string, runs, losses int, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Cells[fault] == nil {
		r.Cells[fault] = map[string]tally{}
	}
	cell := r.Cells[fault][operation]
	r.Cells[fault][operation] = tally{Runs: cell.Runs + runs, Losses: cell.Losses + losses, Took: cell.Took + took}
}

func (r *table) control(name string, runs, losses int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Controls[name] = tally{Runs: runs, Losses: losses}
}

// tableVariable names the file into which a process of its own writes its table, for the one that started it.
const tableVariable = "CONSTANCIA_TEST_TABLE"

// finish tells what came of the campaign, or hands it to the process that started this one.
func (r *table) finish() error {
	if path := os.Getenv(tableVariable); path != "" {
		data, err := json.Marshal(r)
		if err != nil {
			return err
		}
		return os.WriteFile(path, data, 0o600)
	}
	if *full && len(r.Cells) > 0 {
		fmt.Println(r)
	}
	return nil
}

// take adds the table of another process.
func (r *table) take(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var other table
	if err := json.Unmarshal(data, &other); err != nil {
		return err
	}
	for fault, cells := range other.Cells {
		for operation, cell := range cells {
			r.add(fault, operation, cell.Runs, cell.Losses, cell.Took)
		}
	}
	return nil
}

func (r *table) String() string {
	var text strings.Builder
	faults := slices.Sorted(maps.Keys(r.Cells))
	rows := map[string]bool{}
	for _, cells := range r.Cells {
		for operation := range cells {
			rows[operation] = true
		}
	}
	w := tabwriter.NewWriter(&text, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "runs (lost)\t%s\t\n", strings.Join(faults, "\t"))
	sums := make([]tally, len(faults))
	for _, operation := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprint(w, operation)
		for i, fault := range faults {
			cell := r.Cells[fault][operation]
			sums[i] = tally{sums[i].Runs + cell.Runs, sums[i].Losses + cell.Losses, sums[i].Took + cell.Took}
			fmt.Fprintf(w, "\t%d (%d)", cell.Runs, cell.Losses)
		}
		fmt.Fprint(w, "\t\n")
	}
	fmt.Fprint(w, "all")
	for _, sum := range sums {
		fmt.Fprintf(w, "\t%d (%d)", sum.Runs, sum.Losses)
	}
	fmt.Fprint(w, "\t\nseconds")
	for _, sum := range sums {
		fmt.Fprintf(w, "\t%.0f", sum.Took.Seconds())
	}
	fmt.Fprint(w, "\t\n")
	_ = w.Flush()
	for _, name := range slices.Sorted(maps.Keys(r.Controls)) {
		fmt.Fprintf(&text, "control: %s: %d runs, %d lost, and some had to be\n", name, r.Controls[name].Runs, r.Controls[name].Losses)
	}
	return text.String()
}
