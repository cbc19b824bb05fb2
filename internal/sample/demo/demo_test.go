package demo_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/problem"
	"constancia/internal/sample/demo"
)

func TestTheDemonstrationDoesTheWholeJob(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	steps := map[string]bool{}
	result, err := demo.Run(t.Context(), demo.Options{
		Directory: dir, Language: i18n.Spanish, Report: func(p casework.Progress) { steps[p.What] = true }})
	if err != nil {
		t.Fatal(err)
	}
	if result.Import.Imported != 12 || result.Import.Failed != 0 || result.Import.Defective != 0 {
		t.Errorf("the import is %+v, want 12 messages", result.Import)
	}
	if result.Figures.Calls != 20 || result.Figures.Messages != 12 || result.Figures.Days != 151 {
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
}

func TestTheDemonstrationReplacesNothing(t *testing.T) {
	dir := t.TempDir()
	theirs := filepath.Join(dir, "dossier-en.pdf")
	if err := os.WriteFile(theirs, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := demo.Run(t.Context(), demo.Options{Directory: dir, Language: i18n.English})
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

// What the demonstration adds to its import and its exports is small: the story's drawing and logging.
func TestTheDemonstrationTakesAtMostThreeTimesItsImportAndExports(t *testing.T) {
	if testing.Short() {
		t.Skip("times are for quiet machines")
	}
	result, err := demo.Run(t.Context(), demo.Options{Directory: t.TempDir(), Language: i18n.English})
	if err != nil {
		t.Fatal(err)
	}
	took := result.Took
	if limit := 3 * (took.Importing + took.Exporting); took.All > limit {
		t.Errorf("the whole took %s, want at most %s: %+v", took.All, limit, took)
	}
	t.Logf("%+v", took)
}
