package seal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"constancia/internal/dossier/seal"
	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
)

func TestToolsOfOthersFindNothingWrongInAFinishedDossier(t *testing.T) {
	for _, language := range i18n.Languages() {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			requireSound(t, draw(t, language, 2).finish(t, originals()...))
		})
	}
}

// requireSound has others' tools look at a file, and holds it to our own rules of PDF/A-3b.
func requireSound(t *testing.T, data []byte) {
	t.Helper()
	requireReadable(t, data)
	if broken, err := pdfatest.Broken(data); err != nil || len(broken) > 0 {
		t.Errorf("rules of PDF/A: %.3000s, %v", strings.Join(broken, "\n"), err)
	}
}

// requireReadable has others' tools look at a file that need not be PDF/A.
func requireReadable(t *testing.T, data []byte) {
	t.Helper()
	path := save(t, data)
	if said := run(t, "qpdf", "--check", path); strings.Contains(said, "WARNING") {
		t.Errorf("qpdf: %s", said)
	}
	if said := run(t, "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", path); strings.TrimSpace(said) != "" {
		t.Errorf("Ghostscript: %s", said)
	}
	if err := api.Validate(bytes.NewReader(data), pdfatest.Settings()); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
}

// preflightJars are those of PDFBox Preflight and what Java no longer brings, as Debian names them.
const preflightJars = "preflight pdfbox2 fontbox2 xmpbox commons-logging javax.activation jaxb-api"

// requirePreflight has PDFBox Preflight hold files to PDF/A-1b, the only part that it knows: they are finished as that,
// without embedded files, which it does not allow.
func requirePreflight(t *testing.T, files map[string][]byte) {
	t.Helper()
	var path []string
	for jar := range strings.FieldsSeq(preflightJars) {
		file := "/usr/share/java/" + jar + ".jar"
		if _, err := os.Stat(file); err != nil {
			t.Fatalf("%s is not installed; make test installs it", file)
		}
		path = append(path, file)
	}
	folder := t.TempDir()
	var list strings.Builder
	for named, data := range files {
		file := filepath.Join(folder, named+".pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		list.WriteString(file + "\n")
	}
	listed := filepath.Join(folder, "list")
	if err := os.WriteFile(listed, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	said, _ := try(t, "java", "-cp", strings.Join(path, string(filepath.ListSeparator)),
		"org.apache.pdfbox.preflight.Validator_A1b", "xml", "batch", listed)
	for named := range files {
		result, err := os.ReadFile(filepath.Join(folder, named+".pdf.preflight.xml"))
		if err != nil || !strings.Contains(string(result), `<isValid type="PDF/A1-b">true<`) {
			t.Errorf("Preflight of %s: %.3000s %v %.500s", named, result, err, said)
		}
	}
}

// asFirstPart finishes what was drawn as PDF/A-1b.
func (d drawn) asFirstPart(t testing.TB) []byte {
	t.Helper()
	return d.finishWith(t, seal.AsPart(d.Options, 1))
}

func TestPreflightFindsNothingWrong(t *testing.T) {
	requirePreflight(t, map[string][]byte{"dossier": draw(t, i18n.Spanish, 2).asFirstPart(t)})
}
