package casework_test

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/i18n"
)

func TestALetterAsksForAnAnswerByADayOnlyWhileThatIsToCome(t *testing.T) {
	for now, want := range map[string]string{
		"2026-04-14T12:00:00Z": "reply to me in writing by 15 April 2026.",
		"2026-04-15T21:00:00Z": "reply to me in writing by 15 April 2026.", // that day is not over
		"2026-04-16T12:00:00Z": "The date the dossier gives for an answer, 15 April 2026, was 1 day ago.",
		"2026-04-26T12:00:00Z": "The date the dossier gives for an answer, 15 April 2026, was 11 days ago.",
	} {
		w := begin(t)
		var err error
		if w.now, err = time.Parse(time.RFC3339, now); err != nil {
			t.Fatal(err)
		}
		dossier, out := filepath.Join(t.TempDir(), "dossier.pdf"), filepath.Join(t.TempDir(), "letter.eml")
		if err := os.WriteFile(dossier, []byte("%PDF-1.7"), 0o600); err != nil {
			t.Fatal(err)
		}
		letter := casework.DraftMail{CaseID: w.caseID, Dossier: dossier, From: "me@home.example", To: "care@shop.example", Language: i18n.English}
		if err := w.WriteDraft(t.Context(), letter, out); err != nil {
			t.Fatal(err)
		}
		if text := letterText(t, out); !strings.Contains(text, want) {
			t.Errorf("at %s it says %s", now, text)
		}
	}
}

// letterText is the first part of an email, on one line.
func letterText(t *testing.T, path string) string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	message, err := mail.ReadMessage(file)
	if err != nil {
		t.Fatal(err)
	}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(message.Body, parameters["boundary"]).NextRawPart()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(part))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.Join(strings.Fields(string(text)), " "), "\u00A0", " ")
}
