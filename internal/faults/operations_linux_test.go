package faults_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// story is what is in every library before the program is disturbed: the ids of it, and the files that are to come.
type story struct {
	caseID, contactID, draftID string
	letterID, letterSHA256     string // a small file
	photoID, photoSHA256       string // and a large one
	inputs                     string // a folder outside of the stage
	timeService                string // the address of a service for time stamps
	mailPassword               string // the password of a mailbox
}

func (s story) input(name string) string { return filepath.Join(s.inputs, name) }

// operation is one thing that the program is asked to do while it is disturbed.
type operation struct {
	name string
	// words are the command line.
	words func(stage) []string
	// again are the words for the second time; nil for the same.
	again func(stage) []string
	// prepare makes what the operation needs beside the story, before the library is looked at.
	prepare func(*testing.T, *stage)
	// answersInPart: the answer tells how far the operation came, whether it came to the end or not.
	answersInPart bool
	// withoutLibrary: the operation makes the library.
	withoutLibrary bool
	// takesBack are ids and hashes: what is about them may go.
	takesBack func(stage) []string
	// keepsAside: the operation may put another library in place, and then leaves the one there was beside it.
	keepsAside bool
	// makes is a file or folder that is there once the operation is acknowledged, and whole whenever it is there.
	makes func(stage) string
	// whole says what is wrong with it.
	whole func(stage) error
	// inTheEnd says what is wrong once the operation was disturbed and done again; nil for nothing beside what holds for
	// all operations.
	inTheEnd func(before, after state) []string
}

func operations() []operation {
	return slices.Concat(recordings(), upkeep(), departures())
}

// recordings put something on record.
func recordings() []operation {
	return []operation{
		{
			name: "make a library", withoutLibrary: true,
			words: func(stage) []string { return []string{"case", "new", "--title", "Lost parcel", "--company", "Veloz"} },
		},
		{
			name: "log a contact",
			words: func(s stage) []string {
				return []string{"contact", "log", "--case", s.story.caseID, "--company", "Furgón", "--person", "Núria",
					"--summary", "They put me through three times.", "--hold", "20m"}
			},
		},
		{
			name: "import mail", answersInPart: true,
			words: func(s stage) []string {
				return []string{"mail", "import", "files", "--case", s.story.caseID, s.story.input("mail")}
			},
		},
		{
			name: "attach a large file",
			words: func(s stage) []string {
				return []string{"evidence", "add", "--case", s.story.caseID, s.story.input("recording.bin")}
			},
		},
		{
			name: "attach a small file",
			words: func(s stage) []string {
				return []string{"evidence", "add", "--case", s.story.caseID, s.story.input("receipt.txt")}
			},
		},
		{
			name: "make a promise",
			words: func(s stage) []string {
				return []string{"promise", "make", "--case", s.story.caseID, "--contact", s.story.contactID, "--what", "A refund"}
			},
		},
		{
			name: "correct a contact",
			words: func(s stage) []string {
				return []string{"contact", "correct", s.story.contactID, "--reason", "I had it wrong.", "--summary", "They hung up."}
			},
			again: func(s stage) []string {
				return []string{"contact", "correct", s.story.contactID, "--reason", "Wrong again.", "--summary", "They hung up twice."}
			},
		},
		{
			name: "take an entry back",
			words: func(s stage) []string {
				return []string{"entry", "retract", s.story.contactID, "--reason", "Somebody else's call."}
			},
			again: func(s stage) []string { return []string{"entry", "retract", s.story.letterID} },
		},
		{
			name: "note in a call",
			prepare: func(t *testing.T, s *stage) {
				s.story.draftID = id(s.must(t, "contact", "draft", "begin", "--case", s.story.caseID))
			},
			words: func(s stage) []string {
				return []string{"contact", "draft", "note", s.story.draftID, "She will call back."}
			},
		},
	}
}

// upkeep looks after the record.
func upkeep() []operation {
	return []operation{
		{
			name:  "rebuild the views",
			words: func(stage) []string { return []string{"record", "rebuild"} },
		},
		{
			name: "erase",
			words: func(s stage) []string {
				return []string{"entry", "erase", s.story.photoID, "--yes", "--reason", "A neighbour is in it."}
			},
			again: func(s stage) []string { return []string{"entry", "erase", s.story.letterID, "--yes"} },
			takesBack: func(s stage) []string {
				return []string{s.story.photoID, s.story.photoSHA256, s.story.letterID, s.story.letterSHA256}
			},
		},
		{
			name: "migrate", prepare: toSchema1,
			words: func(stage) []string { return []string{"case", "list"} },
		},
		{
			name:  "seal",
			words: func(s stage) []string { return []string{"record", "seal", "--service", s.story.timeService} },
		},
	}
}

// departures write something that leaves the library.
func departures() []operation {
	return []operation{
		{
			name: "export a dossier",
			words: func(s stage) []string {
				return []string{"dossier", "export", "--case", s.story.caseID, "--out", dossierOf(s), "--overwrite"}
			},
			makes: dossierOf, whole: isWholePDF,
		},
		{
			name: "back up",
			prepare: func(t *testing.T, s *stage) {
				s.must(t, "backup", "make", "--to", backupsOf(*s))
				s.must(t, "contact", "log", "--case", s.story.caseID, "--company", "Veloz", "--summary", "After the first backup.")
			},
			words: func(s stage) []string { return []string{"backup", "make", "--to", backupsOf(s)} },
			makes: backupsOf, whole: areWholeBackups,
		},
		{
			name: "restore", keepsAside: true,
			prepare: func(t *testing.T, s *stage) {
				s.must(t, "backup", "make", "--to", backupsOf(*s))
				s.must(t, "contact", "log", "--case", s.story.caseID, "--company", "Veloz", "--summary", "After the backup.")
			},
			words: func(s stage) []string { return []string{"backup", "restore", "--from", backupsOf(s), "--yes"} },
		},
		{
			name: "export a bundle",
			words: func(s stage) []string {
				return []string{"bundle", "export", "--case", s.story.caseID, "--out", bundleOf(s), "--overwrite"}
			},
			makes: bundleOf, whole: func(s stage) error { return isWholeBundle(s, bundleOf(s)) },
		},
		{
			name: "import a bundle", prepare: bundleFromElsewhere,
			words: func(s stage) []string { return []string{"bundle", "import", bundleOf(s)} },
		},
	}
}

func dossierOf(s stage) string { return filepath.Join(s.out(), "dossier.pdf") }

func isWholePDF(s stage) error {
	data, err := os.ReadFile(dossierOf(s))
	if err != nil {
		return err
	}
	if text := string(data); !strings.HasPrefix(text, "%PDF-") || !strings.HasSuffix(strings.TrimSpace(text), "%%EOF") {
		return fmt.Errorf("the dossier is no whole PDF: %d bytes", len(data))
	}
	return nil
}

// toSchema1 puts a library of an earlier program in place.
func toSchema1(t *testing.T, s *stage) {
	t.Helper()
	if err := os.RemoveAll(s.library()); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(s.library(), 0o700); err != nil {
		t.Fatal(err)
	}
	unpack := exec.Command("tar", "-xzf", "../library/testdata/schema-1/library.tar.gz", "-C", s.library())
	if output, err := unpack.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
}

func bundleOf(s stage) string { return filepath.Join(s.out(), "case.zip") }

// isWholeBundle asks the program, unless there is none.
func isWholeBundle(s stage, path string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	return s.passes("bundle", "verify", path)
}

// bundleFromElsewhere puts a bundle of another library's case into the stage.
func bundleFromElsewhere(t *testing.T, s *stage) {
	t.Helper()
	elsewhere := *s
	elsewhere.folder = newFolder(t, "elsewhere")
	if err := os.Mkdir(elsewhere.out(), 0o700); err != nil {
		t.Fatal(err)
	}
	caseID := id(elsewhere.must(t, "case", "new", "--title", "A fridge that never cooled", "--company", "Frigo"))
	elsewhere.must(t, "contact", "log", "--case", caseID, "--summary", "They will send somebody.", "--person", "Pau")
	elsewhere.must(t, "evidence", "add", "--case", caseID, s.story.input("photo.bin"))
	elsewhere.must(t, "mail", "import", "files", "--case", caseID, s.story.input("mail"))
	elsewhere.must(t, "bundle", "export", "--case", caseID, "--out", bundleOf(*s), "--overwrite")
}

func backupsOf(s stage) string { return filepath.Join(s.out(), "backups") }

func areWholeBackups(s stage) error { return s.passes("backup", "check", "--from", backupsOf(s)) }

// largeSize is the size of the large file that is attached, in bytes.
func largeSize() int {
	if *full {
		return 200 << 20
	}
	return 3 << 20
}

// writeInputs writes the files that operations take.
func writeInputs(t *testing.T, folder string) {
	t.Helper()
	random := rand.NewChaCha8([32]byte{1})
	large := make([]byte, largeSize())
	attached := make([]byte, 1_400_000)
	_, _ = random.Read(large)
	_, _ = random.Read(attached)
	files := map[string][]byte{
		"receipt.txt":   []byte("Total: 38,90 €\n"),
		"letter.txt":    []byte("Dear customer, your parcel is on its way.\n"),
		"photo.bin":     attached,
		"recording.bin": large,
	}
	for i := range 12 {
		files[fmt.Sprintf("mail/%02d.eml", i)] = mail(i, slices.Repeat([]byte{byte('a' + i)}, 20_000*(i%3)))
	}
	files["mail/12.eml"] = mail(12, attached[:1_200_000])
	for name, data := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
