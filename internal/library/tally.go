package library

import (
	"context"
	"database/sql"
	"errors"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// Tally counts what a case has.
type Tally struct {
	// Contacts counts as [casefile.Figures] does: a message is one, too, unless it is linked to a contact that counts.
	Contacts int64
	Messages int64
	Evidence int64
	// LastContact is when the last contact happened; nil when there is none.
	LastContact *casefile.When
}

// Tallies counts what each case has, by its id, without reading it.
func (l *Library) Tallies(ctx context.Context) (map[string]Tally, error) {
	tallies := map[string]Tally{}
	err := l.inSnapshot(ctx, func(tx *sql.Tx) error {
		if err := countThings(ctx, tx, tallies); err != nil {
			return err
		}
		for caseID, tally := range tallies {
			last, err := lastContact(ctx, tx, caseID)
			if err != nil {
				return err
			}
			tally.LastContact = last
			tallies[caseID] = tally
		}
		return nil
	})
	return tallies, err
}

func countThings(ctx context.Context, from querier, tallies map[string]Tally) error {
	rows, err := from.QueryContext(ctx, `SELECT case_id, kind, count(*), sum(
			kind = 'message' AND EXISTS (SELECT 1 FROM thing contact WHERE contact.id = json_extract(thing.body, '$.contact')
				AND contact.kind = 'contact' AND contact.counts AND contact.case_id = thing.case_id))
		FROM thing WHERE kind IN ('contact', 'message', 'evidence') AND counts GROUP BY case_id, kind`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var caseID, kind string
		var count, linked int64
		if err := rows.Scan(&caseID, &kind, &count, &linked); err != nil {
			return err
		}
		tally := tallies[caseID]
		switch record.Kind(kind) {
		case record.KindContact:
			tally.Contacts += count
		case record.KindMessage:
			tally.Messages = count
			tally.Contacts += count - linked
		case record.KindEvidence:
			tally.Evidence = count
		}
		tallies[caseID] = tally
	}
	return rows.Err()
}

func lastContact(ctx context.Context, from querier, caseID string) (*casefile.When, error) {
	var body string
	err := from.QueryRowContext(ctx, `SELECT body FROM thing WHERE case_id = ? AND kind = 'contact' AND counts
		ORDER BY happened_at DESC LIMIT 1`, caseID).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	contact, err := decode[casefile.Contact]([]byte(body))
	return &contact.OccurredAt, err
}
