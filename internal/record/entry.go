// Package record is the log's encoding: what an entry is, which bytes stand for it, and how somebody checks that they
// are still those.
//
// An entry is a header, which is never erased, and a payload. The payload is flattened to its fields; each field is
// committed to under a key that is derived from the entry's random salt and the field's name. The leaf is the header
// with those commitments, and its hash is what the log's tree is made of. So a field can be shown and proved without
// the others, and a payload can be erased while the leaf, and with it every later proof, stays.
//
// The promise is "tamper-evident": after a leaf's hash has left the machine, no change to the entry goes unseen. It says
// nothing about whether what was written down is true, and before that moment the owner could have written it anew.
//
// The package is pure: no files, no network, no clock and no randomness of its own. FORMAT.md has the format for somebody
// who writes a second reader; reader.py is one, in nothing but Python's standard library.
package record

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Format is the number of the format that this package writes. Format 0, that of trial versions, is still
// read; its arrays have no lengths, see [Entry.Fields].
const Format = 1

// TimeLayout is the one form of Header.RecordedAt: RFC 3339 in UTC with milliseconds.
const TimeLayout = "2006-01-02T15:04:05.000Z"

// Kind says what the payload is. The payloads' types are those of package casefile.
type Kind string

// Kinds of entries.
const (
	KindCase       Kind = "case"
	KindParty      Kind = "party"
	KindPerson     Kind = "person"
	KindContact    Kind = "contact"
	KindPromise    Kind = "promise"
	KindSettlement Kind = "settlement"
	KindEvidence   Kind = "evidence"
	KindExhibit    Kind = "exhibit"
	KindMessage    Kind = "message"
	KindCorrection Kind = "correction"
	KindExport     Kind = "export"
	KindExpense    Kind = "expense"
	// KindContradiction sets two answers to one question side by side; KindJoin says that several people are one.
	KindContradiction Kind = "contradiction"
	KindJoin          Kind = "join"
	KindDevice        Kind = "device"
	KindRetraction    Kind = "retraction"
	KindErasure       Kind = "erasure"
	KindSeal          Kind = "seal"
	// KindKeyRecord is what the domain name system said of the key of signatures; KindSighting says that a message was met
	// once more elsewhere; KindSending that an export went to somebody.
	KindKeyRecord Kind = "key_record"
	KindSighting  Kind = "sighting"
	KindSending   Kind = "sending"
)

var kindVersions = map[Kind]int64{
	KindCase: 1, KindParty: 1, KindPerson: 1, KindContact: 1, KindPromise: 1,
	KindSettlement: 1, KindEvidence: 1, KindExhibit: 1, KindMessage: 1, KindCorrection: 1, KindExport: 1,
	KindExpense: 1, KindContradiction: 1, KindJoin: 1, KindDevice: 1, KindRetraction: 1, KindErasure: 1, KindSeal: 1,
	KindKeyRecord: 1, KindSighting: 1, KindSending: 1,
}

// Kinds lists the kinds that this package writes.
func Kinds() []Kind {
	return []Kind{KindCase, KindParty, KindPerson, KindContact, KindPromise, KindSettlement, KindEvidence, KindExhibit,
		KindMessage, KindCorrection, KindExport, KindExpense, KindContradiction, KindJoin, KindDevice, KindRetraction,
		KindErasure, KindSeal, KindKeyRecord, KindSighting, KindSending}
}

// Version is the version of the kind's payload that this program writes; 0 for a kind it does not know.
func (k Kind) Version() int64 { return kindVersions[k] }

// Header is the part of an entry that is never erased. It says nothing about the dispute but that something was
// recorded, when and where.
type Header struct {
	Format int64 `json:"format"`
	// LogID names the log: 1 to 64 of a-z, 0-9, '.', '_' and '-'.
	LogID string `json:"log_id"`
	// Sequence is the entry's place in its log, from 1 and without gaps.
	Sequence int64 `json:"sequence"`
	// EntryID is a UUIDv7 (RFC 9562), lower case; it is also the id of the thing recorded.
	EntryID string `json:"entry_id"`
	// OperationID is a UUIDv7, the same for all entries that one act of the person made.
	OperationID string `json:"operation_id"`
	Kind        Kind   `json:"kind"`
	KindVersion int64  `json:"kind_version"`
	// RecordedAt is this machine's clock when the entry was recorded, in TimeLayout.
	RecordedAt string `json:"recorded_at"`
}

// Check returns a *HeaderError for the first member that is not as it must be, else nil. A kind that this program does
// not know is no error: its entries can be verified all the same.
func (h Header) Check() error {
	switch {
	case h.Format < 0 || h.Format > Format:
		return &HeaderError{"format"}
	case !isName(h.LogID, ".-0123456789"):
		return &HeaderError{"log_id"}
	case h.Sequence < 1 || h.Sequence > maxInteger:
		return &HeaderError{"sequence"}
	case !isUUIDv7(h.EntryID):
		return &HeaderError{"entry_id"}
	case !isUUIDv7(h.OperationID):
		return &HeaderError{"operation_id"}
	case !isName(string(h.Kind), ""):
		return &HeaderError{"kind"}
	case h.KindVersion < 1 || h.KindVersion > maxInteger:
		return &HeaderError{"kind_version"}
	case !isTimestamp(h.RecordedAt):
		return &HeaderError{"recorded_at"}
	}
	return nil
}

// canonical is what [Canonical] gives for a header that holds: the order of its members, their names and what may stand in
// them is fixed.
func (h Header) canonical() []byte {
	text := make([]byte, 0, 320)
	text = appendString(append(text, `{"entry_id":`...), h.EntryID)
	text = strconv.AppendInt(append(text, `,"format":`...), h.Format, 10)
	text = appendString(append(text, `,"kind":`...), string(h.Kind))
	text = strconv.AppendInt(append(text, `,"kind_version":`...), h.KindVersion, 10)
	text = appendString(append(text, `,"log_id":`...), h.LogID)
	text = appendString(append(text, `,"operation_id":`...), h.OperationID)
	text = appendString(append(text, `,"recorded_at":`...), h.RecordedAt)
	text = strconv.AppendInt(append(text, `,"sequence":`...), h.Sequence, 10)
	return append(text, '}')
}

// HeaderError says which member of a header is not as it must be.
type HeaderError struct {
	// Member is its JSON name.
	Member string
}

// Error says it in English, for developers.
func (e *HeaderError) Error() string { return "the header's " + e.Member + " is not allowed" }

// Entry is one appended record.
type Entry struct {
	Header Header
	// Payload is a JSON object in canonical form.
	Payload []byte
	// Salt is what the fields' keys are derived from. Whoever has it can guess at hidden fields: it leaves the library
	// only together with the whole payload.
	Salt [32]byte
}

// NewEntry makes an entry from a header and a payload: a value that marshals to a JSON object, or the object's JSON text
// as []byte or [json.RawMessage]. The object has no "id": the header's EntryID is the thing's. Strings are brought into NFC, the payload into canonical form, and the salt is drawn
// from random, which must be a cryptographic source. The format is [Format], and
// a KindVersion of 0 becomes the kind's present version.
//
// Errors: *HeaderError, *FormError, what random returns.
func NewEntry(header Header, payload any, random io.Reader) (Entry, error) {
	header, err := newHeader(header)
	if err != nil {
		return Entry{}, err
	}
	entry, _, err := newPayload(payload, random)
	entry.Header = header
	return entry, err
}

// newHeader is the header of a new entry.
func newHeader(header Header) (Header, error) {
	if header.Kind.Version() == 0 {
		return Header{}, &HeaderError{"kind"}
	}
	header.Format = Format
	if header.KindVersion == 0 {
		header.KindVersion = header.Kind.Version()
	}
	return header, header.Check()
}

// newPayload makes a new entry but for its header, with its payload as it was parsed.
func newPayload(payload any, random io.Reader) (Entry, object, error) {
	text, options, err := marshal(payload)
	if err != nil {
		return Entry{}, nil, err
	}
	options.normalise = true
	root, err := parsePayload(text, options)
	if err != nil {
		return Entry{}, nil, err
	}
	if hasMember(root, "id") {
		return Entry{}, nil, &FormError{Pointer: "/id", Reason: KeyNotAllowed}
	}
	var entry Entry
	if entry.Payload, err = canonicalBytes(root); err != nil {
		return Entry{}, nil, err
	}
	if _, err := io.ReadFull(random, entry.Salt[:]); err != nil {
		return Entry{}, nil, fmt.Errorf("failed to draw a salt: %w", err)
	}
	return entry, root, nil
}

func hasMember(value object, key string) bool {
	return slices.ContainsFunc(value, func(m member) bool { return m.key == key })
}

// isName reports whether text is 1 to 64 of a-z, the underscore and the characters of more.
func isName(text, more string) bool {
	if len(text) == 0 || len(text) > 64 {
		return false
	}
	for _, c := range []byte(text) {
		if (c < 'a' || c > 'z') && c != '_' && !slices.Contains([]byte(more), c) {
			return false
		}
	}
	return true
}

func isUUIDv7(text string) bool {
	id, err := uuid.Parse(text)
	return err == nil && id.Version() == 7 && id.Variant() == uuid.RFC4122 && id.String() == text
}

func isTimestamp(text string) bool {
	at, err := time.Parse(TimeLayout, text)
	return err == nil && at.Year() > 0 && at.Format(TimeLayout) == text
}
