package app

import (
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// headOf tells what every part of the case's screen needs.
func headOf(o casework.Overview, now time.Time) CaseHead {
	v := newViewer(o.File, now)
	v.contactsOf = o.Contacts
	one := o.File.Case
	head := CaseHead{
		ID: one.ID, Title: one.Title, Summary: one.Summary, StillConcerned: one.StillConcerned,
		Outcome: append([]string{}, one.Outcome...), Claimed: moneyOf(one.Claimed), Zone: one.Zone, Today: o.Today,
		Parties:  []PartyView{},
		Counts:   CaseCounts{Timeline: o.Timeline, Promises: o.Promises, People: o.People, Evidence: o.Evidence},
		Standing: Standing{Kind: string(o.Standing.Kind), Others: o.Standing.Others},
	}
	head.Corrected, head.Rivals = len(o.File.Entry.Corrections) > 0, len(o.File.Entry.Rivals()) > 0
	head.Ending = endingOf(one.Ending)
	if one.AnswerBy != nil {
		head.AnswerBy = one.AnswerBy.Date
	}
	for _, party := range o.File.Parties {
		head.Parties = append(head.Parties, v.party(party.Value))
	}
	if o.Standing.Promise != nil {
		promise := v.promise(*o.Standing.Promise)
		head.Standing.Promise = &promise
	}
	return head
}

func endingOf(ending *casefile.Ending) *EndingView {
	if ending == nil {
		return nil
	}
	view := &EndingView{Kind: string(ending.Kind), Note: ending.Note}
	if ending.On != nil {
		view.Day = ending.On.Date
	}
	return view
}

func stripOf(drawn casework.Strip) CaseStrip {
	strip := CaseStrip{
		First: drawn.First, Last: drawn.Last, Marks: []StripMark{}, Flags: []StripFlag{}, Gaps: []StripGap{}}
	for _, mark := range drawn.Marks {
		strip.Marks = append(strip.Marks, StripMark(mark))
	}
	for _, flag := range drawn.Flags {
		strip.Flags = append(strip.Flags, StripFlag(flag))
	}
	for _, gap := range drawn.Gaps {
		strip.Gaps = append(strip.Gaps, StripGap(gap))
	}
	return strip
}

func figuresOf(f casefile.Figures) Figures {
	return Figures{
		Days: f.Days, Contacts: f.Contacts, Calls: f.Calls, Messages: f.Messages,
		People: f.People, RefusedNames: f.RefusedNames,
		HoldSeconds: f.HoldSeconds, LongestHoldSeconds: f.LongestHoldSeconds, Transfers: f.Transfers,
		Promises:        f.Promises,
		PromisesKept:    f.ByState[casefile.PromiseState(casefile.Kept)] + f.ByState[casefile.PromiseState(casefile.KeptLate)],
		PromisesNotKept: f.NotKept,
		PromisesOpen:    f.ByState[casefile.Open],
		Evidence:        f.Evidence,
		Claimed:         moneyOf(f.Claimed),
	}
}

// viewer has what belongs together at hand by id.
type viewer struct {
	file     casefile.CaseFile
	now      time.Time
	statuses []casefile.PromiseStatus
	parties  map[string]string // names
	people   map[string]casefile.Person
	labels   map[string]string // exhibit numbers by evidence
	// What hangs on a contact or message, by its id.
	promisesIn map[string][]string
	evidenceIn map[string][]string
	grounds    map[string]Ground
	// How many contacts a party or person was in.
	contactsOf map[string]int64
}

func newViewer(file casefile.CaseFile, now time.Time) *viewer {
	v := &viewer{
		file: file, now: now, statuses: file.PromiseStatuses(now),
		parties: map[string]string{}, people: map[string]casefile.Person{}, labels: map[string]string{},
		promisesIn: map[string][]string{}, evidenceIn: map[string][]string{}, contactsOf: map[string]int64{}, grounds: map[string]Ground{},
	}
	for _, ground := range casework.GroundsOf(file) {
		v.grounds[ground.ID] = groundOf(ground)
	}
	for _, party := range file.Parties {
		v.parties[party.Value.ID] = party.Value.Name
	}
	for _, person := range file.People {
		v.people[person.Value.ID] = person.Value
	}
	for _, exhibit := range file.Exhibits {
		for _, id := range exhibit.Value.Pieces() {
			v.labels[id] = exhibit.Value.Label
		}
	}
	for _, promise := range file.Promises {
		where := madeIn(promise.Value)
		v.promisesIn[where] = append(v.promisesIn[where], promise.Value.ID)
	}
	for _, evidence := range file.Evidence {
		where := keptWith(evidence.Value)
		v.evidenceIn[where] = append(v.evidenceIn[where], evidence.Value.ID)
	}
	for _, contact := range file.Contacts {
		v.contactsOf[contact.Value.PartyID]++
		for _, id := range contact.Value.PersonIDs {
			v.contactsOf[id]++
		}
	}
	return v
}

// madeIn is the contact or message a promise was made in, or empty.
func madeIn(promise casefile.Promise) string {
	if promise.ContactID != "" {
		return promise.ContactID
	}
	return promise.MessageID
}

// keptWith is the contact or message a piece of evidence belongs to, or empty.
func keptWith(evidence casefile.Evidence) string {
	if evidence.ContactID != "" {
		return evidence.ContactID
	}
	return evidence.MessageID
}

func (v *viewer) party(party casefile.Party) PartyView {
	view := PartyView{
		ID: party.ID, Name: party.Name, Role: string(party.Role), References: []Reference{}, Contacts: v.contactsOf[party.ID]}
	for _, reference := range party.References {
		view.References = append(view.References, Reference(reference))
	}
	return view
}

func (v *viewer) person(person casefile.Person) PersonView {
	return PersonView{
		ID: person.ID, PartyID: person.PartyID, Name: person.Name, Refused: person.Refused, Position: person.Position,
		Contacts: v.contactsOf[person.ID],
	}
}

func (v *viewer) promise(status casefile.PromiseStatus) PromiseView {
	promise := status.Promise.Value
	view := PromiseView{
		ID: promise.ID, What: promise.What, PartyID: promise.PartyID, Party: v.parties[promise.PartyID],
		Person: v.people[promise.PersonID].Name, MadeOn: promise.MadeAt.Date(), MadeIn: madeIn(promise),
		ByEmail: promise.ContactID == "" && promise.MessageID != "",
		Amount:  moneyOf(promise.Amount), State: string(status.State), DaysLate: status.DaysLate,
		Earlier: append([]string{}, status.Earlier...), ShownBy: []Ground{},
		Corrected: len(status.Promise.Entry.Corrections) > 0, Rivals: len(status.Promise.Entry.Rivals()) > 0,
	}
	if promise.Due != nil {
		view.DueDay, view.DueClock = promise.Due.Date, promise.Due.Time
	}
	if status.Settlement != nil {
		view.Note = status.Settlement.Value.Note
		if on := status.Settlement.Value.On; on != nil {
			view.SettledOn = on.Date
		}
		for _, id := range status.Settlement.Value.ShownBy {
			if ground, counts := v.grounds[id]; counts {
				view.ShownBy = append(view.ShownBy, ground)
			}
		}
	}
	return view
}

func (v *viewer) evidence(evidence casefile.Evidence) EvidenceView {
	kind := fileKindOf(evidence.MediaType)
	view := EvidenceView{
		ID: evidence.ID, Label: v.labels[evidence.ID], FileName: evidence.FileName, MediaType: evidence.MediaType,
		Kind: kind.kind, ShownAs: kind.shows, Openable: isHarmless(evidence.FileName),
		SHA256: evidence.SHA256, Size: evidence.Size, Shows: evidence.Shows, Consent: string(evidence.Consent),
		ContactID: evidence.ContactID, MessageID: evidence.MessageID,
	}
	if evidence.OccurredAt != nil {
		view.Day, view.Wall = evidence.OccurredAt.Date(), evidence.OccurredAt.Wall
	}
	return view
}

func moneyOf(money *casefile.Money) *Money {
	if money == nil {
		return nil
	}
	return &Money{Minor: money.Minor, Currency: money.Currency}
}
