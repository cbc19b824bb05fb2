package library_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func TestOneActIsOneOperationInTheLogOfItsCase(t *testing.T) {
	o := options(t.TempDir())
	o.Clock = ticking("2026-03-02T10:00:00Z")
	l := openWith(t, o)
	first, second := newCase(t, l), newCase(t, l)
	drafts := []library.Draft{
		draftOf(record.KindParty, first, casefile.Party{CaseID: first, Name: "Corral Express", Role: casefile.Carrier}),
		draftOf(record.KindContact, first, call(first, "They said it was on the van")),
	}
	if err := l.Append(t.Context(), drafts...); err != nil {
		t.Fatal(err)
	}
	type place struct {
		id, recordedAt string
		sequence       int64
	}
	logs := map[string][]place{}
	operations := map[string]string{}
	err := l.Entries(t.Context(), func(stored record.Stored) error {
		h := stored.Header
		if h.Kind != record.KindDevice {
			logs[h.LogID] = append(logs[h.LogID], place{h.EntryID, h.RecordedAt, h.Sequence})
		}
		operations[h.EntryID] = h.OperationID
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]place{
		{{first, "2026-03-02T10:00:01.000Z", 2}, {drafts[0].ID, "2026-03-02T10:00:03.000Z", 3}, {drafts[1].ID, "2026-03-02T10:00:03.000Z", 4}},
		{{second, "2026-03-02T10:00:02.000Z", 2}},
	}
	for _, places := range want {
		found := slices.ContainsFunc(slices.Collect(values(logs)), func(got []place) bool { return slices.Equal(got, places) })
		if !found {
			t.Errorf("no log holds %v: %v", places, logs)
		}
	}
	if operations[drafts[0].ID] != operations[drafts[1].ID] || operations[first] == operations[second] {
		t.Errorf("the operations are %v", operations)
	}
	requireHolds(t, l)
}

func values[K comparable, V any](of map[K]V) func(func(V) bool) {
	return func(yield func(V) bool) {
		for _, value := range of {
			if !yield(value) {
				return
			}
		}
	}
}

func TestAnActIsWrittenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	taken := put(t, l, record.KindContact, caseID, call(caseID, "The first call"))
	good := func() library.Draft {
		return draftOf(record.KindContact, caseID, call(caseID, "A call that went well"))
	}
	refused := errors.New("what was typed is wrong")
	tests := []struct {
		name string
		act  func() error
	}{
		{"because an id is taken", func() error {
			return l.Append(t.Context(), good(), library.Draft{Kind: record.KindContact, ID: taken, CaseID: caseID, Payload: call(caseID, "Again")})
		}},
		{"because a payload can't be written", func() error {
			return l.Append(t.Context(), good(), draftOf(record.KindContact, caseID, map[string]any{"hold": 0.5}))
		}},
		{"because a payload is no object", func() error { return l.Append(t.Context(), good(), draftOf(record.KindContact, caseID, "words")) }},
		{"because a kind is unknown", func() error { return l.Append(t.Context(), good(), draftOf("verdict", caseID, call(caseID, "x"))) }},
		{"because an id is none", func() error {
			return l.Append(t.Context(), good(), library.Draft{Kind: record.KindContact, ID: "1", CaseID: caseID, Payload: call(caseID, "x")})
		}},
		{"because somebody thought better of it", func() error {
			return l.AppendTo(t.Context(), caseID, func(library.Known) ([]library.Draft, error) { return []library.Draft{good()}, refused })
		}},
	}
	before := entries(t, l)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := test.act(); err == nil {
				t.Fatal("it was written")
			}
			if diff := cmp.Diff(before, entries(t, l)); diff != "" {
				t.Errorf("-before +after:\n%s", diff)
			}
			requireHolds(t, l)
		})
	}
	file, err := l.CaseFile(t.Context(), caseID)
	if err != nil || len(file.Contacts) != 1 {
		t.Errorf("the case shows %d contacts, %v", len(file.Contacts), err)
	}
}

func TestAnActThatIsCalledOffWritesNothing(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	ctx, cancel := context.WithCancel(t.Context())
	err := l.AppendTo(ctx, caseID, func(library.Known) ([]library.Draft, error) {
		cancel()
		return []library.Draft{draftOf(record.KindContact, caseID, call(caseID, "Never mind"))}, nil
	})
	requireProblem(t, err, problem.Cancelled)
	if ids := entries(t, l); len(ids) != 1 {
		t.Errorf("the log has %v, want the case alone", ids)
	}
}

func TestAnActOnACaseKnowsWhatIsOnRecord(t *testing.T) {
	l := open(t, t.TempDir())
	caseID, other := newCase(t, l), newCase(t, l)
	party := put(t, l, record.KindParty, caseID, casefile.Party{CaseID: caseID, Name: "Corral Express", Role: casefile.Carrier})
	put(t, l, record.KindParty, other, casefile.Party{CaseID: other, Name: "Somebody else", Role: casefile.Seller})
	person := put(t, l, record.KindPerson, caseID, casefile.Person{CaseID: caseID, PartyID: party, Name: "Núria"})
	put(t, l, record.KindExhibit, caseID, casefile.Exhibit{CaseID: caseID, EvidenceID: "x", Label: "A-1"})
	var got library.Known
	if err := l.AppendTo(t.Context(), caseID, func(known library.Known) ([]library.Draft, error) { got = known; return nil, nil }); err != nil {
		t.Fatal(err)
	}
	want := library.Known{
		Case:    casefile.Case{ID: caseID, Title: "The parcel that never came", Zone: "Europe/Madrid"},
		Parties: []casefile.Party{{ID: party, CaseID: caseID, Name: "Corral Express", Role: casefile.Carrier}},
		People:  []casefile.Person{{ID: person, CaseID: caseID, PartyID: party, Name: "Núria"}}, Letter: "A", Exhibits: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	err := l.AppendTo(t.Context(), "none", func(library.Known) ([]library.Draft, error) { return nil, nil })
	requireProblem(t, err, problem.NotFound)
}

func TestAnEntryCanNotBeChangedOrTakenAway(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	put(t, l, record.KindContact, caseID, call(caseID, "They hung up"))
	database := behind(t, directory, "constancia.db")
	for _, statement := range []string{
		"UPDATE entry SET recorded_at = '2020-01-01T00:00:00.000Z'",
		"UPDATE entry SET leaf = x'00'",
		"DELETE FROM entry",
		"UPDATE entry_private SET payload = CAST('{}' AS BLOB)",
		"DELETE FROM entry_private",
		"UPDATE log SET device_id = 'mine'",
		"DELETE FROM log",
		"PRAGMA recursive_triggers = 1; REPLACE INTO entry_private (entry_id, payload, salt) SELECT entry_id, x'7b7d', salt FROM entry_private",
	} {
		if _, err := database.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: got %v, want it refused", statement, err)
		}
	}
	requireHolds(t, l)
}

func TestACorrectionChangesWhatTheViewsSayAndKeepsTheFirstEntry(t *testing.T) {
	o := options(t.TempDir())
	o.Clock = ticking("2026-03-02T10:00:00Z")
	l := openWith(t, o)
	caseID := newCase(t, l)
	id := put(t, l, record.KindContact, caseID, call(caseID, "She said it was lost in Getafe"))
	was, err := library.Thing[casefile.Contact](t.Context(), l, record.KindContact, id)
	if err != nil {
		t.Fatal(err)
	}
	correct := func(reason string, fields map[string]any) {
		put(t, l, record.KindCorrection, caseID, casefile.Correction{
			CaseID: caseID, Target: id, TargetLeaf: was.Entry.Leaf, Fields: fields, Reason: reason,
		})
	}
	correct("I wrote the wrong town", map[string]any{"summary": "She said it was lost in Coslada", "transfers": 2})
	correct("It was the day before", map[string]any{
		"occurred_at": map[string]any{"wall": "2026-03-01", "zone": "Europe/Madrid", "offset_seconds": 3600, "precision": "day"}, "transfers": nil,
	})

	got, err := library.Thing[casefile.Contact](t.Context(), l, record.KindContact, id)
	if err != nil {
		t.Fatal(err)
	}
	want := was.Value
	want.Summary = "She said it was lost in Coslada"
	want.OccurredAt = casefile.When{Wall: "2026-03-01", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Day}
	if diff := cmp.Diff(want, got.Value); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var reasons []string
	for _, correction := range got.Entry.Corrections {
		reasons = append(reasons, correction.Reason)
		if correction.ID == "" || correction.Target != id || correction.TargetLeaf != was.Entry.Leaf {
			t.Errorf("a correction stands as %+v", correction)
		}
	}
	if diff := cmp.Diff([]string{"I wrote the wrong town", "It was the day before"}, reasons); diff != "" {
		t.Errorf("corrections, oldest first: -want +got:\n%s", diff)
	}
	if got.Entry.Leaf != was.Entry.Leaf || !got.Entry.RecordedAt.Equal(was.Entry.RecordedAt) {
		t.Errorf("its entry is another: %+v, was %+v", got.Entry, was.Entry)
	}
	if hits := search(t, l, "", "getafe"); len(hits) != 0 {
		t.Errorf("what it said before is still found: %v", hits)
	}
	if hits := search(t, l, "", "coslada"); len(hits) != 1 || hits[0].At.Format(time.DateOnly) != "2026-02-28" {
		t.Errorf("what it says now is found as %v", hits)
	}
	var first string
	err = l.Entries(t.Context(), func(stored record.Stored) error {
		if stored.Header.EntryID == id {
			first = string(stored.Payload)
		}
		return nil
	})
	if err != nil || !strings.Contains(first, "Getafe") {
		t.Errorf("the first entry says %s, %v", first, err)
	}
	requireHolds(t, l)
}

func TestACaseFileComesInTheOrderThingsHappened(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	o.Clock = ticking("2026-05-02T10:00:00Z")
	l := openWith(t, o)
	caseID := newCase(t, l)
	for _, wall := range []string{"2026-03-04", "2026-03", "2026-03-02T10:05", "2026-03-02T09", "2026", "2026-03-02T10:05"} {
		at, err := casefile.ParseWhen(wall, "Europe/Madrid", "", "")
		if err != nil {
			t.Fatal(err)
		}
		contact := call(caseID, "A call")
		contact.OccurredAt = at
		put(t, l, record.KindContact, caseID, contact)
	}
	file, err := l.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, contact := range file.Contacts {
		got = append(got, contact.Value.OccurredAt.Wall)
		if i > 0 && got[i] == got[i-1] && contact.Entry.RecordedAt.Before(file.Contacts[i-1].Entry.RecordedAt) {
			t.Error("of two at one time, the one recorded first does not come first")
		}
	}
	want := []string{"2026", "2026-03", "2026-03-02T09", "2026-03-02T10:05", "2026-03-02T10:05", "2026-03-04"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestCasesComeTheOneBegunLastFirstAndKeepTheirThingsApart(t *testing.T) {
	o := options(t.TempDir())
	o.Clock = ticking("2026-03-02T10:00:00Z")
	l := openWith(t, o)
	first, second := newCase(t, l), newCase(t, l)
	put(t, l, record.KindContact, first, call(first, "About the parcel"))
	put(t, l, record.KindContact, second, call(second, "About the bill"))
	cases, err := l.Cases(t.Context())
	if err != nil || len(cases) != 2 || cases[0].Value.ID != second || cases[1].Value.ID != first {
		t.Errorf("the cases come as %v, %v", cases, err)
	}
	for id, want := range map[string]string{first: "About the parcel", second: "About the bill"} {
		file, err := l.CaseFile(t.Context(), id)
		if err != nil || len(file.Contacts) != 1 || file.Contacts[0].Value.Summary != want {
			t.Errorf("the case of %q has %v, %v", want, file.Contacts, err)
		}
	}
	_, err = l.CaseFile(t.Context(), library.NewID())
	requireProblem(t, err, problem.NotFound)
	_, err = library.Thing[casefile.Party](t.Context(), l, record.KindParty, first)
	requireProblem(t, err, problem.NotFound)
}

func TestTheFingerprintIsOfOneCaseAndChangesWithEveryEntryOfIt(t *testing.T) {
	l := open(t, t.TempDir())
	first, second := newCase(t, l), newCase(t, l)
	fingerprint := func(caseID string) string {
		_, heads, err := l.CaseFileWithHeads(t.Context(), caseID)
		if err != nil || len(heads) != 1 {
			t.Fatalf("the heads are %v, %v", heads, err)
		}
		return library.Fingerprint(heads)
	}
	of1, of2 := fingerprint(first), fingerprint(second)
	put(t, l, record.KindContact, first, call(first, "One more call"))
	if fingerprint(first) == of1 || fingerprint(second) != of2 || of1 == of2 {
		t.Error("it does not tell the entries of a case")
	}
}
