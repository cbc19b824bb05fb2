package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// Draft is an entry that is not in the log yet.
type Draft struct {
	Kind record.Kind
	// ID is the entry's id, from [NewID]. It is also the id of the thing that the entry makes.
	ID string
	// CaseID names the log it goes to: one per case and device.
	CaseID  string
	Payload any
}

// NewID makes an id for an entry, a log, an operation or a device: a UUIDv7 (RFC 9562, section 5.7).
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Append writes the drafts as one operation: all of them with their leaves and views in one transaction, or none. When
// it returns without an error they are durable.
//
// Problems: disk_full, library_unwritable, library_busy, library_damaged.
func (l *Library) Append(ctx context.Context, drafts ...Draft) error {
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		return l.append(ctx, tx, drafts)
	})
}

// Known is what an act on a case needs to know of it.
type Known struct {
	Case    casefile.Case
	Parties []casefile.Party
	People  []casefile.Person
	// Exhibits is how many exhibit numbers were given.
	Exhibits int64
}

// AppendTo appends to a case what build makes of what is known of it. Both happen in one transaction, so that two
// processes never give one exhibit number twice. An error of build writes nothing.
//
// Problems: not_found, and those of Append.
func (l *Library) AppendTo(ctx context.Context, caseID string, build func(Known) ([]Draft, error)) error {
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		known, err := knownOf(ctx, tx, caseID)
		if err != nil {
			return err
		}
		drafts, err := build(known)
		if err != nil {
			return err
		}
		return l.append(ctx, tx, drafts)
	})
}

// StoreReading keeps what a reader made of a message, together with the entries that follow from it, such as
// attachments that become evidence: both, or neither, so that a reading which was cut off is simply done again. When
// another process was quicker, and the same reader's reading is there already, it does nothing.
func (l *Library) StoreReading(ctx context.Context, messageID string, reading casefile.Reading, drafts ...Draft) error {
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		stored, err := hasReading(ctx, tx, messageID, reading.Reader)
		if err != nil || stored {
			return err
		}
		if err := l.append(ctx, tx, drafts); err != nil {
			return err
		}
		return storeReading(ctx, tx, messageID, reading)
	})
}

func (l *Library) append(ctx context.Context, tx *sql.Tx, drafts []Draft) error {
	operation := NewID()
	recordedAt := l.options.Clock().UTC().Truncate(time.Millisecond)
	for _, draft := range drafts {
		logID, sequence, err := l.tail(ctx, tx, draft.CaseID)
		if err != nil {
			return err
		}
		entry, err := record.NewEntry(record.Header{
			Format: record.Format, LogID: logID, Sequence: sequence + 1, EntryID: draft.ID, OperationID: operation,
			Kind: draft.Kind, RecordedAt: recordedAt.Format(record.TimeLayout),
		}, draft.Payload, l.options.Random)
		if err != nil {
			return err
		}
		stored, err := insertEntry(ctx, tx, entry)
		if err != nil {
			return fmt.Errorf("failed to append a %s: %w", draft.Kind, err)
		}
		if err := project(ctx, tx, tx, stored); err != nil {
			return fmt.Errorf("failed to make the view of a %s: %w", draft.Kind, err)
		}
	}
	return nil
}

// tail finds the log of a case on this device and its last sequence number, inside the transaction: another process may
// have appended since.
func (l *Library) tail(ctx context.Context, tx *sql.Tx, caseID string) (logID string, sequence int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT log_id FROM log WHERE device_id = ? AND case_id = ?", l.device, caseID).Scan(&logID)
	if errors.Is(err, sql.ErrNoRows) {
		logID = NewID()
		_, err = tx.ExecContext(ctx, "INSERT INTO log (log_id, device_id, case_id) VALUES (?, ?, ?)", logID, l.device, caseID)
		return logID, 0, err
	}
	if err != nil {
		return "", 0, err
	}
	err = tx.QueryRowContext(ctx, "SELECT coalesce(max(sequence), 0) FROM entry WHERE log_id = ?", logID).Scan(&sequence)
	return logID, sequence, err
}

// insertEntry writes an entry and its leaf; what it gives back is what the tables have.
func insertEntry(ctx context.Context, tx *sql.Tx, entry record.Entry) (record.Stored, error) {
	leaf, err := entry.Leaf()
	if err != nil {
		return record.Stored{}, err
	}
	stored := record.Stored{Entry: entry, LeafBytes: leaf, LeafHash: record.LeafHash(leaf)}
	h := entry.Header
	_, err = tx.ExecContext(ctx, `INSERT INTO entry (`+headerColumns+`, leaf, leaf_hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		h.LogID, h.Sequence, h.EntryID, h.OperationID, string(h.Kind), h.KindVersion, h.Format, h.RecordedAt,
		leaf, stored.LeafHash[:])
	if err != nil {
		return record.Stored{}, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO entry_private (entry_id, payload, salt) VALUES (?, ?, ?)",
		h.EntryID, entry.Payload, entry.Salt[:])
	return stored, err
}

const headerColumns = "log_id, sequence, entry_id, operation_id, kind, kind_version, format, recorded_at"

// Entries gives every stored entry to visit, log by log in order of sequence, until visit returns an error.
func (l *Library) Entries(ctx context.Context, visit func(record.Stored) error) error {
	return l.options.explain(eachEntry(ctx, l.reader, visit))
}

func eachEntry(ctx context.Context, from querier, visit func(record.Stored) error) error {
	return visitEntries(ctx, from, visit, "TRUE")
}

func visitEntries(ctx context.Context, from querier, visit func(record.Stored) error, where string, args ...any) error {
	rows, err := from.QueryContext(ctx, `SELECT `+headerColumns+`, leaf, leaf_hash, payload, salt
		FROM entry LEFT JOIN entry_private USING (entry_id) WHERE `+where+`
		ORDER BY log_id, sequence`, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		stored, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if err := visit(stored); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scanEntry reads a row as it is: whether it holds is for [record.Checker] to say.
func scanEntry(rows *sql.Rows) (stored record.Stored, err error) {
	h := &stored.Header
	var hash, salt []byte
	err = rows.Scan(&h.LogID, &h.Sequence, &h.EntryID, &h.OperationID, &h.Kind, &h.KindVersion, &h.Format, &h.RecordedAt,
		&stored.LeafBytes, &hash, &stored.Payload, &salt)
	copy(stored.LeafHash[:], hash)
	copy(stored.Salt[:], salt)
	return stored, err
}
