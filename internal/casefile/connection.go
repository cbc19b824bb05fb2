package casefile

// Expense is money that the person spent because of the dispute: postage, a taxi, a replacement.
type Expense struct {
	ID     string `json:"id,omitempty"`
	CaseID string `json:"case"`
	// What it was spent on.
	What   string `json:"what"`
	Amount Money  `json:"amount"`
	// SpentAt is when it was spent.
	SpentAt When `json:"spent_at"`
	// ContactID is the contact it came of, and EvidenceIDs are the receipts.
	ContactID   string   `json:"contact,omitempty"`
	EvidenceIDs []string `json:"evidence,omitempty"`
	// MovedFrom is as in [Contact].
	MovedFrom *Target `json:"moved_from,omitempty"`
}

// Contradiction sets answers to one question side by side that can't all be true.
type Contradiction struct {
	ID       string   `json:"id,omitempty"`
	CaseID   string   `json:"case"`
	Question string   `json:"question"`
	Answers  []Answer `json:"answers"` // two at least
	Note     string   `json:"note,omitempty"`
}

// Answer is what a contact or a message said to a question.
type Answer struct {
	// EntryID is the contact or message.
	EntryID string `json:"entry"`
	// Said is the answer, word for word where possible.
	Said string `json:"said"`
}

// Join says that people who were written down apart are one and the same. Only the person says so, never the program.
// Taking it back parts them.
type Join struct {
	ID        string   `json:"id,omitempty"`
	CaseID    string   `json:"case"`
	PersonIDs []string `json:"people"` // two at least
}
