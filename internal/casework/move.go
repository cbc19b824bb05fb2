package casework

import (
	"context"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Moved names what went from one case to another.
type Moved struct {
	// RetractionID is that of the retraction in the wrong case.
	RetractionID string `json:"retraction"`
	// Entries are the copies in the right case, the one asked for first.
	Entries []MovedEntry `json:"entries"`
}

// MovedEntry is a copy and what it is a copy of.
type MovedEntry struct {
	ID   string      `json:"id"`
	From string      `json:"from"`
	Kind record.Kind `json:"kind"`
}

// Move puts an entry that went into the wrong case into the right one, with all that hangs on it: the promises made in a
// contact attempt and how they ended, the evidence of it, exhibit numbers, the expenses that came of it. What stands in the wrong case is taken back
// there, and copied as it reads now; each copy names the first entry and its leaf hash. Companies and people are found by
// name in the other case, or added to it.
//
// Problems: not_found, cannot_move, already_exists for the case that it is in.
func (c *Casework) Move(ctx context.Context, id, to, reason string) (Moved, error) {
	state, err := c.library.Entry(ctx, id)
	if err != nil {
		return Moved{}, err
	}
	kind := state.Header.Kind
	if !slices.Contains([]record.Kind{record.KindContact, record.KindPromise, record.KindEvidence, record.KindExpense}, kind) {
		return Moved{}, problem.New(problem.CannotMove, problem.Values{"kind": string(kind)})
	}
	if !state.Counts {
		return Moved{}, problem.New(problem.NotFound, problem.Values{"kind": string(kind), "value": id})
	}
	if state.CaseID == to {
		return Moved{}, problem.New(problem.AlreadyExists, problem.Values{"kind": string(kind), "value": id})
	}
	from, err := c.library.CaseFileWithoutMail(ctx, state.CaseID)
	if err != nil {
		return Moved{}, err
	}
	act, err := c.library.Operation(ctx, state.Header.OperationID)
	if err != nil {
		return Moved{}, err
	}
	var moved Moved
	err = c.record(ctx, to, func(o *operation) {
		m := &move{operation: o, from: from, ids: map[string]string{}}
		m.copyContact(id)
		m.copyPromises(id)
		m.copyEvidence(id)
		m.copySettlements()
		m.copyExpenses(id)
		m.addNobodyElses(act)
		moved = Moved{Entries: m.moved, RetractionID: m.retract(reason)}
	})
	return moved, err
}

// move is one move at work.
type move struct {
	*operation
	from casefile.CaseFile
	// ids are those of the copies, by what they are copies of.
	ids     map[string]string
	moved   []MovedEntry
	targets []casefile.Target
}

// copied adds a copy to the right case, and remembers to take the first one back.
func (m *move) copied(kind record.Kind, first string, entry casefile.Entry, payload any) {
	id := m.add(kind, payload)
	m.ids[first] = id
	m.moved = append(m.moved, MovedEntry{ID: id, From: first, Kind: kind})
	m.targets = append(m.targets, *source(first, entry))
}

func (m *move) copyContact(id string) {
	for _, contact := range m.from.Contacts {
		if contact.Value.ID != id {
			continue
		}
		value := contact.Value
		value.ID, value.CaseID, value.MovedFrom = "", m.known.Case.ID, source(id, contact.Entry)
		value.PartyID = m.partyThere(value.PartyID)
		value.SentTo = m.sentToThere(value.SentTo)
		value.PersonIDs = nil
		for _, person := range contact.Value.PersonIDs {
			value.PersonIDs = append(value.PersonIDs, m.personThere(person)...)
		}
		m.copied(record.KindContact, id, contact.Entry, value)
	}
}

// copyPromises copies the promise asked for, or those made in the contact.
func (m *move) copyPromises(id string) {
	for _, promise := range m.from.Promises {
		if promise.Value.ID != id && promise.Value.ContactID != id {
			continue
		}
		first, value := promise.Value.ID, promise.Value
		value.ID, value.CaseID, value.MovedFrom = "", m.known.Case.ID, source(first, promise.Entry)
		value.PartyID = m.partyThere(value.PartyID)
		value.PersonID = ""
		for _, person := range m.personThere(promise.Value.PersonID) {
			value.PersonID = person
		}
		value.ContactID, value.RepeatsID, value.MessageID = m.ids[value.ContactID], m.ids[value.RepeatsID], ""
		m.copied(record.KindPromise, first, promise.Entry, value)
	}
}

// copyEvidence copies the file asked for, or those of the contact, with a number when they had one.
func (m *move) copyEvidence(id string) {
	for _, evidence := range m.from.Evidence {
		if evidence.Value.ID != id && evidence.Value.ContactID != id {
			continue
		}
		first, value := evidence.Value.ID, evidence.Value
		value.ID, value.CaseID, value.MovedFrom = "", m.known.Case.ID, source(first, evidence.Entry)
		value.ContactID, value.MessageID, value.Attachment = m.ids[value.ContactID], "", ""
		m.copied(record.KindEvidence, first, evidence.Entry, value)
	}
	for _, exhibit := range m.from.Exhibits {
		m.copyExhibit(exhibit)
	}
}

// copyExhibit gives the pieces of an exhibit that were copied one number. The one in the wrong case is taken back there,
// unless other pieces stay under it.
func (m *move) copyExhibit(exhibit casefile.Recorded[casefile.Exhibit]) {
	var copies []string
	for _, piece := range exhibit.Value.Pieces() {
		if m.ids[piece] != "" {
			copies = append(copies, m.ids[piece])
		}
	}
	if len(copies) == 0 {
		return
	}
	m.addExhibit(copies...)
	if len(copies) == len(exhibit.Value.Pieces()) {
		m.targets = append(m.targets, *source(exhibit.Value.ID, exhibit.Entry))
	}
}

// copyExpenses copies the expense asked for, or those that came of the contact. Receipts that stay are named no more.
func (m *move) copyExpenses(id string) {
	for _, expense := range m.from.Expenses {
		if expense.Value.ID != id && expense.Value.ContactID != id {
			continue
		}
		first, value := expense.Value.ID, expense.Value
		value.ID, value.CaseID, value.MovedFrom = "", m.known.Case.ID, source(first, expense.Entry)
		value.ContactID, value.EvidenceIDs = m.ids[value.ContactID], m.copiesOf(value.EvidenceIDs)
		m.copied(record.KindExpense, first, expense.Entry, value)
	}
}

// copiesOf are the ids of the copies of those that were copied.
func (m *move) copiesOf(ids []string) []string {
	copies := make([]string, len(ids))
	for i, id := range ids {
		copies[i] = m.ids[id]
	}
	return withoutRepeats(copies)
}

// copySettlements copies how the promises ended that were copied.
func (m *move) copySettlements() {
	for _, settlement := range m.from.Settlements {
		if m.ids[settlement.Value.PromiseID] == "" {
			continue
		}
		first, value := settlement.Value.ID, settlement.Value
		value.ID, value.CaseID, value.MovedFrom = "", m.known.Case.ID, source(first, settlement.Entry)
		value.PromiseID, value.ShownBy = m.ids[value.PromiseID], m.copiesOf(value.ShownBy)
		m.copied(record.KindSettlement, first, settlement.Entry, value)
	}
}

// source names the first entry.
func source(id string, entry casefile.Entry) *casefile.Target {
	return &casefile.Target{EntryID: id, Leaf: entry.Leaf}
}

// partyThere finds a company of the wrong case in the right one by its name, or adds it as it is known there.
func (m *move) partyThere(id string) string {
	for _, party := range m.from.Parties {
		if party.Value.ID != id {
			continue
		}
		if known, ok := m.party(party.Value.Name); ok {
			return known.ID
		}
		value := party.Value
		return m.addParty(NewParty{
			Name: value.Name, Role: value.Role, References: value.References, Domains: value.Domains, Address: value.Address})
	}
	return m.partyNamed("", "")
}

// sentToThere says where a contact sent the person as the right case knows it: a company that it does not know by its name
// alone.
func (m *move) sentToThere(where *casefile.SentTo) *casefile.SentTo {
	if where == nil || where.PartyID == "" {
		return where
	}
	there := casefile.SentTo{Words: where.Words}
	for _, party := range m.from.Parties {
		if party.Value.ID != where.PartyID {
			continue
		}
		if known, ok := m.party(party.Value.Name); ok {
			there.PartyID = known.ID
		} else if there.Words == "" {
			there.Words = party.Value.Name
		}
	}
	if there == (casefile.SentTo{}) {
		return nil
	}
	return &there
}

// personThere finds somebody in the right case by name, or adds them; nobody for an id that names nobody any more.
func (m *move) personThere(id string) []string {
	for _, person := range m.from.People {
		if person.Value.ID == id {
			value := person.Value
			spoken := Spoken{Name: value.Name, Position: value.Position, Refused: value.Refused}
			return m.spoken(m.partyThere(value.PartyID), []Spoken{spoken})
		}
	}
	return nil
}

// addNobodyElses takes back the people and companies, too, that came with the act and that nothing else names.
func (m *move) addNobodyElses(act []library.EntryState) {
	var came []library.EntryState
	for _, state := range act {
		goes := slices.ContainsFunc(m.targets, func(t casefile.Target) bool { return t.EntryID == state.Header.EntryID })
		named := state.Header.Kind == record.KindPerson || state.Header.Kind == record.KindParty
		if state.Counts && (goes || named) {
			came = append(came, state)
		}
	}
	rest, _ := spare(came, slices.DeleteFunc(mentions(m.from), func(by mention) bool {
		return slices.ContainsFunc(m.targets, func(t casefile.Target) bool { return t.EntryID == by.id })
	}))
	for _, state := range rest {
		if !slices.Contains(m.targets, state.Target()) {
			m.targets = append(m.targets, state.Target())
		}
	}
}

func (m *move) retract(reason string) string {
	id := library.NewID()
	m.drafts = append(m.drafts, library.Draft{Kind: record.KindRetraction, ID: id, CaseID: m.from.Case.ID,
		Payload: casefile.Retraction{CaseID: m.from.Case.ID, Targets: m.targets, Reason: m.text("reason", reason)}})
	return id
}
