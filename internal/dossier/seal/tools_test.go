package seal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

func TestToolsOfOthersFindNothingWrongInAFinishedDossier(t *testing.T) {
	for _, language := range i18n.Languages() {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			data := draw(t, language, 2).finish(t, language, originals()...)
			path := save(t, data)
			if said := run(t, "qpdf", "--check", path); strings.Contains(said, "WARNING") {
				t.Errorf("qpdf: %s", said)
			}
			if said := run(t, "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", path); strings.TrimSpace(said) != "" {
				t.Errorf("Ghostscript: %s", said)
			}
			api.DisableConfigDir()
			settings := model.NewDefaultConfiguration()
			settings.Offline = true
			if err := api.Validate(bytes.NewReader(data), settings); err != nil {
				t.Errorf("pdfcpu: %v", err)
			}
		})
	}
}

// preflightJars are those of PDFBox Preflight and what Java no longer brings, as Debian names them.
const preflightJars = "preflight pdfbox2 fontbox2 xmpbox commons-logging javax.activation jaxb-api"

// TestPreflightFindsNothingWrong holds the pages to PDF/A-1b, the only part that PDFBox Preflight knows: without embedded
// files, which it does not allow.
func TestPreflightFindsNothingWrong(t *testing.T) {
	var path []string
	for jar := range strings.FieldsSeq(preflightJars) {
		file := "/usr/share/java/" + jar + ".jar"
		if _, err := os.Stat(file); err != nil {
			t.Fatalf("%s is not installed; make test installs it", file)
		}
		path = append(path, file)
	}
	d := draw(t, i18n.Spanish, 2)
	data := d.finishWith(t, seal.AsPart(seal.Options{Language: "es", Structure: d.structure}, 1))
	said, good := try(t, "java", "-cp", strings.Join(path, string(filepath.ListSeparator)),
		"org.apache.pdfbox.preflight.Validator_A1b", save(t, data))
	if !good || !strings.Contains(said, "is a valid PDF/A-1b file") {
		t.Errorf("Preflight: %.3000s", said)
	}
}
