package record

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const exampleLog = "0198a1c0-0000-7000-8000-00000000000a"

func examplePromise(t testing.TB, sequence int64) Stored {
	t.Helper()
	return mustStore(t, mustEntry(t, KindPromise, sequence, json.RawMessage(
		`{"case":"c","made_at":{"offset_seconds":3600,"precision":"day","wall":"2026-03-02"},"party":"p","what":"Volver a llamar"}`)))
}

func TestAnUntouchedEntryHolds(t *testing.T) {
	for _, example := range exampleEntries(t) {
		if findings := CheckEntry(mustStore(t, example.entry)); len(findings) != 0 {
			t.Errorf("%s: %v", example.name, findings)
		}
	}
}

func TestATouchedEntryIsFoundAndNamed(t *testing.T) {
	at := exampleLog + "/3"
	tests := []struct {
		name  string
		touch func(*Stored)
		want  []Finding
	}{
		{"one field changed", func(s *Stored) { replace(t, s, "Volver a llamar", "Nunca llamar") }, []Finding{{FieldDiffers, at + "#/what"}}},
		{"a nested field changed", func(s *Stored) { replace(t, s, "2026-03-02", "2026-03-03") }, []Finding{{FieldDiffers, at + "#/made_at/wall"}}},
		{"a field added", func(s *Stored) { replace(t, s, `"made_at"`, `"due":null,"made_at"`) }, []Finding{{FieldDiffers, at + "#/due"}}},
		{"a field taken away", func(s *Stored) { replace(t, s, `"party":"p",`, ``) }, []Finding{{PayloadDiffers, at}}},
		{"the salt changed", func(s *Stored) { s.Salt[0]++ }, []Finding{{PayloadDiffers, at}}},
		{"the payload is gone", func(s *Stored) { s.Payload = nil }, []Finding{{PayloadMissing, at}}},
		{"the payload written with space", func(s *Stored) { replace(t, s, `"case":`, `"case": `) }, []Finding{{PayloadNotCanonical, at}}},
		{"the payload has a fraction", func(s *Stored) { replace(t, s, `3600`, `3600.5`) }, []Finding{{PayloadNotCanonical, at + "#/made_at/offset_seconds"}}},
		{"the payload is a list", func(s *Stored) { s.Payload = []byte(`[]`) }, []Finding{{PayloadNotCanonical, at}}},
		{"recorded at another time", func(s *Stored) { s.Header.RecordedAt = "2026-03-02T09:05:07.039Z" }, []Finding{{HeaderDiffers, at}}},
		{"recorded at no time", func(s *Stored) { s.Header.RecordedAt = "yesterday" }, []Finding{{HeaderNotAllowed, at + "#/recorded_at"}, {HeaderDiffers, at}}},
		{"of a newer format", func(s *Stored) { s.Header.Format = 2 }, []Finding{{HeaderNotAllowed, at + "#/format"}, {HeaderDiffers, at}}},
		{"the leaf cut off", func(s *Stored) { s.LeafBytes = s.LeafBytes[:len(s.LeafBytes)-1] }, []Finding{{LeafHashDiffers, at}, {LeafMalformed, at}}},
		{"the leaf hash changed", func(s *Stored) { s.LeafHash[0]++ }, []Finding{{LeafHashDiffers, at}}},
		{"leaf and hash of another payload", func(s *Stored) {
			other := s.Entry
			other.Salt[5]++
			*s = Stored{s.Entry, mustStore(t, other).LeafBytes, mustStore(t, other).LeafHash}
		}, []Finding{{PayloadDiffers, at}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			stored := examplePromise(t, 3)
			test.touch(&stored)
			if diff := cmp.Diff(test.want, CheckEntry(stored)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func replace(t *testing.T, stored *Stored, old, new string) {
	t.Helper()
	stored.Payload = replaceOnce(t, stored.Payload, old, new)
}

func TestAKindFromTheFutureCanBeChecked(t *testing.T) {
	entry := examplePromise(t, 1).Entry
	entry.Header.Kind, entry.Header.KindVersion = "rumour", 7
	if findings := CheckEntry(mustStore(t, entry)); len(findings) != 0 {
		t.Error(findings)
	}
}

func TestACheckerWalksTheLogsInOrder(t *testing.T) {
	inLog := func(log string, sequence, id int64) Stored {
		entry := examplePromise(t, id).Entry
		entry.Header.Format, entry.Header.LogID, entry.Header.Sequence = 0, log, sequence
		return mustStore(t, entry)
	}
	tests := []struct {
		name    string
		entries []Stored
		want    []Finding
	}{
		{"nothing", nil, nil},
		{"two logs, mixed", []Stored{inLog("a", 1, 1), inLog("b", 1, 2), inLog("a", 2, 3), inLog("b", 2, 4)}, nil},
		{"the first is missing", []Stored{inLog("a", 2, 1)}, []Finding{{SequenceGap, "a/2"}}},
		{"some are missing", []Stored{inLog("a", 1, 1), inLog("a", 4, 2), inLog("a", 5, 3)}, []Finding{{SequenceGap, "a/4"}}},
		{"one comes twice", []Stored{inLog("a", 1, 1), inLog("a", 1, 1), inLog("a", 2, 2)},
			[]Finding{{SequenceRepeated, "a/1"}, {EntryIDRepeated, "a/1"}}},
		{"one comes late", []Stored{inLog("a", 1, 1), inLog("a", 3, 3), inLog("a", 2, 2)},
			[]Finding{{SequenceGap, "a/3"}, {SequenceRepeated, "a/2"}}},
		{"an id in two logs", []Stored{inLog("a", 1, 1), inLog("b", 1, 1)}, []Finding{{EntryIDRepeated, "b/1"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var checker Checker
			for _, stored := range test.entries {
				checker.Check(stored)
			}
			if diff := cmp.Diff(test.want, checker.Findings()); diff != "" {
				t.Error(diff)
			}
			if checker.Entries != int64(len(test.entries)) {
				t.Errorf("%d entries were checked, want %d", checker.Entries, len(test.entries))
			}
		})
	}
}
