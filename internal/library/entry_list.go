package library

import (
	"context"
	"database/sql"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// CaseEntries gives the last entries of a case from all its logs, in the order in which they were recorded; all of them
// when last is 0.
//
// Problem: not_found.
func (l *Library) CaseEntries(ctx context.Context, caseID string, last int64) ([]EntryState, error) {
	if last == 0 {
		last = -1
	}
	return l.states(ctx, caseID, `SELECT entry_id FROM (SELECT entry_id, recorded_at, log_id, sequence FROM entry
		WHERE log_id IN (SELECT log_id FROM log WHERE case_id = ?1)
		ORDER BY recorded_at DESC, log_id DESC, sequence DESC LIMIT ?2)`, last)
}

// Things gives what of a kind counts in a case, in order.
func Things[T any](ctx context.Context, l *Library, kind record.Kind, caseID string) ([]casefile.Recorded[T], error) {
	var found []casefile.Recorded[T]
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		found, err = ofCase[T](ctx, tx, kind, caseID)
		return err
	})
	return found, err
}

// Subject is what a message is about, as it was read last; empty for one that was not read, or that counts no longer.
func (l *Library) Subject(ctx context.Context, messageID string) (string, error) {
	subjects, err := texts(ctx, l.reader, "SELECT title FROM words WHERE id = ?", messageID)
	if err != nil || len(subjects) == 0 {
		return "", l.options.explain(err)
	}
	return subjects[0], nil
}
