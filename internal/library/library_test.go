package library_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/secret"
)

// options are those of the program, on a folder.
func options(directory string) library.Options {
	return library.Options{
		Directory: directory, Create: true, ReadMessage: message.Read, Reader: message.Reader,
		Keys: secret.InFiles(filepath.Clean(directory) + "-keys"),
	}
}

// open opens a library and closes it after the test.
func open(t testing.TB, directory string) *library.Library {
	t.Helper()
	return openWith(t, options(directory))
}

func openWith(t testing.TB, o library.Options) *library.Library {
	t.Helper()
	opened, err := library.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("failed to open the library: %v", err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Errorf("failed to close the library: %v", err)
		}
	})
	return opened
}

// newCase begins a dispute in a library and returns its id.
func newCase(t testing.TB, l *library.Library) string {
	t.Helper()
	return put(t, l, record.KindCase, "", casefile.Case{Title: "The parcel that never came", Zone: "Europe/Madrid"})
}

// put appends one entry and returns its id. A case belongs to itself.
func put(t testing.TB, l *library.Library, kind record.Kind, caseID string, payload any) string {
	t.Helper()
	draft := draftOf(kind, caseID, payload)
	if err := l.Append(t.Context(), draft); err != nil {
		t.Fatalf("failed to append a %s: %v", kind, err)
	}
	return draft.ID
}

// correct says what an entry should have said, and returns the correction's id.
func correct(t testing.TB, l *library.Library, caseID, id string, fields map[string]any) string {
	t.Helper()
	return put(t, l, record.KindCorrection, caseID, casefile.Correction{
		CaseID: caseID, Target: id, TargetLeaf: state(t, l, id).Leaf, Fields: fields})
}

// state is what the record has of an entry.
func state(t testing.TB, l *library.Library, id string) library.EntryState {
	t.Helper()
	found, err := l.Entry(t.Context(), id)
	if err != nil {
		t.Fatalf("failed to find %s: %v", id, err)
	}
	return found
}

func draftOf(kind record.Kind, caseID string, payload any) library.Draft {
	draft := library.Draft{Kind: kind, ID: library.NewID(), CaseID: caseID, Payload: payload}
	if kind == record.KindCase {
		draft.CaseID = draft.ID
	}
	return draft
}

// call is a phone call to the carrier on 2 March.
func call(caseID, summary string) casefile.Contact {
	return casefile.Contact{
		CaseID: caseID, OccurredAt: casefile.When{Wall: "2026-03-02T10:05", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute},
		Direction: casefile.Outgoing, Channel: casefile.Phone, Summary: summary, Basis: casefile.Memory,
	}
}

// requireHolds fails the test unless the record, the views and the contents hold and nothing is kept that nothing names,
// and says what does not.
func requireHolds(t testing.TB, l *library.Library) {
	t.Helper()
	for _, finding := range findings(t, l) {
		if finding.What == library.ContentUnnamed || !library.IsHarmless(finding.What) {
			t.Errorf("%s at %s", finding.What, finding.Where)
		}
	}
}

// findings is all that verifying the record and checking the library find.
func findings(t testing.TB, l *library.Library) []record.Finding {
	t.Helper()
	var checker record.Checker
	if err := l.Entries(t.Context(), func(stored record.Stored) error { checker.Check(stored); return nil }); err != nil {
		t.Fatalf("failed to read the record: %v", err)
	}
	found, err := l.Check(t.Context(), nil)
	if err != nil {
		t.Fatalf("failed to check the library: %v", err)
	}
	return append(checker.Findings(), found...)
}

// entries lists the ids in the log, in order.
// entries lists the ids of what was recorded; the entries by which logs begin are not among them.
func entries(t testing.TB, l *library.Library) []string {
	t.Helper()
	var ids []string
	err := l.Entries(t.Context(), func(stored record.Stored) error {
		if stored.Header.Kind != record.KindDevice {
			ids = append(ids, stored.Header.EntryID)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("failed to read the record: %v", err)
	}
	return ids
}

// behind opens a library's database past the library, as somebody with the sqlite3 program would.
func behind(t testing.TB, directory, name string) *sql.DB {
	t.Helper()
	database, err := sql.Open("sqlite", filepath.Join(directory, name))
	if err != nil {
		t.Fatal(err)
	}
	database.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = database.Close() })
	return database
}

func execute(t testing.TB, database *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := database.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("failed to run %s: %v", statement, err)
		}
	}
}

// requireProblem fails the test unless err has the code.
func requireProblem(t testing.TB, err error, code problem.Code) {
	t.Helper()
	if !errors.Is(err, problem.New(code, nil)) {
		t.Fatalf("got %v, want the problem %s", err, code)
	}
}

// snapshot is what a folder holds: names, modes and bytes, without the files that SQLite makes to coordinate.
func snapshot(t testing.TB, directory string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(directory, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		files[path] = info.Mode().String() + " " + string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipWhenShort leaves a test out of -short runs, which are those under the race detector: SQLite is twenty times slower
// there, and the test takes more than three seconds.
func skipWhenShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes long under the race detector")
	}
}

// ticking is a clock that goes on by a second each time somebody looks.
func ticking(from string) func() time.Time {
	at, err := time.Parse(time.RFC3339, from)
	if err != nil {
		panic(err)
	}
	return func() time.Time { at = at.Add(time.Second); return at }
}

func TestALibraryThatWasMadeOpensAgain(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "my record", "for 100 % sure? #1 ñ")
	first, err := library.Open(t.Context(), options(directory))
	if err != nil {
		t.Fatal(err)
	}
	if first.Directory() != directory {
		t.Errorf("it lies in %s", first.Directory())
	}
	id := newCase(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, directory)
	file, err := again.CaseFile(t.Context(), id)
	if err != nil || file.Case.Title != "The parcel that never came" {
		t.Errorf("the case reads as %+v, %v", file.Case, err)
	}
	requireHolds(t, again)
}

func TestAFolderWithoutALibraryIsLeftAsItIsUnlessOneIsToBeMade(t *testing.T) {
	for name, directory := range map[string]string{
		"an empty folder": t.TempDir(), "a folder that is not there": filepath.Join(t.TempDir(), "none"),
	} {
		t.Run(name, func(t *testing.T) {
			o := options(directory)
			o.Create = false
			_, err := library.Open(t.Context(), o)
			requireProblem(t, err, problem.NoLibrary)
			if path := problem.From(err).Values["path"]; path != directory {
				t.Errorf("it names %q", path)
			}
			if names, err := os.ReadDir(directory); err == nil && len(names) > 0 {
				t.Errorf("it left %v", names)
			}
		})
	}
}

func TestWhatIsNotALibraryIsRefusedAndStaysAsItWas(t *testing.T) {
	tests := []struct {
		name string
		fill func(t *testing.T, directory string)
		want problem.Code
	}{
		{"a folder with somebody's letters", func(t *testing.T, directory string) {
			write(t, filepath.Join(directory, "letter.txt"), "Dear sirs,")
		}, problem.LibraryForeign},
		{"a database of another program", func(t *testing.T, directory string) {
			execute(t, behind(t, directory, "constancia.db"), "CREATE TABLE bookmarks (url TEXT)", "INSERT INTO bookmarks VALUES ('x')")
		}, problem.LibraryForeign},
		{"an empty database", func(t *testing.T, directory string) {
			write(t, filepath.Join(directory, "constancia.db"), "")
		}, problem.LibraryForeign},
		{"a text under the database's name", func(t *testing.T, directory string) {
			write(t, filepath.Join(directory, "constancia.db"), "This is no database, it is a shopping list: bread, milk, and two kilos of patience.")
		}, problem.LibraryForeign},
		{"a library of a newer program", func(t *testing.T, directory string) {
			made, err := library.Open(t.Context(), options(directory))
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
			execute(t, behind(t, directory, "constancia.db"), "PRAGMA user_version = 99", "PRAGMA journal_mode = DELETE")
		}, problem.LibraryNewer},
	}
	for _, test := range tests {
		for _, create := range []bool{false, true} {
			if !create && test.name == "a folder with somebody's letters" {
				continue // then it is no library at all
			}
			t.Run(test.name, func(t *testing.T) {
				directory := t.TempDir()
				test.fill(t, directory)
				before := snapshot(t, directory)
				o := options(directory)
				o.Create = create
				_, err := library.Open(t.Context(), o)
				requireProblem(t, err, test.want)
				if path := problem.From(err).Values["path"]; path != directory {
					t.Errorf("it names %q", path)
				}
				after := snapshot(t, directory)
				delete(after, filepath.Join(directory, "lock"))
				delete(before, filepath.Join(directory, "lock"))
				for name, content := range before {
					if after[name] != content {
						t.Errorf("%s was changed", name)
					}
				}
				for name := range after {
					if _, was := before[name]; !was {
						t.Errorf("%s was added", name)
					}
				}
			})
		}
	}
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatCanNotBeWrittenIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "I am not a folder")
	for name, directory := range map[string]string{
		"a file in the folder's place": file, "a file on the way to it": filepath.Join(file, "library"),
		"a place where nobody can make folders": "/proc/constancia", "a name that is too long": filepath.Join(t.TempDir(), strings.Repeat("n", 300)),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := library.Open(t.Context(), options(directory))
			requireProblem(t, err, problem.LibraryUnwritable)
			if path := problem.From(err).Values["path"]; path != directory {
				t.Errorf("it names %q", path)
			}
		})
	}
}

func TestWhatACrashLeftWhileTheLibraryWasMadeDoesNotStandInTheWay(t *testing.T) {
	directory := t.TempDir()
	for _, name := range []string{"constancia.db.new", "constancia.db.new-wal", "constancia.db.new-shm", "contents.db", "lock"} {
		write(t, filepath.Join(directory, name), "")
	}
	if err := os.Mkdir(filepath.Join(directory, "vault"), 0o700); err != nil {
		t.Fatal(err)
	}
	l := open(t, directory)
	newCase(t, l)
	requireHolds(t, l)
}

func TestOnlyItsOwnerCanReadALibrary(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "library")
	l := open(t, directory)
	newCase(t, l)
	large := putContent(t, l, largeBytes(1))
	modes := map[string]os.FileMode{
		"": 0o700 | os.ModeDir, "constancia.db": 0o600, "constancia.db-wal": 0o600, "constancia.db-shm": 0o600,
		"contents.db": 0o600, "lock": 0o600, "vault": 0o700 | os.ModeDir,
		"vault/" + large.SHA256[:2]: 0o700 | os.ModeDir, "vault/" + large.SHA256[:2] + "/" + large.SHA256: 0o400,
	}
	for name, want := range modes {
		info, err := os.Stat(filepath.Join(directory, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%q has the mode %s, want %s", name, info.Mode(), want)
		}
	}
}

func TestAnOpeningThatIsCalledOffSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := library.Open(ctx, options(t.TempDir()))
	requireProblem(t, err, problem.Cancelled)
}
