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

// placed is an entry with the case of its log; empty is a log of the library itself.
type placed struct {
	record.Stored
	caseID string
	// isNew says that the entry has just got its id: no view has anything of it, and nothing names it.
	isNew bool
	// rows gather what a new entry adds to tables; nil where it is added at once.
	rows *gatheredRows
	// body is the payload of a new entry, decoded.
	body *payload
}

func (p placed) leaf() string { return hex.EncodeToString(p.LeafHash[:]) }

// target names the entry as others do that are about it.
func (p placed) target() casefile.Target {
	return casefile.Target{EntryID: p.Header.EntryID, Leaf: p.leaf()}
}

// project makes the views of one entry of the log that from has. It is the only way views come about, live, in a rebuild
// and in a check. Entries of different logs may come in any order: what they say of one another takes effect when both
// are there.
func project(ctx context.Context, from querier, tx *sql.Tx, e placed) error {
	if e.Header.Kind == record.KindExhibit {
		if err := numberExhibit(ctx, tx, e.Header); err != nil {
			return err
		}
	}
	if len(e.Payload) == 0 {
		return nil
	}
	body := e.body
	if body == nil {
		body = &payload{text: e.Payload}
	}
	about, err := describe(e.Header, body)
	if err != nil {
		return err
	}
	if about.content != "" {
		sum, err := hex.DecodeString(about.content)
		if err != nil {
			return err
		}
		if err := e.rows.add(ctx, tx, &intoContentUse, e.Header.EntryID, sum); err != nil {
			return err
		}
	}
	for _, target := range about.targets {
		_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO mention (target, leaf, entry_id, kind) VALUES (?, ?, ?, ?)",
			target.EntryID, target.Leaf, e.Header.EntryID, string(e.Header.Kind))
		if err != nil {
			return err
		}
	}
	if e.Header.Kind == record.KindMessage || e.Header.Kind == record.KindSighting {
		if err := projectSource(ctx, tx, e, body); err != nil {
			return err
		}
	}
	if _, err := show(ctx, tx, e, body); err != nil {
		return err
	}
	return showTargets(ctx, from, tx, e.Header)
}

// show makes the thing of an entry with this payload, and the words it is found by, as what is said about it has it now. It
// reports whether the thing counts.
func show(ctx context.Context, tx *sql.Tx, e placed, body *payload) (bool, error) {
	h := e.Header
	counts, corrections := true, []storedCorrection{}
	if !e.isNew {
		var err error
		if counts, corrections, err = saidAbout(ctx, tx, e); err != nil {
			return false, err
		}
	}
	body, about, err := corrected(e, body, corrections)
	if err != nil {
		return false, err
	}
	list, err := json.Marshal(corrections)
	if err != nil {
		return false, err
	}
	values := []any{h.EntryID, string(h.Kind), e.caseID, counts, formatInstant(about.happened), h.RecordedAt, h.LogID, h.Sequence,
		e.leaf(), string(body.text), string(list)}
	if e.isNew {
		err = e.rows.add(ctx, tx, &intoThing, values...)
	} else {
		_, err = tx.ExecContext(ctx, intoThing.one()+` ON CONFLICT (id) DO UPDATE SET counts = excluded.counts,
			happened_at = excluded.happened_at, body = excluded.body, corrections = excluded.corrections`, values...)
	}
	if err != nil {
		return false, err
	}
	if h.Kind == record.KindMessage {
		return counts, showMessage(ctx, tx, e, body)
	}
	found := words{id: h.EntryID, kind: string(h.Kind), caseID: e.caseID, title: about.title, text: about.text, numbers: partsOf(about.numbers)}
	row, err := showWords(ctx, tx, e, found, counts)
	if err != nil {
		return false, err
	}
	return counts, showMoment(ctx, tx, e, body, counts, row)
}

var (
	intoContentUse = insertionInto("content_use", "entry_id, sha256")
	intoThing      = insertionInto("thing", "id, kind, case_id, counts, happened_at, recorded_at, log_id, sequence, leaf_hash, body, corrections")
)

// showWords keeps what a thing is found by, and says where.
func showWords(ctx context.Context, tx *sql.Tx, e placed, found words, counts bool) (row int64, err error) {
	if e.isNew {
		return insertWords(ctx, tx, e.rows, found)
	}
	return storeWords(ctx, tx, found, counts)
}

// corrected gives an entry's payload with corrections applied. A correction that would make of it what no entry of its
// kind can say, as one of a foreign log may, changes nothing.
func corrected(e placed, body *payload, corrections []storedCorrection) (_ *payload, about description, err error) {
	if about, err = describe(e.Header, body); err != nil {
		return nil, about, err
	}
	for _, correction := range corrections {
		text, err := casefile.Corrected(body.text, correction.Fields)
		if err != nil {
			return nil, about, err
		}
		after := &payload{text: text}
		if said, err := describe(e.Header, after); err == nil {
			body, about = after, said
		}
	}
	return body, about, nil
}

// showTargets makes what an entry corrects or takes back anew, as far as it is there.
func showTargets(ctx context.Context, from querier, tx *sql.Tx, h record.Header) error {
	if h.Kind != record.KindCorrection && h.Kind != record.KindRetraction {
		return nil
	}
	targets, err := texts(ctx, tx, "SELECT target FROM mention WHERE entry_id = ? ORDER BY target", h.EntryID)
	if err != nil {
		return err
	}
	for _, target := range targets {
		if err := showAgain(ctx, from, tx, target); err != nil {
			return err
		}
	}
	return nil
}

// showAgain makes a thing anew after something was said about it, and, when it has come to count or no longer does, what
// it is itself about. An entry that names another has the hash of its leaf, so this goes back in time, and ends.
func showAgain(ctx context.Context, from querier, tx *sql.Tx, id string) error {
	var counted bool
	err := tx.QueryRowContext(ctx, "SELECT counts FROM thing WHERE id = ?", id).Scan(&counted)
	if err != nil {
		return ignoreNoRows(err) // it is not here yet, or was erased
	}
	e, err := placedEntry(ctx, from, id)
	if err != nil {
		return err
	}
	counts, err := show(ctx, tx, e, &payload{text: e.Payload})
	if err != nil || counts == counted {
		return err
	}
	return showTargets(ctx, from, tx, e.Header)
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
