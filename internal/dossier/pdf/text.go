package pdf

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// prepare makes a text drawable: composed characters (NFC), no control or invisible characters, line ends as "\n". A
// character that no bundled typeface has is shown by its number, "[U+1F600]", and counted for the integrity section.
func (d *document) prepare(text string) string {
	if isPlain(text) {
		return text
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = norm.NFC.String(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(text))
	var out strings.Builder
	out.Grow(len(text))
	var missing []rune
	for _, r := range text {
		drawn, keep := drawable(r)
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
}

// runs cuts a prepared text where the typeface changes.
func (f *fonts) runs(wanted face, text string) []run {
	var runs []run
	for _, r := range text {
		which, ok := f.choose(wanted, r)
		if !ok {
			which, r = wanted, '?' // prepare leaves none; the page must never hold an empty box
		}
		if n := len(runs); n > 0 && runs[n-1].face == which {
			runs[n-1].text = append(runs[n-1].text, r)
			continue
		}
		runs = append(runs, run{which, []rune{r}})
	}
	return runs
}

// width measures a prepared line, in millimetres.
func (d *document) width(s style, text string) float64 {
	var units, letters int
	for _, run := range d.fonts.runs(s.face, text) {
		t := d.fonts.get(run.face)
		var before glyph
		for i, r := range run.text {
			g := t.glyph(r)
			units += g.advance
			if i > 0 {
				units += t.kern(before.index, g.index)
			}
			before = g
			letters++
		}
	}
	return (float64(units)/unitsPerEm*s.size + float64(letters)*s.tracking) * point
}

// wrap prepares a text and breaks it into lines no wider than width. Line ends in the text are kept; a text of blanks
// has no lines.
func (d *document) wrap(s style, width float64, text string) []string {
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

func (d *document) wrapParagraph(s style, width float64, text []rune) []string {
	if len(text) == 0 {
		return []string{""}
	}
	limit := width / point / s.size * unitsPerEm
	tracking := s.tracking / s.size * unitsPerEm
	var lines []string
	for start := 0; start < len(text); {
		end := d.breakAt(s.face, limit, tracking, text[start:]) + start
		lines = append(lines, strings.TrimRight(string(text[start:end]), " "))
		for start = end; start < len(text) && text[start] == ' '; start++ {
		}
	}
	return lines
}

// breakAt counts the runes of the first line of text, at least one.
func (d *document) breakAt(which face, limit, tracking float64, text []rune) int {
	var used float64
	good, emergency := 0, 0
	for i, r := range text {
		chosen, _ := d.fonts.choose(which, r)
		t := d.fonts.get(chosen)
		g := t.glyph(r)
		used += float64(g.advance) + tracking
		if i > 0 && chosen == which {
			used += float64(t.kern(t.glyph(text[i-1]).index, g.index))
		}
		if used > limit && r != ' ' && i > 0 {
			switch {
			case good > 0:
				return good
			case emergency > 0:
				return emergency
			}
			return i
		}
		var next rune
		if i+1 < len(text) {
			next = text[i+1]
		}
		switch {
		case breaksAfter(text, i, next):
			good = i + 1
		case strings.ContainsRune("/.?&=_@-:;,", r):
			emergency = i + 1
		}
	}
	return len(text)
}

// breaksAfter reports whether a line may end after text[i]: at a blank, after a dash, after a hyphen between letters.
func breaksAfter(text []rune, i int, next rune) bool {
	switch text[i] {
	case ' ':
		return next != ' '
	case '—', '–':
		return next != 0 && next != ' '
	case '-':
		return i > 1 && unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i-2]) && unicode.IsLetter(next)
	}
	return false
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
	last := strings.TrimRight(lines[limit-1], " .,;:…")
	for last != "" && d.width(s, last+ending) > width {
		cut := strings.LastIndexByte(last, ' ')
		if cut < 0 {
			runes := []rune(last)
			cut = len(string(runes[:len(runes)-1]))
		}
		last = strings.TrimRight(last[:cut], " .,;:…")
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
