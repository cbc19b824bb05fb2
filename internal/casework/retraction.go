package casework

import (
	"context"
	"errors"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Retract says what to take back: it stays in the record, and counts no longer.
type Retract struct {
	// ID is that of an entry, or of an act.
	ID string
	// Operation takes back all that was put on record in the same act.
	Operation bool
	Reason    string
}

// Retracted names what was taken back.
type Retracted struct {
	// ID is that of the retraction.
	ID      string  `json:"id"`
	Entries []Entry `json:"entries"`
	// Kept are people and companies of the act that something else still names: they go on counting.
	Kept []Entry `json:"kept"`
}

// Restored names what counts again.
type Restored struct {
	// ID is that of the retraction of the retraction.
	ID      string  `json:"id"`
	Entries []Entry `json:"entries"`
}

// Retract takes an entry back, or a whole act. People and companies that something else still names stay when an act is
// taken back, and can't be taken back alone.
//
// Problems: not_found, cannot_retract, already_retracted, already_erased, still_named.
func (c *Casework) Retract(ctx context.Context, n Retract) (Retracted, error) {
	states, err := c.act(ctx, n.ID, n.Operation)
	if err != nil {
		return Retracted{}, err
	}
	taken, kept, err := c.takeBack(ctx, n.ID, states)
	if err != nil {
		return Retracted{}, err
	}
	ids, err := c.retract(ctx, taken, n.Reason)
	if err != nil {
		return Retracted{}, err
	}
	return Retracted{ID: ids[0], Entries: entriesOf(taken), Kept: entriesOf(kept)}, nil
}

// takeBack tells which entries of acts can be taken back, and which are still needed. When none can, it says why.
func (c *Casework) takeBack(
	ctx context.Context, id string, states []library.EntryState,
) (taken, kept []library.EntryState, err error) {
	why := problem.New(problem.AlreadyRetracted, problem.Values{"value": id})
	var retractable []library.EntryState
	for _, state := range states {
		switch {
		case !library.Retractable(state.Header.Kind):
			why = problem.New(problem.CannotRetract, problem.Values{"kind": string(state.Header.Kind)})
		case state.Payload == nil:
			why = problem.New(problem.AlreadyErased, problem.Values{"value": id})
		case state.Counts:
			retractable = append(retractable, state)
		}
	}
	for _, ofCase := range byCase(retractable) {
		file, err := c.library.CaseFileWithoutMail(ctx, ofCase[0].CaseID)
		if err != nil {
			return nil, nil, err
		}
		named := mentions(file)
		rest, spared := spare(ofCase, named)
		taken, kept = append(taken, rest...), append(kept, spared...)
		if len(rest) == 0 {
			by := named[slices.IndexFunc(named, func(m mention) bool { return m.target == spared[0].Header.EntryID })]
			why = problem.New(problem.StillNamed, problem.Values{"kind": string(by.kind), "value": by.id})
		}
	}
	if len(taken) == 0 {
		return nil, nil, why
	}
	return taken, kept, nil
}

// byCase puts entries apart by their case, in the order in which the cases first come up: a move is one act in two.
func byCase(states []library.EntryState) [][]library.EntryState {
	var groups [][]library.EntryState
	for _, state := range states {
		at := slices.IndexFunc(groups, func(group []library.EntryState) bool { return group[0].CaseID == state.CaseID })
		if at < 0 {
			groups = append(groups, nil)
			at = len(groups) - 1
		}
		groups[at] = append(groups[at], state)
	}
	return groups
}

// spare leaves out the people and companies that something which goes on counting names. Who is left out may name a
// company in turn.
func spare(taken []library.EntryState, mentions []mention) (rest, spared []library.EntryState) {
	for {
		goes := func(id string) bool {
			return slices.ContainsFunc(taken, func(s library.EntryState) bool { return s.Header.EntryID == id })
		}
		at := slices.IndexFunc(taken, func(s library.EntryState) bool {
			return slices.ContainsFunc(mentions, func(m mention) bool { return m.target == s.Header.EntryID && !goes(m.id) })
		})
		if at < 0 {
			return taken, spared
		}
		spared = append(spared, taken[at])
		taken = slices.Delete(slices.Clone(taken), at, at+1)
	}
}

// retract appends a retraction for each case that the entries are of, all as one act, and returns their ids. A case
// itself may be among the entries, so that it is not looked up.
func (c *Casework) retract(ctx context.Context, taken []library.EntryState, reason string) ([]string, error) {
	o := &operation{}
	var ids []string
	for _, ofCase := range byCase(taken) {
		o.known.Case.ID = ofCase[0].CaseID
		ids = append(ids, o.addRetraction(ofCase, reason))
	}
	if err := o.wrongs(); err != nil {
		return nil, err
	}
	return ids, c.library.Append(ctx, o.drafts...)
}

func (o *operation) addRetraction(taken []library.EntryState, reason string) string {
	retraction := casefile.Retraction{CaseID: o.known.Case.ID, Reason: o.text("reason", reason)}
	for _, state := range taken {
		retraction.Targets = append(retraction.Targets, state.Target())
	}
	return o.add(record.KindRetraction, retraction)
}

// Restore brings back what was taken back, by taking back the retractions that name it. ID is that of an entry, an act or
// a retraction. All that one retraction took back comes back together.
//
// Problems: not_found, not_retracted, already_erased.
func (c *Casework) Restore(ctx context.Context, id, reason string) (Restored, error) {
	states, err := c.act(ctx, id, false)
	if err != nil {
		return Restored{}, err
	}
	retractions, err := c.inForce(ctx, states)
	if err != nil {
		return Restored{}, err
	}
	if len(retractions) == 0 {
		code := problem.NotRetracted
		if states[0].Payload == nil {
			code = problem.AlreadyErased
		}
		return Restored{}, problem.New(code, problem.Values{"value": id})
	}
	ids, err := c.retract(ctx, retractions, reason)
	if err != nil {
		return Restored{}, err
	}
	entries, err := c.countingAgain(ctx, retractions)
	return Restored{ID: ids[0], Entries: entries}, err
}

// inForce gives the retractions in force that are among the entries, or name one of them.
func (c *Casework) inForce(ctx context.Context, states []library.EntryState) ([]library.EntryState, error) {
	var ids []string
	for _, state := range states {
		if state.Header.Kind == record.KindRetraction && state.Counts {
			ids = append(ids, state.Header.EntryID)
		}
		if state.Payload != nil {
			ids = append(ids, state.RetractedBy...)
		}
	}
	slices.Sort(ids)
	var retractions []library.EntryState
	for _, id := range slices.Compact(ids) {
		retraction, err := c.library.Entry(ctx, id)
		if err != nil {
			return nil, err
		}
		retractions = append(retractions, retraction)
	}
	return retractions, nil
}

// countingAgain lists what the retractions took back, and counts again now.
func (c *Casework) countingAgain(ctx context.Context, retractions []library.EntryState) ([]Entry, error) {
	entries := []Entry{}
	for _, retraction := range retractions {
		said, err := payloadOf[casefile.Retraction](retraction)
		if err != nil {
			return nil, err
		}
		for _, target := range said.Targets {
			state, err := c.library.Entry(ctx, target.EntryID)
			if errors.Is(err, problem.New(problem.NotFound, nil)) {
				continue // on another device
			}
			if err != nil {
				return nil, err
			}
			if state.Counts {
				entries = append(entries, entryOf(state))
			}
		}
	}
	return entries, nil
}
