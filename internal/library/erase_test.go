package library_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// erase deletes entries for good, and gives the erasure's id and what it did.
func erase(t testing.TB, l *library.Library, ids ...string) (string, library.ErasurePlan) {
	t.Helper()
	id, plan, err := l.Erase(t.Context(), ids, "", nil)
	if err != nil {
		t.Fatalf("failed to erase: %v", err)
	}
	return id, plan
}

// idsOf are the entries' ids.
func idsOf(states []library.EntryState) []string {
	ids := []string{}
	for _, state := range states {
		ids = append(ids, state.Header.EntryID)
	}
	return ids
}

// requireGone looks for words at every byte of every file of a folder, in the forms that files have them in.
func requireGone(t testing.TB, directory string, words ...string) {
	t.Helper()
	err := filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		data = bytes.ToLower(data)
		for _, word := range words {
			if bytes.Contains(data, []byte(word)) || strings.Contains(entry.Name(), word) {
				t.Errorf("%s is still in %s", word, entry.Name())
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasErasedIsNowhereInTheFolder(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	directory := quickFolder(t)
	l := open(t, directory)
	caseID := newCase(t, l)
	random := rand.New(rand.NewPCG(1, 2))
	var ids, words, sums []string
	secret := func() string {
		word := fmt.Sprintf("xanthium%dq", random.Uint64())
		words = append(words, word)
		return word
	}
	filler := func() string { return strings.Repeat("They said that they would look into it. ", random.IntN(90)) }
	// Rows of all sizes come and go, so that SQLite moves them from page to page.
	for i := range 240 {
		put(t, l, record.KindContact, caseID, call(caseID, filler()+"They hung up"))
		contact := call(caseID, secret()+" "+filler()+secret())
		contact.Verbatim = secret()
		ids = append(ids, put(t, l, record.KindContact, caseID, contact))
		if i%8 == 0 {
			correct(t, l, caseID, ids[len(ids)-1], map[string]any{"summary": secret() + filler(), "number": secret()})
		}
		if i%8 == 4 {
			m := putMessage(t, l, caseID, mail(secret(), onSecondOfMarch, secret()+" "+filler()))
			readAndStore(t, l, m)
			ids = append(ids, m.ID)
			sums = append(sums, m.SHA256)
		}
		if i%60 == 0 {
			content := putContent(t, l, []byte(secret()+strings.Repeat("x", i*20_000)))
			ids = append(ids, put(t, l, record.KindEvidence, caseID, casefile.Evidence{
				CaseID: caseID, FileName: secret() + ".txt", SHA256: content.SHA256, Size: content.Size}))
			sums = append(sums, content.SHA256)
		}
	}
	for len(ids) > 0 {
		n := min(len(ids), 30)
		erase(t, l, ids[:n]...)
		ids = ids[n:]
	}
	requireGone(t, directory, words...)
	for _, sum := range sums {
		_, err := l.OpenContent(t.Context(), sum)
		requireProblem(t, err, problem.ContentMissing)
	}
	requireHolds(t, l)
	if hits := search(t, l, "", "xanthium"); len(hits) != 0 {
		t.Errorf("the search finds %v", hits)
	}
	if err := l.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	requireHolds(t, l)
	requireGone(t, directory, words...)
}

func TestAnErasureTakesAlongWhatHoldsTheSameAndNamesWhatItLeaves(t *testing.T) {
	o := options(t.TempDir())
	o.Clock = ticking("2026-03-02T10:00:00Z")
	l := openWith(t, o)
	caseID := newCase(t, l)
	put(t, l, record.KindExport, caseID, casefile.Export{CaseID: caseID, FileName: "before.pdf"})
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They said Getafe"))
	promise := put(t, l, record.KindPromise, caseID, casefile.Promise{CaseID: caseID, ContactID: contact, What: "A refund"})
	correction := correct(t, l, caseID, contact, map[string]any{"summary": "They said Coslada"})
	m := putMessage(t, l, caseID, mail("Your invoice", onSecondOfMarch, "See the attachment."))
	own, shared := putContent(t, l, []byte("its own")), putContent(t, l, []byte("somebody else has it, too"))
	attachment := put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "invoice.pdf", SHA256: own.SHA256, MessageID: m.ID, Attachment: "2"})
	scan := put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "scan.pdf", SHA256: shared.SHA256})
	same := put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "again.pdf", SHA256: shared.SHA256})
	exhibit := put(t, l, record.KindExhibit, caseID, casefile.Exhibit{CaseID: caseID, EvidenceID: scan, Label: "A-1"})
	put(t, l, record.KindExport, caseID, casefile.Export{CaseID: caseID, FileName: "after.pdf"})

	plan, err := l.PlanErasure(t.Context(), []string{contact, attachment, scan})
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range []struct {
		what      string
		want, got []string
	}{
		{"goes", []string{contact, correction, m.ID, attachment, scan}, idsOf(plan.Goes)},
		{"stays", []string{promise, exhibit}, idsOf(plan.Stays)},
		{"comes back from the server", []string{m.ID}, idsOf(plan.Returning)},
		{"is shared", []string{shared.SHA256}, plan.Shared},
		{"is deleted", slices.Sorted(slices.Values([]string{own.SHA256, m.SHA256})), plan.Contents},
		{"was exported", []string{"after.pdf"}, []string{plan.Exports[0].Value.FileName}},
	} {
		if diff := cmp.Diff(check.want, check.got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", check.what, diff)
		}
	}
	id, done, err := l.Erase(t.Context(), []string{contact, attachment, scan}, "They were somebody else’s", nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plan, done); diff != "" {
		t.Errorf("it did something else: -planned +done:\n%s", diff)
	}
	requireHolds(t, l)
	if _, err := l.OpenContent(t.Context(), shared.SHA256); err != nil {
		t.Errorf("what another entry names is gone: %v", err)
	}
	file := caseFile(t, l, caseID)
	if len(file.Contacts) != 0 || len(file.Messages) != 0 || len(file.Evidence) != 1 || file.Evidence[0].Value.ID != same || len(file.Promises) != 1 {
		t.Errorf("the case has %+v", file)
	}
	if len(file.Exhibits) != 1 || file.Exhibits[0].Value.Label != "A-1" {
		t.Errorf("the exhibits are %+v", file.Exhibits)
	}
	if len(file.Withdrawn) != 5 {
		t.Fatalf("withdrawn: %+v", file.Withdrawn)
	}
	for i, one := range file.Withdrawn {
		if one.EntryID != plan.Goes[i].Header.EntryID || !one.Erased || one.By != id || one.Reason != "They were somebody else’s" || !one.Entry.RecordedAt.Before(one.At) {
			t.Errorf("withdrawn: %+v", one)
		}
	}
	if got := state(t, l, contact); got.Counts || got.Payload != nil || !slices.Equal(got.ErasedBy, []string{id}) || got.Leaf != plan.Goes[0].Leaf {
		t.Errorf("the entry is %+v", got)
	}
	_, err = l.PlanErasure(t.Context(), []string{contact})
	requireProblem(t, err, problem.NotFound)
}

func TestWhatTheRecordIsMadeOfCanNotBeErased(t *testing.T) {
	l := open(t, t.TempDir())
	caseID, other := newCase(t, l), newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They hung up"))
	elsewhere := put(t, l, record.KindContact, other, call(other, "They hung up"))
	retraction := retract(t, l, contact)
	again := put(t, l, record.KindContact, caseID, call(caseID, "They hung up again"))
	erasure, _ := erase(t, l, again)
	export := put(t, l, record.KindExport, caseID, casefile.Export{CaseID: caseID, FileName: "dossier.pdf"})
	device := ""
	if err := l.Entries(t.Context(), func(stored record.Stored) error {
		if stored.Header.Kind == record.KindDevice && state(t, l, stored.Header.EntryID).CaseID == caseID {
			device = stored.Header.EntryID
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	before := entries(t, l)
	for _, test := range []struct {
		name string
		ids  []string
		want problem.Code
	}{
		{"who writes the log", []string{device}, problem.NotErasable},
		{"a retraction", []string{retraction}, problem.NotErasable},
		{"an erasure", []string{erasure}, problem.NotErasable},
		{"an export", []string{export}, problem.NotErasable},
		{"nothing", nil, problem.NotFound},
		{"what nobody recorded", []string{library.NewID()}, problem.NotFound},
		{"what was erased", []string{again}, problem.NotFound},
		{"entries of two cases", []string{contact, elsewhere}, problem.NotFound},
	} {
		_, _, err := l.Erase(t.Context(), test.ids, "", nil)
		if problem.From(err).Code != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
	if diff := cmp.Diff(before, entries(t, l)); diff != "" {
		t.Errorf("the log has changed:\n%s", diff)
	}
	erase(t, l, contact) // taken back before: it can be erased all the same
	requireHolds(t, l)
}

func TestNothingIsErasedWhileOthersHaveTheLibraryOpen(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l, other := open(t, directory), open(t, directory)
	caseID := newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They hung up"))
	_, _, err := l.Erase(t.Context(), []string{contact}, "", nil)
	requireProblem(t, err, problem.LibraryInUse)
	if !state(t, other, contact).Counts {
		t.Error("it was erased")
	}
	put(t, l, record.KindContact, caseID, call(caseID, "They hung up again"))
	put(t, other, record.KindContact, caseID, call(caseID, "And again"))
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	erase(t, l, contact)
	requireHolds(t, open(t, directory)) // the lock is shared again
}

func TestAnErasureSweepsWhatOneBeforeLeftBehindAndNotWhatIsAboutToBeNamed(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	evidence := func(content library.Content) string {
		return put(t, l, record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "a", SHA256: content.SHA256, Size: content.Size})
	}
	for _, size := range []int{10, 2 << 20} {
		first := evidence(putContent(t, l, bytes.Repeat([]byte("a"), size)))
		erase(t, l, first)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		l = open(t, directory)
		// As if the machine had stopped between the database and the contents.
		leftover := putContent(t, l, bytes.Repeat([]byte("a"), size))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		l = open(t, directory)
		if found := findings(t, l); len(found) != 1 || found[0].What != library.ContentUnnamed || found[0].Where != leftover.SHA256 {
			t.Errorf("it finds %v", found)
		}
		coming := putContent(t, l, bytes.Repeat([]byte("b"), size))
		erase(t, l, put(t, l, record.KindContact, caseID, call(caseID, "They hung up")))
		evidence(coming)
		requireHolds(t, l)
		_, err := l.OpenContent(t.Context(), leftover.SHA256)
		requireProblem(t, err, problem.ContentMissing)
	}
}

func TestAnErasureThatWasCutOffIsFinishedByTheNextToOpenTheLibrary(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	put(t, l, record.KindContact, newCase(t, l), call("", "They hung up"))
	leftover := putContent(t, l, []byte("xanthium"))
	// As if the machine had stopped behind the transaction.
	if err := l.PutSetting(t.Context(), "sweep", "due"); err != nil {
		t.Fatal(err)
	}
	other := open(t, directory)
	if _, err := other.OpenContent(t.Context(), leftover.SHA256); err != nil {
		t.Errorf("it was swept while others had the library open: %v", err)
	}
	for _, one := range []*library.Library{l, other} {
		if err := one.Close(); err != nil {
			t.Fatal(err)
		}
	}
	l = open(t, directory)
	requireGone(t, directory, "xanthium")
	requireHolds(t, open(t, directory))
	if due, err := l.Setting(t.Context(), "sweep"); due != "" || err != nil {
		t.Errorf("it is still due: %q, %v", due, err)
	}
}

func TestAnErasureRemovesTheCopiesOfTheDatabase(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They said xanthium"))
	copied := filepath.Join(directory, "constancia.schema-1.2026-01-01.db")
	write(t, copied, "They said xanthium")
	_, plan := erase(t, l, contact)
	if diff := cmp.Diff([]string{copied}, plan.Copies); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	requireGone(t, directory, "xanthium")
}
