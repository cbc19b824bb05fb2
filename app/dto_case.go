package app

// What the page shows of one case: its head first, and each part when it is looked at.

// CaseHead is what every part of a case's screen needs.
type CaseHead struct {
	ID             string      `json:"id"`
	Title          string      `json:"title"`
	Summary        string      `json:"summary"`
	StillConcerned string      `json:"stillConcerned"`
	Outcome        []string    `json:"outcome"`
	AnswerBy       string      `json:"answerBy"`
	Claimed        *Money      `json:"claimed,omitempty"`
	Zone           string      `json:"zone"`
	Today          string      `json:"today"` // where the person lives
	Parties        []PartyView `json:"parties"`
	Counts         CaseCounts  `json:"counts"`
	Standing       Standing    `json:"standing"`
	Ending         *EndingView `json:"ending,omitempty"` // nil while it goes on
	Corrected      bool        `json:"corrected"`
	// Rivals says that two computers corrected one field, each in its own way.
	Rivals bool `json:"rivals"`
}

// EndingView is how a case ended.
type EndingView struct {
	Kind string `json:"kind"`
	Day  string `json:"day"`
	Note string `json:"note"`
}

// CaseCounts are how many things each part of a case has.
type CaseCounts struct {
	Timeline int64 `json:"timeline"`
	Promises int64 `json:"promises"`
	People   int64 `json:"people"`
	Evidence int64 `json:"evidence"`
}

// Standing is where a case stands: what its one status sentence says.
type Standing struct {
	Kind    string       `json:"kind"` // nothing_yet, late, waiting, quiet, ended
	Promise *PromiseView `json:"promise,omitempty"`
	Others  int64        `json:"others"` // how many more promises are past their date
}

// CaseStrip is what the drawing of a whole case at a glance is made from, in order. Where there are more marks or flags
// than it has room for, they are gathered by time.
type CaseStrip struct {
	First string      `json:"first"` // days; empty when nothing happened
	Last  string      `json:"last"`
	Marks []StripMark `json:"marks"`
	Flags []StripFlag `json:"flags"`
	Gaps  []StripGap  `json:"gaps"`
}

// StripMark is a contact or a message on the strip, or several of one sort.
type StripMark struct {
	Day         string `json:"day"`
	Until       string `json:"until"`
	Channel     string `json:"channel"`   // phone, email or other
	Direction   string `json:"direction"` // empty where several differ
	Count       int64  `json:"count"`
	HoldSeconds int64  `json:"holdSeconds"`
}

// StripFlag is a promise on the day it was due, or several that stand the same.
type StripFlag struct {
	Day   string `json:"day"`
	State string `json:"state"`
	Count int64  `json:"count"`
}

// StripGap is a silence.
type StripGap struct {
	From  string `json:"from"`
	Until string `json:"until"`
	Days  int64  `json:"days"`
}

// TimelineFilter says which of a timeline's items are wanted, and in which order. What is empty asks for nothing.
type TimelineFilter struct {
	Kinds         []string `json:"kinds"` // of [TimelineItem]
	Channels      []string `json:"channels"`
	Who           string   `json:"who"` // id of a company or a person
	From          string   `json:"from"`
	To            string   `json:"to"`
	Words         string   `json:"words"` // beginnings of words, accents aside
	WithPromises  bool     `json:"withPromises"`
	WithFailures  bool     `json:"withFailures"`
	RecordedLater bool     `json:"recordedLater"`
	OldestFirst   bool     `json:"oldestFirst"`
}

// TimelineCursor is a place in a filtered timeline.
type TimelineCursor struct {
	First int64 `json:"first"` // how many items stand before it
	Limit int64 `json:"limit"`
}

// TimelinePlace is where an entry is on a timeline.
type TimelinePlace struct {
	// ItemID is that of the item that the entry is, or hangs on; empty when it is on none.
	ItemID string `json:"itemId"`
	Before int64  `json:"before"` // how many items stand before it
}

// TimelinePage is a part of a filtered timeline, with the promises and the evidence that its items name.
type TimelinePage struct {
	First int64 `json:"first"`
	Total int64 `json:"total"` // how many items the filter lets through
	// DayBefore is the day of the item before the first; empty when there is none.
	DayBefore string         `json:"dayBefore"`
	Items     []TimelineItem `json:"items"`
	Promises  []PromiseView  `json:"promises"`
	Evidence  []EvidenceView `json:"evidence"`
}

// Figures are the key figures of a case.
type Figures struct {
	Days               int64  `json:"days"`
	Contacts           int64  `json:"contacts"`
	Calls              int64  `json:"calls"`
	Messages           int64  `json:"messages"`
	People             int64  `json:"people"`
	RefusedNames       int64  `json:"refusedNames"`
	HoldSeconds        int64  `json:"holdSeconds"`
	LongestHoldSeconds int64  `json:"longestHoldSeconds"`
	Transfers          int64  `json:"transfers"`
	Promises           int64  `json:"promises"`
	PromisesKept       int64  `json:"promisesKept"` // late ones among them
	PromisesNotKept    int64  `json:"promisesNotKept"`
	PromisesOpen       int64  `json:"promisesOpen"`
	Evidence           int64  `json:"evidence"`
	Claimed            *Money `json:"claimed,omitempty"`
}

// PartyView is a company of the case.
type PartyView struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Role       string      `json:"role"`
	References []Reference `json:"references"`
	Contacts   int64       `json:"contacts"`
}

// PersonView is somebody of a company.
type PersonView struct {
	ID       string `json:"id"`
	PartyID  string `json:"partyId"`
	Name     string `json:"name"`
	Refused  bool   `json:"refused"`
	Position string `json:"position"`
	Contacts int64  `json:"contacts"`
}

// PersonMention is a person as a contact names them.
type PersonMention struct {
	Name     string `json:"name"`
	Refused  bool   `json:"refused"`
	Position string `json:"position"`
}

// Kinds of a TimelineItem.
const (
	kindContact    = "contact"
	kindMessage    = "message"
	kindSettlement = "settlement"
	kindDeadline   = "deadline"
	kindEvidence   = "evidence"
)

// TimelineItem is one thing that happened. Which fields say something depends on its kind.
type TimelineItem struct {
	ID               string          `json:"id"`
	Kind             string          `json:"kind"`
	Day              string          `json:"day"`  // the first day it can have happened
	Wall             string          `json:"wall"` // as much of its wall time as is known
	End              string          `json:"end"`  // the wall time at which it ended; empty where that is not known
	Channel          string          `json:"channel"`
	Direction        string          `json:"direction"`
	PartyID          string          `json:"partyId"`
	Party            string          `json:"party"`
	People           []PersonMention `json:"people"`
	Summary          string          `json:"summary"`
	Verbatim         string          `json:"verbatim"`
	HoldSeconds      int64           `json:"holdSeconds"`
	TalkSeconds      int64           `json:"talkSeconds"`
	Transfers        int64           `json:"transfers"`
	Number           string          `json:"number"`
	CompanyReference string          `json:"companyReference"`
	Failures         []string        `json:"failures"`
	Supervisor       string          `json:"supervisor"`
	MadeBy           string          `json:"madeBy"`
	Basis            string          `json:"basis"`
	Remedy           string          `json:"remedy"`
	RemedyAnswer     string          `json:"remedyAnswer"`
	Recorded         string          `json:"recorded"` // live, same_day, later; empty for what no person wrote down
	RecordedAt       string          `json:"recordedAt"`
	Corrected        bool            `json:"corrected"`
	// Rivals says that two computers corrected one field, each in its own way.
	Rivals      bool     `json:"rivals"`
	From        string   `json:"from"`
	To          string   `json:"to"`
	Subject     string   `json:"subject"`
	Attachments int64    `json:"attachments"`
	PromiseIDs  []string `json:"promiseIds"` // made here, or the one a settlement or deadline is about
	EvidenceIDs []string `json:"evidenceIds"`
	Outcome     string   `json:"outcome"` // of a settlement
}

// CorrectionView is a correction with what it corrects.
type CorrectionView struct {
	ID         string       `json:"id"`
	RecordedAt string       `json:"recordedAt"`
	Reason     string       `json:"reason"`
	Changes    []ChangeView `json:"changes"`
}

// ChangeView is one field before and after a correction, in words; empty is a field that said nothing.
type ChangeView struct {
	Field  string `json:"field"` // its JSON name, with words under term.field
	Before string `json:"before"`
	After  string `json:"after"`
}

// PromiseView is a promise with how it stands.
type PromiseView struct {
	ID      string `json:"id"`
	What    string `json:"what"`
	PartyID string `json:"partyId"`
	Party   string `json:"party"`
	Person  string `json:"person"`
	MadeOn  string `json:"madeOn"`
	MadeIn  string `json:"madeIn"` // the contact or message it was made in, or empty
	// ByEmail says that it is a message.
	ByEmail  bool   `json:"byEmail"`
	DueDay   string `json:"dueDay"`
	DueClock string `json:"dueClock"`
	Amount   *Money `json:"amount,omitempty"`
	State    string `json:"state"` // open, overdue, kept, late, broken, withdrawn
	DaysLate int64  `json:"daysLate"`
	// Earlier are the promises that it says again, the one that was made first coming first.
	Earlier   []string `json:"earlier"`
	SettledOn string   `json:"settledOn"`
	Note      string   `json:"note"`
	// ShownBy is what shows how it ended.
	ShownBy   []Ground `json:"shownBy"`
	Corrected bool     `json:"corrected"`
	Rivals    bool     `json:"rivals"`
}
