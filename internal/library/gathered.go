package library

import (
	"context"
	"database/sql"
	"strings"
)

// insertion is what adds rows with values for the same columns to a table.
type insertion struct {
	columns int
	// statements add as many rows as rowsAtOnce says.
	statements [len(rowsAtOnce)]string
}

// rowsAtOnce is how many rows one statement adds, the most first. A statement finds its table and each of its indexes anew:
// for a row alone that costs about as much as adding it.
var rowsAtOnce = [...]int{32, 4, 1}

func insertionInto(table, columns string) insertion {
	into := insertion{columns: strings.Count(columns, ",") + 1}
	row := "(?" + strings.Repeat(", ?", into.columns-1) + ")"
	for i, rows := range rowsAtOnce {
		verb := "INSERT INTO "
		if rows > 1 {
			// When one of several can't be added, those before it stay: SQLite need not keep what each page was. The transaction
			// is taken back then, and all of them with it.
			verb = "INSERT OR FAIL INTO "
		}
		into.statements[i] = verb + table + " (" + columns + ") VALUES " + row + strings.Repeat(", "+row, rows-1)
	}
	return into
}

// one is the statement that adds one row.
func (i *insertion) one() string { return i.statements[len(i.statements)-1] }

// gatheredRows are rows that a transaction adds at its end, several at a time: nothing in it reads them.
type gatheredRows struct {
	tables []*gatheredTable // in the order in which they came up: what rows of one refer to comes before it
	// lastWords is the last row of words.
	lastWords int64
}

type gatheredTable struct {
	into   *insertion
	values []any
}

// gatherRows begins to gather rows.
func gatherRows(ctx context.Context, tx *sql.Tx) (*gatheredRows, error) {
	g := &gatheredRows{}
	return g, tx.QueryRowContext(ctx, "SELECT coalesce(max(row), 0) FROM words").Scan(&g.lastWords)
}

// add adds a row to those that are gathered; to its table where nothing gathers them.
func (g *gatheredRows) add(ctx context.Context, tx *sql.Tx, into *insertion, values ...any) error {
	if g == nil {
		_, err := tx.ExecContext(ctx, into.one(), values...)
		return err
	}
	for _, table := range g.tables {
		if table.into == into {
			table.values = append(table.values, values...)
			return nil
		}
	}
	g.tables = append(g.tables, &gatheredTable{into, values})
	return nil
}

// write adds what was gathered to the tables.
func (g *gatheredRows) write(ctx context.Context, tx *sql.Tx) error {
	for _, table := range g.tables {
		left := table.values
		for i, rows := range rowsAtOnce {
			for size := rows * table.into.columns; len(left) >= size; left = left[size:] {
				if _, err := tx.ExecContext(ctx, table.into.statements[i], left[:size]...); err != nil {
					return err
				}
			}
		}
	}
	g.tables = nil
	return nil
}
