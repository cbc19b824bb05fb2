package library_test

import (
	"os"
	"path/filepath"
	"testing"

	"constancia/internal/library"
	"constancia/internal/record"
)

// remembering are options with a state folder.
func remembering(t *testing.T, directory string) library.Options {
	o := options(directory)
	o.State = filepath.Join(filepath.Dir(directory), "state")
	return o
}

// aRememberedCase is a library with a case and two calls, of which an older copy was kept after the first. It is closed.
func aRememberedCase(t *testing.T) (o library.Options, older, caseID string) {
	t.Helper()
	root := t.TempDir()
	o, older = remembering(t, filepath.Join(root, "library")), filepath.Join(root, "older")
	for i, summary := range []string{"The first call", "The second call"} {
		l, err := library.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			caseID = newCase(t, l)
		}
		put(t, l, record.KindContact, caseID, call(caseID, summary))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := os.CopyFS(older, os.DirFS(o.Directory)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return o, older, caseID
}

func putBack(t *testing.T, o library.Options, older string) {
	t.Helper()
	if err := os.RemoveAll(o.Directory); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(o.Directory, os.DirFS(older)); err != nil {
		t.Fatal(err)
	}
}

func TestALibraryThatOnlyWentOnSurprisesNobody(t *testing.T) {
	o, _, caseID := aRememberedCase(t)
	for range 3 {
		l := openWith(t, o)
		if surprises := l.Surprises(); len(surprises) > 0 {
			t.Errorf("it surprises with %+v", surprises)
		}
		put(t, l, record.KindContact, caseID, call(caseID, "One more"))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALogThatWasPutBackIsNoticedUntilItIsAccepted(t *testing.T) {
	o, older, caseID := aRememberedCase(t)
	putBack(t, o, older)
	for range 2 { // looking at it does not make it right
		l, err := library.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		log := ownLog(t, l, caseID)
		want := library.Surprise{LogID: log.ID, CaseID: caseID, Relation: record.RolledBack, Remembered: 4, Found: 3}
		if surprises := l.Surprises(); len(surprises) != 1 || surprises[0] != want {
			t.Errorf("it surprises with %+v, want %+v", surprises, want)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	l := openWith(t, o)
	if err := l.Accept(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	again := openWith(t, o)
	if surprises := again.Surprises(); len(surprises) > 0 {
		t.Errorf("accepted, it still surprises with %+v", surprises)
	}
}

func TestADeviceWhoseLogWasPutBackGoesOnAsANewOne(t *testing.T) {
	for name, acceptFirst := range map[string]bool{"before it is accepted": false, "after it was accepted": true} {
		t.Run(name, func(t *testing.T) {
			o, older, caseID := aRememberedCase(t)
			putBack(t, o, older)
			l, err := library.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if acceptFirst {
				if err := l.Accept(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := l.Close(); err != nil {
					t.Fatal(err)
				}
				l = openWith(t, o)
			} else {
				t.Cleanup(func() { _ = l.Close() })
			}
			put(t, l, record.KindContact, caseID, call(caseID, "After it was put back"))
			if got := ownLog(t, l, caseID); got.Letter != "B" || got.Size != 2 {
				t.Errorf("it goes on in %+v, want the log of a new device", got)
			}
			requireHolds(t, l)
		})
	}
}

func TestALogWhosePastWasRewrittenIsNoticed(t *testing.T) {
	o, _, caseID := aRememberedCase(t)
	database := behind(t, o.Directory, "constancia.db")
	execute(t, database, "DROP TRIGGER tree_is_append_only_update",
		"UPDATE tree_hash SET hash = randomblob(32) WHERE log_id IN (SELECT log_id FROM log WHERE case_id IS NOT NULL)")
	if err := database.Close(); err != nil {
		t.Fatal(err)
	}
	l := openWith(t, o)
	surprises := l.Surprises()
	if len(surprises) != 1 || surprises[0].Relation != record.Contradicts || surprises[0].CaseID != caseID {
		t.Errorf("it surprises with %+v", surprises)
	}
}

func TestACaseThatIsGoneWithItsLogIsNoticed(t *testing.T) {
	o, older, _ := aRememberedCase(t)
	l, err := library.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	other := newCase(t, l)
	log := ownLog(t, l, other)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	putBack(t, o, older)
	again := openWith(t, o)
	found := false
	for _, surprise := range again.Surprises() {
		found = found || surprise == library.Surprise{LogID: log.ID, Relation: record.RolledBack, Remembered: 2}
	}
	if !found {
		t.Errorf("it surprises with %+v", again.Surprises())
	}
}

func TestADamagedMemoryIsNoReasonToRefuseALibrary(t *testing.T) {
	for name, content := range map[string]string{"empty": "", "no JSON": "{", "other JSON": `{"heads":{"x":"y"}}`, "a list": "[]"} {
		t.Run(name, func(t *testing.T) {
			o, _, caseID := aRememberedCase(t)
			files, err := filepath.Glob(filepath.Join(o.State, "heads", "*.json"))
			if err != nil || len(files) != 1 {
				t.Fatalf("the memory is %v, %v", files, err)
			}
			write(t, files[0], content)
			l := openWith(t, o)
			put(t, l, record.KindContact, caseID, call(caseID, "Still taken down"))
			requireHolds(t, l)
		})
	}
}
