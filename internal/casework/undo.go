package casework

import (
	"context"
	"slices"

	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Undo takes back whole acts, each named by one of its entries, and returns the ids of the retractions: what Redo needs.
// What was a retraction is thereby done away with, and what it took back counts again. Of an act that was taken back in
// part the rest goes. People and companies that something else still names stay.
//
// Problems: as of Retract.
func (c *Casework) Undo(ctx context.Context, entryIDs []string) ([]string, error) {
	states, err := c.acts(ctx, entryIDs, true)
	if err != nil {
		return nil, err
	}
	taken, _, err := c.takeBack(ctx, entryIDs[0], states)
	if err != nil {
		return nil, err
	}
	return c.retract(ctx, taken, "")
}

// Redo does again what an Undo took back, and returns the ids of the retractions that do it.
//
// Problems: not_found, not_retracted.
func (c *Casework) Redo(ctx context.Context, retractionIDs []string) ([]string, error) {
	states, err := c.acts(ctx, retractionIDs, false)
	if err != nil {
		return nil, err
	}
	retractions := slices.DeleteFunc(states, func(s library.EntryState) bool {
		return s.Header.Kind != record.KindRetraction || !s.Counts
	})
	if len(retractions) == 0 {
		return nil, problem.New(problem.NotRetracted, problem.Values{"value": retractionIDs[0]})
	}
	return c.retract(ctx, retractions, "")
}

// acts gives the entries that ids name, or with whole all entries of their acts, each once.
func (c *Casework) acts(ctx context.Context, ids []string, whole bool) ([]library.EntryState, error) {
	if len(ids) == 0 {
		return nil, problem.New(problem.NotFound, problem.Values{"kind": "entry", "value": ""})
	}
	var all []library.EntryState
	for _, id := range ids {
		states, err := c.act(ctx, id, whole)
		if err != nil {
			return nil, err
		}
		for _, state := range states {
			if !slices.ContainsFunc(all, func(s library.EntryState) bool { return s.Header.EntryID == state.Header.EntryID }) {
				all = append(all, state)
			}
		}
	}
	return all, nil
}
