package library

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"constancia/internal/casefile"
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

// views lists the tables that are made from the log, with the columns that say what a row is, the first of which names
// it. The search index stands among them by how often it has each word, and where.
var views = []struct{ table, columns string }{
	{"thing", "id, kind, case_id, happened_at, recorded_at, log_id, sequence, leaf_hash, body, corrections"},
	{"message_source", "message_id, case_id, sha256, host, user, mailbox, uid_validity, uid"},
	{"reading", "message_id, reader, body"},
	{"words", "id, kind, case_id, title, text"},
	{"vocabulary", "term || ' ' || col, doc, cnt"},
}

// Rebuild drops every view and makes it again from the log and the messages' bytes, in one transaction. A message whose
// attachments are not all on record yet waits to be read again, so that they get there.
func (l *Library) Rebuild(ctx context.Context) error {
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		// First the index is made to fit its words again: else they could not be taken out of it.
		statements := []string{"INSERT INTO search (search) VALUES ('rebuild')", "DELETE FROM thing",
			"DELETE FROM message_source", "DELETE FROM reading", "DELETE FROM words"}
		for _, statement := range statements {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return l.replay(ctx, tx, tx, func(message casefile.Message) (casefile.Reading, bool, error) {
			reading, err := l.ReadMessage(ctx, message)
			if isLost(err) {
				return reading, false, nil // it stays unread; checking the contents names it
			}
			if err != nil {
				return reading, false, err
			}
			kept, err := attachmentsKept(ctx, tx, message)
			return reading, holdsAttachments(kept, reading), err
		})
	})
}

func isLost(err error) bool {
	return errors.Is(err, problem.New(problem.ContentMissing, nil)) || errors.Is(err, problem.New(problem.ContentDamaged, nil))
}

// holdsAttachments reports whether every attachment that is evidence by itself is among the parts that are kept.
func holdsAttachments(kept map[string]bool, reading casefile.Reading) bool {
	return !slices.ContainsFunc(reading.Attachments, func(a casefile.Attachment) bool { return !a.Inline && !kept[a.Part] })
}

// replay makes the views of all entries of one database in another, or in the same. Corrections come last: what they
// correct may stand in another log. read gives the reading of a message, and whether it has one.
func (l *Library) replay(
	ctx context.Context, from querier, into *sql.Tx, read func(casefile.Message) (casefile.Reading, bool, error),
) error {
	// The rows are read whole before the first view is written, because one transaction cannot do both at once.
	var entries []record.Stored
	if err := eachEntry(ctx, from, func(stored record.Stored) error {
		entries = append(entries, stored)
		return nil
	}); err != nil {
		return err
	}
	for _, corrections := range []bool{false, true} {
		for _, entry := range entries {
			if (entry.Header.Kind == record.KindCorrection) != corrections {
				continue
			}
			if err := project(ctx, from, into, entry); err != nil {
				return err
			}
		}
	}
	for _, entry := range entries {
		if entry.Header.Kind != record.KindMessage {
			continue
		}
		message, err := decode[casefile.Message](entry.Payload)
		if err != nil {
			return err
		}
		message.ID = entry.Header.EntryID
		reading, found, err := read(message)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		if err := storeReading(ctx, into, entry.Header.EntryID, reading); err != nil {
			return err
		}
	}
	return nil
}

// Check holds the databases, the views and the contents against the log, and says what does not hold.
func (l *Library) Check(ctx context.Context) ([]record.Finding, error) {
	findings, err := l.checkDatabases(ctx)
	if err != nil || len(findings) > 0 {
		return findings, l.options.explain(err)
	}
	for _, check := range []func(context.Context) ([]record.Finding, error){l.checkViews, l.checkContents} {
		found, err := check(ctx)
		if err != nil {
			return nil, l.options.explain(err)
		}
		findings = append(findings, found...)
	}
	return findings, nil
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

// checkViews makes all views anew in memory and compares them row by row.
func (l *Library) checkViews(ctx context.Context) ([]record.Finding, error) {
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { _ = fresh.Close() }()
	fresh.SetMaxOpenConns(1)
	if _, err := fresh.ExecContext(ctx, schema); err != nil {
		return nil, err
	}
	snapshot, err := l.reader.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = snapshot.Rollback() }()
	into, err := fresh.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = into.Rollback() }()
	err = l.replay(ctx, snapshot, into, func(message casefile.Message) (casefile.Reading, bool, error) {
		stored, found, err := readingOf(ctx, snapshot, message.ID)
		if err != nil || !found || stored.Reader != l.options.Reader {
			return stored, found, err // another reader made it: it can't be made again here
		}
		reading, err := l.ReadMessage(ctx, message)
		if isLost(err) {
			return stored, true, nil // checking the contents names it
		}
		return reading, true, err
	})
	if err != nil {
		return nil, err
	}
	var findings []record.Finding
	for _, view := range views {
		different, err := differences(ctx, snapshot, into, view.table, view.columns)
		if err != nil {
			return nil, err
		}
		if view.table == "vocabulary" && len(different) > 0 {
			different = []record.Finding{{What: ViewDiffers, Where: "search"}} // not word by word
		}
		findings = append(findings, different...)
	}
	return findings, nil
}

// differences names the rows of a view that are only in one of two databases, or not the same in both.
func differences(ctx context.Context, a, b querier, table, columns string) ([]record.Finding, error) {
	rowsA, err := dump(ctx, a, table, columns)
	if err != nil {
		return nil, err
	}
	rowsB, err := dump(ctx, b, table, columns)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(rowsB)
	maps.Copy(all, rowsA)
	var findings []record.Finding
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if rowsA[id] != rowsB[id] {
			findings = append(findings, record.Finding{What: ViewDiffers, Where: table + "/" + id})
		}
	}
	return findings, nil
}

// dump gives a view's rows as text, by their first column.
func dump(ctx context.Context, from querier, table, columns string) (map[string]string, error) {
	id, _, _ := strings.Cut(columns, ",")
	rows, err := from.QueryContext(ctx, "SELECT "+id+", json_array("+columns+") FROM "+table)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	texts := map[string]string{}
	for rows.Next() {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		texts[id] = text
	}
	return texts, rows.Err()
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
	files, err := filepath.Glob(filepath.Join(l.path(vaultName), "??", strings.Repeat("?", 64)))
	if err != nil {
		return nil, fmt.Errorf("failed to list the vault: %w", err)
	}
	for _, name := range files {
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			sums = append(sums, filepath.Base(name))
		}
	}
	return sums, nil
}
