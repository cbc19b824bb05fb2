package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"constancia/internal/casefile"
)

// exampleHeader is the header of the example entries, at a place of its log.
func exampleHeader(kind Kind, sequence int64) Header {
	return Header{
		LogID: "0198a1c0-0000-7000-8000-00000000000a", Sequence: sequence,
		EntryID:     fmt.Sprintf("0198a1c0-0000-7000-8000-%012x", sequence),
		OperationID: fmt.Sprintf("0198a1c0-0000-7000-9000-%012x", sequence),
		Kind:        kind, KindVersion: 1, RecordedAt: "2026-03-02T09:05:07.040Z",
	}
}

// sameSalt is a source for tests that want the same salt each time: bytes of one value.
type sameSalt byte

func (s sameSalt) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s)
	}
	return len(p), nil
}

func mustEntry(t testing.TB, kind Kind, sequence int64, payload any) Entry {
	t.Helper()
	entry, err := NewEntry(exampleHeader(kind, sequence), payload, sameSalt(sequence))
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func mustStore(t testing.TB, entry Entry) Stored {
	t.Helper()
	leaf, err := entry.Leaf()
	if err != nil {
		t.Fatal(err)
	}
	return Stored{Entry: entry, LeafBytes: leaf, LeafHash: LeafHash(leaf)}
}

func TestNewEntryWritesThePayloadInCanonicalForm(t *testing.T) {
	hold := int64(1440)
	contact := casefile.Contact{
		CaseID: "c", PartyID: "p", Direction: casefile.Outgoing, Channel: casefile.Phone,
		OccurredAt:  casefile.When{Wall: "2026-03-02T10:05", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute},
		HoldSeconds: &hold, Summary: "«Jose\u0301 <agent> & co.»", Failures: []casefile.Failure{"long_wait"}, Basis: casefile.Memory,
	}
	entry := mustEntry(t, KindContact, 1, contact)
	want := `{"basis":"memory","case":"c","channel":"phone","direction":"outgoing","failures":["long_wait"],` +
		`"hold_seconds":1440,"occurred_at":{"offset_seconds":3600,"precision":"minute","wall":"2026-03-02T10:05",` +
		`"zone":"Europe/Madrid"},"party":"p","summary":"«José <agent> & co.»"}`
	if string(entry.Payload) != want {
		t.Errorf("got  %s\nwant %s", entry.Payload, want)
	}
	if entry.Salt != [32]byte(bytes.Repeat([]byte{1}, 32)) {
		t.Errorf("the salt %x is not what was drawn", entry.Salt)
	}
}

func TestNewEntryRefusesAPayload(t *testing.T) {
	tests := []struct {
		name    string
		payload any
		want    FormError
	}{
		{"whose text is not UTF-8", casefile.Case{Title: "caf\xe9"}, FormError{"/title", InvalidUTF8}},
		{"whose map has text that is not UTF-8", map[string]any{"a": []string{"b", "\xff"}}, FormError{"/a/1", InvalidUTF8}},
		{"with a fraction", casefile.Correction{Fields: map[string]any{"transfers": 1.5}}, FormError{"/fields/transfers", NotAnInteger}},
		{"with a key beyond ASCII", casefile.Correction{Fields: map[string]any{"año": 1}}, FormError{"/fields", KeyNotAllowed}},
		{"that is a list", []string{"a"}, FormError{"", NotAnObject}},
		{"that is no JSON", json.RawMessage(`{`), FormError{"", NotJSON}},
		{"that is too large", casefile.Case{Summary: strings.Repeat("a", MaxSize)}, FormError{"", TooLarge}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := NewEntry(exampleHeader(KindCase, 1), test.payload, sameSalt(1))
			if form, ok := errors.AsType[*FormError](err); !ok || *form != test.want {
				t.Errorf("got %v, want %v", err, &test.want)
			}
		})
	}
}

func TestNewEntryTakesTheReplacementCharacterAsACharacter(t *testing.T) {
	entry := mustEntry(t, KindCase, 1, casefile.Case{Title: `\ufffd and ` + "\ufffd", Zone: "Europe/Madrid"})
	if want := `{"title":"\\ufffd and ` + "\ufffd" + `","zone":"Europe/Madrid"}`; string(entry.Payload) != want {
		t.Errorf("got %s, want %s", entry.Payload, want)
	}
}

func TestNewEntryRefusesAHeader(t *testing.T) {
	tests := []struct {
		name, member string
		change       func(*Header)
	}{
		{"without a log", "log_id", func(h *Header) { h.LogID = "" }},
		{"whose log has capitals", "log_id", func(h *Header) { h.LogID = "Log" }},
		{"whose log has a long name", "log_id", func(h *Header) { h.LogID = strings.Repeat("a", 65) }},
		{"without a sequence", "sequence", func(h *Header) { h.Sequence = 0 }},
		{"with a sequence beyond JSON's integers", "sequence", func(h *Header) { h.Sequence = 1 << 53 }},
		{"whose entry id is not of version 7", "entry_id", func(h *Header) { h.EntryID = "0198a1c0-0000-4000-8000-000000000001" }},
		{"whose entry id has capitals", "entry_id", func(h *Header) { h.EntryID = strings.ToUpper(h.EntryID) }},
		{"without an operation", "operation_id", func(h *Header) { h.OperationID = "" }},
		{"of an unknown kind", "kind", func(h *Header) { h.Kind = "rumour" }},
		{"with a negative version", "kind_version", func(h *Header) { h.KindVersion = -1 }},
		{"recorded in local time", "recorded_at", func(h *Header) { h.RecordedAt = "2026-03-02T10:05:07.040+01:00" }},
		{"recorded without milliseconds", "recorded_at", func(h *Header) { h.RecordedAt = "2026-03-02T09:05:07Z" }},
		{"recorded with a comma", "recorded_at", func(h *Header) { h.RecordedAt = "2026-03-02T09:05:07,040Z" }},
		{"recorded on a day that does not exist", "recorded_at", func(h *Header) { h.RecordedAt = "2026-02-30T09:05:07.040Z" }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			header := exampleHeader(KindCase, 1)
			test.change(&header)
			_, err := NewEntry(header, casefile.Case{}, sameSalt(1))
			if member, ok := errors.AsType[*HeaderError](err); !ok || member.Member != test.member {
				t.Errorf("got %v, want a refusal of %s", err, test.member)
			}
		})
	}
}

func TestNewEntryGivesTheKindItsPresentVersion(t *testing.T) {
	for _, kind := range Kinds() {
		header := exampleHeader(kind, 1)
		header.KindVersion = 0
		entry, err := NewEntry(header, map[string]any{}, sameSalt(1))
		if err != nil {
			t.Fatal(err)
		}
		if entry.Header.KindVersion != kind.Version() || kind.Version() == 0 {
			t.Errorf("%s: version %d, want %d", kind, entry.Header.KindVersion, kind.Version())
		}
	}
}

func TestNewEntryFailsWithoutRandomness(t *testing.T) {
	_, err := NewEntry(exampleHeader(KindCase, 1), casefile.Case{}, strings.NewReader("31 bytes are not enough bytes.."))
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v, want %v", err, io.ErrUnexpectedEOF)
	}
}

func TestAHeaderIsWrittenAsTheCanonicalFormOfAnyValueIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		header := Header{
			Format: rapid.Int64Range(0, Format).Draw(t, "format"), LogID: rapid.StringMatching(`[a-z0-9._-]{1,64}`).Draw(t, "log"),
			Sequence: rapid.Int64Range(1, 1<<53-1).Draw(t, "sequence"),
			EntryID:  "0198a1c0-0000-7000-8000-000000000001", OperationID: "0198a1c0-0000-7000-9000-000000000001",
			Kind: Kind(rapid.StringMatching(`[a-z_]{1,64}`).Draw(t, "kind")), KindVersion: rapid.Int64Range(1, 1<<53-1).Draw(t, "version"),
			RecordedAt: "2026-03-02T09:05:07.040Z",
		}
		want, err := Canonical(header)
		if err != nil {
			t.Fatal(err)
		}
		if got := header.canonical(); string(got) != string(want) {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	})
}

func TestAnEntryMadeWithItsLeafIsTheSameAsOneMadeBefore(t *testing.T) {
	header := Header{LogID: "log", Sequence: 7, Kind: KindContact, RecordedAt: "2026-03-02T09:05:07.040Z",
		EntryID: "0198a1c0-0000-7000-8000-000000000001", OperationID: "0198a1c0-0000-7000-9000-000000000001"}
	rapid.Check(t, func(t *rapid.T) {
		payload := map[string]any{}
		for range rapid.IntRange(0, 6).Draw(t, "members") {
			payload[rapid.StringMatching(`[a-z~/ ]{1,9}x`).Draw(t, "key")] = rapid.OneOf(
				rapid.Map(rapid.String(), func(s string) any { return s }),
				rapid.Just[any]([]any{}), rapid.Just[any]([]any{"e\u0301", 1, true}), rapid.Just[any](map[string]any{"in": nil}),
			).Draw(t, "value")
		}
		entry, err := NewEntry(header, payload, bytes.NewReader(make([]byte, 32)))
		prepared, errStored := Prepare(payload, bytes.NewReader(make([]byte, 32)))
		var stored Stored
		if errStored == nil {
			stored, errStored = prepared.At(header)
		}
		if (err == nil) != (errStored == nil) {
			t.Fatalf("%v and %v", err, errStored)
		}
		if err != nil {
			return
		}
		leaf, err := entry.Leaf()
		if err != nil || string(leaf) != string(stored.LeafBytes) || LeafHash(leaf) != stored.LeafHash || string(entry.Payload) != string(stored.Payload) {
			t.Errorf("%v: %s\nand %s", err, entry.Payload, stored.Payload)
		}
	})
}
