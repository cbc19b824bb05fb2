package library_test

import (
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func TestWhatDoesNotHoldIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	first, second, caseID, _ := aCaseOnTwoDevices(t)
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
		{"an entry without its leaf", func(p *parcel) { p.entries[2].LeafBytes = nil }, problem.ImportDoesNotHold},
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

// aLibraryThatWasPutBack is one whose folder is as it was before its last entry, which another library has.
func aLibraryThatWasPutBack(t *testing.T) (first, second *library.Library, caseID string) {
	t.Helper()
	o := options(t.TempDir())
	first, second = openWith(t, o), open(t, t.TempDir())
	caseID = newCase(t, first)
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
	return openWith(t, o), second, caseID
}

func TestAHeadThatContradictsAnEarlierOneIsRefused(t *testing.T) {
	t.Parallel()
	first, second, caseID := aLibraryThatWasPutBack(t)
	// Somebody goes on as if nothing had been: one log with two pasts, both well signed.
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
	first, second, caseID := aLibraryThatWasPutBack(t)
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
