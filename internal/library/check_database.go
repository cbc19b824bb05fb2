package library

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"constancia/internal/record"
)

func (l *Library) checkDatabases(ctx context.Context) ([]record.Finding, error) {
	var findings []record.Finding
	for _, name := range []string{databaseName, contentsName} {
		sound, err := l.isSound(ctx, name)
		if err != nil {
			return nil, err
		}
		if !sound {
			findings = append(findings, record.Finding{What: DatabaseDamaged, Where: name})
		}
	}
	return findings, nil
}

// isSound asks SQLite for damage in a file, over a new connection: FTS5 remembers on an older one what the index was like
// before others wrote, and would take the difference for damage.
func (l *Library) isSound(ctx context.Context, name string) (bool, error) {
	database, err := openDatabase(ctx, l.path(name), reading)
	if err != nil {
		return false, err
	}
	defer func() { _ = database.Close() }()
	var said string
	err = database.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said)
	return said == "ok", err
}

// checkIndex holds the search index against the words, place by place. FTS5 only does so when it is asked by a statement
// that looks like a write, and is none; and over a new connection, as [Library.isSound].
func (l *Library) checkIndex(ctx context.Context) ([]record.Finding, error) {
	database, err := openDatabase(ctx, l.path(databaseName), writing)
	if err != nil {
		return nil, err
	}
	defer func() { _ = database.Close() }()
	_, err = database.ExecContext(ctx, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
	if failure, ok := errors.AsType[*sqlite.Error](err); ok && failure.Code()&0xff == sqlite3.SQLITE_CORRUPT {
		return []record.Finding{{What: ViewDiffers, Where: "search"}}, nil
	}
	return nil, err
}

// checkSchemas holds the tables, indexes and triggers of both databases against those that this program makes, and with
// them how the search index is set up. A trigger that lets entries be changed is not damage to SQLite.
func (l *Library) checkSchemas(ctx context.Context) ([]record.Finding, error) {
	log, err := checkSchema(ctx, l.reader, databaseName, schemaQuery+" UNION ALL SELECT 'search_config', k || ' ' || v FROM search_config",
		logSchema, viewsSchema)
	if err != nil {
		return nil, err
	}
	contents, err := checkSchema(ctx, l.contents, contentsName, schemaQuery, contentsSchema)
	return append(log, contents...), err
}

const schemaQuery = "SELECT name, type || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema"

func checkSchema(ctx context.Context, from querier, file, query string, schema ...string) ([]record.Finding, error) {
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { _ = fresh.Close() }()
	fresh.SetMaxOpenConns(1)
	if _, err := fresh.ExecContext(ctx, strings.Join(schema, "\n")); err != nil {
		return nil, err
	}
	defined := func(from querier) (map[[2]string]bool, error) {
		rows, err := collect(ctx, from, func(rows *sql.Rows) (row [2]string, err error) {
			return row, rows.Scan(&row[0], &row[1])
		}, query)
		all := map[[2]string]bool{}
		for _, row := range rows {
			all[row] = true
		}
		return all, err
	}
	want, err := defined(fresh)
	if err != nil {
		return nil, err
	}
	got, err := defined(from)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, sides := range [][2]map[[2]string]bool{{want, got}, {got, want}} {
		for row := range sides[0] {
			if !sides[1][row] {
				names[row[0]] = true
			}
		}
	}
	var findings []record.Finding
	for _, name := range slices.Sorted(maps.Keys(names)) {
		findings = append(findings, record.Finding{What: SchemaDiffers, Where: file + "/" + name})
	}
	return findings, nil
}

// checkTrees grows each log's tree anew from the leaf hashes and compares every hash that is stored.
func (l *Library) checkTrees(ctx context.Context) ([]record.Finding, error) {
	var findings []record.Finding
	err := l.inSnapshot(ctx, func(tx *sql.Tx) error {
		trees := map[string]*record.GrownTree{}
		if err := eachEntry(ctx, tx, func(stored record.Stored) error {
			tree := trees[stored.Header.LogID]
			if tree == nil {
				tree = &record.GrownTree{}
				trees[stored.Header.LogID] = tree
			}
			tree.Append(stored.LeafHash)
			return nil
		}); err != nil {
			return err
		}
		for _, logID := range slices.Sorted(maps.Keys(trees)) {
			same, err := storedTreeIs(ctx, tx, logID, trees[logID])
			if err != nil {
				return err
			}
			if !same {
				findings = append(findings, record.Finding{What: TreeDiffers, Where: logID})
			}
		}
		return nil
	})
	return findings, err
}

// storedTreeIs reports whether the stored hashes of a log are those of a tree, all of them and no others.
func storedTreeIs(ctx context.Context, from querier, logID string, tree *record.GrownTree) (same bool, err error) {
	rows, err := from.QueryContext(ctx, "SELECT position, hash FROM tree_hash WHERE log_id = ? ORDER BY position", logID)
	if err != nil {
		return false, err
	}
	defer func() { _ = rows.Close() }()
	next := int64(0)
	for ; rows.Next(); next++ {
		var position int64
		var hash []byte
		if err := rows.Scan(&position, &hash); err != nil {
			return false, err
		}
		right, err := tree.ReadHashes([]int64{next})
		if err != nil || position != next || !bytes.Equal(hash, right[0][:]) {
			return false, nil // or the tree has no such hash: more are stored than belong to it
		}
	}
	_, err = tree.ReadHashes([]int64{next})
	return err != nil, rows.Err()
}

// checkErasures holds the list of what was erased against the erasures themselves. An erased entry has no payload, every
// other has one, and for each there is an erasure that names it.
func (l *Library) checkErasures(ctx context.Context) ([]record.Finding, error) {
	ids, err := texts(ctx, l.reader, `
		SELECT entry_id FROM erased WHERE NOT EXISTS (
			SELECT 1 FROM mention JOIN entry ON entry.entry_id = mention.entry_id AND entry.kind = 'erasure'
			WHERE mention.target = erased.entry_id AND mention.entry_id = erased.erasure_id)
		UNION SELECT entry_id FROM erased JOIN entry_private USING (entry_id)
		UNION SELECT entry_id FROM entry LEFT JOIN entry_private USING (entry_id) LEFT JOIN erased USING (entry_id)
			WHERE entry_private.entry_id IS NULL AND erased.entry_id IS NULL
		ORDER BY 1`)
	var findings []record.Finding
	for _, id := range ids {
		findings = append(findings, record.Finding{What: ErasureDiffers, Where: id})
	}
	return findings, err
}
