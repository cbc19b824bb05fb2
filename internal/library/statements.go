package library

import (
	"context"
	"database/sql/driver"

	sqlite "modernc.org/sqlite"
)

// keptStatements is how many compiled statements a connection keeps. The package has fewer.
const keptStatements = 200

// connector opens connections that keep the statements they have compiled. Compiling the dozen statements of an append
// takes longer than running them.
type connector struct{ driver.Connector }

func newConnector(dsn string) (connector, error) {
	base, err := sqlite.NewConnector(dsn)
	return connector{base}, err
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{rawConnection: opened.(rawConnection), statements: map[string]*statement{}}, nil
}

// rawConnection is what a connection of SQLite's driver can do.
type rawConnection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// connection keeps the compiled form of each statement that takes arguments: those come again. It is used by one
// goroutine at a time, as database/sql promises.
type connection struct {
	rawConnection
	statements map[string]*statement
}

// statement is a compiled one. It can give one set of rows at a time.
type statement struct {
	driver.Stmt
	busy bool
}

// kept gives the compiled statement, or nil where it must be compiled for this once.
func (c *connection) kept(ctx context.Context, query string, args []driver.NamedValue) (*statement, error) {
	kept, known := c.statements[query]
	switch {
	case len(args) == 0 || known && kept.busy:
		return nil, nil
	case known:
		return kept, nil
	case len(c.statements) >= keptStatements:
		return nil, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	kept = &statement{Stmt: prepared}
	c.statements[query] = kept
	return kept, nil
}

// ExecContext runs a statement that gives no rows.
func (c *connection) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	kept, err := c.kept(ctx, query, args)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return c.rawConnection.ExecContext(ctx, query, args)
	}
	return kept.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// QueryContext runs a statement that gives rows.
func (c *connection) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	kept, err := c.kept(ctx, query, args)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return c.rawConnection.QueryContext(ctx, query, args)
	}
	found, err := kept.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	kept.busy = true
	return &rows{found, kept}, nil
}

// Close closes the statements first: SQLite keeps a connection that has some.
func (c *connection) Close() error {
	for _, kept := range c.statements {
		_ = kept.Close()
	}
	return c.rawConnection.Close()
}

// rows let go of their statement once they are closed.
type rows struct {
	driver.Rows
	statement *statement
}

func (r *rows) Close() error {
	r.statement.busy = false
	return r.Rows.Close()
}
