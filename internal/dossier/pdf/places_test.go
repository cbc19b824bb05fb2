package pdf_test

import (
	"strconv"
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/i18n"
)

func TestTagsLeadToWhatTheyName(t *testing.T) {
	story := dossiertest.New(2)
	for name, sections := range map[string][]dossier.Section{"all sections": nil, "no emails": {dossier.ChronologySection}} {
		o := options(i18n.English)
		o.Sections = sections
		made, err := dossier.Compile(story.File, o)
		if err != nil {
			t.Fatal(err)
		}
		drawn, data := finish(t, made, pdf.Options{Open: story.Open})
		path := save(t, data)
		on := func(tag dossier.Tag) string {
			page := strconv.Itoa(drawn.Places[tag])
			return run(t, "pdftotext", "-f", page, "-l", page, path, "-")
		}
		for _, email := range made.Emails {
			if !strings.Contains(on(email.Tag), email.SHA256) {
				t.Errorf("%s: %s leads to page %d, where the email is not", name, email.Tag, drawn.Places[email.Tag])
			}
		}
		for _, row := range made.Chronology {
			if row.Message && len(made.Emails) == 0 && !strings.Contains(on(row.Tag), string(row.Tag)+" ·") {
				t.Errorf("%s: %s leads to page %d, where its row is not", name, row.Tag, drawn.Places[row.Tag])
			}
			if row.Corrections != "" && !strings.Contains(on(row.Tag+"*"), "Changed: ") {
				t.Errorf("%s: the correction of %s leads to page %d", name, row.Tag, drawn.Places[row.Tag+"*"])
			}
		}
	}
}
