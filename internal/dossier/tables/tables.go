// Package tables gives the chronology, the promises and the deadlines of a case to other programs: as CSV, JSON and
// iCalendar. Nothing here reads a clock, a file or a network.
package tables

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// Subject is which table.
type Subject string

// The tables.
const (
	Chronology Subject = "chronology" // contacts, and emails that are none
	Promises   Subject = "promises"
	Deadlines  Subject = "deadlines" // what the companies still owe, by when
)

// Subjects lists the tables.
func Subjects() []Subject { return []Subject{Chronology, Promises, Deadlines} }

// Table is a table of a case. Columns are names for programs, the same in every language.
type Table struct {
	Subject Subject
	Columns []string
	Rows    [][]string
	// events are the same rows for a calendar.
	events []event
}

// Of makes a table of a case as it stands at now. What is told in words is in the language of words.
func Of(file casefile.CaseFile, subject Subject, now time.Time, words *i18n.Texts) Table {
	maker := maker{file: file, words: words, tags: dossier.Tags(file), parties: map[string]string{}, people: map[string]string{}}
	for _, party := range file.Parties {
		maker.parties[party.Value.ID] = party.Value.Name
	}
	for _, person := range file.People {
		maker.people[person.Value.ID] = person.Value.Name
	}
	switch subject {
	case Promises:
		return maker.promises(now)
	case Deadlines:
		return maker.deadlines(now)
	}
	return maker.chronology()
}

type maker struct {
	file            casefile.CaseFile
	words           *i18n.Texts
	tags            map[string]dossier.Tag
	parties, people map[string]string
}

func (m maker) chronology() Table {
	table := Table{Subject: Chronology, Columns: []string{"number", "when", "precision", "zone", "direction", "channel", "company", "people",
		"hold_seconds", "talk_seconds", "transfers", "phone_number", "company_reference", "made_by", "summary", "verbatim", "failures",
		"supervisor", "basis", "recorded_at", "id"}}
	for _, one := range m.file.Contacts {
		c := one.Value
		table.Rows = append(table.Rows, []string{string(m.tags[c.ID]), wall(c.OccurredAt), string(c.OccurredAt.Precision), c.OccurredAt.Zone,
			string(c.Direction), string(c.Channel), m.parties[c.PartyID], m.names(c.PersonIDs), seconds(c.HoldSeconds), seconds(c.TalkSeconds),
			strconv.FormatInt(c.Transfers, 10), c.Number, c.CompanyReference, c.MadeBy, c.Summary, c.Verbatim, codes(c.Failures),
			string(c.Supervisor), string(c.Basis), one.Entry.RecordedAt.UTC().Format(time.RFC3339), c.ID})
		table.events = append(table.events, m.contactEvent(c))
	}
	for one := range m.file.Unlinked() {
		message := one.Value
		origin := m.file.OriginOf(message.Reading)
		table.Rows = append(table.Rows, []string{string(m.tags[message.ID]), message.Reading.Date, "", "", string(origin.Direction), string(casefile.Email), m.parties[origin.PartyID],
			casefile.MailboxList(message.Reading.From), "", "", "", "", "", "", message.Reading.Subject, "", "", "", "",
			one.Entry.RecordedAt.UTC().Format(time.RFC3339), message.ID})
		if at, err := time.Parse(time.RFC3339, message.Reading.Date); err == nil {
			table.events = append(table.events, event{id: message.ID, start: at, summary: string(m.tags[message.ID]) + " " + message.Reading.Subject,
				description: casefile.MailboxList(message.Reading.From)})
		}
	}
	return table
}

func (m maker) contactEvent(c casefile.Contact) event {
	told := event{id: c.ID, start: c.OccurredAt.Earliest(), description: strings.Trim(c.Summary+"\n\n"+c.Verbatim, "\n"),
		summary: fmt.Sprintf("%s %s · %s", m.tags[c.ID], m.words.Text("term.channel."+string(c.Channel)), m.parties[c.PartyID])}
	switch c.OccurredAt.Precision {
	case casefile.Minute:
		for _, part := range []*int64{c.HoldSeconds, c.TalkSeconds} {
			if part != nil {
				told.length += time.Duration(*part) * time.Second
			}
		}
	case casefile.Hour:
		told.length = time.Hour
	default:
		told.start, told.wholeDay = c.OccurredAt.In(), true
	}
	return told
}

func (m maker) promises(now time.Time) Table {
	table := Table{Subject: Promises, Columns: []string{"number", "what", "company", "person", "made", "due", "due_time", "due_zone", "state",
		"ended", "days_late", "times_promised_before", "amount", "currency", "made_in", "note", "id"}}
	for _, status := range m.file.PromiseStatuses(now) {
		p := status.Promise.Value
		row := []string{string(m.tags[p.ID]), p.What, m.parties[p.PartyID], m.people[p.PersonID], wall(p.MadeAt), "", "", "", string(status.State),
			"", strconv.FormatInt(status.DaysLate, 10), strconv.FormatInt(status.Repeats(), 10), "", "",
			string(cmp.Or(m.tags[p.ContactID], m.tags[p.MessageID])), "", p.ID}
		if p.Due != nil {
			row[5], row[6], row[7] = p.Due.Date, p.Due.Time, p.Due.Zone
			table.events = append(table.events, m.dueEvent(p.ID, *p.Due, m.promiseTitle(p)))
		}
		if status.Settlement != nil {
			row[15] = status.Settlement.Value.Note
			if on := status.Settlement.Value.On; on != nil {
				row[9] = on.Date
			}
		}
		row[12], row[13] = amount(p.Amount)
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (m maker) promiseTitle(p casefile.Promise) string {
	return fmt.Sprintf("%s %s: %s", m.tags[p.ID], m.parties[p.PartyID], p.What)
}

// deadlines are what the companies still owe, the first due first; what was given no date comes last.
func (m maker) deadlines(now time.Time) Table {
	table := Table{Subject: Deadlines, Columns: []string{"due", "due_time", "due_zone", "days_late", "what", "company", "number", "id"}}
	agenda := casefile.AgendaOf([]casefile.CaseFile{m.file}, now)
	for _, list := range [][]casefile.AgendaItem{agenda.Late, agenda.ThisWeek, agenda.Waiting} {
		for _, item := range list {
			var companies []string
			for _, party := range item.Parties {
				companies = append(companies, party.Name)
			}
			what, number, id := m.words.Text("tables.answer", i18n.Values{"title": item.Case.Title}), "", item.Case.ID
			if item.Promise != nil {
				p := item.Promise.Promise.Value
				what, number, id = p.What, string(m.tags[p.ID]), p.ID
			}
			row := []string{"", "", "", strconv.FormatInt(item.DaysLate, 10), what, strings.Join(companies, "; "), number, id}
			if item.Due != nil {
				row[0], row[1], row[2] = item.Due.Date, item.Due.Time, item.Due.Zone
				title := strings.TrimPrefix(fmt.Sprintf("%s %s: %s", number, strings.Join(companies, ", "), what), " ")
				table.events = append(table.events, m.dueEvent(id, *item.Due, title))
			}
			table.Rows = append(table.Rows, row)
		}
	}
	return table
}

func (m maker) dueEvent(id string, due casefile.Due, title string) event {
	told := event{id: id, summary: title, description: m.file.Case.Title, wholeDay: due.Time == ""}
	if told.wholeDay {
		told.start, _ = time.Parse(time.DateOnly, due.Date)
		return told
	}
	told.start = due.Deadline().Add(-time.Minute) // which is when the minute is over
	return told
}

func (m maker) names(ids []string) string {
	var names []string
	for _, id := range ids {
		if name := m.people[id]; name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, "; ")
}

// wall is a time as exactly as it is known, with its offset where it has an hour.
func wall(when casefile.When) string {
	at := when.In()
	switch when.Precision {
	case casefile.Year:
		return at.Format("2006")
	case casefile.Month:
		return at.Format("2006-01")
	case casefile.Day:
		return at.Format(time.DateOnly)
	}
	return at.Format("2006-01-02T15:04-07:00")
}

func seconds(value *int64) string {
	if value == nil {
		return ""
	}
	return strconv.FormatInt(*value, 10)
}

// amount is in the currency's minor units.
func amount(money *casefile.Money) (minor, currency string) {
	if money == nil {
		return "", ""
	}
	return strconv.FormatInt(money.Minor, 10), money.Currency
}

func codes[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = string(one)
	}
	return strings.Join(texts, "; ")
}
