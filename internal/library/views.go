package library

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
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
		if err := execute(ctx, tx, "DROP TRIGGER words_insert", "DROP TRIGGER words_update", "DROP TRIGGER words_delete",
			"DELETE FROM thing", "DELETE FROM message_source", "DELETE FROM reading", "DELETE FROM words"); err != nil {
			return err
		}
		err := l.replay(ctx, tx, tx, func(message casefile.Message) (casefile.Reading, bool, error) {
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
		if err != nil {
			return err
		}
		return execute(ctx, tx, indexAll, searchTriggers)
	})
}

// indexAll makes the search index of all words in one go. Row by row takes many times as long.
const indexAll = "INSERT INTO search (search) VALUES ('rebuild')"

func execute(ctx context.Context, tx *sql.Tx, statements ...string) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
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

// checkViews makes all views anew in memory and compares them row by row.
func (l *Library) checkViews(ctx context.Context) ([]record.Finding, error) {
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { _ = fresh.Close() }()
	fresh.SetMaxOpenConns(1)
	if _, err := fresh.ExecContext(ctx, viewsSchema); err != nil {
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
	if err := execute(ctx, into, indexAll); err != nil {
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
