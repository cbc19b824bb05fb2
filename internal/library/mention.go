package library

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// Retractable reports whether entries of a kind can be taken back. What says who writes a log, what was exported, sealed
// or erased has happened, and stays so: a retraction that names it has no effect.
func Retractable(kind record.Kind) bool {
	return !slices.Contains([]record.Kind{record.KindDevice, record.KindExport, record.KindSeal, record.KindErasure}, kind)
}

// correctable reports whether entries of a kind can be corrected: those that tell of the dispute. What is about other
// entries is taken back, and said anew; what was seen stays as it was seen.
func correctable(kind record.Kind) bool {
	return Retractable(kind) && !slices.Contains([]record.Kind{record.KindCorrection, record.KindRetraction, record.KindKeyRecord,
		record.KindSighting, record.KindSending}, kind)
}

// inForce selects the entries of a kind that name an entry by its leaf, in a log of the same case, and that count.
const inForce = ` FROM mention JOIN thing said ON said.id = mention.entry_id
	WHERE mention.target = ? AND mention.leaf = ? AND mention.kind = ? AND said.case_id = ? AND said.counts`

// saidAbout reports whether an entry counts, and how it is corrected. Of most entries nobody has said anything.
func saidAbout(ctx context.Context, from querier, e placed) (counts bool, corrections []storedCorrection, err error) {
	var mentioned bool
	err = from.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM mention WHERE target = ?)", e.Header.EntryID).Scan(&mentioned)
	if err != nil || !mentioned {
		return true, []storedCorrection{}, err
	}
	if counts, err = countsNow(ctx, from, e); err != nil {
		return false, nil, err
	}
	corrections, err = correctionsOf(ctx, from, e)
	return counts, corrections, err
}

// countsNow reports whether no retraction in force names the entry. One that is itself taken back is not in force.
func countsNow(ctx context.Context, from querier, e placed) (bool, error) {
	if !Retractable(e.Header.Kind) {
		return true, nil
	}
	var takenBack bool
	err := from.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1"+inForce+")",
		e.Header.EntryID, e.leaf(), string(record.KindRetraction), e.caseID).Scan(&takenBack)
	return !takenBack, err
}

// storedCorrection is a correction as a thing lists it: its place beside what it says.
type storedCorrection struct {
	ID         string `json:"id"`
	LogID      string `json:"log_id"`
	RecordedAt string `json:"recorded_at"`
	casefile.Correction
}

// correctionsOf lists the corrections of an entry that are in force, in the order in which they were recorded. The order
// of two devices at one moment is that of their logs' ids.
func correctionsOf(ctx context.Context, from querier, e placed) ([]storedCorrection, error) {
	corrections := []storedCorrection{}
	if !correctable(e.Header.Kind) {
		return corrections, nil
	}
	rows, err := from.QueryContext(ctx, "SELECT said.id, said.log_id, said.recorded_at, said.body"+inForce+
		" ORDER BY said.recorded_at, said.log_id, said.sequence",
		e.Header.EntryID, e.leaf(), string(record.KindCorrection), e.caseID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c storedCorrection
		var body string
		if err := rows.Scan(&c.ID, &c.LogID, &c.RecordedAt, &body); err != nil {
			return nil, err
		}
		if c.Correction, err = decode[casefile.Correction]([]byte(body)); err != nil {
			return nil, err
		}
		corrections = append(corrections, c)
	}
	return corrections, rows.Err()
}

// placedEntry gives an entry with the case of its log.
func placedEntry(ctx context.Context, from querier, id string) (placed, error) {
	var e placed
	err := visitEntries(ctx, from, func(stored record.Stored) error { e.Stored = stored; return nil }, "entry_id = ?", id)
	if err != nil {
		return e, err
	}
	if e.Header.EntryID == "" {
		return e, sql.ErrNoRows
	}
	e.caseID, err = caseOfLog(ctx, from, e.Header.LogID)
	return e, err
}

func caseOfLog(ctx context.Context, from querier, logID string) (caseID string, err error) {
	err = from.QueryRowContext(ctx, "SELECT coalesce(case_id, '') FROM log WHERE log_id = ?", logID).Scan(&caseID)
	return caseID, err
}

// texts gives a query's one column of text.
func texts(ctx context.Context, from querier, query string, args ...any) ([]string, error) {
	return collect(ctx, from, func(rows *sql.Rows) (text string, err error) { return text, rows.Scan(&text) }, query, args...)
}

func ignoreNoRows(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
