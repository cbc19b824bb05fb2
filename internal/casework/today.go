package casework

import (
	"context"
	"encoding/json"
	"time"

	"constancia/internal/casefile"
)

// Today is what needs the person across all cases, and what companies owe them.
type Today struct {
	casefile.Agenda
	// Files are what the agenda was made from, by case.
	Files map[string]casefile.CaseFile
	// Unfinished are contacts that were begun and neither put on record nor thrown away, the one begun first first.
	Unfinished []Unfinished
	Backup     BackupReminder
	// Surprised says that the record is not what it was when it was last open on this computer.
	Surprised bool
}

// Unfinished is a contact that was begun.
type Unfinished struct {
	DraftID string
	// CaseID and Company are empty while they were not said. Company is the name of one.
	CaseID    string
	CaseTitle string
	Company   string
	BeganAt   time.Time
	// Ended says that it is over and only waits to be saved.
	Ended bool
}

// Today looks over all cases as of now. However many emails and contacts they have, it reads promises and little else.
func (c *Casework) Today(ctx context.Context) (Today, error) {
	files, err := c.library.AgendaFiles(ctx)
	if err != nil {
		return Today{}, err
	}
	today := Today{
		Agenda: casefile.AgendaOf(files, c.Now()), Files: map[string]casefile.CaseFile{}, Surprised: c.Surprised()}
	for _, file := range files {
		today.Files[file.Case.ID] = file
	}
	drafts, err := c.library.ContactDrafts(ctx, "")
	if err != nil {
		return Today{}, err
	}
	for _, draft := range drafts {
		today.Unfinished = append(today.Unfinished, unfinishedOf(draft, today.Files[draft.CaseID]))
	}
	today.Backup, err = c.BackupDue(ctx)
	return today, err
}

func unfinishedOf(draft casefile.ContactDraft, file casefile.CaseFile) Unfinished {
	var typed LogContact
	_ = json.Unmarshal(draft.Typed, &typed) // what can't be read says no company
	unfinished := Unfinished{
		DraftID: draft.ID, CaseID: draft.CaseID, CaseTitle: file.Case.Title, Company: typed.Company,
		BeganAt: draft.BeganAt, Ended: draft.EndedAt != nil}
	for _, party := range file.Parties {
		if party.Value.ID == typed.Company || typed.Company == "" && len(file.Parties) == 1 {
			unfinished.Company = party.Value.Name
		}
	}
	return unfinished
}
