package casefile

import "time"

// Entry tells where in the record a thing stands. Views carry it beside the thing itself.
type Entry struct {
	// RecordedAt is this machine's clock when it was recorded, UTC.
	RecordedAt time.Time
	// LogID and Sequence are its place in the record.
	LogID    string
	Sequence int64
	// Leaf is the hash of its leaf, lower-case hex.
	Leaf string
	// Corrections are the entries that correct it and count, oldest first: each has the last word on its fields over those
	// before it. See [Entry.Rivals].
	Corrections []Correction
}

// CaseFile is everything recorded about one case that counts, in order, as the views have it with corrections applied,
// and what counts no longer. It is what figures and dossiers are made from.
type CaseFile struct {
	Case        Case
	Entry       Entry
	Parties     []Recorded[Party]
	People      []Recorded[Person]
	Contacts    []Recorded[Contact] // by earliest possible instant
	Promises    []Recorded[Promise] // by when they were made
	Settlements []Recorded[Settlement]
	Evidence    []Recorded[Evidence]
	// Exhibits are those of evidence that counts, or was erased. Their labels are told apart by device: see FORMAT.md.
	Exhibits []Recorded[Exhibit]
	Messages []Recorded[MessageView] // by date
	Expenses []Recorded[Expense]     // by when the money was spent
	// Contradictions and Joins stand in the order in which they were recorded.
	Contradictions []Recorded[Contradiction]
	Joins          []Recorded[Join]
	// Withdrawn is what was taken back or erased, by when it was recorded.
	Withdrawn []Withdrawal
}

// Recorded is a thing together with its place in the record.
type Recorded[T any] struct {
	Value T
	Entry Entry
}

// MessageView is a message with what its bytes say.
type MessageView struct {
	Message
	Reading Reading // without the attachments' content
}
