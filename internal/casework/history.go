package casework

import (
	"context"
	"encoding/json"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// History is everything that the record has about one entry.
type History struct {
	Entry Entry `json:"entry"`
	// DeviceID is the device that recorded it, and Letter begins its exhibit numbers in the case.
	DeviceID string `json:"device"`
	Letter   string `json:"letter,omitempty"`
	// Payload is what was recorded, without corrections; null when it was erased.
	Payload json.RawMessage `json:"payload"`
	// MovedFrom is the entry of another case that it was copied from.
	MovedFrom *casefile.Target `json:"moved_from,omitempty"`
	// Events are what was said about it since, and about that, in the order in which it was recorded.
	Events []Event `json:"events"`
	// Seals and Exports are those that cover it: they were made of a head that it is under.
	Seals   []CoveringSeal    `json:"seals"`
	Exports []CoveringExport  `json:"exports"`
	Names   map[string]string `json:"-"` // of the case's companies and people, by id
}

// Event is a correction, a retraction or an erasure.
type Event struct {
	Entry
	Reason string `json:"reason,omitempty"`
	// Changes are what a correction changed of what stood then.
	Changes []Change `json:"changes,omitempty"`
	// Targets are the ids of what was taken back or erased, and RestoresID the retraction that was taken back.
	Targets    []string `json:"targets,omitempty"`
	RestoresID string   `json:"restores,omitempty"`
}

// CoveringSeal is a time stamp on a head that an entry is under.
type CoveringSeal struct {
	ID       string `json:"id"`
	SealedAt string `json:"sealed_at"`
	Service  string `json:"service"`
}

// CoveringExport is a dossier made from a record that had the entry.
type CoveringExport struct {
	ID         string `json:"id"`
	RecordedAt string `json:"recorded_at"`
	Edition    string `json:"edition"`
	FileName   string `json:"file_name"`
	SHA256     string `json:"sha256"`
}

// History tells everything about one entry, also of one that counts no longer.
//
// Problem: not_found.
func (c *Casework) History(ctx context.Context, id string) (History, error) {
	states, err := c.library.History(ctx, id)
	if err != nil {
		return History{}, err
	}
	var told library.EntryState
	var since []library.EntryState
	for _, state := range states {
		if state.Header.EntryID == id {
			told = state
			continue
		}
		since = append(since, state)
	}
	history := History{
		Entry: entryOf(told), Payload: told.Payload, Events: []Event{}, Seals: []CoveringSeal{}, Exports: []CoveringExport{}}
	if history.MovedFrom, err = movedFrom(told); err != nil {
		return History{}, err
	}
	if history.Events, err = eventsOf(told, since); err != nil {
		return History{}, err
	}
	for _, addDetail := range []func(context.Context, *History) error{c.addDevice, c.addSeals, c.addExports, c.addNames} {
		if err := addDetail(ctx, &history); err != nil {
			return History{}, err
		}
	}
	return history, nil
}

func movedFrom(state library.EntryState) (*casefile.Target, error) {
	said, err := payloadOf[struct {
		MovedFrom *casefile.Target `json:"moved_from"`
	}](state)
	return said.MovedFrom, err
}

// eventsOf tells what was said about an entry. Each correction changes what those before it left, but for the ones that
// count no longer.
func eventsOf(told library.EntryState, since []library.EntryState) ([]Event, error) {
	events := make([]Event, 0, len(since))
	now := told.Payload
	retractions := map[string]bool{}
	for _, state := range since {
		event := Event{Entry: entryOf(state)}
		var err error
		switch state.Header.Kind {
		case record.KindCorrection:
			now, err = event.correct(state, told, now)
		case record.KindRetraction:
			retractions[event.ID] = true
			var said casefile.Retraction
			said, err = payloadOf[casefile.Retraction](state)
			event.Reason, event.Targets = said.Reason, idsOf(said.Targets)
			for _, target := range event.Targets {
				if retractions[target] {
					event.RestoresID = target
				}
			}
		case record.KindErasure:
			var said casefile.Erasure
			said, err = payloadOf[casefile.Erasure](state)
			event.Reason, event.Targets = said.Reason, idsOf(said.Targets)
		}
		if err != nil {
			return nil, err
		}
		events = append(events, event)
	}
	return events, nil
}

// correct fills in what a correction changed, and gives what stands after it. What is erased can't be compared.
func (e *Event) correct(state, told library.EntryState, now json.RawMessage) (json.RawMessage, error) {
	said, err := payloadOf[casefile.Correction](state)
	if err != nil || said.Target != told.Header.EntryID || state.Payload == nil || now == nil {
		return now, err
	}
	e.Reason = said.Reason
	after, err := casefile.Corrected(now, said.Fields)
	if err != nil {
		return now, err
	}
	if e.Changes, err = differences(now, json.RawMessage(after)); err != nil {
		return now, err
	}
	if !e.Counts {
		return now, nil
	}
	return after, nil
}

func idsOf(targets []casefile.Target) []string {
	ids := make([]string, len(targets))
	for i, target := range targets {
		ids[i] = target.EntryID
	}
	return ids
}

func (c *Casework) addDevice(ctx context.Context, h *History) error {
	logs, err := c.library.Logs(ctx, h.Entry.CaseID)
	for _, log := range logs {
		if log.ID == h.Entry.LogID {
			h.DeviceID, h.Letter = log.DeviceID, log.Letter
		}
	}
	return err
}

func (c *Casework) addSeals(ctx context.Context, h *History) error {
	seals, err := library.Things[casefile.Seal](ctx, c.library, record.KindSeal, h.Entry.CaseID)
	for _, seal := range seals {
		if seal.Entry.LogID == h.Entry.LogID && sealedSize(seal) >= h.Entry.Sequence {
			h.Seals = append(h.Seals, CoveringSeal{seal.Value.ID, seal.Value.SealedAt, seal.Value.Service})
		}
	}
	return err
}

func (c *Casework) addExports(ctx context.Context, h *History) error {
	exports, err := library.Things[casefile.Export](ctx, c.library, record.KindExport, h.Entry.CaseID)
	for _, export := range exports {
		for _, head := range export.Value.Heads {
			if head.LogID == h.Entry.LogID && head.Size >= h.Entry.Sequence {
				h.Exports = append(h.Exports, CoveringExport{export.Value.ID, export.Entry.RecordedAt.Format(record.TimeLayout),
					export.Value.Edition, export.Value.FileName, export.Value.SHA256})
			}
		}
	}
	return err
}

// addNames looks up the names that ids in the entry stand for. Of people and companies that were taken back the ids are
// all there is to show.
func (c *Casework) addNames(ctx context.Context, h *History) error {
	h.Names = map[string]string{}
	parties, err := library.Things[casefile.Party](ctx, c.library, record.KindParty, h.Entry.CaseID)
	if err != nil {
		return err
	}
	for _, party := range parties {
		h.Names[party.Value.ID] = party.Value.Name
	}
	people, err := library.Things[casefile.Person](ctx, c.library, record.KindPerson, h.Entry.CaseID)
	for _, person := range people {
		h.Names[person.Value.ID] = person.Value.Name
	}
	return err
}
