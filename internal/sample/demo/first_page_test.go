package demo_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/redaction"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
	"constancia/internal/sample/demo"
)

// TestTheFirstPageShowsTheThreeStrongestExhibits reads the summary of the sample in every language and edition, on the day
// of its last contact and long after the day for an answer, when more is said on it. Nothing else may be told in part for it.
func TestTheFirstPageShowsTheThreeStrongestExhibits(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not here")
	}
	days := map[string]time.Time{
		"that day": time.Date(2026, 8, 7, 18, 30, 0, 0, time.UTC), "long after": time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	for _, language := range i18n.Languages() {
		state := t.TempDir()
		told, err := demo.Run(t.Context(), demo.Options{Directory: t.TempDir(), State: state, Language: language})
		if err != nil {
			t.Fatal(err)
		}
		c, err := casework.Open(t.Context(), casework.Options{Directory: told.Library, State: state})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		})
		file, err := c.CaseFile(t.Context(), told.Case)
		if err != nil {
			t.Fatal(err)
		}
		var labels []string
		for _, exhibit := range file.Exhibits {
			labels = append(labels, exhibit.Value.Label)
		}
		words := i18n.For(language)
		for when, day := range days {
			for _, edition := range dossier.Editions() {
				o := dossier.Options{Edition: edition, Language: language, GeneratedAt: day, RecordFingerprint: strings.Repeat("4f", 32)}
				summary := 1
				switch edition {
				case dossier.Regulator:
					o.FilingFor, summary = "es-omic", 2
				case dossier.Press:
					o.Press = redaction.Find(file, nil, redaction.Choices{Exhibits: labels}, words)
				}
				model, err := dossier.Compile(file, o)
				if err != nil {
					t.Fatal(err)
				}
				var pages, out bytes.Buffer
				open := func(sha256 string) (io.ReadCloser, error) { return c.OpenContent(t.Context(), sha256) }
				drawn, err := pdf.Write(t.Context(), &pages, model, pdf.Options{Open: open})
				if err == nil {
					err = seal.Finish(t.Context(), &out, pages.Bytes(), drawn.Options)
				}
				if err != nil {
					t.Fatal(err)
				}
				read := pageOf(t, out.Bytes(), summary)
				named := strings.Join([]string{string(language), string(edition), when}, ", ")
				_, below, found := strings.Cut(read, strings.ToUpper(words.Text("dossier.summary.exhibits")))
				if !found || len(model.Summary.Exhibits) != 3 {
					t.Errorf("%s: it has no exhibits, or not three: %v", named, model.Summary.Exhibits)
					continue
				}
				for _, index := range model.Summary.Exhibits {
					if tag := string(model.Exhibits[index].Tag); !strings.Contains(below, "\n"+tag+" ") {
						t.Errorf("%s: %s is not among the exhibits of\n%s", named, tag, read)
					}
				}
				if answer := strings.Fields(model.Summary.LastAnswer.Text); !strings.Contains(read, answer[len(answer)-1]) {
					t.Errorf("%s: the last answer is not told to its end in\n%s", named, read)
				}
			}
		}
	}
}

// pageOf is what pdftotext reads on a page, in the order in which it was drawn.
func pageOf(t *testing.T, data []byte, page int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dossier.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	number := strconv.Itoa(page)
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-f", number, "-l", number, path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
