package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// prepare makes a text drawable: composed characters (NFC), no control or invisible characters, line ends as "\n". A
// character that no bundled typeface has is shown by its number, "[U+1F600]", and counted for the integrity section.
func (d *document) prepare(text string) string {
	if isPlain(text) || d.fonts.isWestern(text) {
		return text
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = norm.NFC.String(lineEnds.Replace(text))
	var out strings.Builder
	out.Grow(len(text))
	var missing []rune
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		if _, length := d.fonts.outlinedAt(runes[i:]); length > 0 {
			writeMissing(&out, &missing)
			out.WriteString(string(runes[i : i+length]))
			i += length - 1
			continue
		}
		drawn, keep := drawable(runes[i])
		if !keep {
			continue
		}
		if _, ok := d.fonts.choose(serif, drawn); !ok && drawn != '\n' {
			missing = append(missing, drawn)
			d.undrawable[drawn]++
			continue
		}
		writeMissing(&out, &missing)
		out.WriteRune(drawn)
	}
	writeMissing(&out, &missing)
	return out.String()
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n")

// maxUnseen bounds a title that a reader's window shows beside the pages, in characters.
const maxUnseen = 500

// unseen makes a text ready for what stands in no page: bookmarks and the document's information. It is a text string in
// UTF-16 (ISO 32000-1, section 7.9.2.2): gofpdf's own has no characters above U+FFFF.
func unseen(text string) string {
	text = strings.Join(strings.Fields(norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))), " ")
	var out strings.Builder
	count := 0
	for _, r := range text {
		if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) {
			continue
		}
		if count++; count > maxUnseen {
			out.WriteRune('…')
			break
		}
		out.WriteRune(r)
	}
	return string(appendUTF16([]byte{0xFE, 0xFF}, out.String()))
}

// isWestern reports whether a text holds nothing but letters and signs of Western languages that are drawn as they stand.
func (f *fonts) isWestern(text string) bool {
	t := f.get(serif)
	for _, r := range text {
		switch {
		case r == '\n' || r >= ' ' && r <= '~':
		case (r >= '\u00A0' && r < '\u0250' && r != '\u00AD' || r >= '\u2013' && r <= '\u2026' || r == '€') && t.glyph(r).index != 0:
		default:
			return false
		}
	}
	return true
}

func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c != '\n' && (c < ' ' || c > '~') {
			return false
		}
	}
	return true
}

// drawable maps a rune to what is drawn for it, or false when nothing is: controls, soft hyphens, marks of direction,
// variation selectors.
func drawable(r rune) (rune, bool) {
	switch {
	case r == '\n' || r == '\u00A0':
		return r, true
	case r == '\t' || unicode.Is(unicode.Zs, r) && r != '\u202F':
		return ' ', true
	case r == '\u202F':
		return '\u00A0', true
	case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		return 0, false
	}
	return r, true
}

// shownMissing is how many characters of a run that can't be drawn are named one by one.
const shownMissing = 3

func writeMissing(out *strings.Builder, missing *[]rune) {
	runes := *missing
	if len(runes) == 0 {
		return
	}
	names := make([]string, 0, shownMissing+1)
	for _, r := range runes[:min(len(runes), shownMissing)] {
		names = append(names, fmt.Sprintf("U+%04X", r))
	}
	if more := len(runes) - shownMissing; more > 0 {
		names = append(names, fmt.Sprintf("+%d", more))
	}
	out.WriteString("[" + strings.Join(names, " ") + "]")
	*missing = runes[:0]
}

// run is a stretch of text in one typeface.
type run struct {
	face face
	text []rune
	// outlined says that its glyphs are shaped, and drawn as outlines; see [outlines].
	outlined bool
}

// runs cuts a prepared text where the typeface changes.
func (f *fonts) runs(wanted face, text []rune) []run {
	var runs []run
	begin := 0 // of the last run
	for at := 0; at < len(text); {
		which, length := f.outlinedAt(text[at:])
		outlined := length > 0
		if !outlined {
			var ok bool
			if which, ok = f.choose(wanted, text[at]); !ok {
				text = slices.Clone(text)
				text[at] = '?' // prepare leaves none; the page must never hold an empty box
			}
			length = 1
		}
		end := at + length
		if n := len(runs); n > 0 && runs[n-1].face == which && runs[n-1].outlined == outlined {
			runs[n-1].text = text[begin:end:end]
		} else {
			runs = append(runs, run{which, text[at:end:end], outlined})
			begin = at
		}
		at = end
	}
	return runs
}

// advances are the widths of a prepared text's characters, in thousandths of an em, without tracking. A character that
// is drawn as one with the one before it has none, and is joined.
type advances struct {
	units []int
	// kerns are what the distance to the character before, on the same line, adds.
	kerns  []int
	joined []bool
	// tracked says which characters are set apart by the style's tracking: not those that join by their nature.
	tracked []bool
}

func (d *document) advances(which face, text []rune) advances {
	a := advances{make([]int, 0, len(text)), make([]int, len(text)), make([]bool, len(text)), make([]bool, len(text))}
	for _, run := range d.fonts.runs(which, text) {
		if run.outlined {
			for _, c := range d.fonts.shape(run.face, run.text, scriptDirection(run.text[0])) {
				a.joinCluster(c)
			}
			continue
		}
		t := d.fonts.get(run.face)
		var before glyph
		for i, r := range run.text {
			g := t.glyph(r)
			if i > 0 {
				a.kerns[len(a.units)] = t.kern(before.index, g.index)
			}
			a.tracked[len(a.units)] = true
			a.units = append(a.units, g.advance)
			before = g
		}
	}
	return a
}

// joinCluster adds the characters of a cluster, which stand in the order in which they are read.
func (a *advances) joinCluster(c cluster) {
	for i := range c.text {
		if i > 0 {
			a.joined[len(a.units)] = true
			a.units = append(a.units, 0)
			continue
		}
		a.units = append(a.units, c.advance)
	}
}
