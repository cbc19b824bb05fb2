package dossier_test

import (
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func ended(kind casefile.EndingKind, day string) casefile.CaseFile {
	file := dossiertest.New(2).File
	file.Case.Ending = &casefile.Ending{Kind: kind, Note: "Pagaron sin disculparse."}
	if day != "" {
		file.Case.Ending.On = &casefile.Due{Date: day, Zone: file.Case.Zone}
	}
	return file
}

func TestTheSentenceSaysHowTheCaseEnded(t *testing.T) {
	for language, want := range map[i18n.Language][2]string{
		i18n.English: {"the dispute took 27 contacts (the first: 2 March 2026; the last: 2 July 2026),", "The case ended on 20 July 2026: the complainant considers it solved in part."},
		i18n.Spanish: {"el caso sumó 27 gestiones (la primera: 2 de marzo de 2026; la última: 2 de julio de 2026),", "El caso terminó el 20 de julio de 2026: la parte reclamante lo da por resuelto en parte."},
		i18n.Catalan: {"el cas va sumar 27 gestions (la primera: 2 de març de 2026; l’última: 2 de juliol de 2026),", "El cas va acabar el 20 de juliol de 2026: la part reclamant el dona per resolt en part."},
	} {
		got := strings.ReplaceAll(compile(t, ended(casefile.Partly, "2026-07-20"), options(language)).Summary.Sentence, "\u00A0", " ")
		if !strings.Contains(got, want[0]) || !strings.HasSuffix(got, " "+want[1]) {
			t.Errorf("%s:\n got %s\nwant …%s… %s", language, got, want[0], want[1])
		}
	}
}

func TestEveryWayACaseEndsIsSaidInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		said := map[string]bool{}
		for _, kind := range casefile.EndingKinds() {
			ending := compile(t, ended(kind, ""), options(language)).Ending
			if said[ending.Sentence] = true; strings.Contains(ending.Sentence, string(kind)+".") || ending.Date != "" || !ending.At.IsZero() {
				t.Errorf("%s: %s is %+v", language, kind, ending)
			}
		}
		if len(said) != len(casefile.EndingKinds()) {
			t.Errorf("%s: some read alike: %v", language, said)
		}
	}
}

func TestACaseThatGoesOnHasNoEnding(t *testing.T) {
	d := compile(t, dossiertest.New(1).File, options(i18n.English))
	if d.Ending != nil || strings.Contains(d.Summary.Sentence, "ended") {
		t.Errorf("%+v: %s", d.Ending, d.Summary.Sentence)
	}
}

func TestACompanyIsNamedWithItsPostalAddress(t *testing.T) {
	file := dossiertest.New(1).File
	file.Parties[0].Value.Address = "Avenida del Puerto 4\n46021 València"
	want := file.Parties[0].Value.Address
	if got := compile(t, file, options(i18n.Spanish)).Companies[0].Address; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
