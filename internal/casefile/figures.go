package casefile

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// Figures are the numbers of a case on a day. Every one can be counted again by hand from the case's rows.
type Figures struct {
	// Days since the first contact or message, up to the day the case ended, else to today. The day of the first is not
	// counted, as a delay does not count the day something was due: see [PromiseStatus.DaysLate].
	Days int64 `json:"days"`
	// Contacts of any channel. A message counts as one unless it is linked to a contact.
	Contacts int64 `json:"contacts"`
	// ToCompanies and FromCompanies are how many of them the person made, and how many came from a company. Of the others,
	// which are emails, nobody can tell.
	ToCompanies   int64             `json:"to_companies"`
	FromCompanies int64             `json:"from_companies"`
	ByChannel     map[Channel]int64 `json:"by_channel"`
	Calls         int64             `json:"calls"`
	Messages      int64             `json:"messages"`
	// People spoken to, those who refused a name among them. Those whom the person joined count as one.
	People int64 `json:"people"`
	// RefusedNames is how often a name was refused.
	RefusedNames int64 `json:"refused_names"`
	HoldSeconds  int64 `json:"hold_seconds"`
	TalkSeconds  int64 `json:"talk_seconds"`
	// LongestHoldSeconds is the longest wait in one contact.
	LongestHoldSeconds int64 `json:"longest_hold_seconds"`
	Transfers          int64 `json:"transfers"`
	// Retold is how often the whole story had to be told again: at least once in a contact that is tagged with it. SentOn
	// counts the contacts that sent the person somewhere else.
	Retold int64 `json:"retold"`
	SentOn int64 `json:"sent_on"`
	// SupervisorAsked counts the contacts in which somebody with authority was asked for, SupervisorPutOn those in which
	// one came on.
	SupervisorAsked int64 `json:"supervisor_asked"`
	SupervisorPutOn int64 `json:"supervisor_put_on"`

	Promises int64                  `json:"promises"`
	ByState  map[PromiseState]int64 `json:"by_state"`
	// NotKept is broken and overdue.
	NotKept int64 `json:"not_kept"`

	// ByFailure counts contacts by what [Contact.Shortcomings] says of each.
	ByFailure map[Failure]int64 `json:"by_failure"`
	Claimed   *Money            `json:"claimed"`
	Evidence  int64             `json:"evidence"`

	// Spent is what was spent because of the dispute, a sum for each currency, by its code.
	Spent []Money `json:"spent"`
	// OwnSeconds is the time that waiting and talking took, and OwnTime what it is worth by [Case.HourValue]; nil when
	// that is not set.
	OwnSeconds int64  `json:"own_seconds"`
	OwnTime    *Money `json:"own_time"`
	// CustomerYears is for how many whole years the person has been a customer, and YearlySpend what they spend with the
	// company in a year; nil when it was not said.
	CustomerYears *int64 `json:"customer_years"`
	YearlySpend   *Money `json:"yearly_spend"`

	// How long after it happened each contact was recorded, and how many rest on a document of the company.
	RecordedLive      int64 `json:"recorded_live"`
	RecordedSameDay   int64 `json:"recorded_same_day"`
	RecordedLater     int64 `json:"recorded_later"`
	OnCompanyDocument int64 `json:"on_company_document"`
}

// Recording is how long after it happened a contact was recorded.
type Recording string

// How long after it happened a contact was recorded.
const (
	RecordedLive    Recording = "live"     // within LiveWithin of its end
	RecordedSameDay Recording = "same_day" // on the same calendar day, where it happened
	RecordedLater   Recording = "later"
)

// LiveWithin is how soon after its end a contact has to be recorded to count as recorded at the time.
const LiveWithin = 30 * time.Minute

// RecordingOf says how long after it happened c was recorded.
func RecordingOf(c Recorded[Contact]) Recording {
	when, recorded := c.Value.OccurredAt, c.Entry.RecordedAt
	if when.Precision == Minute && recorded.Sub(c.Value.ended()) <= LiveWithin {
		return RecordedLive
	}
	local := recorded.In(when.location())
	if (when.Precision == Minute || when.Precision == Hour || when.Precision == Day) &&
		local.Format(wallLayouts[Day]) == when.Date() {
		return RecordedSameDay
	}
	return RecordedLater
}

// ended is the instant at which a contact known to the minute ended: as noted, else after the time on it.
func (c Contact) ended() time.Time {
	when := c.OccurredAt
	if end, err := time.ParseInLocation(wallLayouts[Minute], when.End, when.location()); err == nil {
		return end
	}
	return when.Earliest().Add(time.Duration(seconds(c.HoldSeconds)+seconds(c.TalkSeconds)) * time.Second)
}

func (w When) location() *time.Location {
	if location, err := loadZone(w.Zone); err == nil {
		return location
	}
	return time.FixedZone("", int(w.OffsetSeconds))
}

// Figures counts the case at now.
func (f CaseFile) Figures(now time.Time) Figures {
	figures := Figures{
		ByChannel: map[Channel]int64{}, ByState: map[PromiseState]int64{}, ByFailure: map[Failure]int64{},
		Claimed: f.Case.Claimed, Evidence: int64(len(f.Evidence)), Messages: int64(len(f.Messages)),
		People: int64(len(f.SamePeople())), Spent: f.spent(),
		CustomerYears: f.Case.customerYears(now), YearlySpend: f.Case.YearlySpend,
	}
	for _, contact := range f.Contacts {
		figures.addContact(contact)
	}
	for message := range f.Unlinked() {
		figures.Contacts++
		figures.ByChannel[Email]++
		figures.addDirection(f.OriginOf(message.Value.Reading).Direction)
	}
	for _, person := range f.People {
		if person.Value.Refused {
			figures.RefusedNames++
		}
	}
	for _, status := range f.PromiseStatuses(now) {
		figures.Promises++
		figures.ByState[status.State]++
		if status.NotKept() {
			figures.NotKept++
		}
	}
	figures.Days = f.days(now)
	figures.OwnSeconds = figures.HoldSeconds + figures.TalkSeconds
	figures.OwnTime = worth(figures.OwnSeconds, f.Case.HourValue)
	return figures
}

// Unlinked gives the messages that are contacts of their own: they are linked to none, or to one that counts no longer.
func (f CaseFile) Unlinked() iter.Seq[Recorded[MessageView]] {
	contacts := make(map[string]bool, len(f.Contacts))
	for _, contact := range f.Contacts {
		contacts[contact.Value.ID] = true
	}
	return func(yield func(Recorded[MessageView]) bool) {
		for _, message := range f.Messages {
			if !contacts[message.Value.ContactID] && !yield(message) {
				return
			}
		}
	}
}

func (figures *Figures) addContact(contact Recorded[Contact]) {
	c := contact.Value
	figures.Contacts++
	figures.ByChannel[c.Channel]++
	figures.addDirection(c.Direction)
	if c.Channel == Phone {
		figures.Calls++
	}
	figures.HoldSeconds += seconds(c.HoldSeconds)
	figures.TalkSeconds += seconds(c.TalkSeconds)
	figures.LongestHoldSeconds = max(figures.LongestHoldSeconds, seconds(c.HoldSeconds))
	figures.Transfers += c.transferred()
	figures.Retold += c.retold()
	if c.SentTo != nil {
		figures.SentOn++
	}
	if c.Supervisor != SupervisorNotAsked {
		figures.SupervisorAsked++
	}
	if c.Supervisor == SupervisorPutOn {
		figures.SupervisorPutOn++
	}
	for _, failure := range c.Shortcomings() {
		figures.ByFailure[failure]++
	}
	switch RecordingOf(contact) {
	case RecordedLive:
		figures.RecordedLive++
	case RecordedSameDay:
		figures.RecordedSameDay++
	case RecordedLater:
		figures.RecordedLater++
	}
	if c.Basis == CompanyDocument {
		figures.OnCompanyDocument++
	}
}

func (figures *Figures) addDirection(direction Direction) {
	switch direction {
	case Outgoing:
		figures.ToCompanies++
	case Incoming:
		figures.FromCompanies++
	}
}

// Shortcomings are the failures the contact is tagged with, and [RepeatStory] and [TransferChain] too where it has a count
// of how often the story had to be told again, or the person was passed on: so that whoever counts either counts the same
// contacts.
func (c Contact) Shortcomings() []Failure {
	all := slices.Clip(c.Failures)
	if c.Transfers > 0 && !slices.Contains(all, TransferChain) {
		all = append(all, TransferChain)
	}
	if c.Retold > 0 && !slices.Contains(all, RepeatStory) {
		all = append(all, RepeatStory)
	}
	return all
}

// transferred is how often the person was passed on in a contact, as counted or else as tagged.
func (c Contact) transferred() int64 {
	if slices.Contains(c.Failures, TransferChain) {
		return max(c.Transfers, 1)
	}
	return c.Transfers
}

// retold is how often the story had to be told again in a contact, as counted or else as tagged.
func (c Contact) retold() int64 {
	if slices.Contains(c.Failures, RepeatStory) {
		return max(c.Retold, 1)
	}
	return c.Retold
}

// days counts the calendar days since the first contact or message, up to the day the case ended, else to now; 0 on the
// first day, and while there is none. What happened after the end counts, too.
func (f CaseFile) days(now time.Time) int64 {
	first, last := f.firstAndLastDay()
	if first == "" {
		return 0
	}
	until := dayIn(now, f.Case.Zone)
	if ending := f.Case.Ending; ending != nil && ending.On != nil {
		until = min(until, max(last, ending.On.Date))
	}
	return Due{Date: first}.DaysLate(until)
}

// Quiet is the day of the last contact or message (YYYY-MM-DD), and for how many days nothing has been on record since;
// the day is empty while there is none.
func (f CaseFile) Quiet(now time.Time) (last string, days int64) {
	_, last = f.firstAndLastDay()
	return last, Due{Date: last}.DaysLate(dayIn(now, f.Case.Zone))
}

// firstAndLastDay are those of the contacts and messages; empty while there is none.
func (f CaseFile) firstAndLastDay() (first, last string) {
	consider := func(day string) {
		if day != "" && (first == "" || day < first) {
			first = day
		}
		last = max(last, day)
	}
	for _, contact := range f.Contacts {
		consider(contact.Value.OccurredAt.Date())
	}
	for _, message := range f.Messages {
		day, _, _ := strings.Cut(message.Value.Reading.Date, "T")
		consider(day)
	}
	return first, last
}

// Names joins the names of the people of a contact, in order; a refused name gives refused.
func (f CaseFile) Names(contact Contact, refused string) []string {
	var names []string
	for _, id := range contact.PersonIDs {
		at := slices.IndexFunc(f.People, func(p Recorded[Person]) bool { return p.Value.ID == id })
		switch {
		case at < 0:
		case f.People[at].Value.Refused:
			names = append(names, refused)
		default:
			names = append(names, f.People[at].Value.Name)
		}
	}
	return names
}

func seconds(value *int64) int64 {
	if value == nil {
		return 0
	}
	return *value
}

// Failures are the counts of ByFailure without good service, which stands among the failures and is none.
func (figures *Figures) Failures() map[Failure]int64 {
	counts := maps.Clone(figures.ByFailure)
	delete(counts, Helped)
	return counts
}
