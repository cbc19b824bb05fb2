package pdf_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

// TestTheFirstPageReadsAsItDid compares the words of the first page, in the order they are written,
// with the golden files. UPDATE_GOLDEN=1 writes them.
func TestTheFirstPageReadsAsItDid(t *testing.T) {
	for _, language := range i18n.Languages() {
		path := save(t, write(t, dossiertest.New(2), options(language)))
		got := strings.ReplaceAll(strings.TrimSpace(run(t, "pdftotext", "-f", "1", "-l", "1", "-raw", "-nopgbrk", path, "-")), "\u00A0", " ") + "\n"
		golden := filepath.Join("testdata", "first-page."+string(language)+".txt")
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(string(want)), " ") {
			t.Errorf("%s: the first page reads\n%s\nbut %s has\n%s", language, got, golden, want)
		}
	}
}
