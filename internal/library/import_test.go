package library_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// aCaseOnTwoDevices is a case with a contact, a message and a scan that one device began, and that another took in.
func aCaseOnTwoDevices(t testing.TB) (first, second *library.Library, caseID, contact string) {
	t.Helper()
	first, second = open(t, t.TempDir()), open(t, t.TempDir())
	caseID = newCase(t, first)
	contact = put(t, first, record.KindContact, caseID, call(caseID, "They said Getafe"))
	readAndStore(t, first, putMessage(t, first, caseID, mail("Your parcel", onSecondOfMarch, "It is lost.")))
	addScan(t, first, caseID, "a scan")
	send(t, pack(t, first), second)
	return first, second, caseID, contact
}

// addScan adds a file and its exhibit number as the program does, and returns the evidence's id.
func addScan(t testing.TB, l *library.Library, caseID, bytes string) string {
	t.Helper()
	content := putContent(t, l, []byte(bytes))
	id := library.NewID()
	err := l.AppendTo(t.Context(), caseID, func(known library.Known) ([]library.Draft, error) {
		return []library.Draft{
			{Kind: record.KindEvidence, ID: id, CaseID: caseID, Payload: casefile.Evidence{CaseID: caseID, FileName: "scan.pdf", SHA256: content.SHA256, Size: content.Size}},
			{Kind: record.KindExhibit, ID: library.NewID(), CaseID: caseID, Payload: casefile.Exhibit{
				CaseID: caseID, EvidenceID: id, Label: fmt.Sprintf("%s-%d", known.Letter, known.Exhibits+1)}},
		}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// requireSame fails the test unless two libraries say the same of a case, and of everything they find.
func requireSame(t testing.TB, a, b *library.Library, caseID string, words ...string) {
	t.Helper()
	say := func(l *library.Library) []any {
		read(t, l, unread(t, l, caseID)...)
		file, heads, err := l.CaseFileWithHeads(t.Context(), caseID)
		if err != nil {
			t.Fatal(err)
		}
		said := []any{file, heads}
		for _, word := range words {
			hits := search(t, l, caseID, word)
			slices.SortFunc(hits, func(a, b library.Hit) int { return strings.Compare(a.ID, b.ID) })
			said = append(said, hits)
		}
		return said
	}
	if diff := cmp.Diff(say(a), say(b)); diff != "" {
		t.Errorf("-one +other:\n%s", diff)
	}
}

func TestTwoDevicesThatPassTheirLogsOnSayTheSame(t *testing.T) {
	t.Parallel()
	first, second, caseID, contact := aCaseOnTwoDevices(t)
	correct(t, first, caseID, contact, map[string]any{"summary": "They said Coslada", "transfers": 2})
	correct(t, second, caseID, contact, map[string]any{"summary": "They said Alcobendas"})
	addScan(t, second, caseID, "another scan")
	addScan(t, first, caseID, "a third one")
	retract(t, second, put(t, second, record.KindContact, caseID, call(caseID, "A slip")))
	send(t, pack(t, second), first)
	send(t, pack(t, first), second)
	for _, l := range []*library.Library{first, second} {
		requireHolds(t, l)
	}
	requireSame(t, first, second, caseID, "said", "parcel", "scan")

	file := caseFile(t, first, caseID)
	var labels []string
	for _, exhibit := range file.Exhibits {
		labels = append(labels, exhibit.Value.Label)
	}
	if diff := cmp.Diff([]string{"A-1", "B-1", "A-2"}, labels); diff != "" {
		t.Errorf("exhibits: -want +got:\n%s", diff)
	}
	got := file.Contacts[0]
	rivals := got.Entry.Rivals()
	if got.Value.Summary != "They said Alcobendas" || got.Value.Transfers != 2 || len(rivals) != 1 || rivals[0].Field != "summary" || len(rivals[0].Corrections) != 2 {
		t.Errorf("the contact is %+v, rivals %+v", got, rivals)
	}
}

func TestWhatIsHereAlreadyIsNotTakenTwice(t *testing.T) {
	t.Parallel()
	first, second, caseID, _ := aCaseOnTwoDevices(t)
	before := dumpOf(t, second)
	older := pack(t, first)
	for range 2 {
		imported := send(t, older, second)
		if imported.Entries != 0 || imported.Erases != 0 || len(imported.NewCases) != 0 || len(imported.MissingContents) != 0 {
			t.Errorf("imported: %+v", imported)
		}
	}
	if diff := cmp.Diff(before, dumpOf(t, second)); diff != "" {
		t.Errorf("the library has changed:\n%s", diff)
	}
	put(t, first, record.KindContact, caseID, call(caseID, "Another call"))
	if imported := send(t, pack(t, first), second); imported.Entries != 1 {
		t.Errorf("imported: %+v", imported)
	}
	if imported := send(t, older, second); imported.Entries != 0 {
		t.Errorf("an older state brought %+v", imported)
	}
	requireSame(t, first, second, caseID)
}

// dumpOf is the whole record as a library has it.
func dumpOf(t testing.TB, l *library.Library) []record.Stored {
	t.Helper()
	var all []record.Stored
	if err := l.Entries(t.Context(), func(stored record.Stored) error { all = append(all, stored); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAnErasureOnOneDeviceReachesTheOtherWhenSomebodySaysSo(t *testing.T) {
	t.Parallel()
	first := open(t, t.TempDir())
	caseID := newCase(t, first)
	contact := put(t, first, record.KindContact, caseID, call(caseID, "They said xanthium"))
	correction := correct(t, first, caseID, contact, map[string]any{"summary": "They said xanthium twice"})
	scan := addScan(t, first, caseID, "xanthium strumarium")
	directory := t.TempDir()
	second := open(t, directory)
	before := pack(t, first)
	send(t, before, second)
	erase(t, first, contact, scan)

	after := pack(t, first)
	_, err := second.Import(t.Context(), after.incoming(), library.ImportOptions{})
	requireProblem(t, err, problem.ImportErases)
	if !state(t, second, contact).Counts {
		t.Error("it was erased without a word")
	}
	imported := send(t, after, second)
	if imported.Erases != 3 {
		t.Errorf("imported: %+v", imported)
	}
	requireGone(t, directory, "xanthium")
	requireHolds(t, second)
	requireSame(t, first, second, caseID, "said")
	for _, id := range []string{contact, correction, scan} {
		if got := state(t, second, id); got.Payload != nil || len(got.ErasedBy) != 1 {
			t.Errorf("the entry is %+v", got)
		}
	}
	send(t, before, second) // from somebody who does not know yet
	third := t.TempDir()
	fresh := open(t, third)
	send(t, after, fresh)
	send(t, before, fresh)
	requireGone(t, directory, "xanthium")
	requireGone(t, third, "xanthium")
	requireSame(t, first, fresh, caseID)
}

func TestAnErasedEntryStaysErasedWhenItComesAfterTheErasure(t *testing.T) {
	t.Parallel()
	first, second, caseID, _ := aCaseOnTwoDevices(t)
	own := put(t, second, record.KindContact, caseID, call(caseID, "They said xanthium"))
	late := pack(t, second) // still with the content
	send(t, late, first)
	erase(t, first, own)
	ofFirst := pack(t, first)
	// The log with the erasure travels alone, and before the one with what it erased.
	directory := t.TempDir()
	third := open(t, directory)
	alone := *ofFirst
	alone.logs = slices.DeleteFunc(slices.Clone(ofFirst.logs), func(log library.IncomingLog) bool {
		return slices.ContainsFunc(late.logs, func(other library.IncomingLog) bool {
			return other.ID == log.ID && other.DeviceID == ownLog(t, second, caseID).DeviceID
		})
	})
	alone.entries = slices.DeleteFunc(slices.Clone(ofFirst.entries), func(stored record.Stored) bool {
		return !slices.ContainsFunc(alone.logs, func(log library.IncomingLog) bool { return log.ID == stored.Header.LogID })
	})
	send(t, &alone, third)
	send(t, late, third)
	requireGone(t, directory, "xanthium")
	requireHolds(t, third)
	send(t, ofFirst, third)
	requireSame(t, first, third, caseID)
}

func TestDevicesThatTookOneLetterAreToldApart(t *testing.T) {
	t.Parallel()
	first, second, caseID, _ := aCaseOnTwoDevices(t)
	third := open(t, t.TempDir())
	send(t, pack(t, first), third)
	addScan(t, second, caseID, "of the second")
	addScan(t, third, caseID, "of the third, which does not know of the second")
	send(t, pack(t, second), first)
	send(t, pack(t, third), first)
	addScan(t, third, caseID, "of the third")
	send(t, pack(t, third), second)
	send(t, pack(t, first), third)
	addScan(t, third, caseID, "of the third, which now knows")
	send(t, pack(t, third), first)
	send(t, pack(t, first), second)
	for _, l := range []*library.Library{first, second, third} {
		var labels []string
		for _, exhibit := range caseFile(t, l, caseID).Exhibits {
			labels = append(labels, exhibit.Value.Label)
		}
		if diff := cmp.Diff([]string{"A-1", "B-1", "B2-1", "B2-2", "B2-3"}, labels); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

func TestAFileThatNobodyHasAnyMoreIsNamedAndTheRestIsTakenIn(t *testing.T) {
	t.Parallel()
	first, _, caseID, _ := aCaseOnTwoDevices(t)
	p := pack(t, first)
	var gone, damaged string
	for sum, data := range p.contents {
		if gone == "" {
			gone = sum
			delete(p.contents, sum)
		} else {
			damaged = sum
			p.contents[sum] = append([]byte("x"), data...)
		}
	}
	second := open(t, t.TempDir())
	imported := send(t, p, second)
	if diff := cmp.Diff(slices.Sorted(slices.Values([]string{gone, damaged})), imported.MissingContents); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := caseFile(t, second, caseID); len(got.Contacts) != 1 || len(got.Messages) != 1 || len(got.Evidence) != 1 {
		t.Errorf("the case is %+v", got)
	}
	for _, finding := range findings(t, second) {
		if finding.What != library.ContentMissing {
			t.Errorf("%s at %s", finding.What, finding.Where)
		}
	}
}
