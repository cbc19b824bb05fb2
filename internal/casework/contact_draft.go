package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// TypedContact is what is typed of a contact by now: what can be read of it, and the whole form as the window shows it.
type TypedContact struct {
	LogContact
	// Form is the window's own, as JSON: what stands half-typed in its fields. Nothing else reads it.
	Form json.RawMessage `json:"form,omitempty"`
}

// BeginContactDraft keeps a contact that begins now, with what is typed of it so far: nothing of that has to be right
// yet, and the case may be chosen later. It is durable when it returns, and outside the record until it is saved.
//
// Problem: not_found for the case.
func (c *Casework) BeginContactDraft(ctx context.Context, n TypedContact) (casefile.ContactDraft, error) {
	if n.CaseID != "" {
		if err := c.check(ctx, n.CaseID, func(*operation) {}); err != nil {
			return casefile.ContactDraft{}, err
		}
	}
	typed, err := json.Marshal(n)
	if err != nil {
		return casefile.ContactDraft{}, err
	}
	draft := casefile.ContactDraft{
		ID: library.NewID(), CaseID: n.CaseID, BeganAt: c.instant(), Typed: typed, Notes: []casefile.DraftNote{}}
	return draft, c.library.AddContactDraft(ctx, draft)
}

// ChangeContactDraft keeps what is typed of a contact by now, in the place of what was typed before. Without a case it
// stays in the one it had.
//
// Problem: not_found.
func (c *Casework) ChangeContactDraft(ctx context.Context, id string, n TypedContact) error {
	typed, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return c.library.ChangeContactDraft(ctx, id, n.CaseID, typed)
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
	var err error
	note.Number, err = c.library.AddDraftNote(ctx, id, note)
	return note, err
}

// ChangeNoteInContactDraft puts another text in the place of a note's, which keeps its clock; an empty one takes the note
// away.
//
// Problems: not_found, text_too_long.
func (c *Casework) ChangeNoteInContactDraft(ctx context.Context, id string, number int64, text string) error {
	o := &operation{}
	text = o.text("note", text)
	if err := o.wrongs(); err != nil {
		return err
	}
	if text == "" {
		return c.library.DropDraftNote(ctx, id, number)
	}
	return c.library.ChangeDraftNote(ctx, id, number, text)
}

// EndContactDraft says when the contact ended: at a time between its beginning and now, or now when at is zero. It waits
// to be saved all the same.
//
// Problems: not_found, not_a_date, time_in_future.
func (c *Casework) EndContactDraft(ctx context.Context, id string, at time.Time) error {
	if at.IsZero() {
		at = c.instant()
	}
	draft, err := c.library.ContactDraft(ctx, id)
	if err != nil {
		return err
	}
	o := &operation{}
	typed := at.UTC().Format(time.RFC3339)
	o.notAfter(c.Now(), "end", typed, at)
	if at.Before(draft.BeganAt.Truncate(time.Minute)) {
		o.wrong(problem.NotADate, problem.Values{"field": "end", "value": typed})
	}
	if err := o.wrongs(); err != nil {
		return err
	}
	at = at.UTC().Truncate(time.Millisecond)
	return c.library.EndContactDraft(ctx, id, &at)
}

// ResumeContactDraft says that the contact goes on after all.
//
// Problem: not_found.
func (c *Casework) ResumeContactDraft(ctx context.Context, id string) error {
	return c.library.EndContactDraft(ctx, id, nil)
}

// ContactDraft gives one draft, and what was typed of it so far.
//
// Problem: not_found.
func (c *Casework) ContactDraft(ctx context.Context, id string) (casefile.ContactDraft, TypedContact, error) {
	draft, err := c.library.ContactDraft(ctx, id)
	if err != nil {
		return draft, TypedContact{}, err
	}
	var typed TypedContact
	err = json.Unmarshal(draft.Typed, &typed)
	return draft, typed, err
}

// ContactDrafts lists the drafts of a case, of all cases when caseID is empty, the one begun first first.
func (c *Casework) ContactDrafts(ctx context.Context, caseID string) ([]casefile.ContactDraft, error) {
	return c.library.ContactDrafts(ctx, caseID)
}

// DiscardContactDraft forgets a draft and its notes, and gives them: [Casework.KeepContactDraft] puts them back.
//
// Problem: not_found.
func (c *Casework) DiscardContactDraft(ctx context.Context, id string) (casefile.ContactDraft, error) {
	draft, err := c.library.ContactDraft(ctx, id)
	if err != nil {
		return draft, err
	}
	return draft, c.library.DropContactDraft(ctx, id)
}

// KeepContactDraft puts a draft back as it was when it was discarded.
func (c *Casework) KeepContactDraft(ctx context.Context, draft casefile.ContactDraft) error {
	return c.library.AddContactDraft(ctx, draft)
}

// SaveDraft says how a draft becomes a contact.
type SaveDraft struct {
	// Contact is all that is typed of it. Without a case it goes to the draft's.
	Contact LogContact
	// NewCase begins a case for it, of the contact's company, when it has a title.
	NewCase NewCase
	// WithoutNotes leaves the notes out.
	WithoutNotes bool
}

// SaveContactDraft puts a draft on record as one contact, and forgets it in the same moment. It happened when the draft
// began, and until it was ended, unless the contact has another time. Its notes go behind the summary, each with its
// clock; a contact with notes rests on them unless it says something else.
//
// Problems: not_found, missing for the case, and those of LogContact and NewCase.
func (c *Casework) SaveContactDraft(ctx context.Context, id string, n SaveDraft) (Logged, error) {
	draft, err := c.library.ContactDraft(ctx, id)
	if err != nil {
		return Logged{}, err
	}
	n.Contact.CaseID = cmp.Or(n.Contact.CaseID, draft.CaseID)
	if err := c.requireRepeated(ctx, n.Contact); err != nil {
		return Logged{}, err
	}
	var logged Logged
	err = c.library.AppendDraft(ctx, id, func(draft casefile.ContactDraft, known library.LookUp) ([]library.Draft, error) {
		o, err := c.caseOfDraft(n, known)
		if err != nil {
			return nil, err
		}
		saved := n.Contact
		location := o.location(&saved)
		saved.clock(draft, location)
		if !n.WithoutNotes {
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

// caseOfDraft begins the operation in the case that is chosen, or in a new one.
func (c *Casework) caseOfDraft(n SaveDraft, known library.LookUp) (*operation, error) {
	switch {
	case n.NewCase.Title != "":
		o := &operation{}
		c.beginCase(o, n.NewCase)
		return o, nil
	case n.Contact.CaseID == "":
		return nil, problem.New(problem.Missing, problem.Values{"field": string(record.KindCase)})
	}
	inCase, err := known(n.Contact.CaseID)
	return &operation{known: inCase}, err
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
