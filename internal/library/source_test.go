package library_test

import (
	"context"
	"slices"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// withKeys gives a log's entries from after+1 to last, and their keys.
func withKeys(t testing.TB, l *library.Library, logID string, after, last int64) (entries []record.Stored, keys [][32]byte) {
	t.Helper()
	err := l.EntriesWithKeys(t.Context(), logID, after, last, func(stored record.Stored, key [32]byte) error {
		entries, keys = append(entries, stored), append(keys, key)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return entries, keys
}

func TestEachEntryHasAKeyOfItsOwnUntilItIsErased(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	for _, summary := range []string{"one", "two", "three"} {
		put(t, l, record.KindContact, caseID, call(caseID, summary))
	}
	logs, err := l.Logs(t.Context(), caseID)
	if err != nil || len(logs) != 1 {
		t.Fatal(logs, err)
	}
	entries, keys := withKeys(t, l, logs[0].ID, 0, logs[0].Size)
	seen := map[[32]byte]bool{{}: true}
	for i, key := range keys {
		if seen[key] {
			t.Errorf("entry %d has no key of its own", i+1)
		}
		seen[key] = true
	}
	some, _ := withKeys(t, l, logs[0].ID, 2, 4)
	if len(some) != 2 || some[0].Header.Sequence != 3 || some[1].Header.Sequence != 4 {
		t.Errorf("from 3 to 4 it gives %d entries", len(some))
	}
	erased := entries[len(entries)-1].Header.EntryID
	erase(t, l, erased)
	entries, keys = withKeys(t, l, logs[0].ID, 0, logs[0].Size)
	if last := len(entries) - 1; len(entries[last].Payload) > 0 || seen[keys[last]] {
		t.Errorf("the erased entry still has its payload %q, or its key", entries[last].Payload)
	}
	if ids, err := l.ErasedEntries(context.Background()); err != nil || !slices.Equal(ids, []string{erased}) {
		t.Errorf("erased: %v %v", ids, err)
	}
}

func TestContentsOfWhatWasTakenBackAreStillNamed(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	kept := putEvidence(t, l, caseID, []byte("a receipt"))
	putEvidence(t, l, caseID, []byte("a receipt"))
	content := putContent(t, l, []byte("a photograph"))
	taken := put(t, l, record.KindEvidence, caseID, casefile.Evidence{
		CaseID: caseID, FileName: "box.jpg", MediaType: "image/jpeg", SHA256: content.SHA256, Size: content.Size})
	retract(t, l, taken)
	want := []string{kept.SHA256, content.SHA256}
	slices.Sort(want)
	if got, err := l.NamedContents(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Errorf("named: %v %v", got, err)
	}
	erase(t, l, taken)
	if got, err := l.NamedContents(t.Context()); err != nil || !slices.Equal(got, []string{kept.SHA256}) {
		t.Errorf("after the erasure: %v %v", got, err)
	}
}
