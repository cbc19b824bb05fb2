package pdf_test

import (
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestPartsWithNothingInThemAreALineEachUnderOneHeadingButTheCompaniesSide(t *testing.T) {
	words := i18n.For(i18n.English)
	story := dossiertest.Empty()
	path := save(t, write(t, story, options(i18n.English)))
	read := joinedWords(text(t, path, "1", pages(t, path)))
	for _, section := range []string{"people", "promises", "emails", "exhibits"} {
		line := words.Text("dossier.section."+section) + ": " + words.Text("dossier."+section+".empty")
		if strings.Count(read, joinedWords(line)) != 1 {
			t.Errorf("it does not say %q", line)
		}
	}
	if got := strings.Count(read, joinedWords(words.Text("dossier.section.bare"))); got < 2 { // in the contents, and over them
		t.Errorf("their heading stands there %d times", got)
	}
	if !strings.Contains(read, joinedWords(words.Text("dossier.company.empty"))) {
		t.Error("it does not say that nothing is recorded for the companies")
	}

	o := options(i18n.English)
	o.Edition = dossier.Press
	path = save(t, write(t, story, o))
	read = joinedWords(text(t, path, "1", pages(t, path)))
	if strings.Contains(read, joinedWords(words.Text("dossier.section.bare"))) || strings.Count(read, joinedWords(words.Text("dossier.promises.empty"))) != 1 {
		t.Error("a newspaper reads more than a line of parts with nothing in them, or none")
	}

	o = options(i18n.English)
	o.Sections = []dossier.Section{dossier.ChronologySection, dossier.CompanySection}
	path = save(t, write(t, story, o))
	if read := joinedWords(text(t, path, "1", pages(t, path))); strings.Contains(read, joinedWords(words.Text("dossier.section.bare"))) {
		t.Error("it speaks of parts that it leaves out")
	}
	path = save(t, write(t, dossiertest.New(1), options(i18n.English)))
	if read := joinedWords(text(t, path, "1", pages(t, path))); strings.Contains(read, joinedWords(words.Text("dossier.section.bare"))) {
		t.Error("it speaks of parts with nothing in them where there are none")
	}
}
