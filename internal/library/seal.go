package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// SealState is how far the seals of a case's log on this device have come.
type SealState struct {
	LogID  string
	CaseID string
	Size   int64 // entries
	// Sealed is how many entries the last seal covers, 0 without one; SealedAt is the service's time of it, RFC 3339 in
	// UTC, and Recorded when it was put on record, in [record.TimeLayout].
	Sealed             int64
	SealedAt, Recorded string
	// Unsealed is how many entries came since; a seal itself is not counted, or it would ask for another. Last is when the
	// last of them was recorded, in [record.TimeLayout].
	Unsealed int64
	Last     string
}

// SealStates tells of each case's log that this device writes how far its seals have come.
func (l *Library) SealStates(ctx context.Context) ([]SealState, error) {
	var states []SealState
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		if states, err = lastSeals(ctx, tx); err != nil {
			return err
		}
		for i := range states {
			err := tx.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE kind <> ?3), max(sequence),
				coalesce(max(recorded_at) FILTER (WHERE kind <> ?3), '') FROM entry
				WHERE log_id = ?1 AND sequence >= ?2`, states[i].LogID, states[i].Sealed+1, string(record.KindSeal),
			).Scan(&states[i].Unsealed, &states[i].Size, &states[i].Last)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return states, err
}

func lastSeals(ctx context.Context, from querier) ([]SealState, error) {
	rows, err := from.QueryContext(ctx, `SELECT log.log_id, log.case_id, coalesce(seal.body, ''), coalesce(seal.recorded_at, ''),
			coalesce(max(seal.sequence), 0)
		FROM log JOIN setting own ON own.name = 'device_id' AND own.value = log.device_id
		LEFT JOIN thing seal ON seal.kind = ? AND seal.case_id = log.case_id AND seal.log_id = log.log_id
		WHERE log.case_id IS NOT NULL GROUP BY log.log_id ORDER BY log.log_id`, string(record.KindSeal))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var states []SealState
	for rows.Next() {
		var state SealState
		var body string
		var sequence int64
		if err := rows.Scan(&state.LogID, &state.CaseID, &body, &state.Recorded, &sequence); err != nil {
			return nil, err
		}
		var seal casefile.Seal
		if json.Unmarshal([]byte(body), &seal) == nil {
			state.Sealed, state.SealedAt = sizeOf(seal), seal.SealedAt
		}
		states = append(states, state)
	}
	return states, rows.Err()
}

// sizeOf is how many entries a seal covers, 0 for one whose head can't be read. Whether it holds is not asked here.
func sizeOf(seal casefile.Seal) int64 {
	text, _, _ := strings.Cut(seal.Head, "\n\n")
	head, err := record.ParseHeadText(text + "\n")
	if err != nil {
		return 0
	}
	return head.Size
}

// EntriesOf gives the stored entries of one kind to visit, as [Library.Entries] does.
func (l *Library) EntriesOf(ctx context.Context, kind record.Kind, visit func(record.Stored) error) error {
	return l.options.explain(visitEntries(ctx, l.reader, visit, "kind = ?", string(kind)))
}
