package app

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dateentry"
	"constancia/internal/problem"
)

// Many is what the page does with many contacts at once.
type Many struct{ desk *desk }

// mostRows are put on record together: more than anybody looks through in one go.
const mostRows = 500

// Read tells what is understood of each row, and what is wrong with it. Nothing is written.
func (s *Many) Read(input ManyInput) (read []ManyRowRead, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	r, err := readRows(s.desk, work, input)
	if err != nil {
		return nil, err
	}
	if len(r.contacts) > 0 {
		r.note(work.CheckContacts(s.desk.ctx, casework.LogContacts{CaseID: input.CaseID, Contacts: r.contacts}))
	}
	return r.read, nil
}

// Save puts all rows on record as one act, with the logs they were read from, or none of it.
func (s *Many) Save(input ManyInput) (saved ManySaved, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return ManySaved{}, err
	}
	r, err := readRows(s.desk, work, input)
	if err != nil {
		return ManySaved{}, err
	}
	if len(r.contacts) > 0 {
		r.note(work.CheckContacts(s.desk.ctx, casework.LogContacts{CaseID: input.CaseID, Contacts: r.contacts}))
	}
	if err := r.wrongs(); err != nil {
		return ManySaved{}, err
	}
	files, err := s.desk.callLogs.files(input.LogIDs, s.desk.texts().Text("calllog.shows"))
	if err != nil {
		return ManySaved{}, err
	}
	logged, err := work.LogContacts(s.desk.ctx, casework.LogContacts{CaseID: input.CaseID, Contacts: r.contacts, Files: files})
	if err != nil {
		return ManySaved{}, err
	}
	saved.ContactIDs = make([]string, len(logged.Contacts))
	for i, contact := range logged.Contacts {
		saved.ContactIDs[i] = contact.ID
	}
	s.desk.callLogs.forget(input.LogIDs)
	return saved, nil
}

// rowsReader makes contacts of rows.
type rowsReader struct {
	work  *casework.Casework
	input ManyInput
	// parties are the companies of the case.
	parties []casefile.Party
	read    []ManyRowRead
	// contacts are those of the rows that could be read, and rowOf says which row each is from.
	contacts []casework.LogContact
	rowOf    []int
	// company and when are those of the row above.
	company, when string
}

func readRows(d *desk, work *casework.Casework, input ManyInput) (*rowsReader, error) {
	if len(input.Rows) > mostRows {
		return nil, problem.New(problem.LogTooLarge, problem.Values{"limit": strconv.Itoa(mostRows)})
	}
	file, err := work.CaseFile(d.ctx, input.CaseID)
	if err != nil {
		return nil, err
	}
	r := &rowsReader{work: work, input: input, read: make([]ManyRowRead, len(input.Rows))}
	for _, party := range file.Parties {
		r.parties = append(r.parties, party.Value)
	}
	if len(r.parties) == 1 {
		r.company = r.parties[0].Name
	}
	for at, row := range input.Rows {
		r.row(at, row)
	}
	return r, nil
}

// row reads one row. The company and the year that it leaves out are those of the row above.
func (r *rowsReader) row(at int, row ManyRow) {
	var wrong problems
	contact, read := r.contact(row, &wrong)
	read.Blank = isBlank(row)
	read.Problems = map[string]fieldFailure{}
	if !read.Blank {
		for _, found := range wrong {
			addProblem(read.Problems, found)
		}
		if len(wrong) == 0 {
			r.contacts, r.rowOf = append(r.contacts, contact), append(r.rowOf, at)
		}
	}
	r.read[at] = read
}

func (r *rowsReader) contact(row ManyRow, wrong *problems) (casework.LogContact, ManyRowRead) {
	var read ManyRowRead
	var err error
	if company := strings.TrimSpace(row.Company); company != "" {
		r.company = company
	}
	read.Company = r.company
	read.When, err = r.work.ReadDate(row.When, r.input.Zone, dateentry.Happened, r.when)
	wrong.noteField("when", err)
	if err == nil {
		wrong.require("when", row.When)
	}
	if read.When != "" {
		r.when = read.When
	}
	read.Due, err = r.work.ReadDate(row.Due, r.input.Zone, dateentry.Due, read.When)
	wrong.noteField("due", err)
	channel, direction, err := typedChannel(row.Channel)
	wrong.note(err)
	if row.Direction != "" {
		direction = casefile.Direction(row.Direction)
	}
	read.Channel, read.Direction = string(channel), string(direction)
	hold, err := typedDuration("hold", row.Hold)
	wrong.note(err)
	length, err := typedDuration("hold", row.Length)
	wrong.note(err)
	contact := casework.LogContact{
		CaseID: r.input.CaseID, Company: read.Company, When: read.When, Zone: r.input.Zone, Direction: direction, Channel: channel,
		People: typedPeople(row.Who), Transfers: typedPassings(row.Who), HoldSeconds: hold, Number: row.Number, Summary: row.What, SentTo: row.SentTo, Basis: r.basisOf(row),
	}
	contact.End, contact.TalkSeconds = endOf(read.When, length, hold)
	if row.Promise != "" || read.Due != "" {
		contact.Promises = []casework.MakePromise{{What: row.Promise, Due: read.Due}}
	}
	return contact, read
}

func (r *rowsReader) basisOf(row ManyRow) casefile.Basis {
	if row.Basis != "" {
		return casefile.Basis(row.Basis)
	}
	return casefile.Basis(r.input.Basis)
}

func isBlank(row ManyRow) bool {
	return strings.TrimSpace(row.When+row.Company+row.Channel+row.Who+row.Hold+row.What+row.SentTo+row.Promise+row.Due) == ""
}

// note puts what casework refuses at the rows and cells it is about.
func (r *rowsReader) note(err error) {
	var wrong problems
	wrong.noteAll(err)
	for _, found := range wrong {
		place, badRow := strconv.Atoi(found.Values["row"])
		if badRow != nil || place >= len(r.rowOf) {
			place = 0
		}
		addProblem(r.read[r.rowOf[place]].Problems, found)
	}
}

// cells are the cells of the grid for casework's fields, where they are not called the same.
var cells = map[string]string{"person": "who", "position": "who", "summary": "what", "offset": "when", "end": "when", "precision": "when", "talk": "hold", "number": "when", "sent_to": "sentTo", "transfers": "who"}

func addProblem(to map[string]fieldFailure, found *problem.Problem) {
	cell := found.Values["field"]
	if found.Values["promise"] != "" && cell == "what" {
		cell = "promise"
	} else if named, ok := cells[cell]; ok {
		cell = named
	}
	if _, said := to[cell]; !said {
		to[cell] = fieldFailure{Code: found.Code, Values: found.Values}
	}
}

// wrongs is everything that is wrong with the rows as one error, each with its row and cell.
func (r *rowsReader) wrongs() error {
	var wrong problems
	for at, read := range r.read {
		for _, cell := range slices.Sorted(maps.Keys(read.Problems)) {
			values := problem.Values{}
			maps.Copy(values, read.Problems[cell].Values)
			values["field"], values["row"] = cell, strconv.Itoa(at)
			delete(values, "promise")
			wrong.note(problem.New(read.Problems[cell].Code, values))
		}
	}
	if len(wrong) == 0 && len(r.contacts) == 0 {
		wrong.note(problem.New(problem.Missing, problem.Values{"field": "rows"}))
	}
	return wrong.joined()
}

// endOf is when a call ended that took so long, and how much of that was no waiting, when both are known. A log knows
// how long a call took, but not what of it was spent on hold.
func endOf(when string, length, hold *int64) (end string, talk *int64) {
	const minute = "2006-01-02T15:04"
	if length == nil || len(when) != len(minute) {
		return "", nil
	}
	if hold != nil && *hold <= *length {
		rest := *length - *hold
		talk = &rest
	}
	return addSeconds(when, *length), talk
}

// lengthOf writes seconds as typedDuration reads them.
func lengthOf(seconds *int64) string {
	if seconds == nil {
		return ""
	}
	return fmt.Sprintf("%d:%02d", *seconds/60, *seconds%60)
}
