package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

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

// unseen makes a text ready for what stands in no page: bookmarks and the document's information. gofpdf writes
// characters above U+FFFF only as the two surrogates of UTF-16, each in three bytes.
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
		if r <= 0xFFFF {
			out.WriteRune(r)
			continue
		}
		high, low := utf16.EncodeRune(r)
		for _, half := range [...]rune{high, low} {
			out.Write([]byte{byte(0xE0 | half>>12), byte(0x80 | half>>6&0x3F), byte(0x80 | half&0x3F)})
		}
	}
	return out.String()
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

// width measures a prepared line, in millimetres.
func (d *document) width(s style, text string) float64 {
	a := d.advances(s.face, []rune(strings.TrimSuffix(text, wordGoesOn)))
	var units, letters int
	for i, advance := range a.units {
		units += advance + a.kerns[i]
		if a.tracked[i] {
			letters++
		}
	}
	return (float64(units)/unitsPerEm*s.size + float64(letters)*s.tracking) * point
}

// wrap prepares a text and breaks it into lines no wider than width. Line ends in the text are kept; a text of blanks
// has no lines.
func (d *document) wrap(s style, width float64, text string) []string {
	if !d.planning {
		return d.wrapAnew(s, width, text)
	}
	key := wrapping{s.face, s.size, s.tracking, width, text}
	lines, ok := d.wrapped[key]
	if !ok {
		lines = d.wrapAnew(s, width, text)
		d.wrapped[key] = lines
	}
	return slices.Clone(lines)
}

// wrapping is all that the lines of a text follow from.
type wrapping struct {
	face                  face
	size, tracking, width float64
	text                  string
}

func (d *document) wrapAnew(s style, width float64, text string) []string {
	text = strings.TrimSpace(d.prepare(text))
	if text == "" {
		return nil
	}
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		if paragraph == "" && lines[len(lines)-1] == "" {
			continue
		}
		lines = append(lines, d.wrapParagraph(s, width, []rune(strings.TrimRight(paragraph, " ")))...)
	}
	return lines
}

// wordGoesOn ends a line within a word: no blank is read between it and the next.
const wordGoesOn = "\u2060"

func (d *document) wrapParagraph(s style, width float64, text []rune) []string {
	if len(text) == 0 {
		return []string{""}
	}
	limit := width / point / s.size * unitsPerEm
	tracking := s.tracking / s.size * unitsPerEm
	measured := d.advances(s.face, text)
	toLeft := startsToLeft(text)
	var lines []string
	for start := 0; start < len(text); {
		end := measured.breakAt(limit, tracking, text, start)
		line := text[start:end]
		if toLeft && !startsToLeft(line) {
			line = append([]rune{rightToLeftMark}, line...)
		}
		shown := strings.TrimRight(string(line), " ")
		if end < len(text) && text[end-1] != ' ' && text[end] != ' ' {
			shown += wordGoesOn
		}
		lines = append(lines, shown)
		for start = end; start < len(text) && text[start] == ' '; start++ {
		}
	}
	return lines
}

// breakAt finds where the line ends that starts with text[start], at least one character further. Limit and tracking are
// thousandths of an em.
func (a advances) breakAt(limit, tracking float64, text []rune, start int) int {
	var used float64
	good, emergency, cluster := 0, 0, 0
	for i := start; i < len(text); i++ {
		r := text[i]
		used += float64(a.units[i])
		if i > start {
			used += float64(a.kerns[i])
		}
		if a.tracked[i] {
			used += tracking
		}
		if !a.joined[i] {
			cluster = i
		}
		if used > limit && r != ' ' && cluster > start {
			return cmp.Or(good, emergency, cluster)
		}
		var next rune
		if i+1 < len(text) {
			next = text[i+1]
		}
		switch {
		case i+1 < len(text) && a.joined[i+1]:
		case breaksAfter(text, i, next):
			good = i + 1
		case strings.ContainsRune("/.?&=_@-:;,", r):
			emergency = i + 1
		}
	}
	return len(text)
}

// breaksAfter reports whether a line may end after text[i]: at a blank, after a dash, after a hyphen between letters,
// between characters of Chinese and Japanese.
func breaksAfter(text []rune, i int, next rune) bool {
	switch text[i] {
	case ' ':
		return next != ' ' && next != '·' // no line begins with what parts its neighbours
	case '—', '–':
		return next != 0 && next != ' '
	case '-':
		return i > 1 && unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i-2]) && unicode.IsLetter(next)
	}
	// Chinese and Japanese have no blanks between words, but no line starts with a closing sign.
	which, here := eastAsian(text[i])
	return here && which == han && next != 0 && !unicode.IsPunct(next) && next != 'ー'
}

// balance wraps a heading into as few lines as fit, made about equally long.
func (d *document) balance(s style, width float64, text string) []string {
	lines := d.wrap(s, width, text)
	if len(lines) < 2 {
		return lines
	}
	narrow, wide := width/2, width
	for range 7 {
		middle := (narrow + wide) / 2
		if len(d.wrap(s, middle, text)) > len(lines) {
			narrow = middle
		} else {
			wide = middle
		}
	}
	return d.wrap(s, wide, text)
}

// clip wraps a text into at most limit lines. What does not fit ends in "…" and tail ("see p. 4"); clipped says so.
func (d *document) clip(s style, width float64, limit int, text, tail string) (lines []string, clipped bool) {
	if len(text) > 400*limit { // far more than the lines hold: don't measure a novel
		text = strings.ToValidUTF8(text[:400*limit], "")
	}
	lines = d.wrap(s, width, text)
	if len(lines) <= limit {
		return lines, false
	}
	if limit < 1 {
		return nil, true
	}
	lines = lines[:limit:limit]
	ending := "…"
	if tail != "" {
		ending = "… " + strings.ReplaceAll(tail, " ", "\u00A0")
	}
	const loose = " .,;:·—…" // looks odd before an ellipsis
	last := strings.TrimRight(lines[limit-1], loose+wordGoesOn)
	for last != "" && d.width(s, last+ending) > width {
		cut := strings.LastIndexByte(last, ' ')
		if cut < 0 {
			runes := []rune(last)
			cut = len(string(runes[:len(runes)-1]))
		}
		last = strings.TrimRight(last[:cut], loose)
	}
	lines[limit-1] = last + ending
	return lines, true
}

// fit shortens a single line to width with "…".
func (d *document) fit(s style, width float64, text string) string {
	lines, _ := d.clip(s, width, 1, strings.ReplaceAll(text, "\n", " "), "")
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}
