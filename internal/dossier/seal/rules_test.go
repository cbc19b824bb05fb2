package seal_test

import (
	"bytes"
	"strings"
	"testing"

	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
)

func TestOurRulesOfPDFAFindNothingWrong(t *testing.T) {
	service := clock(t)
	for _, language := range i18n.Languages() {
		t.Run(string(language), func(t *testing.T) {
			finished := draw(t, language, 2).finish(t, originals()...)
			for name, data := range map[string][]byte{"as finished": finished, "stamped": stamp(t, service, finished)} {
				broken, err := pdfatest.Broken(data)
				if err != nil || len(broken) > 0 {
					t.Errorf("%s: %s, %v", name, strings.Join(broken, "\n"), err)
				}
			}
		})
	}
}

// TestOurRulesFindWhatIsWrong holds the rules to it: a checker that finds nothing proves nothing.
func TestOurRulesFindWhatIsWrong(t *testing.T) {
	d := draw(t, i18n.English, 1)
	finished := d.finish(t, originals()...)
	for name, test := range map[string]struct {
		data []byte
		want []string
	}{
		"as the layout draws it":   {d.pages, []string{"6.1.2", "6.1.3", "6.2.3", "6.2.11.4.1", "6.3.2", "6.6.4", "6.7"}},
		"a font of two names":      {bytes.Replace(finished, []byte("+SourceSans3"), []byte("+SourceSons3"), 1), []string{"9.6.4"}},
		"another title in the XMP": {bytes.Replace(finished, []byte(`x-default">`), []byte(`x-default">X`), 1), []string{"6.6.3"}},
		"no dates":                 {bytes.ReplaceAll(finished, []byte("/ModDate"), []byte("/ModDato")), []string{"6.6.3", "6.8"}},
		"hidden links":             {bytes.ReplaceAll(finished, []byte("/F 4/"), []byte("/F 6/")), []string{"6.3.2"}},
		"smoothed pictures":        {bytes.ReplaceAll(finished, []byte("/BitsPerComponent 8"), []byte("/Interpolate true  ")), []string{"6.2.8"}},
		"other relations":          {bytes.ReplaceAll(finished, []byte("/AFRelationship /Source"), []byte("/AFRelationship /Sourse")), []string{"6.8"}},
	} {
		broken, err := pdfatest.Broken(test.data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range test.want {
			if !strings.Contains(strings.Join(broken, "\n"), want) {
				t.Errorf("%s: %s was not found in\n%s", name, want, strings.Join(broken, "\n"))
			}
		}
	}
}
