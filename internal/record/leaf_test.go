package record

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// fieldsOf lists the fields of a payload.
func fieldsOf(payload []byte) ([]Field, error) {
	return Entry{Header: Header{Format: Format}, Payload: payload}.Fields()
}

func TestFieldsAreScalarsEmptyValuesAndLengthsByPointer(t *testing.T) {
	tests := []struct {
		name, payload string
		want          []string
	}{
		{"an empty payload is one field", `{}`, []string{` = {}`}},
		{"scalars", `{"b":"x","a":-1,"c":true,"d":null}`, []string{`/a = -1`, `/b = "x"`, `/c = true`, `/d = null`}},
		{"empty values are values", `{"a":{},"b":[],"c":[{},[]]}`, []string{`/a = {}`, `/b = []`, `/c/0 = {}`, `/c/1 = []`, `/c/- = 2`}},
		{"places of arrays", `{"a":[5,[6,7]]}`, []string{`/a/0 = 5`, `/a/1/0 = 6`, `/a/1/1 = 7`, `/a/1/- = 2`, `/a/- = 2`}},
		{"slash and tilde are escaped", `{"a/b":1,"c~d":2,"~1":3}`, []string{`/a~1b = 1`, `/c~0d = 2`, `/~01 = 3`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fields, err := fieldsOf([]byte(test.payload))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, field := range fields {
				got = append(got, field.Pointer+" = "+string(field.Value))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFormat0HasNoLengths(t *testing.T) {
	fields, err := Entry{Payload: []byte(`{"a":[5,[6]]}`)}.Fields()
	if err != nil || len(fields) != 2 || fields[0].Pointer != "/a/0" || fields[1].Pointer != "/a/1/0" {
		t.Errorf("the fields are %v, %v", fields, err)
	}
}

func TestOnlyAnObjectHasFields(t *testing.T) {
	for _, payload := range []string{`[]`, `"a"`, `1`, `null`} {
		_, err := fieldsOf([]byte(payload))
		if form, ok := errors.AsType[*FormError](err); !ok || form.Reason != NotAnObject {
			t.Errorf("%s: got %v", payload, err)
		}
	}
}

// unflatten makes the payload of its fields: with it, two different payloads can't have the same fields.
func unflatten(fields []Field) any {
	if len(fields) == 1 && fields[0].Pointer == "" {
		value, _ := parse(fields[0].Value, options{})
		return value
	}
	children := map[string][]Field{}
	for _, field := range fields {
		first, rest, more := strings.Cut(field.Pointer[1:], "/")
		if more {
			rest = "/" + rest
		}
		key := strings.NewReplacer("~1", "/", "~0", "~").Replace(first)
		children[key] = append(children[key], Field{rest, field.Value})
	}
	if _, isArray := children["0"]; isArray {
		delete(children, Length)
		elements := make([]any, len(children))
		for key, fields := range children {
			place, _ := strconv.Atoi(key)
			elements[place] = unflatten(fields)
		}
		return elements
	}
	var members object
	for key, fields := range children {
		members = append(members, member{key, unflatten(fields)})
	}
	slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	return members
}

func TestFieldsDetermineThePayload(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		canonical, err := Canonical([]byte(payloadText(t)))
		if err != nil {
			t.Fatal(err)
		}
		fields, err := fieldsOf(canonical)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendValue(nil, unflatten(fields)); !bytes.Equal(got, canonical) {
			t.Fatalf("fields of %s give %s", canonical, got)
		}
	})
}

func FuzzFields(f *testing.F) {
	for _, example := range canonicalExamples() {
		f.Add([]byte(`{"a":` + example.text + `}`))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		fields, err := fieldsOf(payload)
		if err != nil {
			return
		}
		pointers := map[string]bool{}
		for _, field := range fields {
			if pointers[field.Pointer] {
				t.Fatalf("%s has %q twice", payload, field.Pointer)
			}
			pointers[field.Pointer] = true
		}
		canonical, err := Canonical(payload)
		if err != nil {
			return // larger than MaxSize once written
		}
		if got := appendValue(nil, unflatten(fields)); !bytes.Equal(got, canonical) {
			t.Fatalf("fields of %s give %s", canonical, got)
		}
	})
}

// drawEntry draws an entry with any payload that may be recorded: its id stands in the header, and nowhere else.
func drawEntry(t *rapid.T) Entry {
	payload := rapid.Custom(payloadText).Filter(func(text string) bool {
		var members map[string]json.RawMessage
		err := json.Unmarshal([]byte(text), &members)
		return err == nil && members["id"] == nil
	}).Draw(t, "payload")
	entry, err := NewEntry(exampleHeader(KindContact, rapid.Int64Range(1, 1<<40).Draw(t, "sequence")),
		[]byte(payload), sameSalt(rapid.Byte().Draw(t, "salt")))
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func leafOf(t interface{ Fatal(...any) }, entry Entry) []byte {
	leaf, err := entry.Leaf()
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}

func TestEveryChangeOfAnEntryChangesItsLeaf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entry := drawEntry(t)
		before := leafOf(t, entry)
		changed := entry
		switch rapid.SampledFrom([]string{"field", "added field", "salt", "header"}).Draw(t, "change") {
		case "field":
			fields, _ := Entry{Payload: entry.Payload}.Fields() // without lengths, which are no values of their own
			at := rapid.IntRange(0, len(fields)-1).Draw(t, "field")
			if fields[at].Pointer == "" {
				t.Skip("nothing to change in an empty payload")
			}
			fields[at].Value = []byte(`"changed to another value"`)
			changed.Payload = appendValue(nil, unflatten(fields))
		case "added field":
			changed.Payload = []byte(strings.Replace(string(entry.Payload), "{", `{" added":0,`, 1))
			changed.Payload = bytes.Replace(changed.Payload, []byte(",}"), []byte("}"), 1)
		case "salt":
			changed.Salt[rapid.IntRange(0, 31).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case "header":
			changed.Header = drawOtherHeader(t, entry.Header)
		}
		if after := leafOf(t, changed); bytes.Equal(after, before) || LeafHash(after) == LeafHash(before) {
			t.Fatalf("%+v and %+v have the same leaf", entry, changed)
		}
	})
}

func drawOtherHeader(t *rapid.T, header Header) Header {
	changes := []func(*Header){
		func(h *Header) { h.Format++ },
		func(h *Header) { h.LogID += "x" },
		func(h *Header) { h.Sequence++ },
		func(h *Header) { h.EntryID, h.OperationID = h.OperationID, h.EntryID },
		func(h *Header) { h.Kind = KindPromise },
		func(h *Header) { h.KindVersion++ },
		func(h *Header) { h.RecordedAt = "2026-03-02T09:05:07.041Z" },
	}
	rapid.SampledFrom(changes).Draw(t, "header")(&header)
	return header
}

func TestTheOrderOfWritingDoesNotChangeTheLeaf(t *testing.T) {
	a := mustEntry(t, KindParty, 1, json.RawMessage(`{"name":"Almacenes Tordera","role":"seller","domains":["tordera.example"]}`))
	b := mustEntry(t, KindParty, 1, json.RawMessage("{\"domains\": [\"tordera.example\"],\n \"role\":\"sell\\u0065r\", \"name\":\"Almacenes Tordera\"}"))
	if !bytes.Equal(leafOf(t, a), leafOf(t, b)) {
		t.Error("the same payload has two leaves")
	}
}

func TestALeafOfHeaderAndSortedCommitmentsIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entry := drawEntry(t)
		text := leafOf(t, entry)
		leaf, err := parseLeaf(text)
		if err != nil {
			t.Fatal(err)
		}
		header, _ := Canonical(entry.Header)
		fields, _ := entry.Fields()
		if !bytes.Equal(leaf.header, header) || len(leaf.commitments) != len(fields) || !bytes.Equal(leaf.bytes(), text) {
			t.Fatalf("%x reads as %+v", text, leaf)
		}
	})
}

func FuzzParseLeaf(f *testing.F) {
	leaf := leafOf(f, mustEntry(f, KindParty, 1, json.RawMessage(`{"name":"Almacenes Tordera","role":"seller"}`)))
	f.Add(leaf)
	f.Add(leaf[:len(leaf)-1])
	f.Add(binary.BigEndian.AppendUint32([]byte(leafPrefix), 1<<32-1))
	f.Fuzz(func(t *testing.T, text []byte) {
		if leaf, err := parseLeaf(text); err == nil && !bytes.Equal(leaf.bytes(), text) {
			t.Fatalf("%x was taken, and would be written %x", text, leaf.bytes())
		}
	})
}

func TestADisclosedFieldIsProvedWithoutTheOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entry := drawEntry(t)
		fields, _ := entry.Fields()
		field := rapid.SampledFrom(fields).Draw(t, "field")
		disclosure, err := entry.Disclose(field.Pointer)
		if err != nil {
			t.Fatal(err)
		}
		if err := disclosure.Verify(leafOf(t, entry)); err != nil {
			t.Fatalf("%+v: %v", disclosure, err)
		}
	})
}

func TestADisclosureIsRefused(t *testing.T) {
	entry := mustEntry(t, KindPromise, 1, json.RawMessage(`{"what":"Entrega","amount":{"minor":43820,"currency":"EUR"},"other":43820}`))
	tests := []struct {
		name   string
		change func(*Disclosure)
		want   error
	}{
		{"when the value is another", func(d *Disclosure) { d.Value = []byte(`43821`) }, ErrNotInLeaf},
		{"when the value is of another type", func(d *Disclosure) { d.Value = []byte(`"43820"`) }, ErrNotInLeaf},
		{"when the same value is shown under another pointer", func(d *Disclosure) { d.Pointer = "/other" }, ErrNotInLeaf},
		{"when the key is another", func(d *Disclosure) { d.Key[0] ^= 1 }, ErrNotInLeaf},
		{"when the value is not written canonically", func(d *Disclosure) { d.Value = []byte(` 43820`) }, &FormError{Reason: NotCanonical}},
		{"when the value is no JSON", func(d *Disclosure) { d.Value = []byte(`43820],[`) }, &FormError{Reason: NotJSON}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			disclosure, err := entry.Disclose("/amount/minor")
			if err != nil {
				t.Fatal(err)
			}
			test.change(&disclosure)
			if err := disclosure.Verify(leafOf(t, entry)); fmt.Sprint(err) != test.want.Error() {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	t.Run("when the leaf is of another entry", func(t *testing.T) {
		disclosure, _ := entry.Disclose("/amount/minor")
		other := entry
		other.Salt[31]++
		if err := disclosure.Verify(leafOf(t, other)); !errors.Is(err, ErrNotInLeaf) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("when there is no such field", func(t *testing.T) {
		if _, err := entry.Disclose("/amount"); !errors.Is(err, ErrNotInLeaf) {
			t.Errorf("got %v", err)
		}
	})
}

func BenchmarkCheckEntry(b *testing.B) {
	stored := mustStore(b, mustEntry(b, KindContact, 1, exampleContact()))
	for b.Loop() {
		if findings := CheckEntry(stored); findings != nil {
			b.Fatal(findings)
		}
	}
}

func TestAMessageCodeIsThatOfTheStandardLibrary(t *testing.T) {
	for size := range 600 {
		message := bytes.Repeat([]byte{'a' + byte(size%7)}, size)
		key := bytes.Repeat([]byte{byte(size)}, size%65)
		standard := hmac.New(sha256.New, key)
		standard.Write(message)
		if got := mac(key, message); !bytes.Equal(got[:], standard.Sum(nil)) {
			t.Errorf("%d bytes: %x", size, got)
		}
	}
}
