package casework

import (
	"slices"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
)

// Dealings are what there was with a person or a company.
type Dealings struct {
	Contacts int64 `json:"contacts"`
	Calls    int64 `json:"calls"` // contacts by phone
	// HoldSeconds is the time spent waiting. Of a person it is that of the contacts in which nobody else was spoken to:
	// of the others nobody can say whom it was spent waiting for.
	HoldSeconds int64 `json:"hold_seconds"`
	// RefusedHelp counts the contacts that are tagged with one of [casefile.Refusals].
	RefusedHelp int64 `json:"refused_help"`

	// Promises are all that were made: those below, and those that the company withdrew.
	Promises int64 `json:"promises"`
	Kept     int64 `json:"kept"`    // in time
	Late     int64 `json:"late"`    // kept, and late
	Broken   int64 `json:"broken"`  // said to be broken
	Overdue  int64 `json:"overdue"` // past their date, and nobody said how they ended
	Open     int64 `json:"open"`    // not due yet, or given no date
	// NotKept is broken and overdue.
	NotKept int64 `json:"not_kept"`

	// FirstContact and LastContact are as much of their wall time as is known; empty when there was none.
	FirstContact string `json:"first_contact"`
	LastContact  string `json:"last_contact"`
}

// addTalk adds contacts; alone says that nobody else was spoken to in them.
func (d *Dealings) addTalk(talk library.Talk, alone bool) {
	d.Contacts += talk.Contacts
	d.Calls += talk.Calls
	d.RefusedHelp += talk.RefusedHelp
	if alone {
		d.HoldSeconds += talk.HoldSeconds
	}
	if d.FirstContact == "" || talk.First < d.FirstContact {
		d.FirstContact = talk.First
	}
	d.LastContact = max(d.LastContact, talk.Last)
}

func (d *Dealings) addPromise(status casefile.PromiseStatus) {
	d.Promises++
	switch status.State {
	case casefile.PromiseState(casefile.Kept):
		d.Kept++
	case casefile.PromiseState(casefile.KeptLate):
		d.Late++
	case casefile.PromiseState(casefile.Broken):
		d.Broken++
	case casefile.Overdue:
		d.Overdue++
	case casefile.Open:
		d.Open++
	}
	if status.NotKept() {
		d.NotKept++
	}
}

// dealingsWith adds up the dealings of a case at now with companies by their ids, and with people by whatever key gives
// for them: those with the same key count as one.
func dealingsWith(file library.PeopleFile, now time.Time, key func(personID string) string) (parties, people map[string]*Dealings) {
	parties, people = map[string]*Dealings{}, map[string]*Dealings{}
	with := func(known map[string]*Dealings, id string) *Dealings {
		if known[id] == nil {
			known[id] = &Dealings{}
		}
		return known[id]
	}
	for _, talk := range file.Talks {
		with(parties, talk.PartyID).addTalk(talk, true)
		var keys []string
		for _, id := range talk.PersonIDs {
			if one := key(id); !slices.Contains(keys, one) {
				keys = append(keys, one)
			}
		}
		for _, one := range keys {
			with(people, one).addTalk(talk, len(keys) == 1)
		}
	}
	for _, status := range file.File.PromiseStatuses(now) {
		with(parties, status.Promise.Value.PartyID).addPromise(status)
		if id := status.Promise.Value.PersonID; id != "" {
			with(people, key(id)).addPromise(status)
		}
	}
	return parties, people
}
