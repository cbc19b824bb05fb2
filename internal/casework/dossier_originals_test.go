package casework_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/i18n"
)

// detached are the names of the files within a dossier, taken out into a folder.
func detached(t *testing.T, path string) (folder string, names []string) {
	t.Helper()
	folder = t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "pdfdetach", "-saveall", "-o", folder, path).CombinedOutput(); err != nil {
		t.Fatalf("pdfdetach, which make test installs: %v: %s", err, out)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return folder, names
}

func TestADossierHasTheOriginalsThatFitWithinItAndSaysWhich(t *testing.T) {
	w := begin(t)
	small, same, large := []byte("A note"), []byte("A note"), bytes.Repeat([]byte{0, 7}, 2<<20)
	for _, file := range []struct {
		name    string
		content []byte
	}{{"note.txt", small}, {"the same.txt", same}, {"call.wav", large}, {"other/note.txt", []byte("Another")}} {
		if _, err := w.AddEvidence(t.Context(), casework.AddEvidence{CaseID: w.caseID, FileName: file.name, Content: bytes.NewReader(file.content)}); err != nil {
			t.Fatal(err)
		}
	}
	export := func(budget int64) string {
		out := filepath.Join(t.TempDir(), "dossier.pdf")
		n := casework.ExportDossier{CaseID: w.caseID, Language: i18n.English, Out: out, Budget: budget}
		if _, err := w.ExportDossier(t.Context(), n, nil); err != nil {
			t.Fatal(err)
		}
		return out
	}
	folder, names := detached(t, export(0))
	if len(names) != 5 || !slices.ContainsFunc(names, func(name string) bool { return strings.HasSuffix(name, "call.wav") }) {
		t.Fatalf("it has %q", names)
	}
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "call.wav") && !bytes.Equal(content, large) || name == "note.txt" && len(content) == 0 {
			t.Errorf("%s came out changed", name)
		}
	}
	tight := export(3_000_000)
	if _, names := detached(t, tight); len(names) != 4 || slices.ContainsFunc(names, func(name string) bool { return strings.HasSuffix(name, "call.wav") }) {
		t.Errorf("in 3 MB it has %q", names)
	}
	said, err := exec.CommandContext(t.Context(), "pdftotext", tight, "-").CombinedOutput()
	if err != nil || strings.Count(string(said), "· embedded") != 2 || !strings.Contains(string(said), "· the same file as A-1") || !strings.Contains(string(said), "only their hash is given here") {
		t.Errorf("it does not say which files it has: %s, %v", said, err)
	}
}

func TestADossierDoesNotHaveADamagedOriginal(t *testing.T) {
	skipWhenShort(t)
	w := begin(t)
	large := bytes.Repeat([]byte{0, 7}, 1<<20)
	added, err := w.AddEvidence(t.Context(), casework.AddEvidence{CaseID: w.caseID, FileName: "call.wav", Content: bytes.NewReader(large)})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(w.Directory(), "vault", added.SHA256[:2], added.SHA256)
	large[100]++
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, large, 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "dossier.pdf")
	if _, err := w.ExportDossier(t.Context(), casework.ExportDossier{CaseID: w.caseID, Language: i18n.Spanish, Out: out}, nil); err != nil {
		t.Fatal(err)
	}
	if _, names := detached(t, out); !slices.Equal(names, []string{"SHA256SUMS.txt", "record.txt"}) {
		t.Errorf("it has %q", names)
	}
}
