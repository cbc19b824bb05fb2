package pdf

import (
	"fmt"
	"slices"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// outlineFace is the typeface that draws r as an outline, or false when r is not drawn so.
func (f *fonts) outlineFace(r rune) (face, bool) {
	if r < 0x0590 {
		return 0, false
	}
	if _, visible := drawable(r); !visible {
		return 0, false
	}
	which, ok := shapedFace(r)
	if ok {
		return which, f.outlines(which).has(r)
	}
	if r <= 0xFFFF {
		if _, drawn := f.choose(serif, r); drawn || !f.outlines(emoji).has(r) {
			return 0, false
		}
		return emoji, true
	}
	for _, candidate := range [...]face{emoji, symbols, fallback} {
		if f.outlines(candidate).has(r) {
			return candidate, true
		}
	}
	return 0, false
}

// shapedFace is the typeface of a script that has to be shaped.
func shapedFace(r rune) (face, bool) {
	switch {
	case r >= 0x0600 && r <= 0x06FF, unicode.Is(unicode.Arabic, r):
		return arabic, true
	case unicode.Is(unicode.Hebrew, r):
		return hebrew, true
	case unicode.Is(unicode.Devanagari, r), r == 0x0964, r == 0x0965:
		return fallback, true
	case r >= 0x0E01 && r <= 0x0E7F && r != '฿', unicode.Is(unicode.Thai, r):
		return thai, true
	}
	return 0, false
}

// The characters that make one sign of several, and those that say which way to read.
const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
	leftToRightMark    = '\u200E'
	rightToLeftMark    = '\u200F'
	asEmoji            = '\uFE0F'
	keycap             = '\u20E3'
)

// outlinedAt counts the characters at the beginning of text that are drawn as outlines and stay together: an emoji of
// several, a letter with the joiners behind it. 0 means that the first is no such character.
func (f *fonts) outlinedAt(text []rune) (which face, length int) {
	if length = f.emojiSequence(text); length > 1 {
		return emoji, length
	}
	which, ok := f.outlineFace(text[0])
	if !ok {
		return 0, 0
	}
	length = 1
	for length < len(text) && (isJoiner(text[length], which) || text[length] == asEmoji) {
		length++
	}
	return which, length
}

func isJoiner(r rune, which face) bool {
	switch r {
	case zeroWidthJoiner, zeroWidthNonJoiner, leftToRightMark, rightToLeftMark:
		return which != emoji
	}
	return false
}

// emojiSequence counts the characters of an emoji that is made of several (Unicode Technical Standard 51, section 1.4).
func (f *fonts) emojiSequence(text []rune) int {
	if len(text) < 2 || !continuesEmoji(text[1]) && text[1] != zeroWidthJoiner && !isRegional(text[1]) {
		return 0
	}
	joins, length := false, 0
	for length < len(text) && f.outlines(emoji).has(text[length]) {
		first := text[length]
		length++
		if length < len(text) && isRegional(first) && isRegional(text[length]) {
			return length + 1
		}
		for length < len(text) && continuesEmoji(text[length]) {
			if text[length] == keycap && !f.outlines(emoji).has(keycap) {
				return 0
			}
			joins = joins || text[length] != asEmoji
			length++
		}
		if length+1 >= len(text) || text[length] != zeroWidthJoiner || !f.outlines(emoji).has(text[length+1]) {
			break
		}
		joins = true
		length++
	}
	if !joins {
		return 0
	}
	return length
}

func isRegional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// continuesEmoji tells what belongs to the sign before it: its variant, the colour of skin, a key's frame, a flag's tags.
func continuesEmoji(r rune) bool {
	return r == asEmoji || r == keycap || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

// cluster is the smallest piece of shaped text: some characters drawn by some glyphs.
type cluster struct {
	text    []rune
	advance int // thousandths of an em
	glyphs  []placedGlyph
}

// placedGlyph is a glyph with its place from the start of its cluster, in thousandths of an em.
type placedGlyph struct {
	id   font.GID
	x, y int
}

// shape chooses and places the glyphs of a text of one typeface. The clusters come in the order in which they are read.
func (f *fonts) shape(which face, text []rune, direction di.Direction) []cluster {
	o := f.outlines(which)
	if o.face == nil || len(text) == 0 {
		return nil
	}
	script := language.LookupScript(text[0])
	shaped := f.shaper.ShapeNoExtents(shaping.Input{
		Text: text, RunEnd: len(text), Direction: direction, Face: o.face, Size: fixed.I(unitsPerEm),
		Script: script, Language: language.NewLanguage("en"),
	})
	variant, _ := o.face.NominalGlyph(asEmoji)
	var clusters []cluster
	for i := 0; i < len(shaped.Glyphs); {
		first := shaped.Glyphs[i]
		c := cluster{text: text[first.TextIndex() : first.TextIndex()+first.RunesCount()]}
		var advance fixed.Int26_6
		for ; i < len(shaped.Glyphs) && shaped.Glyphs[i].TextIndex() == first.TextIndex(); i++ {
			g := shaped.Glyphs[i]
			if variant != 0 && g.GlyphID == variant {
				continue // some typefaces draw a box for it
			}
			c.glyphs = append(c.glyphs, placedGlyph{g.GlyphID, (advance + g.XOffset).Round(), g.YOffset.Round()})
			advance += g.Advance
		}
		c.advance = advance.Round()
		clusters = append(clusters, c)
	}
	if direction == di.DirectionRTL {
		slices.Reverse(clusters)
	}
	return clusters
}

// scriptDirection is how a script is read, whatever stands around it.
func scriptDirection(r rune) di.Direction {
	if unicode.In(r, unicode.Arabic, unicode.Hebrew) {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// showOutlined draws a shaped text from x, and returns its width in thousandths of an em. Each cluster says what it reads
// as (ISO 32000-1, section 14.9.4), over a blank that no one sees: readers place the words where glyphs are shown.
func (d *document) showOutlined(s style, x, y float64, r run, direction di.Direction) int {
	clusters := d.fonts.shape(r.face, r.text, direction)
	if direction == di.DirectionRTL {
		slices.Reverse(clusters)
	}
	o := d.fonts.outlines(r.face)
	if o.face == nil {
		return 0
	}
	em := s.size / unitsPerEm
	perUnit := s.size / float64(o.face.Upem())
	blank := d.fonts.get(sans).show(' ')
	total := 0
	for _, c := range clusters {
		d.selectFont(sans, s.size)
		left := x + float64(total)*em*point
		d.op("/Span <</ActualText <FEFF" + hexUTF16(string(c.text)) + ">>> BDC q " + fillColor(s.color) + " " + d.stroked(s, o))
		for _, g := range c.glyphs {
			if form := o.form(g.id, isBold(s.face)); form != "" {
				origin := at(left+float64(g.x)*em*point, y-float64(g.y)*em*point)
				d.op(fmt.Sprintf("q %.6f 0 0 %.6f %s cm %s Do Q", perUnit, perUnit, origin, form))
			}
		}
		wide := max(1, float64(max(c.advance, 1))/float64(blank.advance)*100)
		d.op("BT 3 Tr 0 Tc " + number(wide) + " Tz " + at(left, y) + " Td <0020> Tj ET Q EMC")
		total += c.advance
	}
	return total
}

// boldness is how much wider the strokes of a bold text are that no bold typeface has, in thousandths of an em.
const boldness = 32

func (d *document) stroked(s style, o *outlines) string {
	if !isBold(s.face) {
		return ""
	}
	return strokeColor(s.color) + " 1 j " + number(boldness/float64(unitsPerEm)*float64(o.face.Upem())) + " w"
}

func isBold(which face) bool { return which == serifBold || which == sansBold }
