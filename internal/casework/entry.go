package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Entry is an entry of the record as lists name it.
type Entry struct {
	ID          string      `json:"id"`
	Kind        record.Kind `json:"kind"`
	OperationID string      `json:"operation"`
	CaseID      string      `json:"case,omitempty"`
	// Title says in a few words what it is about, as it was recorded; empty for an erased one.
	Title      string `json:"title"`
	RecordedAt string `json:"recorded_at"`
	LogID      string `json:"log"`
	Sequence   int64  `json:"sequence"`
	Leaf       string `json:"leaf"`
	// Counts is whether it was neither taken back nor erased; Erased whether what it said is gone.
	Counts bool `json:"counts"`
	Erased bool `json:"erased,omitempty"`
}

// Entries lists the last entries of a case, in the order in which they were recorded; all of them when last is 0.
//
// Problem: not_found.
func (c *Casework) Entries(ctx context.Context, caseID string, last int64) ([]Entry, error) {
	states, err := c.library.CaseEntries(ctx, caseID, last)
	if errors.Is(err, problem.New(problem.NotFound, nil)) {
		return nil, problem.New(problem.NotFound, problem.Values{"kind": string(record.KindCase), "value": caseID})
	}
	if err != nil {
		return nil, err
	}
	return c.titled(ctx, states)
}

// titled tells of entries; of messages with what they are about.
func (c *Casework) titled(ctx context.Context, states []library.EntryState) ([]Entry, error) {
	entries := entriesOf(states)
	for i, entry := range entries {
		if entry.Kind != record.KindMessage {
			continue
		}
		subject, err := c.library.Subject(ctx, entry.ID)
		if err != nil {
			return nil, err
		}
		entries[i].Title = cmp.Or(subject, entry.Title)
	}
	return entries, nil
}

func entriesOf(states []library.EntryState) []Entry {
	entries := make([]Entry, len(states))
	for i, state := range states {
		entries[i] = entryOf(state)
	}
	return entries
}

func entryOf(state library.EntryState) Entry {
	h := state.Header
	return Entry{
		ID: h.EntryID, Kind: h.Kind, OperationID: h.OperationID, CaseID: state.CaseID, Title: titleOf(state.Payload),
		RecordedAt: h.RecordedAt, LogID: h.LogID, Sequence: h.Sequence, Leaf: state.Leaf,
		Counts: state.Counts, Erased: state.Payload == nil,
	}
}

// titles are the fields of payloads that say in a few words what an entry is about, the best first.
var titles = []string{
	"title", "name", "what", "question", "file_name", "label", "summary", "note", "position", "reason", "outcome", "sealed_at", "mailbox"}

func titleOf(payload json.RawMessage) string {
	var members map[string]any
	if json.Unmarshal(payload, &members) != nil {
		return ""
	}
	if source, ok := members["source"].(map[string]any); ok { // of a message
		members = source
	}
	for _, name := range titles {
		if text, ok := members[name].(string); ok && text != "" {
			line, _, _ := strings.Cut(text, "\n")
			return line
		}
	}
	return ""
}

// payloadOf reads what an entry says; nothing when it was erased.
func payloadOf[T any](state library.EntryState) (T, error) {
	var said T
	if state.Payload == nil {
		return said, nil
	}
	err := json.Unmarshal(state.Payload, &said)
	return said, err
}

// act gives the entries that an id names: the one entry, or with whole all of its act. An operation's id names an act,
// too.
func (c *Casework) act(ctx context.Context, id string, whole bool) ([]library.EntryState, error) {
	one, err := c.library.Entry(ctx, id)
	if errors.Is(err, problem.New(problem.NotFound, nil)) {
		if all, otherwise := c.library.Operation(ctx, id); otherwise == nil {
			return all, nil
		}
	}
	if err != nil || !whole {
		return []library.EntryState{one}, err
	}
	return c.library.Operation(ctx, one.Header.OperationID)
}

// mention is a person or company that an entry which counts names.
type mention struct {
	kind   record.Kind // of the one that names it
	id     string
	target string
}

// mentions lists which people and companies are named by which entries of a case that count.
func mentions(file casefile.CaseFile) []mention {
	var all []mention
	add := func(kind record.Kind, id string, targets ...string) {
		for _, target := range targets {
			if target != "" {
				all = append(all, mention{kind, id, target})
			}
		}
	}
	for _, contact := range file.Contacts {
		add(record.KindContact, contact.Value.ID, contact.Value.PartyID)
		add(record.KindContact, contact.Value.ID, contact.Value.PersonIDs...)
		if contact.Value.SentTo != nil {
			add(record.KindContact, contact.Value.ID, contact.Value.SentTo.PartyID)
		}
	}
	for _, promise := range file.Promises {
		add(record.KindPromise, promise.Value.ID, promise.Value.PersonID, promise.Value.PartyID)
	}
	for _, person := range file.People {
		add(record.KindPerson, person.Value.ID, person.Value.PartyID)
	}
	return all
}
