package app

import (
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/phonelog"
)

// CallLogs are what the page does with the logs of phones and operators: their calls become rows of the grid.
type CallLogs struct{ desk *desk }

// Choose asks for a file with the system's dialog and reads it; without an id when the person thought better of it.
func (s *CallLogs) Choose(zone string) (log CallLog, err error) {
	defer guard(&err)
	paths, err := s.desk.dialogs.openFiles(s.desk.texts().Text("calllog.choose"))
	if err != nil || len(paths) == 0 {
		return CallLog{Header: []string{}, Columns: []string{}, Fields: []string{}, Sample: [][]string{}}, err
	}
	return s.desk.callLogs.open(paths[0], zone)
}

// Columns says what the columns of a table are.
func (s *CallLogs) Columns(id string, columns []string) (log CallLog, err error) {
	defer guard(&err)
	return s.desk.callLogs.name(id, columns)
}

// Numbers lists the numbers in a log, those that seem to be a company's of the case first. words search among them.
func (s *CallLogs) Numbers(id, caseID, words string) (numbers []CallNumber, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	file, err := work.CaseFile(s.desk.ctx, caseID)
	if err != nil {
		return nil, err
	}
	return s.desk.callLogs.numbers(id, words, whoseNumber(file))
}

// whoseNumber guesses the company of a call: by a number that it was reached at before, or by the name that the person
// gave the number.
func whoseNumber(file casefile.CaseFile) func(phonelog.Entry) string {
	names := map[string]string{}
	for _, party := range file.Parties {
		names[party.Value.ID] = party.Value.Name
	}
	known := map[string]string{}
	for _, contact := range file.Contacts {
		if key := phonelog.Key(contact.Value.Number); key != "" {
			known[key] = names[contact.Value.PartyID]
		}
	}
	return func(entry phonelog.Entry) string {
		if company := known[phonelog.Key(entry.Number)]; company != "" {
			return company
		}
		name := foldWords(entry.Name)
		for _, party := range file.Parties {
			company := foldWords(party.Value.Name)
			if name != "" && (strings.Contains(name, company) || len(name) > 3 && strings.Contains(company, name)) {
				return party.Value.Name
			}
		}
		return ""
	}
}

// Rows gives the chosen calls as rows of the grid, oldest first.
func (s *CallLogs) Rows(id string, choices []CallChoice) (rows CallRows, err error) {
	defer guard(&err)
	entries, isTable, err := s.desk.callLogs.chosen(id, choices)
	if err != nil {
		return CallRows{}, err
	}
	rows.Rows = []ManyRow{}
	for _, entry := range entries {
		if len(rows.Rows) == mostRows {
			rows.Left = int64(len(entries) - mostRows)
			break
		}
		rows.Rows = append(rows.Rows, s.row(entry, isTable))
	}
	return rows, nil
}

func (s *CallLogs) row(entry phonelog.Entry, isTable bool) ManyRow {
	row := ManyRow{
		When: asTyped(entry.When), Company: entry.Company, Channel: entry.Channel, Who: entry.Who, Hold: entry.Hold, What: entry.What,
		Promise: entry.Promise, Due: asTyped(entry.Due), Number: entry.Number, Length: lengthOf(entry.Seconds),
	}
	if !isTable || entry.Number != "" { // a table without numbers is the person's own
		row.Basis = string(casefile.PhoneLog)
	}
	switch entry.Direction {
	case phonelog.Incoming, phonelog.Missed:
		row.Direction = string(casefile.Incoming)
	case phonelog.Outgoing:
		row.Direction = string(casefile.Outgoing)
	case phonelog.UnknownDirection:
	}
	if entry.Direction == phonelog.Missed && row.What == "" {
		row.What = s.desk.texts().Text("calllog.missed")
	}
	return row
}

// asTyped writes a wall time as people do, day first; a text in words stays as it is.
func asTyped(wall string) string {
	for layout, people := range map[string]string{"2006-01-02T15:04": "2/1/2006 15:04", time.DateOnly: "2/1/2006"} {
		if at, err := time.Parse(layout, wall); err == nil {
			return at.Format(people)
		}
	}
	return wall
}
