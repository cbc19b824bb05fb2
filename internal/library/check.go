package library

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"constancia/internal/problem"
	"constancia/internal/record"
)

// What a check of the library can find, beside what [record.Checker] finds.
const (
	ViewDiffers     record.What = "view_differs"     // a view does not say what the log says
	ContentMissing  record.What = "content_missing"  // a file that the record names is not there
	ContentDamaged  record.What = "content_damaged"  // a file is not the one that was recorded
	ContentUnnamed  record.What = "content_unnamed"  // bytes that nothing in the record names
	DatabaseDamaged record.What = "database_damaged" // SQLite finds the file itself damaged
)

// Check holds the databases, the views and the contents against the log, and says what does not hold.
func (l *Library) Check(ctx context.Context) ([]record.Finding, error) {
	findings, err := l.checkDatabases(ctx)
	if err != nil || len(findings) > 0 {
		return findings, l.options.explain(err)
	}
	for _, check := range []func(context.Context) ([]record.Finding, error){l.checkTrees, l.checkViews, l.checkIndex, l.checkContents} {
		found, err := check(ctx)
		if err != nil {
			return nil, l.explainCheck(ctx, err)
		}
		for _, finding := range found {
			if !slices.Contains(findings, finding) {
				findings = append(findings, finding)
			}
		}
	}
	return findings, nil
}

// explainCheck gives an error of a check its code. What can't even be read, and for no reason outside, is damaged.
func (l *Library) explainCheck(ctx context.Context, err error) error {
	explained := l.options.explain(err)
	if ctx.Err() == nil && problem.From(explained).Code == problem.Unexpected {
		return problem.Wrap(err, problem.LibraryDamaged, problem.Values{"path": l.options.Directory, "detail": err.Error()})
	}
	return explained
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
			return false, nil //nolint:nilerr // the tree has no such hash: more are stored than belong to it
		}
	}
	_, err = tree.ReadHashes([]int64{next})
	return err != nil, rows.Err()
}

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

// checkContents reads every content that the record names, and lists those that nothing names.
func (l *Library) checkContents(ctx context.Context) ([]record.Finding, error) {
	named := map[string]bool{}
	rows, err := l.reader.QueryContext(ctx, `SELECT json_extract(body, '$.sha256') FROM thing
		WHERE kind IN (?, ?) ORDER BY happened_at`, string(record.KindEvidence), string(record.KindMessage))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var sum string
		if err := rows.Scan(&sum); err != nil {
			return nil, err
		}
		named[sum] = true
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var findings []record.Finding
	for _, sum := range slices.Sorted(maps.Keys(named)) {
		what, err := l.checkContent(ctx, sum)
		if err != nil {
			return nil, err
		}
		if what != "" {
			findings = append(findings, record.Finding{What: what, Where: sum})
		}
	}
	stored, err := l.storedContents(ctx)
	if err != nil {
		return nil, err
	}
	for _, sum := range stored {
		if !named[sum] {
			findings = append(findings, record.Finding{What: ContentUnnamed, Where: sum})
		}
	}
	return findings, nil
}

func (l *Library) checkContent(ctx context.Context, sum string) (record.What, error) {
	body, err := l.OpenContent(ctx, sum)
	if err == nil {
		_, err = io.Copy(io.Discard, &cancellable{ctx: ctx, Reader: body})
		_ = body.Close()
	}
	if err == nil {
		return "", nil
	}
	switch problem.From(err).Code {
	case problem.ContentMissing:
		return ContentMissing, nil
	case problem.ContentDamaged:
		return ContentDamaged, nil
	}
	return "", err
}

func (l *Library) storedContents(ctx context.Context) ([]string, error) {
	var sums []string
	rows, err := l.contents.QueryContext(ctx, "SELECT sha256 FROM content")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key []byte
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		sums = append(sums, hex.EncodeToString(key))
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	vault := os.DirFS(l.path(vaultName))
	files, err := fs.Glob(vault, "??/"+strings.Repeat("?", 64))
	if err != nil {
		return nil, fmt.Errorf("failed to list the vault: %w", err)
	}
	for _, name := range files {
		if info, err := fs.Stat(vault, name); err == nil && info.Mode().IsRegular() {
			sums = append(sums, path.Base(name))
		}
	}
	return sums, nil
}
