package record

import (
	"bytes"
	"errors"
	"fmt"
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
	PayloadNotErased    What = "payload_not_erased"    // an erasure names the entry, and its payload is still there
	DeviceMissing       What = "device_missing"        // the log goes on in format 1 without saying by which device
	DeviceRepeated      What = "device_repeated"       // the log says a second time by which device
)

// Finding is one thing that does not hold.
type Finding struct {
	What What `json:"what"`
	// Where is LOG/SEQUENCE, with #POINTER behind it when it is about one member of the header or one field of the
	// payload: "0198…/12#/summary".
	Where string `json:"where"`
}

// CheckEntry returns what does not hold of one entry by itself: its header and payload are in canonical form, and its
// leaf and leaf hash follow from them. Of an erased entry it says that the payload is missing; whether it was erased only
// the others tell, see [Checker].
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
	return flatten(c.stored.Header, root)
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
