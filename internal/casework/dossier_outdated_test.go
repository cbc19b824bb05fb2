package casework_test

import (
	"slices"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/i18n"
)

func TestWhatLooksOutOfDateIsSaidBeforeADossierIsMade(t *testing.T) {
	w := begin(t) // on 20 March, with a day for an answer on 15 April
	w.call("They promised")
	told := func(language i18n.Language) []string {
		t.Helper()
		told, err := w.DossierOutdated(t.Context(), w.caseID, i18n.For(language))
		if err != nil {
			t.Fatal(err)
		}
		for i := range told {
			told[i] = strings.ReplaceAll(told[i], "\u00A0", " ")
		}
		return told
	}
	if got := told(i18n.English); len(got) > 0 {
		t.Errorf("today it says %q", got)
	}
	w.now = w.now.AddDate(0, 0, 31)
	for language, want := range map[i18n.Language][]string{
		i18n.English: {"The day you set for an answer, 15 April 2026, was 5 days ago, and page one will say so. Correct it in the case if you set a new one.",
			"Nothing is on record since 20 March 2026, 31 days ago. If anything has happened, write it down first."},
		i18n.Spanish: {"El día que pusiste para la respuesta, el 15 de abril de 2026, fue hace 5 días, y la primera página lo dirá. Si pones otro, corrígelo en el caso.",
			"No hay nada anotado desde el 20 de marzo de 2026, hace 31 días. Si ha pasado algo, anótalo antes."},
		i18n.Catalan: {"El termini que vas posar per a la resposta, el 15 d’abril de 2026, va vèncer fa 5 dies, i la primera pàgina ho dirà. Si en poses un altre, corregeix-lo al cas.",
			"No hi ha res anotat des del 20 de març de 2026, fa 31 dies. Si ha passat res, anota-ho abans."},
	} {
		if got := told(language); !slices.Equal(got, want) {
			t.Errorf("%s: it says %q, want %q", language, got, want)
		}
	}
	if _, err := w.CloseCase(t.Context(), casework.CloseCase{CaseID: w.caseID, Kind: "partly"}); err != nil {
		t.Fatal(err)
	}
	if got := told(i18n.English); len(got) > 0 {
		t.Errorf("of a case that has ended it says %q", got)
	}
}
