package app

// CallView is a call that goes on, or was not put on record yet.
type CallView struct {
	ID     string `json:"id"`
	CaseID string `json:"caseId"` // empty until it is chosen
	// BeganAt and EndedAt are instants; EndedAt is empty while it goes on. Began is the wall time where the person lives.
	BeganAt string `json:"beganAt"`
	Began   string `json:"began"`
	EndedAt string `json:"endedAt"`
	// Now is the time by the clock that all these are told with.
	Now   string     `json:"now"`
	Notes []CallNote `json:"notes"`
	// Form is what the page kept of its own, JSON; empty when the call was begun or changed elsewhere.
	Form string `json:"form"`
	// Typed is what can be read of it so far.
	Typed ContactInput `json:"typed"`
}

// CallNote is something noted down in a call, with the time on the clock then.
type CallNote struct {
	Number int64  `json:"number"`
	At     string `json:"at"`    // instant
	Clock  string `json:"clock"` // HH:MM where the person lives
	Text   string `json:"text"`
}

// CallInput is a call as it is put on record.
type CallInput struct {
	Contact ContactInput `json:"contact"`
	// NewCase is the title of a case to begin with it; empty for none.
	NewCase string `json:"newCase"`
}

// SavedCall names what came of saving a call.
type SavedCall struct {
	CaseID    string `json:"caseId"`
	ContactID string `json:"contactId"`
	// EntryIDs are the contact and its promises.
	EntryIDs []string `json:"entryIds"`
}
