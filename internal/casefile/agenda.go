package casefile

import (
	"cmp"
	"slices"
	"time"
)

// WeekAhead is how many days after today still belong to the agenda's week.
const WeekAhead = 7

// Owed is what a company owes on an item of the agenda.
type Owed string

// What a company can owe: to keep a promise, or to answer the case by the day it was asked to.
const (
	OwedPromise Owed = "promise"
	OwedAnswer  Owed = "answer"
)

// AgendaItem is something that a company owes.
type AgendaItem struct {
	Kind Owed
	Case Case
	// Parties are the companies that owe it: the one that promised, or all that were asked for an answer.
	Parties []Party
	// Promise is the promise with how it stands; nil for an answer.
	Promise *PromiseStatus
	// Due is by when it was last said to be kept. Nil is a promise that never had a date.
	Due *Due
	// DaysLate counts from the due date to today; 0 while it is not late.
	DaysLate int64
}

// Agenda is what companies owe across cases, by what it asks of the person.
type Agenda struct {
	Late     []AgendaItem // past its time, the oldest first
	ThisWeek []AgendaItem // due today or within WeekAhead days, the first due first
	// Waiting is due later, the first due first, then what was given no date, the oldest first.
	Waiting []AgendaItem
}

// AgendaOf sorts what companies owe in cases at now. Of a promise that was made again only the last one with a date stands
// on it, or the last one where none has a date: one who promises again without a date does not take back the earlier one,
// and what is late is told in the words that had the date. A case's answer is owed until a contact on record was one. In a
// case that has ended nothing is waited for any longer. Nothing else of a case is looked at than the case, its companies,
// people, promises and settlements, and the contacts that can be an answer.
func AgendaOf(files []CaseFile, now time.Time) Agenda {
	var agenda Agenda
	for _, file := range files {
		for _, item := range file.owed(now) {
			agenda.place(item, now)
		}
	}
	byDeadline := func(a, b AgendaItem) int { return a.deadline().Compare(b.deadline()) }
	slices.SortStableFunc(agenda.Late, byDeadline)
	slices.SortStableFunc(agenda.ThisWeek, byDeadline)
	slices.SortStableFunc(agenda.Waiting, func(a, b AgendaItem) int {
		if a.Due == nil && b.Due == nil {
			return a.Promise.Promise.Value.MadeAt.Earliest().Compare(b.Promise.Promise.Value.MadeAt.Earliest())
		}
		return cmp.Or(cmp.Compare(rank(a.Due == nil), rank(b.Due == nil)), byDeadline(a, b))
	})
	return agenda
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}

func (a *Agenda) place(item AgendaItem, now time.Time) {
	switch {
	case item.Due == nil:
		a.Waiting = append(a.Waiting, item)
	case item.Late(now):
		item.DaysLate = item.Due.DaysLate(dayIn(now, item.Due.Zone))
		a.Late = append(a.Late, item)
	case item.Due.Date <= dayIn(now.AddDate(0, 0, WeekAhead), item.Due.Zone):
		a.ThisWeek = append(a.ThisWeek, item)
	default:
		a.Waiting = append(a.Waiting, item)
	}
}

// Late reports whether it is past its time at now.
func (i AgendaItem) Late(now time.Time) bool { return i.Due != nil && now.After(i.Due.Deadline()) }

func (i AgendaItem) deadline() time.Time {
	if i.Due == nil {
		return time.Time{}
	}
	return i.Due.Deadline()
}

// owed lists what companies owe in a case.
func (f CaseFile) owed(now time.Time) []AgendaItem {
	if f.Case.Closed() {
		return nil
	}
	var items []AgendaItem
	statuses := f.PromiseStatuses(now)
	stands := map[string]int{} // which promise stands for all that were made again, by the first time
	for i, status := range statuses {
		if status.Settlement != nil {
			continue
		}
		last, again := stands[status.firstID()]
		if !again || status.Promise.Value.Due != nil || statuses[last].Promise.Value.Due == nil {
			stands[status.firstID()] = i
		}
	}
	for i, status := range statuses {
		promise := status.Promise.Value
		if stands, owed := stands[status.firstID()]; !owed || stands != i {
			continue
		}
		item := AgendaItem{Kind: OwedPromise, Case: f.Case, Promise: &statuses[i], Due: promise.Due}
		for _, party := range f.Parties {
			if party.Value.ID == promise.PartyID {
				item.Parties = append(item.Parties, party.Value)
			}
		}
		items = append(items, item)
	}
	if f.Case.AnswerBy != nil && !f.answered() {
		item := AgendaItem{Kind: OwedAnswer, Case: f.Case, Due: f.Case.AnswerBy}
		for _, party := range f.Parties {
			item.Parties = append(item.Parties, party.Value)
		}
		items = append(items, item)
	}
	return items
}

// firstID is the id under which the promise was made for the first time.
func (s PromiseStatus) firstID() string {
	if len(s.Earlier) > 0 {
		return s.Earlier[0]
	}
	return s.Promise.Value.ID
}

// IsAnswer reports whether a contact can be the answer a case waits for: the company came to the person, or offered or
// did something. An email is none by itself, for most are sent by machines: the person says that one was, by logging it.
func (c Contact) IsAnswer() bool { return c.Direction == Incoming || c.Remedy != nil }

// answered reports whether a company answered since the day on which the person last said by when an answer is asked
// for, or since that very date where it was in the past already.
func (f CaseFile) answered() bool {
	asked := f.Entry.RecordedAt
	for _, correction := range f.Entry.Corrections {
		if _, changed := correction.Fields["answer_by"]; changed {
			asked = correction.RecordedAt
		}
	}
	day := min(dayIn(asked, f.Case.Zone), f.Case.AnswerBy.Date)
	return slices.ContainsFunc(f.Contacts, func(c Recorded[Contact]) bool {
		return c.Value.IsAnswer() && c.Value.OccurredAt.Date() >= day
	})
}
