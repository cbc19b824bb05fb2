package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"
)

func TestCanonicalWritesOneFormOfEachValue(t *testing.T) {
	for _, test := range canonicalExamples() {
		t.Run(test.name, func(t *testing.T) {
			got, err := Canonical([]byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestCanonicalRefusesAndSaysWhere(t *testing.T) {
	for _, test := range refusedExamples() {
		t.Run(test.name, func(t *testing.T) {
			_, err := Canonical([]byte(test.text))
			want := FormError{Pointer: test.pointer, Reason: test.reason}
			if form, ok := errors.AsType[*FormError](err); !ok || *form != want {
				t.Errorf("got %v, want %v", err, &want)
			}
		})
	}
}

func TestCanonicalHoldsItsBounds(t *testing.T) {
	tests := []struct {
		name    string
		inside  string
		outside string
		pointer string
		reason  Reason
	}{
		{"depth", nested(MaxDepth), nested(MaxDepth + 1), strings.Repeat("/0", MaxDepth), TooDeep},
		{"size", `"` + strings.Repeat("a", MaxSize-2) + `"`, `"` + strings.Repeat("a", MaxSize-1) + `"`, "", TooLarge},
		{"key", keyed(MaxKey), keyed(MaxKey + 1), "", KeyNotAllowed},
		{"values", zeros(MaxValues - 1), zeros(MaxValues), fmt.Sprintf("/%d", MaxValues-1), TooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Canonical([]byte(test.inside)); err != nil {
				t.Errorf("the largest allowed is refused: %v", err)
			}
			_, err := Canonical([]byte(test.outside))
			want := FormError{Pointer: test.pointer, Reason: test.reason}
			if form, ok := errors.AsType[*FormError](err); !ok || *form != want {
				t.Errorf("got %v, want %v", err, &want)
			}
		})
	}
}

func nested(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }
func keyed(length int) string { return `{"` + strings.Repeat("k", length) + `":1}` }
func zeros(count int) string  { return "[" + strings.Repeat("0,", count-1) + "0]" }

// A string with a character that was not yet assigned in Unicode 15.0, as U+10D69 (Unicode 16.0), may be in NFC for one
// program and not for another.
func TestNFCIsAskedOnlyOfCharactersWhoseFormIsFixed(t *testing.T) {
	if _, err := Canonical([]byte("\"a\u0301\"")); err == nil {
		t.Error("a string out of NFC was taken")
	}
	if _, err := Canonical([]byte("\"\U00010D69a\u0301\"")); err != nil {
		t.Errorf("a string with a character newer than Unicode 15.0 was judged: %v", err)
	}
}

// jcs is an implementation of RFC 8785 by others: where we give bytes at all, it must give the same.
func TestCanonicalIsRFC8785(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := jsonText(t)
		ours, err := Canonical([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		theirs, err := jcs.Transform([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(ours, theirs) {
			t.Fatalf("ours   %s\ntheirs %s", ours, theirs)
		}
	})
}

func FuzzCanonical(f *testing.F) {
	for _, example := range canonicalExamples() {
		f.Add([]byte(example.text))
	}
	for _, example := range refusedExamples() {
		f.Add([]byte(example.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		canonical, err := Canonical(text)
		if err != nil {
			if _, ok := errors.AsType[*FormError](err); !ok {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		again, err := Canonical(canonical)
		if err != nil || !bytes.Equal(again, canonical) {
			t.Fatalf("not stable: %s, then %s (%v)", canonical, again, err)
		}
		if !sameJSON(text, canonical) {
			t.Fatalf("%s and %s are not the same value", text, canonical)
		}
		inList := "[" + string(text) + "]" // jcs takes no space around a lone scalar
		theirs, err := jcs.Transform([]byte(inList))
		if err != nil || string(theirs) != "["+string(canonical)+"]" {
			t.Fatalf("ours %s, RFC 8785 by others %s (%v)", canonical, theirs, err)
		}
	})
}

// sameJSON compares two texts as encoding/json reads them.
func sameJSON(a, b []byte) bool {
	write := func(text []byte) string {
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			return err.Error()
		}
		written, _ := json.Marshal(value)
		return string(written)
	}
	return write(a) == write(b)
}

// jsonText draws JSON of the values we allow, written loosely: with space and in any order of keys.
func jsonText(t *rapid.T) string {
	return drawValue(t, 4)
}

// payloadText draws a payload.
func payloadText(t *rapid.T) string {
	return drawObject(t, 3)
}

func drawValue(t *rapid.T, depth int) string {
	kinds := []string{"string", "integer", "word"}
	if depth > 0 {
		kinds = append(kinds, "array", "object", "object")
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "string":
		return drawString(t)
	case "integer":
		return fmt.Sprint(rapid.Int64Range(-maxInteger, maxInteger).Draw(t, "integer"))
	case "array":
		return "[" + strings.Join(draws(t, func() string { return drawValue(t, depth-1) }), " , ") + "]"
	case "object":
		return drawObject(t, depth)
	}
	return rapid.SampledFrom([]string{"true", "false", "null", "[]", "{}"}).Draw(t, "word")
}

func draws(t *rapid.T, draw func() string) []string {
	texts := make([]string, rapid.IntRange(0, 4).Draw(t, "count"))
	for i := range texts {
		texts[i] = draw()
	}
	return texts
}

func drawObject(t *rapid.T, depth int) string {
	keys := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z/~" \\]{1,3}[0-9]?`), 0, 5, rapid.ID).Draw(t, "keys")
	members := make([]string, len(keys))
	for i, key := range keys {
		name, _ := json.Marshal(key)
		members[i] = string(name) + " : " + drawValue(t, depth-1)
	}
	return "{ " + strings.Join(members, ",\n") + "}"
}

// drawString draws text as people and machines write it, in NFC, with the escapes of encoding/json.
func drawString(t *rapid.T) string {
	runes := rapid.SampledFrom([]rune("aZ09 /~\"\\\b\f\n\r\t\x00\x1f\x7f<>&áñçüßøŁ€–«»¿\u2028\u2029\ufeff\ufffdЖ中한😀🧾"))
	text, _ := json.Marshal(rapid.StringOfN(runes, 0, 12, -1).Draw(t, "string"))
	return string(text)
}
