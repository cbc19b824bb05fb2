package library

import (
	"context"
	"database/sql"
	"errors"
)

// words are what a thing is found by.
type words struct {
	id, kind, caseID, title, text, numbers string
	// more says that there is text that stands elsewhere: a message's own.
	more bool
}

// say is whether there is anything to find.
func (w words) say() bool { return w.title != "" || w.text != "" || w.more }

// storeWords keeps what a thing is found by. What does not count, or says nothing, is not found. New words get into the
// search index with [indexNewWords]; what it has already changes with them. The row is that of the words, 0 for none.
func storeWords(ctx context.Context, tx *sql.Tx, w words, counts bool) (row int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT row FROM words WHERE id = ?", w.id).Scan(&row)
	isNew := errors.Is(err, sql.ErrNoRows)
	if err != nil && !isNew {
		return 0, err
	}
	switch {
	case isNew && counts:
		return insertWords(ctx, tx, nil, w)
	case isNew:
		return 0, nil
	}
	indexed, err := leaveIndex(ctx, tx, w.id)
	if err != nil {
		return 0, err
	}
	if !counts || !w.say() {
		_, err := tx.ExecContext(ctx, "DELETE FROM words WHERE row = ?", row)
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE words SET title = ?, text = ?, numbers = ? WHERE row = ?", w.title, w.text, w.numbers, row)
	if err != nil {
		return 0, err
	}
	return row, enterIndex(ctx, tx, indexed)
}

// leaveIndex takes what a thing is found by out of the search index, and gives its row there; 0 where it has none. FTS5 must be
// told the words as it has them: it comes before they change.
func leaveIndex(ctx context.Context, tx *sql.Tx, id string) (row int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT row FROM words WHERE id = ?
		AND EXISTS (SELECT 1 FROM search_docsize WHERE search_docsize.id = row)`, id).Scan(&row)
	if err != nil {
		return 0, ignoreNoRows(err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO search (search, rowid, title, text, numbers, place)
		SELECT 'delete', row, title, text, numbers, place FROM searchable WHERE row = ?`, row)
	return row, err
}

// enterIndex puts a row back that has left the search index, unless its words are gone.
func enterIndex(ctx context.Context, tx *sql.Tx, row int64) error {
	if row == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, indexing+"row = ?", row)
	return err
}

// insertWords keeps what a new thing is found by. The row is that of its words, 0 for none.
func insertWords(ctx context.Context, tx *sql.Tx, rows *gatheredRows, w words) (row int64, err error) {
	if !w.say() {
		return 0, nil
	}
	if rows != nil { // it is told before the row is there
		rows.lastWords++
		return rows.lastWords, rows.add(ctx, tx, &intoWords, rows.lastWords, w.id, w.kind, w.caseID, w.title, w.text, w.numbers)
	}
	inserted, err := tx.ExecContext(ctx, "INSERT INTO words (id, kind, case_id, title, text, numbers) VALUES (?, ?, ?, ?, ?, ?)",
		w.id, w.kind, w.caseID, w.title, w.text, w.numbers)
	if err != nil {
		return 0, err
	}
	return inserted.LastInsertId()
}

var intoWords = insertionInto("words", "row, id, kind, case_id, title, text, numbers")

const indexing = "INSERT INTO search (rowid, title, text, numbers, place) SELECT row, title, text, numbers, place FROM searchable WHERE "

// indexNewWords gets into the search index what was stored since the transaction began: it stands behind all that the index
// has. It is the last that a transaction does: whatever is written between two texts has FTS5 write each by itself, and put
// its index in order as often.
func indexNewWords(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, indexing+"row > (SELECT coalesce(max(id), 0) FROM search_docsize)")
	return err
}

const emptyIndex = "INSERT INTO search (search) VALUES ('delete-all')"

// indexBatch is how many things' words get into the search index in one go when all of it is made anew.
const indexBatch = 1000

// indexWords makes the search index of all words anew. told, if any, hears how far it is.
func indexWords(ctx context.Context, tx *sql.Tx, told func(done, total int64)) error {
	var last int64
	if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(row), 0) FROM words").Scan(&last); err != nil {
		return err
	}
	if err := execute(ctx, tx, emptyIndex); err != nil {
		return err
	}
	for done := int64(0); done < last; done += indexBatch {
		if told != nil {
			told(done, last)
		}
		if _, err := tx.ExecContext(ctx, indexing+"row BETWEEN ? AND ?", done+1, done+indexBatch); err != nil {
			return err
		}
	}
	return nil
}
