package pdf_test

import (
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestARegulatorsEditionBeginsWithTheFilingSheetAndEveryPageKeepsItsNumber(t *testing.T) {
	for _, language := range i18n.Languages() {
		o := options(language)
		o.Edition, o.FilingFor = dossier.Regulator, "es-omic"
		o.Filing = dossier.FilingDetails{TaxID: "12345678Z"}
		path := save(t, write(t, dossiertest.New(2), o))
		first := text(t, path, "1", "1")
		words := i18n.For(language)
		for _, wanted := range []string{words.Text("filing.title"), "12345678Z", "Clara Vidal Roca", "GM-2026-118840", words.Text("filing.section.petition"), "438,20", "E-002"} {
			if language == i18n.English && wanted == "438,20" {
				continue
			}
			if !strings.Contains(first, wanted) {
				t.Errorf("%s: the first page has no %q:\n%s", language, wanted, first)
			}
		}
		if second := text(t, path, "2", "2"); !strings.Contains(second, "Abrigo pagado") {
			t.Errorf("%s: the second page is no summary:\n%s", language, second)
		}
		third := text(t, path, "3", "3")
		if !strings.Contains(third, words.Text("dossier.section.contents")) {
			t.Errorf("%s: the third page has no contents:\n%s", language, third)
		}
		if total := pages(t, path); !strings.Contains(first, "1 / "+total) || !strings.Contains(third, "3 / "+total) {
			t.Errorf("%s: the pages are not numbered to %s", language, total)
		}
	}
}
