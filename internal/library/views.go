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
	{"thing", "id, kind, case_id, counts, happened_at, recorded_at, log_id, sequence, leaf_hash, body, corrections"},
	{"moment", "id, " + momentColumns + ", (SELECT words.id FROM words WHERE words.row = moment.words_row)"},
	{"message_source", "message_id, case_id, host, user, mailbox, uid_validity, uid"},
	{"mention", "target || ' ' || leaf || ' ' || entry_id, kind"},
	{"exhibit_number", "exhibit_id, log_id, number"},
	{"content_use", "entry_id, hex(sha256)"},
	{"unread", "message_id, day, wall, about"},
	{"reading", "message_id, reader, date, body, text"},
	{"words", "id, kind, case_id, title, text, numbers"},
	{"vocabulary", "term || ' ' || col, doc, cnt"},
}

// Rebuild drops every view and makes it again from the log and the messages' bytes. First, in one transaction, all but
// what readers made of messages; then each message is read anew, and others may write meanwhile. Whatever stops it, the
// views say what the log says. A message whose attachments are not all on record yet waits to be read again, so that they
// get there. progress, if any, is told how many of the messages are read.
func (l *Library) Rebuild(ctx context.Context, progress func(done, total int64)) error {
	err := l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		err := execute(ctx, tx, emptyIndex, "DELETE FROM thing", "DELETE FROM moment", "DELETE FROM mention", "DELETE FROM exhibit_number", "DELETE FROM content_use",
			"DELETE FROM message_source", "DELETE FROM unread", "DELETE FROM words")
		if err != nil {
			return err
		}
		if err := replayEntries(ctx, tx, tx); err != nil {
			return err
		}
		err = execute(ctx, tx, "DELETE FROM reading WHERE message_id NOT IN (SELECT id FROM thing WHERE kind = 'message')")
		if err != nil {
			return err
		}
		return indexWords(ctx, tx, nil)
	})
	if err != nil {
		return err
	}
	messages, err := messagesRecorded(ctx, l.reader)
	for i, message := range messages {
		if progress != nil {
			progress(int64(i), int64(len(messages)))
		}
		if err := l.readAgain(ctx, message); err != nil {
			return l.options.explain(err)
		}
	}
	return l.options.explain(err)
}

// readAgain makes the reading of a message anew, outside any transaction, and keeps it when it is another than before.
func (l *Library) readAgain(ctx context.Context, message casefile.Message) error {
	reading, err := l.ReadMessage(ctx, message)
	readable := !isLost(err) // else it stays unread; checking the contents names it
	if err != nil && readable {
		return err
	}
	before, found, err := readingOf(ctx, l.reader, message.ID)
	if err != nil {
		found = false // what can't be read is replaced
	}
	kept, err := attachmentsKept(ctx, l.reader, message.ID)
	if err != nil {
		return err
	}
	stays := readable && holdsAttachments(kept, reading)
	if stays && found && sameReading(before, reading) || !stays && !found {
		return ctx.Err()
	}
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		if !stays {
			return dropReading(ctx, tx, message.ID)
		}
		if err := storeReading(ctx, tx, message.ID, reading); err != nil {
			return err
		}
		return indexNewWords(ctx, tx)
	})
}

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

// replayBatch is how many entries are in memory at once.
const replayBatch = 500

// replay makes the views of all entries of one database in another, or in the same. read gives the reading of a message,
// and whether it has one.
func (l *Library) replay(
	ctx context.Context, from querier, into *sql.Tx, read func(casefile.Message) (casefile.Reading, bool, error),
) error {
	if err := replayEntries(ctx, from, into); err != nil {
		return err
	}
	messages, err := messagesRecorded(ctx, into)
	if err != nil {
		return err
	}
	for _, message := range messages {
		reading, found, err := read(message)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		if err := storeReading(ctx, into, message.ID, reading); err != nil {
			return err
		}
	}
	return nil
}

// replayEntries makes the views of all entries, but no readings. One transaction can't read rows and write others at
// once, so entries are read in batches.
func replayEntries(ctx context.Context, from querier, into *sql.Tx) error {
	type log struct {
		id, caseID string
		last       int64
	}
	logs, err := collect(ctx, from, func(rows *sql.Rows) (one log, err error) {
		return one, rows.Scan(&one.id, &one.caseID, &one.last)
	}, `SELECT log_id, coalesce(case_id, ''), coalesce((SELECT max(sequence) FROM entry WHERE entry.log_id = log.log_id), 0)
		FROM log ORDER BY log_id`)
	if err != nil {
		return err
	}
	for _, one := range logs {
		for first := int64(1); first <= one.last; first += replayBatch {
			var batch []record.Stored
			err := visitEntries(ctx, from, func(stored record.Stored) error { batch = append(batch, stored); return nil },
				"log_id = ? AND sequence BETWEEN ? AND ?", one.id, first, first+replayBatch-1)
			if err != nil {
				return err
			}
			for _, stored := range batch {
				if err := project(ctx, from, into, placed{Stored: stored, caseID: one.caseID}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// messagesRecorded lists all messages in the order in which they were recorded; those that were taken back among them,
// whose readings stay for when they count again.
func messagesRecorded(ctx context.Context, from querier) ([]casefile.Message, error) {
	return collect(ctx, from, scanMessage,
		"SELECT id, body FROM thing WHERE kind = 'message' ORDER BY recorded_at, log_id, sequence")
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
	if err := indexWords(ctx, into, nil); err != nil {
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
