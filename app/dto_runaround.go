package app

// RunaroundView is who sent the person to whom in a case.
type RunaroundView struct {
	Transfers   int64 `json:"transfers"` // how often the person was passed on within a contact
	SentOn      int64 `json:"sentOn"`    // how often they were sent somewhere else
	Retold      int64 `json:"retold"`
	HoldSeconds int64 `json:"holdSeconds"`
	// PlaceCount is between how many places that was. Places are those that are drawn: all of them unless there are too many.
	PlaceCount int64            `json:"placeCount"`
	Places     []RunaroundPlace `json:"places"`
	// Routes are who sent to whom among Places, counted, in the order of the first time; RouteCount is how many there are.
	Routes     []RunaroundRoute `json:"routes"`
	RouteCount int64            `json:"routeCount"`
	Turns      RunaroundPage    `json:"turns"`
}

// RunaroundPlace is a company, or where else a person was sent.
type RunaroundPlace struct {
	Name string `json:"name"`
	// Role is that of a company of the case; empty for another place.
	Role        string `json:"role"`
	Contacts    int64  `json:"contacts"`
	HoldSeconds int64  `json:"holdSeconds"`
	SentHere    int64  `json:"sentHere"`
	// DeadEnd says that nobody here sent the person on to anywhere since they were sent here.
	DeadEnd bool `json:"deadEnd"`
}

// RunaroundRoute is who sent to whom: places in [RunaroundView].
type RunaroundRoute struct {
	From      int64  `json:"from"`
	To        int64  `json:"to"`
	Times     int64  `json:"times"`
	ContactID string `json:"contactId"` // the first in which it happened
}

// RunaroundPage is a part of the turns of a runaround, oldest first.
type RunaroundPage struct {
	First int64           `json:"first"`
	Total int64           `json:"total"`
	Items []RunaroundTurn `json:"items"`
}

// RunaroundTurn is a contact that passed the person on, sent them somewhere else or had them tell the story again.
type RunaroundTurn struct {
	ContactID string `json:"contactId"`
	Wall      string `json:"wall"`
	Channel   string `json:"channel"`
	Direction string `json:"direction"`
	From      string `json:"from"` // names of places
	To        string `json:"to"`   // empty: nowhere
	// FromPlace and ToPlace are places in [RunaroundView], -1 for none or one that is not drawn.
	FromPlace int64           `json:"fromPlace"`
	ToPlace   int64           `json:"toPlace"`
	People    []PersonMention `json:"people"` // in the order they came on
	Transfers int64           `json:"transfers"`
	Retold    int64           `json:"retold"`
	// HoldSeconds is -1 when it is not known.
	HoldSeconds int64 `json:"holdSeconds"`
	Time        int64 `json:"time"` // which time by this way
	Back        bool  `json:"back"`
	Circle      bool  `json:"circle"`
	DeadEnd     bool  `json:"deadEnd"`
}

// ContradictionView is a question with the answers to it that can't all be true.
type ContradictionView struct {
	ID       string       `json:"id"`
	Question string       `json:"question"`
	Note     string       `json:"note"`
	Answers  []AnswerView `json:"answers"`
	// Corrected says that it says something else than at first.
	Corrected bool `json:"corrected"`
}

// AnswerView is an answer with the contact or message it is from.
type AnswerView struct {
	EntryID string `json:"entryId"`
	Said    string `json:"said"`
	// State is counts, withdrawn, erased or elsewhere (on another computer); Item is there only for what counts.
	State string        `json:"state"`
	Item  *TimelineItem `json:"item,omitempty"`
}

// ContradictionInput is a contradiction as it was typed.
type ContradictionInput struct {
	CaseID   string        `json:"caseId"`
	Question string        `json:"question"`
	Answers  []AnswerInput `json:"answers"`
	Note     string        `json:"note"`
}

// AnswerInput is an answer as it was typed.
type AnswerInput struct {
	EntryID string `json:"entryId"` // a contact or message
	Said    string `json:"said"`
}
