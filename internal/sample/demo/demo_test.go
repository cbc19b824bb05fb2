package demo_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
	"constancia/internal/sample"
	"constancia/internal/sample/demo"
	_ "constancia/internal/secret/secrettest" // not the real keyring
)

func TestTheDemonstrationDoesTheWholeJob(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	steps := map[string]bool{}
	result, err := demo.Run(t.Context(), demo.Options{
		Directory: dir, State: t.TempDir(), Language: i18n.Spanish, Report: func(p casework.Progress) { steps[p.What] = true }})
	if err != nil {
		t.Fatal(err)
	}
	if result.Import.Imported != 12 || result.Import.Failed != 0 || result.Import.Defective != 0 {
		t.Errorf("the import is %+v, want 12 messages", result.Import)
	}
	if result.Figures.Calls != 20 || result.Figures.Messages != 12 || result.Figures.Days != 150 {
		t.Errorf("the figures are %+v", result.Figures)
	}
	if result.DraftMailbox != "Drafts" {
		t.Errorf("the draft lies in %q", result.DraftMailbox)
	}
	draft, err := os.ReadFile(result.Draft)
	if err != nil || !strings.Contains(string(draft), "X-Unsent: 1") {
		t.Errorf("the saved draft is not marked as unsent: %v", err)
	}
	for _, what := range []string{demo.Logging, "fetching", "drawing", demo.Checking, demo.Drafting} {
		if !steps[what] {
			t.Errorf("nobody was told of %s", what)
		}
	}
	var pdfs []string
	err = filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(path, ".pdf") {
			pdfs = append(pdfs, path)
		}
		return err
	})
	if err != nil || strings.Join(pdfs, "\n") != filepath.Join(dir, "dossier-ca.pdf")+"\n"+filepath.Join(dir, "dossier-en.pdf")+"\n"+filepath.Join(dir, "dossier-es.pdf") {
		t.Errorf("the PDFs under the folder are %q: %v", pdfs, err)
	}
	text, err := exec.Command("pdftotext", pdfs[1], "-").Output()
	if err != nil {
		t.Skip("pdftotext is not here")
	}
	if strings.Contains(string(text), "127.0.0.1") || strings.Count(string(text), "Fetched from "+sample.MailServer) != 12 {
		t.Error("the dossier does not tell the sample's mail server as where its 12 emails came from")
	}
}

func TestTheDemonstrationReplacesNothing(t *testing.T) {
	dir := t.TempDir()
	theirs := filepath.Join(dir, "dossier-en.pdf")
	if err := os.WriteFile(theirs, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := demo.Run(t.Context(), demo.Options{Directory: dir, State: t.TempDir(), Language: i18n.English})
	if !errors.Is(err, problem.New(problem.FileExists, nil)) {
		t.Errorf("the demonstration says %v, want file_exists", err)
	}
	if kept, err := os.ReadFile(theirs); err != nil || string(kept) != "mine" {
		t.Errorf("the file became %q: %v", kept, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "library")); !os.IsNotExist(err) {
		t.Errorf("a library was begun: %v", err)
	}
}

// Every person, promise and email subject of the sample can be read out of its dossier in each language.
func TestTheDossiersNameEveryPersonPromiseAndSubject(t *testing.T) {
	result, err := demo.Run(t.Context(), demo.Options{Directory: t.TempDir(), State: t.TempDir(), Language: i18n.Spanish})
	if err != nil {
		t.Fatal(err)
	}
	story := sample.Story(i18n.Spanish)
	var want []string
	for _, person := range story.People {
		want = append(want, person.Value.Name)
	}
	for _, promise := range story.Promises {
		want = append(want, promise.Value.What)
	}
	for _, mail := range sample.Mailbox(i18n.Spanish) {
		if mail.InDispute {
			want = append(want, message.Read(bytes.NewReader(mail.Raw)).Subject)
		}
	}
	if len(result.Dossiers) != 3 || len(want) != 20+14+12 {
		t.Fatalf("%d dossiers, %d names, promises and subjects", len(result.Dossiers), len(want))
	}
	for _, dossier := range result.Dossiers {
		text := textOf(t, dossier)
		for _, words := range want {
			if !strings.Contains(text, foldBlanks(words)) {
				t.Errorf("%s does not say %q", filepath.Base(dossier), words)
			}
		}
	}
}

// textOf is what pdftotext reads in a PDF, without blanks: where a line breaks is the layout's affair.
func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := exec.CommandContext(t.Context(), "pdftotext", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (make test installs it): %v", err)
	}
	return foldBlanks(string(text))
}

func foldBlanks(text string) string { return strings.Join(strings.Fields(text), "") }

// BenchmarkRun gives, as x/parts, how many times as long the whole takes as its import and its three exports: logging the
// story, checking and drafting should not bring it above 3.
func BenchmarkRun(b *testing.B) {
	var ratio float64
	for b.Loop() {
		result, err := demo.Run(b.Context(), demo.Options{Directory: b.TempDir(), State: b.TempDir(), Language: i18n.English})
		if err != nil {
			b.Fatal(err)
		}
		took := result.Took
		ratio += took.All.Seconds() / (took.Importing + took.Exporting).Seconds()
	}
	b.ReportMetric(ratio/float64(b.N), "x/parts")
}
