package record

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// ErrNoPayload says that no payload has all the fields that are disclosed of an entry.
var ErrNoPayload = errors.New("the fields are not those of one payload")

// Assemble makes the payload that the disclosed fields of an entry with this header are of, as far as they tell it, in
// canonical form. The places of an array that are there follow one another. [Disclosure.Verify] has said before that each
// field is in the leaf: whoever wrote the leaf by other rules could have put anything there.
//
// Error: [ErrNoPayload].
func Assemble(header Header, fields []Disclosure) ([]byte, error) {
	if len(fields) == 1 && fields[0].Pointer == "" && string(fields[0].Value) == "{}" {
		return []byte("{}"), nil
	}
	root := branch{lengths: header.Format >= 1}
	for _, field := range fields {
		if !root.add(field.Field) {
			return nil, ErrNoPayload
		}
	}
	payload, err := Canonical(root.object())
	if err != nil {
		return nil, ErrNoPayload
	}
	return payload, nil
}

// branch is a part of a payload: a field's value, or what is below it by the parts of the pointer.
type branch struct {
	lengths bool // of arrays are among the fields
	value   json.RawMessage
	below   map[string]*branch
}

func (b *branch) add(field Field) bool {
	unescaped := strings.NewReplacer("~0", "", "~1", "").Replace(field.Pointer)
	if !strings.HasPrefix(field.Pointer, "/") || strings.Contains(unescaped, "~") || !isFieldValue(field.Value) {
		return false
	}
	parts := strings.Split(field.Pointer[1:], "/")
	if len(parts) > MaxDepth {
		return false
	}
	for _, part := range parts {
		if b.value != nil {
			return false
		}
		if b.below == nil {
			b.below = map[string]*branch{}
		}
		if b.below[part] == nil {
			b.below[part] = &branch{lengths: b.lengths}
		}
		b = b.below[part]
	}
	if b.value != nil || b.below != nil {
		return false
	}
	b.value = json.RawMessage(field.Value)
	return true
}

// isFieldValue reports whether canonical JSON is a value that fields have: none with anything in it.
func isFieldValue(value []byte) bool {
	return len(value) > 0 && (value[0] != '{' && value[0] != '[' || len(value) == 2)
}

func (b *branch) any() any {
	if b.value != nil {
		return b.value
	}
	places := b.places()
	if len(places) == 0 {
		return b.object()
	}
	slices.SortFunc(places, func(x, y string) int {
		return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y))
	})
	elements := make([]any, len(places))
	for i, place := range places {
		elements[i] = b.below[place].any()
	}
	return elements
}

// places are those of an array. There are none where anything else is below, but the array's length.
func (b *branch) places() (places []string) {
	for part := range b.below {
		switch {
		case isPlace(part):
			places = append(places, part)
		case part != Length || !b.lengths:
			return nil
		}
	}
	return places
}

// isPlace reports whether part of a pointer is a place in an array, written as RFC 6901 has it.
func isPlace(part string) bool {
	return part != "" && strings.Trim(part, "0123456789") == "" && (part[0] != '0' || part == "0")
}

func (b *branch) object() map[string]any {
	key := strings.NewReplacer("~0", "~", "~1", "/")
	members := make(map[string]any, len(b.below))
	for part, below := range b.below {
		members[key.Replace(part)] = below.any()
	}
	return members
}
