package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

// signed is a picture of a signature: a slanted line.
func signed() []byte {
	drawn := image.NewRGBA(image.Rect(0, 0, 300, 90))
	for x := range 300 {
		for y := range 90 {
			drawn.Set(x, y, color.White)
		}
		drawn.Set(x, 20+x/6, color.Black)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, drawn); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestNoLinkAndNoLineOfTheContentsLeadsNowhereWhateverIsLeftOut(t *testing.T) {
	story := dossiertest.New(1)
	rapid.Check(t, func(t *rapid.T) {
		o := dossier.Options{Edition: rapid.SampledFrom(dossier.Editions()).Draw(t, "edition"), Language: i18n.Catalan,
			GeneratedAt: dossiertest.Now, Program: "Constancia", FilingFor: "es-omic"}
		for _, section := range dossier.Sections() {
			if rapid.Bool().Draw(t, string(section)) {
				o.Sections = append(o.Sections, section)
			}
		}
		if rapid.Bool().Draw(t, "letter") {
			o.Cover = dossier.Cover{Text: "Hola", First: rapid.Bool().Draw(t, "first"), Signature: signed()}
		}
		if rapid.Bool().Draw(t, "period") {
			o.Period.From = time.Date(2026, 3, rapid.IntRange(1, 140).Draw(t, "from"), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		o.Light = rapid.Bool().Draw(t, "light")
		model, err := dossier.Compile(story.File, o)
		if err != nil {
			t.Fatal(err)
		}
		d := newDocument(t.Context(), model, Options{Open: story.Open})
		d.compose()
		for tag, spot := range d.places {
			if spot.page == 0 {
				t.Errorf("%q leads nowhere: %v", tag, o.Sections)
			}
		}
		drawn := slices.Collect(func(yield func(string) bool) {
			for _, section := range d.sections {
				if !yield(section.key) {
					return
				}
			}
		})
		for _, section := range dossier.Sections() {
			if key := "dossier.section." + string(section); !model.Has(section) && slices.Contains(drawn, key) {
				t.Errorf("the contents have %s, which was left out", section)
			}
		}
		if float64(len(drawn)) != d.contentsSections() {
			t.Errorf("the contents have room for %v lines, and have %q", d.contentsSections(), drawn)
		}
		if contents := d.contentsAt + d.contentsPages() - 1; d.sections[0].page < contents && model.Letter == nil && model.Filing == nil {
			t.Errorf("the first part is on page %d, before the contents end on %d", d.sections[0].page, contents)
		}
	})
}
