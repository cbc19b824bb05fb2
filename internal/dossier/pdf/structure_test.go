package pdf_test

import (
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

func TestTheStructureHoldsEveryPieceOfContentAndEveryLinkOnceInReadingOrder(t *testing.T) {
	story := dossiertest.New(1)
	model, err := dossier.Compile(story.File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	drawn, data := finish(t, model, pdf.Options{Open: story.Open})
	marks, links, page := map[seal.Mark]bool{}, map[seal.LinkOnPage]bool{}, 1
	var walk func(e *seal.Element)
	walk = func(e *seal.Element) {
		for _, mark := range e.Marks {
			if marks[mark] || mark.Page < page {
				t.Errorf("%+v of %s is there twice, or behind page %d", mark, e.Type, page)
			}
			marks[mark], page = true, mark.Page
		}
		for _, link := range e.Links {
			if links[link] || e.Type != seal.Link {
				t.Errorf("%+v is there twice, or under %s", link, e.Type)
			}
			links[link] = true
		}
		if e.Type == seal.Figure && e.Alternative == "" {
			t.Error("a figure is not told in words")
		}
		for _, child := range e.Children {
			walk(child)
		}
	}
	for _, element := range drawn.Structure {
		walk(element)
	}
	readable := run(t, "qpdf", "--qdf", "--object-streams=disable", save(t, data), "-")
	if want := strings.Count(readable, "/MCID "); len(marks) != want || want < 500 {
		t.Errorf("%d pieces, the pages have %d", len(marks), want)
	}
	if want := strings.Count(readable, "/Subtype /Link"); len(links) != want || want < 50 {
		t.Errorf("%d links, the pages have %d", len(links), want)
	}
}
