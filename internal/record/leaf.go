package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// leafPrefix begins every leaf, so that its bytes can stand for nothing else.
const leafPrefix = "constancia-leaf-v1"

// Field is one scalar of a payload, or an empty array or object, which count as values of their own.
type Field struct {
	// Pointer is the field's JSON Pointer (RFC 6901).
	Pointer string
	// Value is its canonical JSON.
	Value []byte
}

// Length is the last part of the pointer of the field that says how many elements an array has: else nobody who is shown
// some of them could tell that others were left out. RFC 6901 has it for the place behind the last element.
const Length = "-"

// Fields lists the fields of the payload, members by key, elements in order and behind them their number. Two payloads
// have the same fields only when they are the same. It refuses with a *FormError what [Canonical] refuses, and what is
// not an object.
func (e Entry) Fields() ([]Field, error) {
	root, err := parsePayload(e.Payload, options{})
	if err != nil {
		return nil, err
	}
	return flatten(e.Header, root), nil
}

func flatten(header Header, root object) []Field {
	f := flattening{lengths: header.Format >= 1}
	f.add("", root)
	return f.fields
}

// flattening is a payload on its way to its fields. Format 0 has no lengths.
type flattening struct {
	lengths bool
	fields  []Field
}

func (f *flattening) add(pointer string, value any) {
	switch value := value.(type) {
	case object:
		for _, member := range value {
			f.add(pointer+token(member.key), member.value)
		}
		if len(value) > 0 {
			return
		}
	case []any:
		for i, element := range value {
			f.add(pointer+token(strconv.Itoa(i)), element)
		}
		if len(value) > 0 && f.lengths {
			f.add(pointer+token(Length), int64(len(value)))
		}
		if len(value) > 0 {
			return
		}
	}
	f.fields = append(f.fields, Field{pointer, appendValue(nil, value)})
}

var tokenEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// token is a key or place as a JSON Pointer has it, with the slash before it (RFC 6901, section 3).
func token(key string) string { return "/" + tokenEscapes.Replace(key) }

// fieldKey is what a field's commitment is made with, and what is given away with the field when it is disclosed.
func fieldKey(salt [32]byte, pointer string) [32]byte { return mac(salt[:], []byte(pointer)) }

// commitment binds the value to its pointer: else a value could be shown under another name.
func commitment(key [32]byte, field Field) [32]byte {
	message := appendString(append(make([]byte, 0, 4+len(field.Pointer)+len(field.Value)), '['), field.Pointer)
	message = append(message, ',')
	message = append(message, field.Value...)
	return mac(key[:], append(message, ']'))
}

// SealingKey is what backups encrypt an entry's payload under. It can't be told without the salt and does not tell it, so
// that an entry whose salt was erased can't be read from a backup that has forgotten the key.
func SealingKey(salt [32]byte) [32]byte { return mac(salt[:], []byte("constancia-sealing-key-v1")) }

// mac is HMAC-SHA-256 (RFC 2104) under a key of at most a block, as all of ours are. A leaf takes dozens of them, most of a
// few bytes: on the stack they cost a fraction of what package hmac does.
func mac(key, message []byte) [32]byte {
	if len(key) > sha256.BlockSize {
		panic("record: a key that is longer than a block")
	}
	var inner [sha256.BlockSize + 192]byte // room for most messages
	var outer [sha256.BlockSize + sha256.Size]byte
	copy(inner[:], key)
	copy(outer[:], key)
	for i := range sha256.BlockSize {
		inner[i] ^= 0x36
		outer[i] ^= 0x5c
	}
	sum := sha256.Sum256(append(inner[:sha256.BlockSize], message...))
	copy(outer[sha256.BlockSize:], sum[:])
	return sha256.Sum256(outer[:])
}

// Leaf gives the entry's leaf bytes, from which an entry's place in the log is proved.
func (e Entry) Leaf() ([]byte, error) {
	fields, err := e.Fields()
	if err != nil {
		return nil, err
	}
	header, err := Canonical(e.Header)
	if err != nil {
		return nil, err
	}
	return leaf{header, e.commitments(fields)}.bytes(), nil
}

// commitments are those to the payload's fields, in ascending order.
func (e Entry) commitments(fields []Field) [][32]byte {
	commitments := make([][32]byte, len(fields))
	for i, field := range fields {
		commitments[i] = commitment(fieldKey(e.Salt, field.Pointer), field)
	}
	slices.SortFunc(commitments, compareHashes)
	return commitments
}

// LeafHash is the hash of a leaf as the log's tree has it: SHA-256 of a zero byte and the leaf (RFC 6962, section 2.1).
func LeafHash(leaf []byte) [32]byte {
	return sha256.Sum256(append([]byte{0}, leaf...))
}

// leaf is what a leaf's bytes say.
type leaf struct {
	header      []byte     // canonical JSON
	commitments [][32]byte // ascending
}

func (l leaf) bytes() []byte {
	text := make([]byte, 0, len(leafPrefix)+8+len(l.header)+32*len(l.commitments))
	text = append(text, leafPrefix...)
	text = binary.BigEndian.AppendUint32(text, uint32(len(l.header)))
	text = append(text, l.header...)
	text = binary.BigEndian.AppendUint32(text, uint32(len(l.commitments)))
	for _, commitment := range l.commitments {
		text = append(text, commitment[:]...)
	}
	return text
}

var errNotALeaf = errors.New("these bytes are not a leaf")

// parseLeaf reads leaf bytes, and takes only those that bytes could have written.
func parseLeaf(text []byte) (leaf, error) {
	rest, ok := bytes.CutPrefix(text, []byte(leafPrefix))
	if !ok || len(rest) < 4 {
		return leaf{}, errNotALeaf
	}
	size, rest := int64(binary.BigEndian.Uint32(rest)), rest[4:]
	if int64(len(rest)) < size+4 {
		return leaf{}, errNotALeaf
	}
	header, rest := rest[:size], rest[size:]
	count, rest := int64(binary.BigEndian.Uint32(rest)), rest[4:]
	if count == 0 || int64(len(rest)) != 32*count {
		return leaf{}, errNotALeaf
	}
	commitments := make([][32]byte, count)
	for i := range commitments {
		commitments[i] = [32]byte(rest[32*i:])
		if i > 0 && compareHashes(commitments[i-1], commitments[i]) >= 0 {
			return leaf{}, errNotALeaf
		}
	}
	return leaf{header, commitments}, nil
}

// FieldsOf counts the fields that a leaf commits to, so that who is shown some of them knows how many are hidden.
func FieldsOf(leafBytes []byte) (int, error) {
	leaf, err := parseLeaf(leafBytes)
	return len(leaf.commitments), err
}

func (l leaf) holds(commitment [32]byte) bool {
	_, found := slices.BinarySearchFunc(l.commitments, commitment, compareHashes)
	return found
}

func compareHashes(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) }

// Disclosure shows one field of an entry with what proves it: the field's key, never the salt, so that short values of
// the other fields can't be found by guessing.
type Disclosure struct {
	Field
	Key [32]byte
}

// ErrNotInLeaf says that a field is not what the leaf commits to: its value, its pointer or its key is another, or the
// leaf is of another entry.
var ErrNotInLeaf = errors.New("the field is not in the leaf")

// Disclose shows the field at pointer. It fails with [ErrNotInLeaf] when the payload has no such field.
func (e Entry) Disclose(pointer string) (Disclosure, error) {
	fields, err := e.Fields()
	if err != nil {
		return Disclosure{}, err
	}
	for _, field := range fields {
		if field.Pointer == pointer {
			return Disclosure{field, fieldKey(e.Salt, pointer)}, nil
		}
	}
	return Disclosure{}, ErrNotInLeaf
}

// Verify returns nil when the leaf commits to this very field, else [ErrNotInLeaf] or what is wrong with the leaf or the
// value.
func (d Disclosure) Verify(leafBytes []byte) error {
	leaf, err := parseLeaf(leafBytes)
	if err != nil {
		return err
	}
	value, err := Canonical(json.RawMessage(d.Value))
	if err != nil {
		return err
	}
	if !bytes.Equal(value, d.Value) {
		return &FormError{Reason: NotCanonical}
	}
	if !leaf.holds(commitment(d.Key, d.Field)) {
		return ErrNotInLeaf
	}
	return nil
}
