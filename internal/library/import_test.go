package library_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
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
		for _, waiting := range unread(t, l, caseID) {
			readAndStore(t, l, waiting)
		}
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

func TestWhatDoesNotHoldIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	first, second, caseID, contact := aCaseOnTwoDevices(t)
	put(t, first, record.KindContact, caseID, call(caseID, "A later call"))
	last := func(p *parcel) *record.Stored { return &p.entries[len(p.entries)-1] }
	log := func(p *parcel) *library.IncomingLog {
		at := slices.IndexFunc(p.logs, func(log library.IncomingLog) bool { return log.CaseID == caseID })
		return &p.logs[at]
	}
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	// forge appends an entry to the log of the case, whatever it says, and signs its head with a stranger's key.
	forge := func(p *parcel, kind record.Kind, payload any) {
		head := signedHead(t, p, log(p).ID, nil)
		entry, err := record.NewEntry(record.Header{LogID: log(p).ID, Sequence: head.Size + 1, EntryID: library.NewID(),
			OperationID: library.NewID(), Kind: kind, RecordedAt: "2026-03-02T10:00:00.000Z"}, payload, neverEnding{})
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := entry.Leaf()
		if err != nil {
			t.Fatal(err)
		}
		p.entries = append(p.entries, record.Stored{Entry: entry, LeafBytes: leaf, LeafHash: record.LeafHash(leaf)})
		log(p).Head = signedHead(t, p, log(p).ID, stranger).signed
	}
	tests := []struct {
		name   string
		change func(*parcel)
		want   problem.Code
	}{
		{"a word was changed", func(p *parcel) {
			last(p).Payload = []byte(strings.Replace(string(last(p).Payload), "later", "early", 1))
		}, problem.ImportDoesNotHold},
		{"an entry is missing", func(p *parcel) { p.entries = slices.Delete(p.entries, 3, 4) }, problem.ImportDoesNotHold},
		{"an entry comes twice", func(p *parcel) { p.entries = slices.Insert(p.entries, 3, p.entries[3]) }, problem.ImportDoesNotHold},
		{"the last entry was cut off", func(p *parcel) { p.entries = p.entries[:len(p.entries)-1] }, problem.ImportDoesNotHold},
		{"a payload is gone that nobody erased", func(p *parcel) { last(p).Payload, last(p).Salt = nil, [32]byte{} }, problem.ImportDoesNotHold},
		{"an entry of no log", func(p *parcel) { p.logs = p.logs[:1] }, problem.ImportDoesNotHold},
		{"a log without entries", func(p *parcel) {
			p.logs = append(p.logs, library.IncomingLog{ID: library.NewID(), CaseID: caseID, DeviceID: library.NewID()})
		}, problem.ImportDoesNotHold},
		{"a log that comes twice", func(p *parcel) { p.logs = append(p.logs, *log(p)) }, problem.ImportDoesNotHold},
		{"a head that nobody signed", func(p *parcel) { log(p).Head = nil }, problem.ImportDoesNotHold},
		{"a head with a stranger’s signature", func(p *parcel) {
			log(p).Head = signedHead(t, p, log(p).ID, stranger).signed
		}, problem.ImportDoesNotHold},
		{"an entry that a stranger wrote", func(p *parcel) {
			forge(p, record.KindContact, call(caseID, "It was all settled"))
		}, problem.ImportDoesNotHold},
		{"the head of another log", func(p *parcel) { log(p).Head = p.logs[0].Head }, problem.ImportDoesNotHold},
		{"a head that is no head", func(p *parcel) { log(p).Head = []byte("trust me") }, problem.ImportDoesNotHold},
		{"another case than its entries’", func(p *parcel) { log(p).CaseID = library.NewID() }, problem.ImportContradicts},
		{"another device than its entries’", func(p *parcel) { log(p).DeviceID = library.NewID() }, problem.ImportContradicts},
		{"a second log of one device", func(p *parcel) {
			was := log(p).ID
			log(p).ID = library.NewID()
			for i := range p.entries {
				if p.entries[i].Header.LogID == was {
					p.entries[i].Header.LogID = log(p).ID
				}
			}
		}, problem.ImportContradicts},
		{"the source fails", func(p *parcel) { p.entries[2].LeafBytes = nil }, problem.ImportDoesNotHold},
	}
	before := dumpOf(t, second)
	for _, test := range tests {
		changed := pack(t, first)
		test.change(changed)
		_, err := second.Import(t.Context(), changed.incoming(), library.ImportOptions{Erase: true})
		if !errors.Is(err, problem.New(test.want, nil)) {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
		if _, err := second.PlanImport(t.Context(), changed.incoming(), library.ImportOptions{}); !errors.Is(err, problem.New(test.want, nil)) {
			t.Errorf("%s: the plan says %v, want %s", test.name, err, test.want)
		}
	}
	if diff := cmp.Diff(before, dumpOf(t, second)); diff != "" {
		t.Errorf("the library has changed:\n%s", diff)
	}
	requireHolds(t, second)
	send(t, pack(t, first), second)
	requireSame(t, first, second, caseID)
	_ = contact
}

// neverEnding stands in for randomness.
type neverEnding struct{}

func (neverEnding) Read(p []byte) (int, error) { return len(p), nil }

type madeHead struct {
	record.Head
	signed []byte
}

// signedHead makes the head of a log in a parcel, and signs it with a key, if any.
func signedHead(t testing.TB, p *parcel, logID string, key ed25519.PrivateKey) madeHead {
	t.Helper()
	var tree record.GrownTree
	for _, stored := range p.entries {
		if stored.Header.LogID == logID {
			tree.Append(stored.LeafHash)
		}
	}
	grown, err := record.TreeOf(tree.Size(), &tree)
	if err != nil {
		t.Fatal(err)
	}
	made := madeHead{Head: record.Head{LogID: logID, Tree: grown}}
	if key != nil {
		if made.signed, err = made.Sign(key); err != nil {
			t.Fatal(err)
		}
	}
	return made
}

func TestAHeadThatContradictsAnEarlierOneIsRefused(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	first, second := openWith(t, o), open(t, t.TempDir())
	caseID := newCase(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	older := filepath.Join(t.TempDir(), "older")
	if err := os.CopyFS(older, os.DirFS(o.Directory)); err != nil {
		t.Fatal(err)
	}
	first = openWith(t, o)
	put(t, first, record.KindContact, caseID, call(caseID, "They said Getafe"))
	send(t, pack(t, first), second)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	// Somebody puts the folder back, and goes on as if nothing had been: one log with two pasts, both well signed.
	putBack(t, o, older)
	first = openWith(t, o)
	put(t, first, record.KindContact, caseID, call(caseID, "They said Coslada"))
	for _, one := range []struct{ from, to *library.Library }{{first, second}, {second, first}} {
		before := dumpOf(t, one.to)
		_, err := one.to.Import(t.Context(), pack(t, one.from).incoming(), library.ImportOptions{Erase: true})
		requireProblem(t, err, problem.ImportContradicts)
		if diff := cmp.Diff(before, dumpOf(t, one.to)); diff != "" {
			t.Errorf("the library has changed:\n%s", diff)
		}
	}
}

func TestAnOwnLogThatWasPutBackIsMadeWholeByWhatItsOwnKeySigned(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	first, second := openWith(t, o), open(t, t.TempDir())
	caseID := newCase(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	older := filepath.Join(t.TempDir(), "older")
	if err := os.CopyFS(older, os.DirFS(o.Directory)); err != nil {
		t.Fatal(err)
	}
	first = openWith(t, o)
	put(t, first, record.KindContact, caseID, call(caseID, "They said Getafe"))
	send(t, pack(t, first), second)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	putBack(t, o, older)
	first = openWith(t, o)
	if imported := send(t, pack(t, second), first); imported.Entries != 1 {
		t.Errorf("imported: %+v", imported)
	}
	put(t, first, record.KindContact, caseID, call(caseID, "They said Coslada"))
	send(t, pack(t, first), second)
	requireHolds(t, first)
	requireSame(t, first, second, caseID, "said")
}

func TestALibraryThatWasCopiedElsewhereTakesNothingInTheNameOfTheOther(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	first := openWith(t, o)
	caseID := newCase(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	copied := options(t.TempDir()) // with keys of its own
	putBack(t, copied, o.Directory)
	first = openWith(t, o)
	put(t, first, record.KindContact, caseID, call(caseID, "They said Getafe"))
	second := openWith(t, copied)
	_, err := second.Import(t.Context(), pack(t, first).incoming(), library.ImportOptions{})
	requireProblem(t, err, problem.ImportContradicts)
	put(t, second, record.KindContact, caseID, call(caseID, "They said Coslada")) // now it is another device
	send(t, pack(t, first), second)
	if got := caseFile(t, second, caseID).Contacts; len(got) != 2 {
		t.Errorf("the contacts are %+v", got)
	}
	requireHolds(t, second)
}

// aLongCase is a case of several of an import's transactions.
func aLongCase(t testing.TB, l *library.Library) (caseID string) {
	t.Helper()
	caseID = newCase(t, l)
	var drafts []library.Draft
	for i := range 1200 {
		drafts = append(drafts, draftOf(record.KindContact, caseID, call(caseID, fmt.Sprintf("Call %d", i))))
	}
	if err := l.Append(t.Context(), drafts...); err != nil {
		t.Fatal(err)
	}
	return caseID
}

func TestAnImportThatWasCutOffHoldsAndIsCompletedByTheSame(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	first, second := open(t, quickFolder(t)), open(t, quickFolder(t))
	caseID := aLongCase(t, first)
	// An entry that was erased early, by an erasure that comes late: they arrive together.
	erase(t, first, put(t, first, record.KindContact, caseID, call(caseID, "A slip")))
	p := pack(t, first)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := second.Import(ctx, p.incoming(), library.ImportOptions{Progress: func(done, total int64) {
		if done < total {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("it says %v", err)
	}
	if n := len(dumpOf(t, second)); n == 0 || n >= len(p.entries) {
		t.Errorf("it took %d of %d", n, len(p.entries))
	}
	requireHolds(t, second)
	imported := send(t, p, second)
	if imported.Entries == 0 || imported.Entries >= int64(len(p.entries)) {
		t.Errorf("imported: %+v", imported)
	}
	requireHolds(t, second)
	requireSame(t, first, second, caseID)
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

func TestALogWhoseKeyIsGoneIsVouchedForByADeviceOfTheCaseOrRestoredOnOnesWord(t *testing.T) {
	t.Parallel()
	first, second, caseID, _ := aCaseOnTwoDevices(t)
	put(t, second, record.KindContact, caseID, call(caseID, "They hung up"))
	p := pack(t, second)
	ofFirst := ownLog(t, first, caseID).ID
	at := slices.IndexFunc(p.logs, func(log library.IncomingLog) bool { return log.ID == ofFirst })
	p.logs[at].Head = nil
	third := open(t, t.TempDir())
	_, err := third.Import(t.Context(), p.incoming(), library.ImportOptions{})
	requireProblem(t, err, problem.ImportDoesNotHold)
	if _, err := third.Import(t.Context(), p.incoming(), library.ImportOptions{Unsigned: true}); err != nil {
		t.Errorf("one’s own backup: %v", err)
	}
	requireSame(t, second, third, caseID)
}

func TestMemoryDoesNotFollowWhatComesIn(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	source := open(t, quickFolder(t))
	caseID := newCase(t, source)
	const entries, size = 160, 500_000
	for i := range entries {
		contact := call(caseID, fmt.Sprintf("Call %d", i))
		contact.Verbatim = strings.Repeat("a", size)
		put(t, source, record.KindContact, caseID, contact)
	}
	p := pack(t, source)
	p.entries = nil
	in := p.incoming()
	in.Entries = func(ctx context.Context) iter.Seq2[record.Stored, error] {
		return func(yield func(record.Stored, error) bool) {
			err := source.Entries(ctx, func(stored record.Stored) error {
				if !yield(stored, nil) {
					return io.EOF
				}
				return nil
			})
			if err != nil && !errors.Is(err, io.EOF) {
				yield(record.Stored{}, err)
			}
		}
	}
	held := func() uint64 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before, most := held(), uint64(0)
	target := open(t, filepath.Join(quickFolder(t), "target"))
	_, err := target.Import(t.Context(), in, library.ImportOptions{Progress: func(int64, int64) { most = max(most, held()) }})
	if err != nil {
		t.Fatal(err)
	}
	if grown := int64(most) - int64(before); grown > entries*size/2 {
		t.Errorf("%d bytes more are held while %d come in", grown, entries*size)
	}
}
