package casefile

import (
	"strings"
	"time"
)

// MonthFigures is what happened in one calendar month, where it happened.
type MonthFigures struct {
	Month       string // YYYY-MM
	Contacts    int64  // a message counts as one unless it is linked to a contact
	HoldSeconds int64
	// PromisesDue were to be kept in it, and PromisesNotKept of them are broken or overdue.
	PromisesDue, PromisesNotKept int64
}

// monthLayout is how a month is written.
const monthLayout = "2006-01"

// maxMonths is how many months are told apart: a slip of the pen must not make a thousand years of them.
const maxMonths = 1200

// Months tells what happened month by month, from the first contact or message to the last or to now, months without
// anything among them. What is known to the year only stands in its January. There is none in a case without contacts.
func (f CaseFile) Months(now time.Time) []MonthFigures {
	byMonth := map[string]*MonthFigures{}
	at := func(day string) *MonthFigures {
		month := day[:min(len(monthLayout), len(day))]
		if byMonth[month] == nil {
			byMonth[month] = &MonthFigures{Month: month}
		}
		return byMonth[month]
	}
	for _, contact := range f.Contacts {
		month := at(contact.Value.OccurredAt.Date())
		month.Contacts++
		month.HoldSeconds += seconds(contact.Value.HoldSeconds)
	}
	for message := range f.Unlinked() {
		if day, _, dated := strings.Cut(message.Value.Reading.Date, "T"); dated {
			at(day).Contacts++
		}
	}
	first, last := "", dayIn(now, f.Case.Zone)[:len(monthLayout)]
	for month := range byMonth {
		if first == "" || month < first {
			first = month
		}
		last = max(last, month)
	}
	if first == "" {
		return nil
	}
	for _, status := range f.PromiseStatuses(now) {
		due := status.Promise.Value.Due
		if due == nil || due.Date < first || due.Date[:len(monthLayout)] > last {
			continue
		}
		at(due.Date).PromisesDue++
		if status.NotKept() {
			at(due.Date).PromisesNotKept++
		}
	}
	return withoutGaps(first, last, byMonth)
}

// withoutGaps puts the months in order, the quiet ones among them; of more than maxMonths the last ones.
func withoutGaps(first, last string, byMonth map[string]*MonthFigures) []MonthFigures {
	end, err := time.Parse(monthLayout, last)
	if err != nil {
		return nil
	}
	at := end.AddDate(0, 1-maxMonths, 0)
	if begun, err := time.Parse(monthLayout, first); err == nil && begun.After(at) {
		at = begun
	}
	var months []MonthFigures
	for ; !at.After(end); at = at.AddDate(0, 1, 0) {
		month := MonthFigures{Month: at.Format(monthLayout)}
		if known := byMonth[month.Month]; known != nil {
			month = *known
		}
		months = append(months, month)
	}
	return months
}
