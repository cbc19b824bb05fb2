package app

import (
	"encoding/json"
	"sync"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// Calls are what the page does with calls that go on.
type Calls struct {
	desk *desk

	mu sync.Mutex
	// discarded are the drafts that were thrown away since the window opened, for second thoughts.
	discarded map[string]casefile.ContactDraft
}

// Begin keeps that a call begins now. The case is empty until it is known.
func (s *Calls) Begin(caseID string) (view CallView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CallView{}, err
	}
	draft, err := work.BeginContactDraft(s.desk.ctx, casework.TypedContact{LogContact: casework.LogContact{CaseID: caseID}})
	if err != nil {
		return CallView{}, err
	}
	return callOf(draft, work.Now(), s.desk.location())
}

// List gives every call that is not on record yet, the one begun first first.
func (s *Calls) List() (views []CallView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	drafts, err := work.ContactDrafts(s.desk.ctx, "")
	if err != nil {
		return nil, err
	}
	views = make([]CallView, len(drafts))
	for i, draft := range drafts {
		if views[i], err = callOf(draft, work.Now(), s.desk.location()); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// Open gives one call.
func (s *Calls) Open(id string) (view CallView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CallView{}, err
	}
	draft, _, err := work.ContactDraft(s.desk.ctx, id)
	if err != nil {
		return CallView{}, err
	}
	return callOf(draft, work.Now(), s.desk.location())
}

// Keep remembers what is typed of a call by now. What can't be read yet is kept in the form alone.
func (s *Calls) Keep(id string, typed ContactInput, form string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	began, err := s.began(work, id)
	if err != nil {
		return err
	}
	var unread problems // half-typed fields are no failure
	contact, _ := contactOf(readDueDates(work, typed, began, &unread))
	kept := casework.TypedContact{LogContact: contact}
	if json.Valid([]byte(form)) {
		kept.Form = json.RawMessage(form)
	}
	return work.ChangeContactDraft(s.desk.ctx, id, kept)
}

// Note keeps a note with the clock as it is now.
func (s *Calls) Note(id, text string) (note CallNote, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CallNote{}, err
	}
	kept, err := work.NoteInContactDraft(s.desk.ctx, id, text)
	if err != nil {
		return CallNote{}, err
	}
	return noteOf(kept, s.desk.location()), nil
}

// ChangeNote puts another text in the place of a note's; an empty one takes the note away.
func (s *Calls) ChangeNote(id string, number int64, text string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	return work.ChangeNoteInContactDraft(s.desk.ctx, id, number, text)
}

// End keeps when a call ended, an instant; empty is now. It gives the call as it is then.
func (s *Calls) End(id, at string) (view CallView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CallView{}, err
	}
	var ended time.Time
	if at != "" {
		if ended, err = time.Parse(time.RFC3339, at); err != nil {
			return CallView{}, problem.New(problem.NotADate, problem.Values{"field": "end", "value": at})
		}
	}
	if err := work.EndContactDraft(s.desk.ctx, id, ended); err != nil {
		return CallView{}, err
	}
	return s.Open(id)
}

// Resume goes on with a call that was ended.
func (s *Calls) Resume(id string) (view CallView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CallView{}, err
	}
	if err := work.ResumeContactDraft(s.desk.ctx, id); err != nil {
		return CallView{}, err
	}
	return s.Open(id)
}

// Save puts a call on record, in a case of its own if it is to begin one.
func (s *Calls) Save(id string, input CallInput) (saved SavedCall, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return SavedCall{}, err
	}
	began, err := s.began(work, id)
	if err != nil {
		return SavedCall{}, err
	}
	var wrong problems
	contact, err := contactOf(readDueDates(work, input.Contact, began, &wrong))
	wrong.noteAll(err)
	if err := wrong.joined(); err != nil {
		return SavedCall{}, err
	}
	logged, err := work.SaveContactDraft(s.desk.ctx, id, casework.SaveDraft{
		Contact: contact, NewCase: casework.NewCase{Title: input.NewCase, Zone: input.Contact.Zone}})
	if err != nil {
		return SavedCall{}, err
	}
	return SavedCall{
		CaseID: logged.CaseID, ContactID: logged.ID, EntryIDs: append([]string{logged.ID}, logged.PromiseIDs...)}, nil
}

// began is the wall time at which a call began: what is promised in it is due from then on.
func (s *Calls) began(work *casework.Casework, id string) (string, error) {
	draft, _, err := work.ContactDraft(s.desk.ctx, id)
	return draft.BeganAt.In(s.desk.location()).Format(wallMinute), err
}

// Discard throws a call away.
func (s *Calls) Discard(id string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	draft, err := work.DiscardContactDraft(s.desk.ctx, id)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.discarded == nil {
		s.discarded = map[string]casefile.ContactDraft{}
	}
	s.discarded[id] = draft
	return nil
}

// Restore brings a call back that was thrown away since the window opened.
func (s *Calls) Restore(id string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	draft, thrown := s.discarded[id]
	if !thrown {
		return notFound("draft", id)
	}
	if err := work.KeepContactDraft(s.desk.ctx, draft); err != nil {
		return err
	}
	delete(s.discarded, id)
	return nil
}

// callOf is a draft as the page shows it.
func callOf(draft casefile.ContactDraft, now time.Time, zone *time.Location) (CallView, error) {
	var typed casework.TypedContact
	if err := json.Unmarshal(draft.Typed, &typed); err != nil {
		return CallView{}, err
	}
	view := CallView{
		ID: draft.ID, CaseID: draft.CaseID, BeganAt: instantOf(draft.BeganAt), Now: instantOf(now),
		Began: draft.BeganAt.In(zone).Format(wallMinute), Notes: make([]CallNote, len(draft.Notes)),
		Form: string(typed.Form), Typed: inputOf(typed.LogContact),
	}
	if draft.EndedAt != nil {
		view.EndedAt = instantOf(*draft.EndedAt)
	}
	for i, note := range draft.Notes {
		view.Notes[i] = noteOf(note, zone)
	}
	return view, nil
}

func noteOf(note casefile.DraftNote, zone *time.Location) CallNote {
	return CallNote{Number: note.Number, At: instantOf(note.At), Clock: note.At.In(zone).Format("15:04"), Text: note.Text}
}

func instantOf(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// inputOf is what was read of a contact, as the page would have it typed.
func inputOf(contact casework.LogContact) ContactInput {
	input := ContactInput{
		CaseID: contact.CaseID, Company: contact.Company, Role: string(contact.Role),
		When: contact.When, Zone: contact.Zone, Offset: contact.Offset,
		Direction: string(contact.Direction), Channel: string(contact.Channel), People: []PersonInput{},
		Hold: durationTyped(contact.HoldSeconds), Talk: durationTyped(contact.TalkSeconds), Transfers: countTyped(contact.Transfers),
		Retold: countTyped(contact.Retold), SentTo: contact.SentTo,
		Number: contact.Number, CompanyReference: contact.CompanyReference, Summary: contact.Summary, Verbatim: contact.Verbatim,
		Failures: words(contact.Failures), Supervisor: string(contact.Supervisor), MadeBy: contact.MadeBy,
		Basis: string(contact.Basis), Promises: []PromiseTerms{},
	}
	for _, person := range contact.People {
		input.People = append(input.People, PersonInput(person))
	}
	for _, promise := range contact.Promises {
		terms := PromiseTerms{What: promise.What, Due: promise.Due, RepeatsID: promise.RepeatsID}
		terms.Amount, terms.Currency = moneyTyped(promise.Amount)
		input.Promises = append(input.Promises, terms)
	}
	return input
}
