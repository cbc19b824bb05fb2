package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/shaping"
	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	typefaces "constancia/internal/dossier/pdf/fonts"
	"constancia/internal/dossier/seal"
)

// face is one of the bundled typefaces.
type face int

const (
	serif face = iota
	serifBold
	serifItalic
	sans
	sansBold
	mono
	fallback
	symbols
	arabic
	hebrew
	thai
	emoji
	han
	hangul
)

var faceFiles = [...]string{
	serif:       "SourceSerif4-Regular",
	serifBold:   "SourceSerif4-SemiBold",
	serifItalic: "SourceSerif4-Italic",
	sans:        "SourceSans3-Regular",
	sansBold:    "SourceSans3-SemiBold",
	mono:        "IBMPlexMono-Regular",
	fallback:    "NotoSans-Regular",
	symbols:     "NotoSansSymbols2-Regular",
	arabic:      "NotoNaskhArabic-Regular",
	hebrew:      "NotoSansHebrew-Regular",
	thai:        "NotoSansThai-Regular",
	emoji:       "NotoEmoji-Regular",
	han:         "NotoSansSC-Regular",
	hangul:      "NotoSansKR-Regular",
}

// unitsPerEm is the scale of glyph widths in a PDF (ISO 32000-1, section 9.2.4).
const unitsPerEm = 1000

// typeface is a loaded font with what was asked of it so far.
type typeface struct {
	outline *sfnt.Font
	data    []byte
	buffer  sfnt.Buffer
	// glyphs are in blocks of 256 characters, kerning in rows of the left glyph: both are asked for each character.
	glyphs  [256]*[256]glyph
	kerning [][]int16
	// shown are the glyphs that stand on the pages, by their characters.
	shown map[uint16]uint16
}

type glyph struct {
	known   bool
	shown   bool
	index   sfnt.GlyphIndex
	advance int // thousandths of an em
}

// fonts loads the bundled typefaces when they are first needed and chooses one for each rune.
type fonts struct {
	pdf      *gofpdf.Fpdf
	loaded   [len(faceFiles)]*typeface
	outlined map[face]*outlines
	shaper   shaping.HarfbuzzShaper
	order    bidi.Paragraph
}

// newFonts has gofpdf know each typeface by its name alone: the finisher embeds those that are shown.
func newFonts(pdf *gofpdf.Fpdf) *fonts {
	for _, name := range faceFiles {
		pdf.AddFontFromReader(name, "", strings.NewReader(`{"Tp":"Core","Name":"`+name+`"}`))
	}
	return &fonts{pdf: pdf, outlined: map[face]*outlines{}}
}

func (f *fonts) get(which face) *typeface {
	if t := f.loaded[which]; t != nil {
		return t
	}
	t := &typeface{shown: map[uint16]uint16{}}
	f.loaded[which] = t
	data, err := typefaces.Read(faceFiles[which])
	if err == nil {
		t.outline, err = sfnt.Parse(data)
	}
	if err != nil {
		f.pdf.SetError(fmt.Errorf("load font %s: %w", faceFiles[which], err))
		return t
	}
	t.data, t.kerning = data, make([][]int16, t.outline.NumGlyphs())
	return t
}

// glyph looks a rune up; an index of 0 means that the typeface has none.
func (t *typeface) glyph(r rune) glyph {
	if r < 0 || r > 0xFFFF { // each character is its own code in the pages, of two bytes
		return glyph{}
	}
	block := t.glyphs[r>>8]
	if block == nil {
		block = new([256]glyph)
		t.glyphs[r>>8] = block
	}
	g := &block[r&0xFF]
	if g.known {
		return *g
	}
	g.known = true
	if t.outline != nil {
		index, err := t.outline.GlyphIndex(&t.buffer, r)
		if err == nil && index != 0 {
			advance, err := t.outline.GlyphAdvance(&t.buffer, index, fixed.I(unitsPerEm), font.HintingNone)
			if err == nil {
				g.index, g.advance = index, advance.Round()
			}
		}
	}
	return *g
}

// show looks a rune up that stands on a page.
func (t *typeface) show(r rune) glyph {
	g := t.glyph(r)
	if g.index != 0 && !g.shown {
		t.glyphs[r>>8][r&0xFF].shown = true
		t.shown[uint16(r)] = uint16(g.index)
	}
	return g
}

// notAsked stands where no distance between two glyphs is known yet.
const notAsked = math.MinInt16

// kern is the distance to add between two glyphs of the typeface, in thousandths of an em.
func (t *typeface) kern(left, right sfnt.GlyphIndex) int {
	row := t.kerning[left]
	if row == nil {
		row = slices.Repeat([]int16{notAsked}, len(t.kerning))
		t.kerning[left] = row
	}
	if row[right] != notAsked {
		return int(row[right])
	}
	k := 0
	if distance, err := t.outline.Kern(&t.buffer, left, right, fixed.I(unitsPerEm), font.HintingNone); err == nil {
		k = distance.Round()
	}
	row[right] = int16(max(k, notAsked+1))
	return k
}

// choose finds the typeface that draws r in place of wanted, or false when none can that is embedded as a font.
func (f *fonts) choose(wanted face, r rune) (face, bool) {
	for _, candidate := range [...]face{wanted, fallback, symbols} {
		if f.get(candidate).glyph(r).index != 0 {
			return candidate, true
		}
	}
	if candidate, ok := eastAsian(r); ok && f.get(candidate).glyph(r).index != 0 {
		return candidate, true
	}
	if isBlock(r) && f.get(mono).glyph(r).index != 0 {
		return mono, true
	}
	return wanted, false
}

// isBlock reports whether a character is one of the blocks that stand for what an edition hides.
func isBlock(r rune) bool { return r >= 0x2580 && r <= 0x259F }

// eastAsian is the typeface of Chinese, Japanese and Korean characters. They are large, so none is loaded for others.
func eastAsian(r rune) (face, bool) {
	switch {
	case unicode.Is(unicode.Hangul, r):
		return hangul, true
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo), r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFFEF:
		return han, true
	}
	return 0, false
}

// embedded are the typefaces for the finisher, by the names that they have in the pages.
func (f *fonts) embedded() map[string]seal.Font {
	all := map[string]seal.Font{}
	for which, t := range f.loaded {
		if t != nil {
			all[faceFiles[which]] = seal.Font{Program: t.data, Glyphs: t.shown}
		}
	}
	return all
}
