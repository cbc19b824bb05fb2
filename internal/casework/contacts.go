package casework

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"constancia/internal/dateentry"
	"constancia/internal/problem"
)

// LogContacts are many contacts to put on record together, that happened before: written down from memory, or read from
// a phone's log. What happened in one may not be known any more; when it was has to be.
type LogContacts struct {
	CaseID   string
	Contacts []LogContact
	// Files are kept as evidence with them: what they were read from.
	Files []EvidenceFile
}

// EvidenceFile is a file to keep as evidence.
type EvidenceFile struct {
	Path  string
	Shows string
}

// LoggedContacts names what came of logging many contacts.
type LoggedContacts struct {
	Contacts []Logged `json:"contacts"`
	Evidence []Added  `json:"evidence"`
}

// LogContacts puts many contacts on record as one operation, with the files they were read from: all of it, or nothing
// when something is wrong with any of them. What is wrong says in which contact, counted from 0, as row.
//
// Problems: not_found, missing, and those of LogContact and of AddEvidenceFile.
func (c *Casework) LogContacts(ctx context.Context, n LogContacts) (LoggedContacts, error) {
	if len(n.Contacts) == 0 {
		return LoggedContacts{}, problem.New(problem.Missing, problem.Values{"field": "contacts"})
	}
	for row, contact := range n.Contacts {
		contact.CaseID = n.CaseID
		if err := c.requireRepeated(ctx, contact); err != nil {
			return LoggedContacts{}, inRow(err, row)
		}
	}
	// What was typed is checked before the first byte is kept.
	if len(n.Files) > 0 {
		if err := c.CheckContacts(ctx, n); err != nil {
			return LoggedContacts{}, err
		}
	}
	evidence := make([]AddEvidence, len(n.Files))
	files := make([]kept, len(n.Files))
	for i, file := range n.Files {
		var err error
		evidence[i] = AddEvidence{CaseID: n.CaseID, FileName: filepath.Base(file.Path), Shows: file.Shows}
		if files[i], err = c.keepFile(ctx, file.Path, evidence[i]); err != nil {
			return LoggedContacts{}, err
		}
	}
	logged := LoggedContacts{Evidence: []Added{}}
	err := c.record(ctx, n.CaseID, func(o *operation) {
		logged.Contacts = c.logContacts(o, n)
		logged.Evidence = logged.Evidence[:0]
		for i, file := range files {
			logged.Evidence = append(logged.Evidence, c.addKept(o, evidence[i], file))
		}
	})
	if err != nil {
		return LoggedContacts{}, err
	}
	return logged, nil
}

// CheckContacts finds what LogContacts would refuse of the contacts, and writes nothing.
//
// Problems: as of LogContacts.
func (c *Casework) CheckContacts(ctx context.Context, n LogContacts) error {
	return c.check(ctx, n.CaseID, func(o *operation) { c.logContacts(o, n) })
}

func (c *Casework) logContacts(o *operation, n LogContacts) []Logged {
	logged := make([]Logged, len(n.Contacts))
	for row, contact := range n.Contacts {
		before := len(o.problems)
		contact.brief = true
		if contact.When == "" { // a contact by itself is of now then; one of many would be a slip
			o.wrong(problem.Missing, problem.Values{"field": "when"})
		}
		logged[row] = c.logContact(o, contact)
		for _, found := range o.problems[before:] {
			found.Values["row"] = strconv.Itoa(row)
		}
	}
	return logged
}

func inRow(err error, row int) error {
	found := *problem.From(err)
	values := problem.Values{"row": strconv.Itoa(row)}
	for name, value := range found.Values {
		values[name] = value
	}
	found.Values = values
	return &found
}

func (c *Casework) keepFile(ctx context.Context, path string, n AddEvidence) (kept, error) {
	file, err := openFile(path)
	if err != nil {
		return kept{}, err
	}
	defer func() { _ = file.Close() }()
	n.Content = file
	return c.keep(ctx, n)
}

// ReadDate reads a day or time as a person types it, in any of the languages, and gives the wall time that it means: as
// much as is known of YYYY-MM-DDTHH:MM. Show it to them in words before it is put on record. See [dateentry.Read].
//
// Problems: no_such_zone, not_a_date, no_such_date, weekday_differs, due_needs_day.
func (c *Casework) ReadDate(typed, zone string, sense dateentry.Sense, beside string) (string, error) {
	location, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		return "", problem.New(problem.NoSuchZone, problem.Values{"value": zone})
	}
	// Dates are reckoned as those of the wall clock, without a zone.
	local := c.Now().In(location)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)
	return dateentry.Read(typed, dateentry.Asked{Sense: sense, Now: wall, Beside: beside})
}
