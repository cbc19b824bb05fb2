package library

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// querier is what reads need: a database, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// instantLayout is how views write instants: they sort as text.
const instantLayout = "2006-01-02T15:04:05Z"

// formatInstant writes an instant for a view. What lies outside the years that four digits can say, as a hostile mail's
// date may, is written as the first or the last that they can.
func formatInstant(at time.Time) string {
	at = at.UTC()
	switch {
	case at.Year() < 0:
		at = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	case at.Year() > 9999:
		at = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	}
	return at.Format(instantLayout)
}

// project makes the views of one entry of the log that from has. It is the only way views come about, live, in a rebuild
// and in a check.
func project(ctx context.Context, from querier, tx *sql.Tx, e record.Stored) error {
	about, err := describe(e.Header, e.Payload)
	if err != nil {
		return err
	}
	h := e.Header
	_, err = tx.ExecContext(ctx, `INSERT INTO thing
		(id, kind, case_id, happened_at, recorded_at, log_id, sequence, leaf_hash, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		h.EntryID, string(h.Kind), about.caseID, about.happenedAt, h.RecordedAt, h.LogID, h.Sequence,
		hex.EncodeToString(e.LeafHash[:]), string(e.Payload))
	if err != nil {
		return err
	}
	if err := storeWords(ctx, tx, h.EntryID, string(h.Kind), about); err != nil {
		return err
	}
	switch h.Kind {
	case record.KindMessage:
		return projectSource(ctx, tx, h.EntryID, e.Payload)
	case record.KindCorrection:
		return applyCorrections(ctx, from, tx, about.target)
	}
	return nil
}

func storeWords(ctx context.Context, tx *sql.Tx, id, kind string, about description) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO words (id, kind, case_id, title, text) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text`,
		id, kind, about.caseID, about.title, about.text)
	return err
}

func projectSource(ctx context.Context, tx *sql.Tx, id string, payload []byte) error {
	m, err := decode[casefile.Message](payload)
	if err != nil {
		return err
	}
	s := m.Source
	_, err = tx.ExecContext(ctx, `INSERT INTO message_source
		(message_id, case_id, sha256, host, user, mailbox, uid_validity, uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		id, m.CaseID, m.SHA256, s.Host, s.User, s.Mailbox, s.UIDValidity, s.UID)
	return err
}

// applyCorrections makes a thing anew: its entry's payload with every correction of it, in the order they were
// recorded. A target that is not here yet gets them when it comes.
func applyCorrections(ctx context.Context, from querier, tx *sql.Tx, target string) error {
	var original record.Stored
	keep := func(stored record.Stored) error { original = stored; return nil }
	err := visitEntries(ctx, from, keep, "entry_id = ?", target)
	if err != nil || original.Header.EntryID == "" {
		return err
	}
	corrections, err := correctionsOf(ctx, tx, target)
	if err != nil || len(corrections) == 0 {
		return err
	}
	body := original.Payload
	for _, correction := range corrections {
		if body, err = casefile.Corrected(body, correction.Fields); err != nil {
			return err
		}
	}
	about, err := describe(original.Header, body)
	if err != nil {
		return err
	}
	list, err := json.Marshal(corrections)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE thing SET body = ?, corrections = ?, happened_at = ? WHERE id = ?",
		string(body), string(list), about.happenedAt, target); err != nil {
		return err
	}
	if err := storeWords(ctx, tx, target, string(original.Header.Kind), about); err != nil {
		return err
	}
	reading, read, err := readingOf(ctx, tx, target)
	if err != nil || !read {
		return err
	}
	return projectReading(ctx, tx, target, reading)
}

// storedCorrection is a correction as a thing lists it.
type storedCorrection struct {
	ID string `json:"id"`
	casefile.Correction
}

func correctionsOf(ctx context.Context, tx *sql.Tx, target string) ([]storedCorrection, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, body FROM thing
		WHERE kind = ? AND json_extract(body, '$.target') = ? ORDER BY recorded_at, log_id, sequence`,
		string(record.KindCorrection), target)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var corrections []storedCorrection
	for rows.Next() {
		var id, body string
		if err := rows.Scan(&id, &body); err != nil {
			return nil, err
		}
		c, err := decode[casefile.Correction]([]byte(body))
		if err != nil {
			return nil, err
		}
		corrections = append(corrections, storedCorrection{ID: id, Correction: c})
	}
	return corrections, rows.Err()
}
