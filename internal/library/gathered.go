package library

import (
	"context"
	"database/sql"
	"strings"
)

// rowStatement is what writes rows of values: as many with one statement as rowsAtOnce says.
type rowStatement struct {
	columns    int
	statements [len(rowsAtOnce)]string
}

// rowsAtOnce is how many rows one statement writes, the most first. A statement finds its table and each of its indexes anew:
// for a row alone that costs about as much as writing it.
var rowsAtOnce = [...]int{32, 4, 1}

// insertionInto adds rows to a table.
func insertionInto(table, columns string) rowStatement {
	return rowStatementOf(columns, func(values string, several bool) string {
		verb := "INSERT INTO "
		if several {
			// When one of several can't be added, those before it stay: SQLite need not keep what each page was. The transaction
			// is taken back then, and all of them with it.
			verb = "INSERT OR FAIL INTO "
		}
		return verb + table + " (" + columns + ") VALUES " + values
	})
}

// changeBy changes rows of a table by others that are called said.
func changeBy(columns, statement string) rowStatement {
	return rowStatementOf(columns, func(values string, _ bool) string {
		return "WITH said (" + columns + ") AS (VALUES " + values + ") " + statement
	})
}

func rowStatementOf(columns string, write func(values string, several bool) string) rowStatement {
	statement := rowStatement{columns: strings.Count(columns, ",") + 1}
	row := "(?" + strings.Repeat(", ?", statement.columns-1) + ")"
	for i, rows := range rowsAtOnce {
		statement.statements[i] = write(row+strings.Repeat(", "+row, rows-1), rows > 1)
	}
	return statement
}

// one is the statement for one row.
func (i *rowStatement) one() string { return i.statements[len(i.statements)-1] }

// gatheredRows are rows that a transaction writes at its end, several at a time: nothing in it reads them.
type gatheredRows struct {
	tables []*gatheredTable // in the order in which they came up: what rows of one refer to comes before it
	// lastWords is the last row of words.
	lastWords int64
}

type gatheredTable struct {
	into   *rowStatement
	values []any
}

// gatherRows begins to gather rows.
func gatherRows(ctx context.Context, tx *sql.Tx) (*gatheredRows, error) {
	g := &gatheredRows{}
	return g, tx.QueryRowContext(ctx, "SELECT coalesce(max(row), 0) FROM words").Scan(&g.lastWords)
}

// add adds a row to those that are gathered; it is written at once where nothing gathers them.
func (g *gatheredRows) add(ctx context.Context, tx *sql.Tx, into *rowStatement, values ...any) error {
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

// write writes what was gathered.
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
