package mailserver

import (
	goimap "github.com/emersion/go-imap/v2"
)

// view is what a session sees of the mailbox it has opened: the messages it has been told of. Those that arrived since
// show once it is told (RFC 3501, section 7.3.1).
type view struct {
	mailbox  *mailbox
	messages []*stored
}

// entry is a message under the numbers it has in a view.
type entry struct {
	*stored
	number uint32 // its sequence number
	uid    goimap.UID
}

// entries are the messages of a view, in order.
func (v *view) entries() []entry {
	entries := make([]entry, len(v.messages))
	for i, message := range v.messages {
		entries[i] = entry{stored: message, number: uint32(i) + 1, uid: firstUID + goimap.UID(i)}
	}
	return entries
}

// holds is whether a set of sequence numbers or of UIDs has a message in it. "*" is the last message (RFC 3501, section
// 9, seq-number), so a range such as 900:* has it always.
func (v *view) holds(set goimap.NumSet, e entry) bool {
	count := uint32(len(v.messages))
	switch set := set.(type) {
	case goimap.SeqSet:
		for _, r := range set {
			if within(e.number, r.Start, r.Stop, count) {
				return true
			}
		}
	case goimap.UIDSet:
		last := firstUID + goimap.UID(count) - 1
		for _, r := range set {
			if within(e.uid, r.Start, r.Stop, last) {
				return true
			}
		}
	}
	return false
}

// within is whether a number is in a range, whose ends may be 0 for "*" and may stand in any order.
func within[N ~uint32](number, start, stop, last N) bool {
	if start == 0 {
		start = last
	}
	if stop == 0 {
		stop = last
	}
	return min(start, stop) <= number && number <= max(start, stop)
}
