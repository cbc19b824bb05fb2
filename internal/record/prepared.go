package record

import "io"

// Prepared is a new entry without its header: what takes most of the time, and can be done before the entry's place in its
// log is known, by several at once.
type Prepared struct {
	entry       Entry
	commitments [][32]byte
}

// Prepare makes what [NewEntry] makes of a payload, and the commitments that its leaf has.
//
// Errors: *FormError, what random returns.
func Prepare(payload any, random io.Reader) (Prepared, error) {
	entry, root, err := newPayload(payload, random)
	if err != nil {
		return Prepared{}, err
	}
	return Prepared{entry, entry.commitments(flatten(Header{Format: Format}, root))}, nil
}

// Payload is the entry's payload in canonical form.
func (p Prepared) Payload() []byte { return p.entry.Payload }

// At gives the entry its place in a log, and its leaf.
//
// Error: *HeaderError.
func (p Prepared) At(header Header) (Stored, error) {
	header, err := newHeader(header)
	if err != nil {
		return Stored{}, err
	}
	entry := p.entry
	entry.Header = header
	text := leaf{header.canonical(), p.commitments}.bytes()
	return Stored{Entry: entry, LeafBytes: text, LeafHash: LeafHash(text)}, nil
}
