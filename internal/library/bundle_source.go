package library

import (
	"context"
	"slices"

	"constancia/internal/record"
)

// What a bundle is made from: entries by their ids, or of one kind of a case, beside logs and signed heads.

// EntriesByID gives the stored entries of those ids to visit, log by log in order of sequence.
func (l *Library) EntriesByID(ctx context.Context, ids []string, visit func(record.Stored) error) error {
	const atOnce = 500 // SQLite takes so many arguments, and more
	for chunk := range slices.Chunk(ids, atOnce) {
		where, args := "entry_id IN (?", []any{chunk[0]}
		for _, id := range chunk[1:] {
			where, args = where+", ?", append(args, id)
		}
		if err := visitEntries(ctx, l.reader, visit, where+")", args...); err != nil {
			return l.options.explain(err)
		}
	}
	return nil
}

// EntriesOfCase gives the stored entries of one kind of a case to visit, those that were taken back among them.
func (l *Library) EntriesOfCase(ctx context.Context, caseID string, kind record.Kind, visit func(record.Stored) error) error {
	return l.options.explain(visitEntries(ctx, l.reader, visit,
		"entry_id IN (SELECT id FROM thing WHERE kind = ? AND case_id = ?)", string(kind), caseID))
}
