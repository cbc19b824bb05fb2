package casework

import (
	"context"
	"encoding/json"
	"maps"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
)

// BeginContactDraft keeps a contact that begins now, with what is typed of it so far: nothing of that has to be right
// yet. It is durable when it returns, and outside the record until it is saved.
//
// Problem: not_found for the case.
func (c *Casework) BeginContactDraft(ctx context.Context, n LogContact) (casefile.ContactDraft, error) {
	if err := c.check(ctx, n.CaseID, func(*operation) {}); err != nil {
		return casefile.ContactDraft{}, err
	}
	typed, err := json.Marshal(n)
	if err != nil {
		return casefile.ContactDraft{}, err
	}
	draft := casefile.ContactDraft{
		ID: library.NewID(), CaseID: n.CaseID, BeganAt: c.instant(), Typed: typed, Notes: []casefile.DraftNote{}}
	return draft, c.library.AddContactDraft(ctx, draft)
}

// ChangeContactDraft keeps what is typed of a contact by now, in the place of what was typed before.
//
// Problem: not_found.
func (c *Casework) ChangeContactDraft(ctx context.Context, id string, n LogContact) error {
	typed, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return c.library.ChangeContactDraft(ctx, id, typed)
}

// NoteInContactDraft keeps a note with the clock as it is now.
//
// Problems: not_found, missing, text_too_long.
func (c *Casework) NoteInContactDraft(ctx context.Context, id, text string) (casefile.DraftNote, error) {
	o := &operation{}
	note := casefile.DraftNote{At: c.instant(), Text: o.requiredText("note", text)}
	if err := o.wrongs(); err != nil {
		return casefile.DraftNote{}, err
	}
	return note, c.library.AddDraftNote(ctx, id, note)
}

// EndContactDraft says that the contact ended now. It waits to be saved all the same.
//
// Problem: not_found.
func (c *Casework) EndContactDraft(ctx context.Context, id string) error {
	return c.library.EndContactDraft(ctx, id, c.instant())
}

// ContactDraft gives one draft, and what was typed of it so far.
//
// Problem: not_found.
func (c *Casework) ContactDraft(ctx context.Context, id string) (casefile.ContactDraft, LogContact, error) {
	draft, err := c.library.ContactDraft(ctx, id)
	if err != nil {
		return draft, LogContact{}, err
	}
	var typed LogContact
	err = json.Unmarshal(draft.Typed, &typed)
	return draft, typed, err
}

// ContactDrafts lists the drafts of a case, of all cases when caseID is empty, the one begun first first.
func (c *Casework) ContactDrafts(ctx context.Context, caseID string) ([]casefile.ContactDraft, error) {
	return c.library.ContactDrafts(ctx, caseID)
}

// DiscardContactDraft forgets a draft and its notes.
//
// Problem: not_found.
func (c *Casework) DiscardContactDraft(ctx context.Context, id string) error {
	return c.library.DropContactDraft(ctx, id)
}

// SaveContactDraft puts a draft on record as one contact, and forgets it in the same moment. n is all that is typed of
// it. It happened when the draft began, and until it was ended, unless n has another time. Its notes go behind the
// summary, each with its clock, unless withoutNotes; a contact with notes rests on them unless n says something else.
//
// Problems: not_found, and those of LogContact.
func (c *Casework) SaveContactDraft(ctx context.Context, id string, n LogContact, withoutNotes bool) (Logged, error) {
	if err := c.requireRepeated(ctx, n); err != nil {
		return Logged{}, err
	}
	var logged Logged
	err := c.library.AppendDraft(ctx, id, func(draft casefile.ContactDraft, known library.Known) ([]library.Draft, error) {
		o := &operation{known: known}
		saved := n
		saved.CaseID = draft.CaseID
		location := o.location(&saved)
		saved.clock(draft, location)
		if !withoutNotes {
			saved.addNotes(draft.Notes, location)
		}
		logged = c.logContact(o, saved)
		return o.drafts, o.wrongs()
	})
	if err != nil {
		return Logged{}, err
	}
	return logged, nil
}

// location is the zone that a contact's clock is told in: its own, else the case's.
func (o *operation) location(n *LogContact) *time.Location {
	if n.Zone == "" {
		n.Zone = o.known.Case.Zone
	}
	location, err := time.LoadLocation(n.Zone)
	if err != nil {
		o.wrong(problem.NoSuchZone, problem.Values{"field": "zone", "value": n.Zone})
		return time.UTC
	}
	return location
}

// clock takes over when the draft began and ended, for what was not typed.
func (n *LogContact) clock(draft casefile.ContactDraft, location *time.Location) {
	if n.When != "" {
		return
	}
	began := draft.BeganAt.In(location)
	n.When, n.Offset = began.Format(wallMinute), began.Format("-07:00")
	if n.End == "" && draft.EndedAt != nil {
		n.End = draft.EndedAt.In(location).Format(wallMinute)
	}
}

const wallMinute = "2006-01-02T15:04"

// addNotes sets the notes behind the summary, a line each with its clock.
func (n *LogContact) addNotes(notes []casefile.DraftNote, location *time.Location) {
	if len(notes) == 0 {
		return
	}
	lines := make([]string, len(notes))
	for i, note := range notes {
		lines[i] = note.At.In(location).Format("15:04") + " " + note.Text
	}
	text := strings.Join(lines, "\n")
	if n.Summary != "" {
		text = n.Summary + "\n\n" + text
	}
	n.Summary = text
	if n.Basis == "" {
		n.Basis = casefile.Note
	}
}

// Over gives what was typed earlier with what is typed now in the place of it, field by field.
func (n LogContact) Over(earlier LogContact) (LogContact, error) {
	before, err := members(earlier)
	if err != nil {
		return LogContact{}, err
	}
	now, err := members(n)
	if err != nil {
		return LogContact{}, err
	}
	maps.Copy(before, now)
	text, err := json.Marshal(before)
	if err != nil {
		return LogContact{}, err
	}
	var both LogContact
	err = json.Unmarshal(text, &both)
	return both, err
}

// instant is the time now as drafts keep it.
func (c *Casework) instant() time.Time { return c.Now().UTC().Truncate(time.Millisecond) }
