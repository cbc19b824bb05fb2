package message

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"constancia/internal/casefile"
)

// FuzzRead checks what Read promises for any bytes.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.eml"))
	lifelike, _ := filepath.Glob(filepath.Join("testdata", "lifelike", "*.eml")) // the pattern is well formed
	files = append(files, lifelike...)
	if err != nil || len(files) < 30 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Add([]byte("Subject: =?x?q?=?=\r\nContent-Type: text/html\n\n<p><a href=http://x>y<table><td>a<td>b<ul><li><pre>\n</ul>"))
	f.Add([]byte(nested(5)))
	for _, pieces := range [][]string{
		{"text/html\n\n<p>uno\r", "text/html\n\n\x01", "text/html\n\ndos"},
		{"text/plain\n\n", "text/html\n\n<p>canci\xf3n\x02\r\rsola"},
		{"text/plain\n\nbreve", "text/html\n\n<p>cancio\u0301n m\u00e1s larga, bastante m\u00e1s larga<img src=cid:f>",
			"image/png\nContent-ID: <f>\n\npng", "image/png\nContent-ID: <g>\n\npng"},
		{"text/plain\n\n" + strings.Repeat("'", maxHTML/4), "text/html\n\n<p>" + strings.Repeat("x", maxHTML/2)},
	} {
		for _, kind := range []string{"alternative", "mixed"} {
			f.Add([]byte("Content-Type: multipart/" + kind + "; boundary=b\n\n--b\nContent-Type: " +
				strings.Join(pieces, "\n--b\nContent-Type: ") + "\n--b--\n"))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		read := Read(bytes.NewReader(raw))
		checkPromises(t, read)
		read.HTML = ""
		if diff := cmp.Diff(read, ReadText(bytes.NewReader(raw))); diff != "" {
			t.Errorf("without its HTML it is read differently (-with +without):\n%s", diff)
		}
	})
}

// checkPromises checks what holds for every reading.
func checkPromises(t *testing.T, read casefile.Reading) {
	t.Helper()
	lines := []string{read.MessageID, read.Subject, read.Date}
	lines = append(append(lines, read.InReplyTo...), read.References...)
	for _, m := range append(append(append([]casefile.Mailbox{}, read.From...), read.To...), read.Cc...) {
		lines = append(lines, m.Name, m.Address)
	}
	for _, a := range read.Attachments {
		lines = append(lines, a.FileName, a.MediaType, a.ContentID, a.Part)
		if a.FileName == "" || strings.ContainsAny(a.FileName, `/\:`) || len(a.FileName) > maxFileName+10 {
			t.Errorf("file name %q", a.FileName)
		}
		if a.Size != int64(len(a.Content)) {
			t.Errorf("size %d, content %d", a.Size, len(a.Content))
		}
	}
	for _, text := range append(lines, read.Text, read.HTML) {
		if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
			t.Errorf("not UTF-8 in NFC: %q", text)
		}
	}
	for _, text := range lines {
		if strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("control characters in %q", text)
		}
	}
	if strings.ContainsFunc(read.Text, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) {
		t.Errorf("control characters in the text %q", read.Text)
	}
	if _, err := time.Parse(time.RFC3339, read.Date); read.Date != "" && err != nil {
		t.Errorf("date: %v", err)
	}
	if len(read.Text) > maxText || len(read.HTML) > maxHTML || len(read.Defects) > maxDefects+1 {
		t.Errorf("beyond the limits: %d, %d, %d", len(read.Text), len(read.HTML), len(read.Defects))
	}
}
