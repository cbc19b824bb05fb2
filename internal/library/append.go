package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
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
	// CaseID names the log it goes to: one per case and device. Empty is the log of the library itself.
	CaseID  string
	Payload any

	prepared *prepared // nil when nobody did it yet
}

// NewID makes an id for an entry, a log, an operation or a device: a UUIDv7 (RFC 9562, section 5.7).
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Append writes the drafts as one operation: all of them with their leaves and views in one transaction, or none. When
// it returns without an error they are durable.
//
// Problems: disk_full, library_unwritable, library_busy, library_damaged.
func (l *Library) Append(ctx context.Context, drafts ...Draft) error {
	return l.appending(ctx, func(tx *sql.Tx) error {
		return l.append(ctx, tx, drafts)
	})
}

// appending runs do in one write transaction, has search find what it stored, and remembers now and then how far the
// logs have come.
func (l *Library) appending(ctx context.Context, do func(*sql.Tx) error) error {
	if err := l.fetchKey(ctx); err != nil {
		return l.options.explain(err)
	}
	err := l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		return indexNewWords(context.WithoutCancel(ctx), tx)
	})
	if err != nil {
		return err
	}
	l.rememberNowAndThen(ctx)
	return nil
}

// Known is what an act on a case needs to know of it.
type Known struct {
	Case    casefile.Case
	Parties []casefile.Party
	People  []casefile.Person
	// Letter begins the exhibit numbers that this device gives in the case, and Exhibits is how many it gave, those that
	// were taken back or erased among them.
	Letter   string
	Exhibits int64
}

// AppendTo appends to a case what build makes of what is known of it. Both happen in one transaction, so that two
// processes never give one exhibit number twice. An error of build writes nothing.
//
// Problems: not_found, and those of Append.
func (l *Library) AppendTo(ctx context.Context, caseID string, build func(Known) ([]Draft, error)) error {
	return l.appending(ctx, func(tx *sql.Tx) error {
		known, err := l.knownOf(ctx, tx, caseID)
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

// AppendMessages appends messages to a case, whose bytes are stored, as AppendTo does for what a person did: all as one act.
// They wait to be read. build is called where nobody else can append, with what answers [Library.HasMessages] there.
//
// Problems: not_found, and those of Append.
func (l *Library) AppendMessages(
	ctx context.Context, caseID string, build func(has func(sums []string) (map[string]bool, error)) ([]Draft, error),
) error {
	return l.appending(ctx, func(tx *sql.Tx) error {
		if _, err := caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		messages, err := build(func(sums []string) (map[string]bool, error) { return hasMessages(ctx, tx, caseID, sums) })
		if err != nil {
			return err
		}
		rows, err := gatherRows(ctx, tx)
		if err != nil {
			return err
		}
		if err := l.appendThrough(ctx, tx, rows, messages); err != nil {
			return err
		}
		return rows.write(context.WithoutCancel(ctx), tx)
	})
}

// append appends acts of the person, each at one time.
func (l *Library) append(ctx context.Context, tx *sql.Tx, acts ...[]Draft) error {
	return l.appendThrough(ctx, tx, nil, acts...)
}

// appendThrough does so, and leaves rows to be gathered where there is something that gathers them. Then no act may be about
// another.
func (l *Library) appendThrough(interrupted context.Context, tx *sql.Tx, rows *gatheredRows, acts ...[]Draft) error {
	acts = slices.DeleteFunc(acts, func(act []Draft) bool { return len(act) == 0 })
	if len(acts) == 0 {
		return nil
	}
	// An entry takes less than a millisecond: watching for an interruption during each statement would cost a good part
	// of that.
	ctx := context.WithoutCancel(interrupted)
	writing, err := l.identify(ctx, tx)
	if err != nil {
		return err
	}
	act := l.newAct()
	if writing.unannounced {
		if _, err := l.endOf(ctx, tx, writing, act, ""); err != nil {
			return err
		}
	}
	ends := map[string]*logEnd{}
	for i, drafts := range acts {
		if i > 0 {
			act = l.newAct()
		}
		for _, draft := range drafts {
			if err := interrupted.Err(); err != nil {
				return err
			}
			end := ends[draft.CaseID]
			if end == nil {
				if end, err = l.endOf(ctx, tx, writing, act, draft.CaseID); err != nil {
					return err
				}
				end.rows = rows
				ends[draft.CaseID] = end
			}
			end.header.OperationID, end.header.RecordedAt = act.OperationID, act.RecordedAt
			if err := l.appendOne(ctx, tx, end, draft); err != nil {
				return err
			}
		}
	}
	return nil
}

// newAct is what the headers of all entries of an act have in common.
func (l *Library) newAct() record.Header {
	return record.Header{
		OperationID: NewID(), RecordedAt: l.options.Clock().UTC().Truncate(time.Millisecond).Format(record.TimeLayout)}
}

// logEnd is the end of a log, where a transaction appends.
type logEnd struct {
	// header is that of the last entry.
	header record.Header
	// tree are hashes of the log's tree that the transaction has added.
	tree map[int64][32]byte
	// rows gather what is added to tables; nil where it is added at once.
	rows *gatheredRows
}

// endOf gives the place at the end of a log, behind which an act's next entry comes. A log begins with its device, which
// is not part of the act: undoing the one does not undo the other.
func (l *Library) endOf(ctx context.Context, tx *sql.Tx, writing signer, act record.Header, caseID string) (*logEnd, error) {
	log, err := l.tail(ctx, tx, writing, caseID)
	if err != nil {
		return nil, err
	}
	act.LogID, act.Sequence = log.id, log.size
	end := &logEnd{header: act, tree: map[int64][32]byte{}}
	if log.enrolled {
		return end, nil
	}
	device, err := l.enrolment(ctx, tx, writing, caseID)
	if err != nil {
		return nil, err
	}
	end.header.OperationID = NewID()
	return end, l.appendOne(ctx, tx, end, device)
}

// appendOne appends one entry to a log, and moves its end on.
func (l *Library) appendOne(ctx context.Context, tx *sql.Tx, end *logEnd, draft Draft) error {
	header := &end.header
	header.Sequence++
	header.EntryID, header.Kind = draft.ID, draft.Kind
	made := draft.prepared
	if made == nil {
		var err error
		if made, err = l.prepare(draft); err != nil {
			return err
		}
	}
	stored, err := made.At(*header)
	if err != nil {
		return err
	}
	if err := errors.Join(insertLeaf(ctx, tx, end.rows, end.tree, stored), insertPrivate(ctx, tx, end.rows, stored.Entry)); err != nil {
		return fmt.Errorf("failed to append a %s: %w", draft.Kind, err)
	}
	e := placed{Stored: stored, caseID: draft.CaseID, isNew: true, rows: end.rows, body: made.body}
	if err := projectAndErase(ctx, tx, e); err != nil {
		return fmt.Errorf("failed to make the view of a %s: %w", draft.Kind, err)
	}
	return nil
}

// logTail is how far a log has come.
type logTail struct {
	id   string
	size int64
	// enrolled says that the log tells which device writes it.
	enrolled bool
}

// tail finds the log of a case on this device, or of the library for no case, and its end, inside the transaction:
// another process may have appended since.
func (l *Library) tail(ctx context.Context, tx *sql.Tx, writing signer, caseID string) (logTail, error) {
	var tail logTail
	var format int64
	err := tx.QueryRowContext(ctx, `SELECT log_id, coalesce(sequence, 0), coalesce(format, 0)
		FROM log LEFT JOIN entry USING (log_id) WHERE coalesce(case_id, '') = ? AND device_id = ?
		ORDER BY sequence DESC LIMIT 1`, caseID, writing.device).Scan(&tail.id, &tail.size, &format)
	if errors.Is(err, sql.ErrNoRows) {
		tail.id = NewID()
		_, err = tx.ExecContext(ctx, "INSERT INTO log (log_id, device_id, case_id) VALUES (?, ?, nullif(?, ''))",
			tail.id, writing.device, caseID)
		return tail, err
	}
	// A log that a trial version began does not say who writes it before its first entry of format 1.
	tail.enrolled = format > 0
	return tail, err
}

// insertPrivate writes what of an entry an erasure takes away.
func insertPrivate(ctx context.Context, tx *sql.Tx, rows *gatheredRows, entry record.Entry) error {
	return rows.add(ctx, tx, &intoEntryPrivate, entry.Header.EntryID, entry.Payload, entry.Salt[:])
}

// insertLeaf writes what of an entry is never erased. tree are hashes of its log's tree that are at hand.
func insertLeaf(ctx context.Context, tx *sql.Tx, rows *gatheredRows, tree map[int64][32]byte, stored record.Stored) error {
	h := stored.Header
	err := rows.add(ctx, tx, &intoEntry, h.LogID, h.Sequence, h.EntryID, h.OperationID, string(h.Kind), h.KindVersion, h.Format,
		h.RecordedAt, stored.LeafBytes, stored.LeafHash[:])
	if err != nil {
		return err
	}
	return growTree(ctx, tx, rows, h.LogID, tree, h.Sequence-1, stored.LeafHash)
}

var (
	intoEntry        = insertionInto("entry", headerColumns+", leaf, leaf_hash")
	intoEntryPrivate = insertionInto("entry_private", "entry_id, payload, salt")
)

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

// errUnreadable says that a row has what its table can't have.
var errUnreadable = errors.New("a row is not what any program writes")

// scanEntry reads a row as it is: whether it holds is for [record.Checker] to say.
func scanEntry(rows *sql.Rows) (stored record.Stored, err error) {
	h := &stored.Header
	var hash, salt []byte
	err = rows.Scan(&h.LogID, &h.Sequence, &h.EntryID, &h.OperationID, &h.Kind, &h.KindVersion, &h.Format, &h.RecordedAt,
		&stored.LeafBytes, &hash, &stored.Payload, &salt)
	copy(stored.LeafHash[:], hash)
	copy(stored.Salt[:], salt)
	if err != nil {
		err = errors.Join(errUnreadable, err)
	}
	return stored, err
}
