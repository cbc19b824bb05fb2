package library_test

import (
	"crypto/ed25519"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// anExpenseAContradictionAndAJoin puts one of each on record, with the contacts, the person and the scan that they name.
func anExpenseAContradictionAndAJoin(t testing.TB, l *library.Library) (caseID string, ids map[string]string) {
	t.Helper()
	caseID = newCase(t, l)
	first := put(t, l, record.KindContact, caseID, call(caseID, "They said Getafe"))
	second := put(t, l, record.KindContact, caseID, call(caseID, "They said Coslada"))
	nuria := put(t, l, record.KindPerson, caseID, casefile.Person{CaseID: caseID, Name: "Núria"})
	sameAsNuria := put(t, l, record.KindPerson, caseID, casefile.Person{CaseID: caseID, Name: "N. Solà"})
	scan := addScan(t, l, caseID, "a receipt")
	ids = map[string]string{"first call": first, "second call": second, "person": nuria, "other person": sameAsNuria, "scan": scan}
	ids["expense"] = put(t, l, record.KindExpense, caseID, casefile.Expense{CaseID: caseID, What: "Taxi to the depot",
		Amount: casefile.Money{Minor: 1840, Currency: "EUR"}, SpentAt: call("", "").OccurredAt, ContactID: first, EvidenceIDs: []string{scan}})
	ids["contradiction"] = put(t, l, record.KindContradiction, caseID, casefile.Contradiction{CaseID: caseID, Question: "Where is it?",
		Answers: []casefile.Answer{{EntryID: first, Said: "It waits in Mejorada"}, {EntryID: second, Said: "It never left Zaragoza"}}, Note: "within an hour"})
	ids["join"] = put(t, l, record.KindJoin, caseID, casefile.Join{CaseID: caseID, PersonIDs: []string{nuria, sameAsNuria}})
	return caseID, ids
}

func TestAnExpenseAContradictionAndAJoinAreInTheCaseAndFound(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID, ids := anExpenseAContradictionAndAJoin(t, l)
	file := caseFile(t, l, caseID)
	if len(file.Expenses) != 1 || len(file.Contradictions) != 1 || len(file.Joins) != 1 {
		t.Fatalf("the case has %d expenses, %d contradictions and %d joins", len(file.Expenses), len(file.Contradictions), len(file.Joins))
	}
	if diff := cmp.Diff([][]string{{ids["person"], ids["other person"]}}, file.SamePeople()); diff != "" {
		t.Errorf("the people: -want +got:\n%s", diff)
	}
	for words, want := range map[string]string{"taxi depot": "expense", "where is": "contradiction", "zaragoza": "contradiction",
		"mejorada": "contradiction", "hour": "contradiction"} {
		hits := search(t, l, caseID, words)
		if len(hits) != 1 || hits[0].ID != ids[want] {
			t.Errorf("%q finds %+v, want the %s", words, hits, want)
		}
	}
	if at := search(t, l, caseID, "taxi")[0].At.Format("2006-01-02T15:04"); at != "2026-03-02T09:05" {
		t.Errorf("the expense was made at %s", at)
	}
	correct(t, l, caseID, ids["expense"], map[string]any{"what": "Bus to the depot", "evidence": nil})
	if now := caseFile(t, l, caseID).Expenses[0]; now.Value.What != "Bus to the depot" || len(now.Value.EvidenceIDs) != 0 {
		t.Errorf("the corrected expense is %+v", now.Value)
	}
	requireHolds(t, l)
}

func TestWhatAnExpenseAContradictionAndAJoinNameMayGo(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID, ids := anExpenseAContradictionAndAJoin(t, l)
	before := caseFile(t, l, caseID)
	_, plan := erase(t, l, ids["first call"], ids["person"], ids["scan"])
	stays := idsOf(plan.Stays)
	for _, name := range []string{"expense", "contradiction", "join"} {
		if !slices.Contains(stays, ids[name]) {
			t.Errorf("the plan does not tell that the %s names what goes: %v", name, stays)
		}
	}
	retract(t, l, ids["second call"])
	after := caseFile(t, l, caseID)
	if diff := cmp.Diff(before.Expenses, after.Expenses) + cmp.Diff(before.Contradictions, after.Contradictions); diff != "" {
		t.Errorf("what they say has changed: -before +after:\n%s", diff)
	}
	if diff := cmp.Diff([][]string{{ids["other person"]}}, after.SamePeople()); diff != "" {
		t.Errorf("the people: -want +got:\n%s", diff)
	}
	requireHolds(t, l)
}

func TestTakenBackTheyCountNoLongerAndErasedTheyAreGone(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID, ids := anExpenseAContradictionAndAJoin(t, l)
	retraction := retract(t, l, ids["expense"], ids["contradiction"], ids["join"])
	file := caseFile(t, l, caseID)
	if len(file.Expenses)+len(file.Contradictions)+len(file.Joins) != 0 || len(file.SamePeople()) != 2 || len(search(t, l, "", "zaragoza")) != 0 {
		t.Errorf("they count: %+v, %+v, %+v", file.Expenses, file.Contradictions, file.Joins)
	}
	retract(t, l, retraction)
	if file := caseFile(t, l, caseID); len(file.Expenses) != 1 || len(file.Contradictions) != 1 || len(file.SamePeople()) != 1 {
		t.Errorf("they do not count again: %+v, %+v, %+v", file.Expenses, file.Contradictions, file.Joins)
	}
	erase(t, l, ids["expense"], ids["contradiction"], ids["join"])
	if file := caseFile(t, l, caseID); len(file.Expenses)+len(file.Contradictions)+len(file.Joins) != 0 || len(file.Withdrawn) != 3 {
		t.Errorf("they are still there: %+v", file.Withdrawn)
	}
	requireHolds(t, l)
}

func TestAnExhibitOfSeveralFilesShowsThoseThatCount(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	scan := func(bytes string) string {
		content := putContent(t, l, []byte(bytes))
		return put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: bytes + ".jpg", SHA256: content.SHA256, Size: content.Size})
	}
	front, back, side, other := scan("front"), scan("back"), scan("side"), scan("other")
	put(t, l, record.KindExhibit, caseID, casefile.Exhibit{CaseID: caseID, EvidenceID: front, With: []string{back, side}, Label: "A-1"})
	put(t, l, record.KindExhibit, caseID, casefile.Exhibit{CaseID: caseID, EvidenceID: back, With: []string{other}, Label: "A-2"})
	require := func(after string, want ...[]string) {
		t.Helper()
		var got [][]string
		for _, exhibit := range caseFile(t, l, caseID).Exhibits {
			got = append(got, append([]string{exhibit.Value.Label, exhibit.Value.EvidenceID}, exhibit.Value.With...))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after %s: -want +got:\n%s", after, diff)
		}
	}
	require("nothing", []string{"A-1", front, back, side}, []string{"A-2", other}) // the back has its number already
	retraction := retract(t, l, front)
	require("the front was taken back", []string{"A-1", back, side}, []string{"A-2", other})
	retract(t, l, retraction)
	erase(t, l, front)
	require("the front was erased", []string{"A-1", back, side}, []string{"A-2", other})
	retract(t, l, back, side)
	require("only what was erased is left", []string{"A-1", front}, []string{"A-2", other})
	requireHolds(t, l)
}

func TestAnEntryOfAKindThatThisProgramDoesNotKnowIsKeptPassedOnAndShownByNothing(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	later := openWith(t, o)
	caseID := newCase(t, later)
	contact := put(t, later, record.KindContact, caseID, call(caseID, "They said Getafe"))
	newer := pack(t, later, caseID)
	rumour := appendAsALaterProgram(t, o, newer, "rumour", `{"case":"`+caseID+`","heard":["it is in Getafe"]}`)

	here, third := open(t, t.TempDir()), open(t, t.TempDir())
	send(t, newer, here)
	requireHolds(t, here)
	if err := here.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	requireHolds(t, here)
	if hits := search(t, here, "", "getafe"); len(hits) != 1 || hits[0].ID != contact {
		t.Errorf("%q finds %+v", "getafe", hits)
	}
	send(t, pack(t, here), third)
	if said := state(t, third, rumour); !said.Counts || said.Header.Kind != "rumour" || said.Header.KindVersion != 7 {
		t.Errorf("it was passed on as %+v", said)
	}
	requireSame(t, here, third, caseID, "getafe")
	// Like all that tells of the dispute it can be taken back, and erased.
	retract(t, third, rumour)
	erase(t, third, rumour)
	if said := state(t, third, rumour); said.Counts || said.Payload != nil {
		t.Errorf("after the erasure it is %+v", said)
	}
	requireHolds(t, third)
	send(t, pack(t, third), here)
	requireSame(t, here, third, caseID, "getafe")
	requireHolds(t, here)
}

// appendAsALaterProgram puts an entry of a later program behind the others of the last log in a parcel, signed by the
// device whose library was opened with o.
func appendAsALaterProgram(t testing.TB, o library.Options, p *parcel, kind record.Kind, payload string) (entryID string) {
	t.Helper()
	log := &p.logs[len(p.logs)-1]
	size := signedHead(t, p, log.ID, nil).Size
	entryID = library.NewID()
	entry, err := record.NewEntry(record.Header{LogID: log.ID, Sequence: size + 1, EntryID: entryID,
		OperationID: library.NewID(), Kind: record.KindJoin, RecordedAt: "2026-03-02T10:00:00.000Z"}, json.RawMessage(payload), neverEnding{})
	if err != nil {
		t.Fatal(err)
	}
	entry.Header.Kind, entry.Header.KindVersion = kind, 7
	leaf, err := entry.Leaf()
	if err != nil {
		t.Fatal(err)
	}
	p.entries = append(p.entries, record.Stored{Entry: entry, LeafBytes: leaf, LeafHash: record.LeafHash(leaf)})
	seed, found, err := o.Keys.Get(library.DeviceKeyName(log.DeviceID))
	if err != nil || !found {
		t.Fatalf("the device has no key: %v", err)
	}
	log.Head = signedHead(t, p, log.ID, ed25519.NewKeyFromSeed(seed)).signed
	return entryID
}
