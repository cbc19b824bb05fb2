package library

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// EntryState is an entry as the record has it now.
type EntryState struct {
	Header record.Header
	// CaseID is the case of its log; empty for a log of the library itself.
	CaseID string
	// Leaf is the hash of its leaf, lower-case hex.
	Leaf string
	// Counts is whether it was neither taken back nor erased.
	Counts bool
	// RetractedBy are the retractions in force that name it, and ErasedBy the erasures, oldest first.
	RetractedBy, ErasedBy []string
	// Payload is what was recorded, without corrections, as JSON; nil when it was erased.
	Payload json.RawMessage
}

// Target names the entry as retractions and erasures do.
func (s EntryState) Target() casefile.Target {
	return casefile.Target{EntryID: s.Header.EntryID, Leaf: s.Leaf}
}

// Entry gives one entry, also one that counts no longer.
//
// Problem: not_found.
func (l *Library) Entry(ctx context.Context, id string) (EntryState, error) {
	states, err := l.states(ctx, id, "SELECT ?")
	if err != nil {
		return EntryState{}, err
	}
	return states[0], nil
}

// Operation gives the entries of one act of the person, in the order in which they were recorded.
//
// Problem: not_found.
func (l *Library) Operation(ctx context.Context, operationID string) ([]EntryState, error) {
	return l.states(ctx, operationID, "SELECT entry_id FROM entry WHERE operation_id = ?")
}

// History gives an entry and all that was said about it since: corrections, retractions, erasures, and what was said
// about those; in the order in which they were recorded.
//
// Problem: not_found.
func (l *Library) History(ctx context.Context, id string) ([]EntryState, error) {
	return l.states(ctx, id, `WITH RECURSIVE said (id) AS (
		SELECT ? UNION SELECT mention.entry_id FROM mention JOIN said ON mention.target = said.id) SELECT id FROM said`)
}

// states gives the entries whose ids a query selects; id is its first argument, and what to say was not found.
func (l *Library) states(ctx context.Context, id, ids string, more ...any) ([]EntryState, error) {
	var states []EntryState
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		states, err = statesOf(ctx, tx, "entry_id IN ("+ids+")", append([]any{id}, more...)...)
		return err
	})
	if err == nil && len(states) == 0 {
		err = problem.New(problem.NotFound, problem.Values{"kind": "entry", "value": id})
	}
	return states, err
}

// statesOf gives the entries that a condition selects, in the order in which they were recorded.
func statesOf(ctx context.Context, from querier, where string, args ...any) ([]EntryState, error) {
	states, err := collect(ctx, from, scanState, `SELECT `+headerColumns+`, leaf_hash, payload,
		coalesce((SELECT case_id FROM log WHERE log.log_id = entry.log_id), '')
		FROM entry LEFT JOIN entry_private USING (entry_id) WHERE `+where+` ORDER BY recorded_at, log_id, sequence`, args...)
	if err != nil {
		return nil, err
	}
	for i := range states {
		if err := states[i].judge(ctx, from); err != nil {
			return nil, err
		}
	}
	return states, nil
}

func scanState(rows *sql.Rows) (s EntryState, err error) {
	h := &s.Header
	var hash, payload []byte
	err = rows.Scan(&h.LogID, &h.Sequence, &h.EntryID, &h.OperationID, &h.Kind, &h.KindVersion, &h.Format, &h.RecordedAt,
		&hash, &payload, &s.CaseID)
	s.Leaf, s.Payload = hex.EncodeToString(hash), payload
	return s, err
}

// judge finds out what was said about the entry.
func (s *EntryState) judge(ctx context.Context, from querier) (err error) {
	saying := func(kind record.Kind) ([]string, error) {
		return texts(ctx, from, "SELECT said.id"+inForce+" ORDER BY said.recorded_at, said.log_id, said.sequence",
			s.Header.EntryID, s.Leaf, string(kind), s.CaseID)
	}
	if Retractable(s.Header.Kind) {
		if s.RetractedBy, err = saying(record.KindRetraction); err != nil {
			return err
		}
	}
	s.ErasedBy, err = saying(record.KindErasure)
	s.Counts = len(s.RetractedBy) == 0 && s.Payload != nil
	return err
}
