package message

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"constancia/internal/casefile"
)

// corpora are folders of messages: our own, and those that the other reader is tested with. Theirs are as odd as mail
// gets.
func corpora(t *testing.T) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/jhillyerd/enmime/v2").Output()
	if err != nil {
		t.Fatalf("where are the messages of enmime? %v", err)
	}
	theirs := filepath.Join(strings.TrimSpace(string(out)), "testdata")
	return []string{"testdata", filepath.Join(theirs, "mail"), filepath.Join(theirs, "low-quality"),
		filepath.Join(theirs, "parts")}
}

func TestReadAgreesWithAnotherReader(t *testing.T) {
	read := 0
	for _, folder := range corpora(t) {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") || strings.HasSuffix(entry.Name(), ".golden") {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			read++
			t.Run(filepath.Base(path), func(t *testing.T) { compare(t, raw) })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 80 {
		t.Errorf("only %d messages were found", read)
	}
}

// compare reads a message with both readers. Where the other one fails, ours keeps its promises at least.
func compare(t *testing.T, raw []byte) {
	got := Read(bytes.NewReader(raw))
	checkPromises(t, got)
	other, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return
	}
	if subject := line(other.GetHeader("Subject")); got.Subject != subject && !strings.Contains(subject, "\uFFFD") {
		t.Errorf("subject is %q, another reader has %q", got.Subject, subject)
	}
	if other.Text != "" && words(got.Text) == "" {
		t.Errorf("no text; another reader has %q", other.Text)
	}
	if words(other.HTML) != "" && got.HTML == "" {
		t.Errorf("no HTML; another reader has %q", other.HTML)
	}
	missingParts(t, got, other)
}

// missingParts reports attachments that only the other reader found.
func missingParts(t *testing.T, got casefile.Reading, other *enmime.Envelope) {
	t.Helper()
	ours := map[string]bool{got.Text: true}
	for _, a := range got.Attachments {
		ours[string(a.Content)] = true
	}
	for _, list := range [][]*enmime.Part{other.Attachments, other.Inlines} {
		for _, part := range list {
			if !ours[string(part.Content)] {
				t.Errorf("attachment %q (%s, %d bytes) was not found", part.FileName, part.ContentType, len(part.Content))
			}
		}
	}
}

// words are what is left of a text without blanks.
func words(text string) string { return strings.Join(strings.Fields(text), "") }
