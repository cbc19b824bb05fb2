package pdf_test

import (
	"strings"
	"testing"

	"constancia/internal/dossier/dossiertest"
)

// faces are count emoji of forty kinds, in words of twelve.
func faces(count int) string {
	var text strings.Builder
	for i := range count {
		text.WriteRune(rune(0x1F600 + i*7%40))
		if i%12 == 11 {
			text.WriteByte(' ')
		}
	}
	return strings.TrimSpace(text.String())
}

func TestTheShapeOfAnEmojiIsInTheFileOnceAndEachOfThemCanBeCopied(t *testing.T) {
	dossierOf := func(count int) []byte {
		story := dossiertest.Empty()
		story.File.Case.Summary = faces(count)
		return finished(t, story)
	}
	few, many := dossierOf(120), dossierOf(10_000)
	if each := (len(many) - len(few)) / 9_880; each > 60 {
		t.Errorf("each further emoji takes %d bytes", each)
	}
	path := save(t, many)
	if shapes := strings.Count(run(t, "qpdf", "--qdf", "--object-streams=disable", path, "-"), "/Subtype /Form"); shapes != 40 {
		t.Errorf("of 40 emoji the file has %d shapes", shapes)
	}
	// The first page shows the beginning of the text, and so does the place where all of it stands.
	read := strings.Join(strings.Fields(asRead(text(t, path, "1", pages(t, path)))), "")
	whole := strings.ReplaceAll(faces(120), " ", "")
	if strings.Count(read, "😀") < 10_000/40 || strings.Count(read, whole) < 2 {
		t.Errorf("of %d 😀 only %d can be copied, or not in their order", 10_000/40, strings.Count(read, "😀"))
	}
}
