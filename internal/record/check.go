package record

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// Stored is an entry as a library holds it, with the leaf that was made when it was appended.
type Stored struct {
	Entry
	LeafBytes []byte
	LeafHash  [32]byte
}

// What says what does not hold. It is stable: programs read it, and the catalogue has words for it.
type What string

// What may not hold of an entry, or of a log.
const (
	HeaderNotAllowed    What = "header_not_allowed"    // a member of the header is not as it must be
	PayloadMissing      What = "payload_missing"       // the entry's payload is gone
	PayloadNotCanonical What = "payload_not_canonical" // the payload is not the canonical JSON of an object
	LeafMalformed       What = "leaf_malformed"        // the stored leaf is no leaf at all
	LeafHashDiffers     What = "leaf_hash_differs"     // the stored hash is not that of the stored leaf
	HeaderDiffers       What = "header_differs"        // the header is not the one that was recorded
	PayloadDiffers      What = "payload_differs"       // the payload or the salt is not the one that was recorded
	FieldDiffers        What = "field_differs"         // one field is not the one that was recorded
	SequenceGap         What = "sequence_gap"          // entries are missing before this one
	SequenceRepeated    What = "sequence_repeated"     // this place of the log was taken, or comes out of order
	EntryIDRepeated     What = "entry_id_repeated"     // an earlier entry has the same id
)

// Finding is one thing that does not hold.
type Finding struct {
	What What `json:"what"`
	// Where is LOG/SEQUENCE, with #POINTER behind it when it is about one member of the header or one field of the
	// payload: "0198…/12#/summary".
	Where string `json:"where"`
}

// CheckEntry returns what does not hold of one entry by itself: its header and payload are in canonical form, and its
// leaf and leaf hash follow from them.
func CheckEntry(stored Stored) []Finding {
	c := entryCheck{stored: stored}
	c.header()
	c.leaf(c.payload())
	return c.findings
}

type entryCheck struct {
	stored   Stored
	findings []Finding
}

func (c *entryCheck) find(what What, pointer string) {
	c.findings = append(c.findings, Finding{what, c.stored.Header.where(pointer)})
}

func (h Header) where(pointer string) string {
	where := fmt.Sprintf("%s/%d", h.LogID, h.Sequence)
	if pointer != "" {
		where += "#" + pointer
	}
	return where
}

func (c *entryCheck) header() {
	if member, ok := errors.AsType[*HeaderError](c.stored.Header.Check()); ok {
		c.find(HeaderNotAllowed, "/"+member.Member)
	}
}

// payload returns the payload's fields, or none when it has no canonical form.
func (c *entryCheck) payload() []Field {
	if len(c.stored.Payload) == 0 {
		c.find(PayloadMissing, "")
		return nil
	}
	root, err := parsePayload(c.stored.Payload, options{})
	if form, ok := errors.AsType[*FormError](err); ok {
		c.find(PayloadNotCanonical, form.Pointer)
		return nil
	}
	if canonical, err := canonicalBytes(root); err != nil || !bytes.Equal(canonical, c.stored.Payload) {
		c.find(PayloadNotCanonical, "")
	}
	return appendFields(nil, "", root)
}

func (c *entryCheck) leaf(fields []Field) {
	if LeafHash(c.stored.LeafBytes) != c.stored.LeafHash {
		c.find(LeafHashDiffers, "")
	}
	leaf, err := parseLeaf(c.stored.LeafBytes)
	if err != nil {
		c.find(LeafMalformed, "")
		return
	}
	if header, err := Canonical(c.stored.Header); err != nil || !bytes.Equal(header, leaf.header) {
		c.find(HeaderDiffers, "")
	}
	if len(fields) > 0 {
		c.fields(leaf, fields)
	}
}

// fields compares the payload with the leaf's commitments. A field that was changed or added has a commitment that the
// leaf does not hold, so it can be named; when none or all of them differ, it is the payload as a whole, or the salt.
func (c *entryCheck) fields(leaf leaf, fields []Field) {
	var changed []string
	for _, field := range fields {
		if !leaf.holds(commitment(fieldKey(c.stored.Salt, field.Pointer), field)) {
			changed = append(changed, field.Pointer)
		}
	}
	if len(changed) == 0 && len(fields) == len(leaf.commitments) {
		return
	}
	if len(changed) == 0 || len(changed) == len(fields) {
		c.find(PayloadDiffers, "")
		return
	}
	for _, pointer := range changed {
		c.find(FieldDiffers, pointer)
	}
}

// Checker checks entries one after the other, those of each log in the log's order; entries of several logs may come
// mixed. It remembers the ids it has seen, and no payloads. The zero value is ready.
type Checker struct {
	last map[string]int64
	seen map[string]struct{}
	// Entries is how many were checked.
	Entries  int64
	findings []Finding
}

// Check adds one entry, and returns what does not hold of it and of its place.
func (c *Checker) Check(stored Stored) []Finding {
	if c.last == nil {
		c.last, c.seen = map[string]int64{}, map[string]struct{}{}
	}
	c.Entries++
	findings := slices.Concat(c.place(stored.Header), CheckEntry(stored))
	c.findings = append(c.findings, findings...)
	return findings
}

// Findings lists all that does not hold, in the order it was found. The record holds when it is empty.
func (c *Checker) Findings() []Finding { return c.findings }

func (c *Checker) place(header Header) (findings []Finding) {
	last := c.last[header.LogID]
	switch {
	case header.Sequence > last+1:
		findings = append(findings, Finding{SequenceGap, header.where("")})
	case header.Sequence <= last:
		findings = append(findings, Finding{SequenceRepeated, header.where("")})
	}
	c.last[header.LogID] = max(last, header.Sequence)
	if _, ok := c.seen[header.EntryID]; ok {
		findings = append(findings, Finding{EntryIDRepeated, header.where("")})
	}
	c.seen[header.EntryID] = struct{}{}
	return findings
}
