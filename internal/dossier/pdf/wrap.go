package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

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
	return d.wrapHanging(s, width, "", text)
}

// wrapHanging is wrap with blanks before the lines that go on with one of the text.
func (d *document) wrapHanging(s style, width float64, inset, text string) []string {
	text = strings.TrimSpace(d.prepare(text))
	if text == "" {
		return nil
	}
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		if paragraph == "" && lines[len(lines)-1] == "" {
			continue
		}
		lines = append(lines, d.wrapParagraph(s, width, inset, []rune(strings.TrimRight(paragraph, " ")))...)
	}
	return lines
}

// wordGoesOn ends a line within a word: no blank is read between it and the next.
const wordGoesOn = "\u2060"

func (d *document) wrapParagraph(s style, width float64, inset string, text []rune) []string {
	if len(text) == 0 {
		return []string{""}
	}
	limit := width / point / s.size * unitsPerEm
	tracking := s.tracking / s.size * unitsPerEm
	measured := d.advances(s.face, text)
	toLeft := startsToLeft(text)
	if toLeft {
		inset = ""
	}
	var lines []string
	for start := 0; start < len(text); {
		end := measured.breakAt(limit, tracking, text, start)
		line := text[start:end]
		if toLeft && !startsToLeft(line) {
			line = append([]rune{rightToLeftMark}, line...)
		}
		shown := strings.TrimRight(string(line), " \u00A0")
		if end < len(text) && !strings.ContainsRune(" \u00A0", text[end-1]) && text[end] != ' ' {
			shown += wordGoesOn
		}
		if len(lines) == 0 {
			limit -= d.width(s, inset) / point / s.size * unitsPerEm
		} else {
			shown = inset + shown
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
		case strings.ContainsRune("\u00A0/.?&=_@-:;,", r): // what is kept together is parted here before a word is
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
		isNumber := unicode.IsUpper(text[max(i-1, 0)]) && unicode.IsUpper(next) // of a law or a file: BOE-A-2007-20555
		return i > 1 && unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i-2]) && unicode.IsLetter(next) && !isNumber
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
