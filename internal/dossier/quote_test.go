package dossier_test

import (
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

func TestATextOnOneLineKeepsWhatHoldsItsWordsTogether(t *testing.T) {
	if got, want := dossier.Unfolded("La señora\n\t▇▇▇▇\u00A0[agente\u00A07]  llamó "), "La señora ▇▇▇▇\u00A0[agente\u00A07] llamó"; got != want {
		t.Errorf("it reads %q", got)
	}
}

func TestAQuotationHasTheMarksOfTheLanguageAndOthersWithinIt(t *testing.T) {
	for _, c := range []struct{ name, text, english, spanish string }{
		{"plain", " Wait. ", "“Wait.”", "«Wait.»"},
		{"straight marks within", `He said "no" and "never".`, "“He said ‘no’ and ‘never’.”", "«He said “no” and “never”.»"},
		{"its own marks within", "He said “no”.", "“He said ‘no’.”", "«He said “no”.»"},
		{"the other language's within", "Dijo «no».", "“Dijo «no».”", "«Dijo “no”.»"},
		{"begins with a quotation", `"Delivered", it says.`, "“‘Delivered’, it says.”", "«“Delivered”, it says.»"},
		{"quoted as a whole", `"Delivered"`, "“Delivered”", "«Delivered»"},
		{"quoted as a whole, in Spanish", "«Entregado»", "“Entregado”", "«Entregado»"},
		{"two quotations side by side", `"a" or "b"`, "“‘a’ or ‘b’”", "«“a” or “b”»"},
		{"inches", `A 27" screen`, `“A 27" screen”`, `«A 27" screen»`},
		{"marks in marks", `He said «read "this"».`, `“He said «read "this"».”`, `«He said «read "this"».»`},
	} {
		t.Run(c.name, func(t *testing.T) {
			for language, want := range map[i18n.Language]string{i18n.English: c.english, i18n.Spanish: c.spanish, i18n.Catalan: c.spanish} {
				if got := dossier.Quoted(i18n.For(language), c.text); got != want {
					t.Errorf("%s: got %s, want %s", language, got, want)
				}
			}
		})
	}
}
