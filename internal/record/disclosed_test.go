package record

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shownFields makes disclosed fields of pointers and values, in turns.
func shownFields(pairs ...string) (fields []Disclosure) {
	for i := 0; i < len(pairs); i += 2 {
		fields = append(fields, Disclosure{Field: Field{Pointer: pairs[i], Value: []byte(pairs[i+1])}})
	}
	return fields
}

func TestAllFieldsOfAnEntryAssembleItsPayload(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entry := drawEntry(t)
		entry.Header.Format = rapid.Int64Range(0, 1).Draw(t, "format")
		fields, err := entry.Fields()
		if err != nil {
			t.Fatal(err)
		}
		shown := make([]Disclosure, len(fields))
		for i, field := range rapid.Permutation(fields).Draw(t, "fields") {
			shown[i].Field = field
		}
		if payload, err := Assemble(entry.Header, shown); err != nil || string(payload) != string(entry.Payload) {
			t.Errorf("%s is assembled as %s, %v", entry.Payload, payload, err)
		}
	})
}

func TestFieldsAssembleAsFarAsTheyTell(t *testing.T) {
	tests := []struct {
		name   string
		format int64
		fields []Disclosure
		want   string
	}{
		{"nothing", 1, nil, `{}`},
		{"the empty payload", 1, shownFields("", "{}"), `{}`},
		{"places follow one another", 1, shownFields("/a/7", "1", "/a/10", "2"), `{"a":[1,2]}`},
		{"a length is no element", 1, shownFields("/a/0", "1", "/a/-", "1"), `{"a":[1]}`},
		{"a hyphen is a key where there are no places", 1, shownFields("/a/-", "1", "/a/b", "2"), `{"a":{"-":1,"b":2}}`},
		{"escaped keys", 1, shownFields("/a~1b/~0c~01", "null"), `{"a/b":{"~c~1":null}}`},
		{"empty values", 0, shownFields("/a", "[]", "/b", "{}"), `{"a":[],"b":{}}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := Assemble(Header{Format: test.format}, test.fields); err != nil || string(got) != test.want {
				t.Errorf("got %s, %v; want %s", got, err, test.want)
			}
		})
	}
}

func TestFieldsThatNoPayloadHasAreRefused(t *testing.T) {
	tests := []struct {
		name   string
		format int64
		fields []Disclosure
	}{
		{"one pointer twice", 1, shownFields("/a", "1", "/a", "2")},
		{"a field and what is below it", 1, shownFields("/a", "1", "/a/b", "2")},
		{"what is below a field, and the field", 1, shownFields("/a/b", "2", "/a", "1")},
		{"keys and places side by side", 1, shownFields("/a/0", "1", "/a/b", "2")},
		{"a length in format 0", 0, shownFields("/a/0", "1", "/a/-", "1")},
		{"the empty payload and a field", 1, shownFields("", "{}", "/a", "1")},
		{"a payload that is a number", 1, shownFields("", "7")},
		{"a payload that is an array", 1, shownFields("/0", "1")},
		{"a place with a leading zero", 1, shownFields("/a/00", "1")},
		{"an array with something in it", 1, shownFields("/a", "[1]")},
		{"an object with something in it", 1, shownFields("/a", `{"b":1}`)},
		{"a pointer without a slash", 1, shownFields("a", "1")},
		{"a pointer with another escape", 1, shownFields("/a~2", "1")},
		{"a pointer with an escape that another hides", 1, shownFields("/a~~01", "1")},
		{"an empty key", 1, shownFields("/a//b", "1")},
		{"a key beyond ASCII", 1, shownFields("/ñ", "1")},
		{"too deep", 1, shownFields(strings.Repeat("/a", MaxDepth+1), "1")},
		{"an empty object too deep", 1, shownFields(strings.Repeat("/a", MaxDepth), "{}")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := Assemble(Header{Format: test.format}, test.fields); !errors.Is(err, ErrNoPayload) {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}
