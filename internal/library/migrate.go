package library

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// Migration is the work of bringing a library that an earlier program made to the schema of this one.
type Migration struct {
	// From and To are schema numbers.
	From, To int
	Step     MigrationStep
	// Copy is where the database stays as it was before; empty while it is being copied.
	Copy string
	// Done of Total entries are through the step; Total is 0 where they are not counted.
	Done, Total int64
}

// MigrationStep is what a migration is doing.
type MigrationStep string

// The steps of a migration, in order. What MigratingDone tells is durable.
const (
	MigratingCopy  MigrationStep = "copy"
	MigratingLog   MigrationStep = "log"
	MigratingViews MigrationStep = "views"
	MigratingDone  MigrationStep = "done"
)

// migrations lead from each schema to the next: SQL for the tables, and Go for what SQL can't compute. Views need none:
// they are made anew.
var migrations = map[int]struct {
	tables string
	fill   func(context.Context, *migrator) error
}{
	1:  {migrateTo2, fillSchema2},
	2:  {"", nil}, // another search index and the timeline's rows: views
	3:  {"", nil}, // the search index takes in more at once: views
	4:  {"", nil}, // words get into the search index in one go: views
	5:  {"", nil}, // the timeline's rows know their words by number: views
	6:  {"", nil}, // which messages wait to be read: views
	7:  {"", nil}, // another search index: views
	8:  {"", nil}, // contents are found by the beginnings of their hashes, a message's text stands once: views, and the contents themselves
	9:  {"", nil}, // the indexes of hashes have eras: views, and the index of the contents
	10: {"", nil}, // the search index merges more pieces at once: views
	11: {"", nil}, // nothing waits for the search index: views
	12: {"", nil}, // a message is a moment once it is read, eras of hashes are longer: views, and the index of the contents
}

//go:embed migrate_2.sql
var migrateTo2 string

// migrator is one migration at work, in one transaction.
type migrator struct {
	Migration
	library *Library
	tx      *sql.Tx
}

// progressEvery is after how many entries a migration says how far it is.
const progressEvery = 1000

func (m *migrator) tell(step MigrationStep, done int64) {
	m.Step, m.Done = step, done
	if told := m.library.options.Migrating; told != nil {
		told(m.Migration)
	}
}

// migrate brings the library to this program's schema where it has an earlier one. The lock is held alone. A copy of the
// database is kept first; then all of it happens in one transaction: whatever stops it, the library is still the one it
// was, and the next program that opens it begins again.
func (l *Library) migrate(ctx context.Context) error {
	version, err := l.schemaOnDisk(ctx)
	if err != nil || version == schemaVersion {
		return err
	}
	if err := l.migrateContents(ctx); err != nil {
		return err
	}
	m := &migrator{Migration: Migration{From: version, To: schemaVersion}, library: l}
	m.tell(MigratingCopy, 0)
	if m.Copy, err = l.keepCopy(ctx, version); err != nil {
		return err
	}
	if err := m.run(ctx); err != nil {
		return errors.Join(err, ignoreAbsent(os.Remove(m.Copy))) // nothing has changed: a copy at each attempt would fill the disk
	}
	m.tell(MigratingDone, m.Total)
	return nil
}

// migrateContents brings the table of contents to the form that this program makes, in one transaction.
func (l *Library) migrateContents(ctx context.Context) error {
	database, err := openDatabase(ctx, l.path(contentsName), writing)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close() }()
	var numbered bool
	var index string
	err = database.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pragma_table_info('content') WHERE name = 'row'),
		coalesce((SELECT sql FROM sqlite_schema WHERE name = 'content_by_sha256'), '')`).Scan(&numbered, &index)
	if err != nil || index == contentsIndex {
		return err
	}
	statements := []string{"DROP INDEX IF EXISTS content_by_sha256", contentsIndex}
	if !numbered {
		statements = []string{"ALTER TABLE content RENAME TO content_before", contentsSchema,
			"INSERT INTO content (sha256, bytes) SELECT sha256, bytes FROM content_before", "DROP TABLE content_before"}
	}
	err = l.inTransaction(ctx, database, func(tx *sql.Tx) error { return execute(ctx, tx, statements...) })
	return errors.Join(err, database.Close())
}

// schemaOnDisk opens the database for reading only: a file that is not ours stays as it is.
func (l *Library) schemaOnDisk(ctx context.Context) (int, error) {
	database, err := openDatabase(ctx, l.path(databaseName), reading)
	if err != nil {
		return 0, err
	}
	defer func() { _ = database.Close() }()
	return l.options.knownSchema(ctx, database)
}

// run does the migration itself.
func (m *migrator) run(ctx context.Context) error {
	database, err := openDatabase(ctx, m.library.path(databaseName), migrating)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close() }()
	if m.tx, err = database.BeginTx(ctx, nil); err != nil {
		return err
	}
	defer func() { _ = m.tx.Rollback() }()
	if err := m.tx.QueryRowContext(ctx, "SELECT count(*) FROM entry").Scan(&m.Total); err != nil {
		return err
	}
	m.tell(MigratingLog, 0)
	for version := m.From; version < m.To; version++ {
		if err := execute(ctx, m.tx, migrations[version].tables); err != nil {
			return fmt.Errorf("failed to make the tables of schema %d: %w", version+1, err)
		}
		if fill := migrations[version].fill; fill == nil {
			continue
		} else if err := fill(ctx, m); err != nil {
			return fmt.Errorf("failed to fill the tables of schema %d: %w", version+1, err)
		}
	}
	m.tell(MigratingViews, 0)
	if err := m.remakeViews(ctx); err != nil {
		return fmt.Errorf("failed to make the views of schema %d: %w", m.To, err)
	}
	if err := requireReferences(ctx, m.tx); err != nil {
		return err
	}
	if err := execute(ctx, m.tx, "PRAGMA user_version = "+strconv.Itoa(m.To)); err != nil {
		return err
	}
	if err := m.tx.Commit(); err != nil {
		return err
	}
	return database.Close()
}

// fillSchema2 grows the tree of each log from the leaf hashes it has. They are taken as they are: whether they hold is for
// a check to say.
func fillSchema2(ctx context.Context, m *migrator) error {
	type stored struct {
		logID    string
		leafHash []byte
	}
	entries, err := collect(ctx, m.tx, func(rows *sql.Rows) (e stored, err error) {
		return e, rows.Scan(&e.logID, &e.leafHash)
	}, "SELECT log_id, leaf_hash FROM entry ORDER BY log_id, sequence")
	if err != nil {
		return err
	}
	putHash, err := m.tx.PrepareContext(ctx, "INSERT INTO tree_hash (log_id, position, hash) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = putHash.Close() }()
	trees := map[string]*record.GrownTree{}
	for done, entry := range entries {
		if done%progressEvery == 0 {
			m.tell(MigratingLog, int64(done))
		}
		tree := trees[entry.logID]
		if tree == nil {
			tree = &record.GrownTree{}
			trees[entry.logID] = tree
		}
		var leafHash [32]byte
		copy(leafHash[:], entry.leafHash)
		first, added, err := record.GrowTree(tree.Size(), leafHash, tree)
		if err != nil {
			return err
		}
		tree.Append(leafHash)
		for i, hash := range added {
			if _, err := putHash.ExecContext(ctx, entry.logID, first+int64(i), hash[:]); err != nil {
				return err
			}
		}
	}
	return putSetting(ctx, m.tx, "library_id", NewID())
}

// remakeViews drops every view and makes it anew from the log. What readers made of messages is kept, since reading
// thousands of them takes long; what an earlier reader made waits to be read again, as ever.
func (m *migrator) remakeViews(ctx context.Context) error {
	if err := execute(ctx, m.tx, "DROP INDEX IF EXISTS reading_by_reader", "ALTER TABLE reading RENAME TO reading_before"); err != nil {
		return err
	}
	// Virtual tables first: the tables they keep their data in go with them. The vocabulary goes before the index it reads.
	for _, kind := range []string{"virtual", "view", "table"} {
		drop := "TABLE"
		if kind == "view" {
			drop = "VIEW"
		}
		names, err := collect(ctx, m.tx, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) },
			`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = ? AND name NOT LIKE 'sqlite%'
			AND name NOT IN ('log', 'entry', 'tree_hash', 'entry_private', 'erased', 'setting',
				'contact_draft', 'contact_draft_note', 'reading_before')
			ORDER BY name DESC`, kind)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := execute(ctx, m.tx, "DROP "+drop+` "`+name+`"`); err != nil {
				return err
			}
		}
	}
	if err := execute(ctx, m.tx, viewsSchema); err != nil {
		return err
	}
	err := m.library.replay(ctx, m.tx, m.tx, func(message casefile.Message) (casefile.Reading, bool, error) {
		return m.readingBefore(ctx, message.ID)
	})
	if err != nil {
		return err
	}
	if err := indexWords(ctx, m.tx, nil); err != nil {
		return err
	}
	return execute(ctx, m.tx, "DROP TABLE reading_before")
}

// readingBefore gives what an earlier program's reader made of a message; what this program can't read is none.
func (m *migrator) readingBefore(ctx context.Context, messageID string) (reading casefile.Reading, found bool, err error) {
	column := "text"
	if m.From < 9 { // it was in the body
		column = "NULL"
	}
	var body string
	var text sql.NullString
	err = m.tx.QueryRowContext(ctx, "SELECT body, "+column+" FROM reading_before WHERE message_id = ?", messageID).Scan(&body, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return reading, false, nil
	}
	found = err == nil && json.Unmarshal([]byte(body), &reading) == nil
	if text.Valid {
		reading.Text = text.String
	}
	return reading, found, err
}

// requireReferences fails when a row names one that is not there. Nothing looked while the tables were made.
func requireReferences(ctx context.Context, tx *sql.Tx) error {
	broken, err := collect(ctx, tx, func(rows *sql.Rows) (table string, err error) { return table, rows.Scan(&table) },
		`SELECT DISTINCT "table" FROM pragma_foreign_key_check`)
	if err == nil && len(broken) > 0 {
		err = fmt.Errorf("rows of %s name what is not there", strings.Join(broken, ", "))
	}
	return err
}

// collect gives the rows of a query, each as scan reads it.
func collect[T any](
	ctx context.Context, from querier, scan func(*sql.Rows) (T, error), query string, args ...any,
) ([]T, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
