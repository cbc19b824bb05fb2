package pdf_test

import (
	"slices"
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
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

func TestAFilingSheetIsOnePageForEveryAddresseeInEveryLanguage(t *testing.T) {
	story := dossiertest.New(2)
	for _, language := range i18n.Languages() {
		words := i18n.For(language)
		for _, to := range addressee.Of("") {
			o := options(language)
			o.Edition, o.FilingFor, o.Sections = dossier.Regulator, to.ID, []dossier.Section{dossier.CostSection}
			path := save(t, write(t, story, o))
			first, second := text(t, path, "1", "1"), text(t, path, "2", "2")
			for _, wanted := range []string{words.Text("filing.place_date"), words.Text("filing.section.signature"), words.Text("filing.enclosed_none")} {
				if !strings.Contains(first, wanted) {
					t.Errorf("%s, %s: the sheet has no %q:\n%s", to.ID, language, wanted, first)
				}
			}
			if asks := slices.Contains(to.Needs, addressee.NeedTaxID); strings.Contains(first, dossier.Blank) != asks {
				t.Errorf("%s, %s: there is room for a number that nobody asks for, or none:\n%s", to.ID, language, first)
			}
			if strings.Contains(second, words.Text("filing.title")) || !strings.Contains(second, "Abrigo pagado") {
				t.Errorf("%s, %s: the sheet goes on:\n%s", to.ID, language, second)
			}
		}
	}
}

func TestALongFilingSheetGoesOnAndKeepsItsSignatureWithIt(t *testing.T) {
	story := dossiertest.New(2)
	story.File.Case.Summary = strings.Repeat("El paquete no llegó y nadie dice dónde está. ", 130) + "Eso es todo."
	o := options(i18n.Spanish)
	o.Edition, o.FilingFor = dossier.Regulator, "es-omic"
	path := save(t, write(t, story, o))
	words := i18n.For(i18n.Spanish)
	second := text(t, path, "2", "2")
	for _, wanted := range []string{"Eso es todo.", words.Text("filing.section.enclosures"), words.Text("filing.place_date"), "A-1"} {
		if !strings.Contains(second, wanted) {
			t.Errorf("the second page has no %q:\n%s", wanted, second)
		}
	}
}
