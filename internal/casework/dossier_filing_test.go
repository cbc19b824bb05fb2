package casework_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

func TestWhatAnAddresseeAsksForIsAskedForBeforeTheDossierIsMade(t *testing.T) {
	w := aCaseToTell(t)
	out := filepath.Join(t.TempDir(), "omic.pdf")
	n := casework.ExportDossier{CaseID: w.caseID, Edition: dossier.Regulator, Language: i18n.English, Addressee: "es-omic", Out: out}
	_, err := w.ExportDossier(t.Context(), n, nil)
	requireProblem(t, err, problem.FilingIncomplete)
	if missing := problem.From(err).Values["missing"]; !strings.Contains(missing, "tax or identity number") {
		t.Errorf("it asks for %s", missing)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("it was made all the same")
	}
	n.Anyway = true
	if _, err := w.ExportDossier(t.Context(), n, nil); err != nil {
		t.Fatal(err)
	}
}
