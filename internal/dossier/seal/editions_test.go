package seal_test

import (
	"io"
	"path/filepath"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
	"constancia/internal/sample/demo"
)

// TestToolsFindNothingWrongInAnyEditionOfTheSample makes all editions of the sample dispute, with its mail, in all languages.
func TestToolsFindNothingWrongInAnyEditionOfTheSample(t *testing.T) {
	skipWhenShort(t)
	folder := t.TempDir()
	state := filepath.Join(folder, "state")
	told, err := demo.Run(t.Context(), demo.Options{Directory: folder, State: state, Language: i18n.Spanish})
	if err != nil {
		t.Fatal(err)
	}
	c, err := casework.Open(t.Context(), casework.Options{Directory: told.Library, State: state})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	file, err := c.CaseFile(t.Context(), told.Case)
	if err != nil {
		t.Fatal(err)
	}
	open := func(sha256 string) (io.ReadCloser, error) { return c.OpenContent(t.Context(), sha256) }
	var exhibits []string
	for _, exhibit := range file.Exhibits {
		exhibits = append(exhibits, exhibit.Value.Label)
	}
	first := map[string][]byte{}
	for _, language := range i18n.Languages() {
		for _, edition := range dossier.Editions() {
			o := dossier.Options{Edition: edition, Language: language}
			switch edition {
			case dossier.Regulator:
				o.FilingFor, o.Filing = "es-omic", dossier.FilingDetails{TaxID: "12345678Z", Representative: "Tomàs Rovira", Contract: "GM-26-0310774"}
			case dossier.Press:
				o.Press = redaction.Find(file, nil, redaction.Choices{Exhibits: exhibits}, i18n.For(language))
			}
			drawn := layOutEdition(t, file, open, o)
			named := string(edition) + "-" + string(language)
			t.Run(named, func(t *testing.T) {
				t.Parallel()
				data := drawn.finish(t, originals()...)
				requirePagesFilled(t, data)
				if len(drawn.Deviating) > 0 {
					requireReadable(t, data)
				} else {
					requireSound(t, data)
				}
			})
			if len(drawn.Deviating) == 0 {
				first[named] = drawn.asFirstPart(t)
			}
		}
	}
	t.Run("first part", func(t *testing.T) {
		t.Parallel()
		requirePreflight(t, first)
	})
}
