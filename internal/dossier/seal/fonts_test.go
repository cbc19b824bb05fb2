package seal_test

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
)

// TestAnEmbeddedFontDrawsWhatIsShownAsItsTypefaceDoesAndHoldsNothingElse reads the fonts of a dossier of many scripts with
// another parser than the one that cuts them.
func TestAnEmbeddedFontDrawsWhatIsShownAsItsTypefaceDoesAndHoldsNothingElse(t *testing.T) {
	story := oddTexts()
	story.File.Case.Summary = "Ǟ Ǻ ự ﬁ № ½ 中文字 한국어 ☎ " + story.File.Case.Summary
	d := layOut(t, story, i18n.Catalan)
	embedded := embeddedFonts(t, d.finish(t))
	characters, composites := 0, 0
	for named, source := range d.Fonts {
		if len(source.Glyphs) == 0 {
			continue
		}
		cut, there := embedded[named]
		if !there {
			t.Errorf("%s is not in the file", named)
			continue
		}
		whole, part := readFont(t, source.Program, nil), readFont(t, cut.program, source.Program)
		held := map[int]bool{0: true}
		for code := range len(cut.glyphs) / 2 {
			glyph := binary.BigEndian.Uint16(cut.glyphs[2*code:])
			wanted, shown := source.Glyphs[uint16(code)]
			if shown != (glyph != 0) {
				t.Errorf("%s: that U+%04X is shown is %t, and its glyph is %d", named, code, shown, glyph)
			}
			if !shown || glyph == 0 {
				continue
			}
			characters++
			held[int(glyph)] = true
			want, _ := whole.GlyphDataOutline(font.GID(wanted))
			got, _ := part.GlyphDataOutline(font.GID(glyph))
			if !reflect.DeepEqual(got.Segments, want.Segments) || part.HorizontalAdvance(font.GID(glyph)) != whole.HorizontalAdvance(font.GID(wanted)) {
				t.Errorf("%s: U+%04X is drawn otherwise than by the typeface", named, code)
			}
		}
		outlines := outlinesOf(t, cut.program)
		for _, outline := range outlines {
			if made, ok := outline.Data.(tables.CompositeGlyph); ok {
				composites++
				for _, part := range made.Glyphs {
					held[int(part.GlyphIndex)] = true
				}
			}
		}
		if len(held) != len(outlines) {
			t.Errorf("%s holds %d glyphs, of which %d are of use", named, len(outlines), len(held))
		}
	}
	if len(embedded) < 8 || characters < 300 || composites < 50 {
		t.Errorf("only %d fonts, %d characters and %d glyphs that are made of others", len(embedded), characters, composites)
	}
}

// embeddedFont is what a file holds of a typeface: its program, and the numbers of its glyphs by code.
type embeddedFont struct{ program, glyphs []byte }

// embeddedFonts are the composite fonts of a file by the names of their typefaces.
func embeddedFonts(t *testing.T, data []byte) map[string]embeddedFont {
	t.Helper()
	file, err := api.ReadContext(bytes.NewReader(data), pdfatest.Settings())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]embeddedFont{}
	for _, entry := range file.Table {
		descendant, ok := entry.Object.(types.Dict)
		if !ok || descendant["CIDToGIDMap"] == nil {
			continue
		}
		descriptor, err := file.DereferenceDict(descendant["FontDescriptor"])
		if err != nil {
			t.Fatal(err)
		}
		base, _ := descendant["BaseFont"].(types.Name)
		_, named, _ := strings.Cut(string(base), "+")
		found[named] = embeddedFont{contentOf(t, file, descriptor["FontFile2"]), contentOf(t, file, descendant["CIDToGIDMap"])}
	}
	return found
}

func contentOf(t *testing.T, file *model.Context, o types.Object) []byte {
	t.Helper()
	stream, _, err := file.DereferenceStreamDict(o)
	if err == nil && stream != nil {
		err = stream.Decode()
	}
	if err != nil || stream == nil {
		t.Fatalf("no stream: %v", err)
	}
	return stream.Content
}

// readFont reads a font program. One without a map of characters gets that of another, since the parser wants one.
func readFont(t *testing.T, program, other []byte) *font.Face {
	t.Helper()
	if other != nil {
		from, err1 := opentype.NewLoader(bytes.NewReader(program))
		to, err2 := opentype.NewLoader(bytes.NewReader(other))
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		cmap := opentype.MustNewTag("cmap")
		var all []opentype.Table
		for _, tag := range append([]opentype.Tag{cmap}, from.Tables()...) {
			source := from
			if tag == cmap {
				source = to
			}
			content, err := source.RawTable(tag)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, opentype.Table{Tag: tag, Content: content})
		}
		program = opentype.WriteTTF(all)
	}
	face, err := font.ParseTTF(bytes.NewReader(program))
	if err != nil {
		t.Fatal(err)
	}
	return face
}

// outlinesOf are the glyphs of a font program as they stand in it.
func outlinesOf(t *testing.T, program []byte) tables.Glyf {
	t.Helper()
	loader, err := opentype.NewLoader(bytes.NewReader(program))
	if err != nil {
		t.Fatal(err)
	}
	table := func(tag string) []byte {
		content, err := loader.RawTable(opentype.MustNewTag(tag))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	const countAt, formatAt = 4, 50
	places, err := tables.ParseLoca(table("loca"), int(binary.BigEndian.Uint16(table("maxp")[countAt:])), table("head")[formatAt+1] == 1)
	if err != nil {
		t.Fatal(err)
	}
	outlines, err := tables.ParseGlyf(table("glyf"), places)
	if err != nil {
		t.Fatal(err)
	}
	return outlines
}
