package casefile

import "time"

// PromptWithin is how soon after an entry was recorded it may be taken back as a slip of the pen.
const PromptWithin = 15 * time.Minute

// Withdrawal is an entry that counts no longer: it was taken back, or erased.
type Withdrawal struct {
	EntryID string
	// Kind is the entry's kind, as the record calls it.
	Kind string
	// Entry is its place in the record, and when it was recorded.
	Entry Entry
	// At is when it was withdrawn, by the clock of the device that did; By is the entry that says so. When it was erased,
	// that is the erasure.
	At     time.Time
	By     string
	Reason string
	// Erased is whether its content was deleted for good, and not just taken back.
	Erased bool
	// AfterSeal is whether a time stamp of its log had seen it by then.
	AfterSeal bool
	// Label is the number of an exhibit: it stays used.
	Label string
}

// InFull reports whether it is to be told by itself, and not in a count: it was withdrawn after somebody else's clock had
// seen it, or too late to be a slip. A clock that went back in between makes it late.
func (w Withdrawal) InFull() bool {
	after := w.At.Sub(w.Entry.RecordedAt)
	return w.AfterSeal || after < 0 || after > PromptWithin
}
