package library

import (
	"context"

	"constancia/internal/record"
)

// What a backup is made from: entries with their keys, what was erased, and which contents the record names.

// EntriesWithKeys gives visit the entries of a log from sequence after+1 to last, in order, each with the key that backups
// seal it under. An erased entry has no payload, and nothing is sealed under what it gets for a key.
func (l *Library) EntriesWithKeys(ctx context.Context, logID string, after, last int64, visit func(record.Stored, [32]byte) error) error {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+headerColumns+`, leaf, leaf_hash, payload, salt
		FROM entry LEFT JOIN entry_private USING (entry_id) WHERE log_id = ? AND sequence > ? AND sequence <= ?
		ORDER BY sequence`, logID, after, last)
	if err != nil {
		return l.options.explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var stored record.Stored
		var hash, salt []byte
		h := &stored.Header
		err := rows.Scan(&h.LogID, &h.Sequence, &h.EntryID, &h.OperationID, &h.Kind, &h.KindVersion, &h.Format, &h.RecordedAt,
			&stored.LeafBytes, &hash, &stored.Payload, &salt)
		if err != nil {
			return l.options.explain(err)
		}
		copy(stored.LeafHash[:], hash)
		copy(stored.Salt[:], salt)
		if err := visit(stored, record.SealingKey(stored.Salt)); err != nil {
			return err
		}
	}
	return l.options.explain(rows.Err())
}

// ErasedEntries lists the ids of the entries that erasures name.
func (l *Library) ErasedEntries(ctx context.Context) ([]string, error) {
	return l.column(ctx, "SELECT entry_id FROM erased")
}

// NamedContents lists the SHA-256 of every content that an entry names, whether it still counts or was taken back, in
// ascending order.
func (l *Library) NamedContents(ctx context.Context) ([]string, error) {
	return l.column(ctx, `SELECT DISTINCT payload ->> '$.sha256' FROM
		(SELECT CAST(payload AS TEXT) AS payload FROM entry JOIN entry_private USING (entry_id) WHERE kind IN (?, ?))
		WHERE json_valid(payload) AND payload ->> '$.sha256' <> '' ORDER BY 1`,
		string(record.KindEvidence), string(record.KindMessage))
}

// column gives the texts that a query finds.
func (l *Library) column(ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := l.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, l.options.explain(err)
	}
	defer func() { _ = rows.Close() }()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, l.options.explain(err)
		}
		texts = append(texts, text)
	}
	return texts, l.options.explain(rows.Err())
}
