package faults_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// story is what is in every library before the program is disturbed: the ids of it, and the files that are to come.
type story struct {
	caseID, contactID, evidenceID string
	inputs                        string // a folder outside of the stage
}

func (s story) input(name string) string { return filepath.Join(s.inputs, name) }

// operation is one thing that the program is asked to do while it is disturbed.
type operation struct {
	name string
	// words are the command line.
	words func(stage) []string
	// prepare makes what the operation needs beside the story.
	prepare func(*testing.T, stage)
	// answersInPart: the answer tells how far the operation came, whether it came to the end or not.
	answersInPart bool
	// withoutLibrary: the operation makes the library.
	withoutLibrary bool
	// takesBack are the tables from which the operation may take rows.
	takesBack []string
	// makes is a file that is there once the operation is acknowledged, and whole whenever it is there.
	makes func(stage) string
	// whole says what is wrong with that file.
	whole func(path string) error
}

func operations() []operation {
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
			name: "make a promise",
			words: func(s stage) []string {
				return []string{"promise", "make", "--case", s.story.caseID, "--contact", s.story.contactID, "--what", "A refund"}
			},
		},
		{
			name: "import mail", answersInPart: true,
			words: func(s stage) []string {
				return []string{"mail", "import", "files", "--case", s.story.caseID, s.story.input("mail")}
			},
		},
		{
			name: "attach a small file",
			words: func(s stage) []string {
				return []string{"evidence", "add", "--case", s.story.caseID, s.story.input("receipt.txt")}
			},
		},
		{
			name: "attach a large file",
			words: func(s stage) []string {
				return []string{"evidence", "add", "--case", s.story.caseID, s.story.input("recording.bin")}
			},
		},
		{
			name:  "rebuild the views",
			words: func(stage) []string { return []string{"record", "rebuild"} },
		},
		{
			name: "export a dossier",
			words: func(s stage) []string {
				return []string{"dossier", "export", "--case", s.story.caseID, "--out", dossierOf(s), "--overwrite"}
			},
			makes: dossierOf, whole: isWholePDF,
		},
	}
}

func dossierOf(s stage) string { return filepath.Join(s.out(), "dossier.pdf") }

func isWholePDF(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if text := string(data); !strings.HasPrefix(text, "%PDF-") || !strings.HasSuffix(strings.TrimSpace(text), "%%EOF") {
		return fmt.Errorf("%s is no whole PDF: %d bytes", filepath.Base(path), len(data))
	}
	return nil
}

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
