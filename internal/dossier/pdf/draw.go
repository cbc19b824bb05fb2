package pdf

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// role says what a piece of the page is, by its standard structure type (ISO 32000-1, section 14.8.4). Every call that
// draws takes one and writes it as marked content.
type role string

const (
	heading1   role = "H1"
	heading2   role = "H2"
	heading3   role = "H3"
	paragraph  role = "P"
	quotation  role = "BlockQuote"
	cell       role = "TD"
	headerCell role = "TH"
	listItem   role = "LI"
	entryLink  role = "TOCI"
	figure     role = "Figure" // with alternative text, see [document.figure]
	caption    role = "Caption"
	artifact   role = "Artifact" // rules, running headers: not part of the content
)

// mark draws one piece of content under a role. Within it, further roles don't nest: the outermost counts.
func (d *document) mark(r role, draw func()) { d.markWith(r, "", draw) }

// figure draws a picture or chart. The alternative text says what it shows.
func (d *document) figure(alternative string, draw func()) { d.markWith(figure, alternative, draw) }

func (d *document) markWith(r role, alternative string, draw func()) {
	if d.marked {
		draw()
		return
	}
	switch r {
	case artifact:
		d.op("/Artifact BMC")
	default:
		d.op(fmt.Sprintf("/%s <</MCID %d>> BDC", r, d.structure.add(r, strings.ToValidUTF8(alternative, "\uFFFD"), d.pdf.PageNo())))
	}
	d.marked = true
	draw()
	d.marked = false
	d.op("EMC")
}

// op writes operators into the page's content stream (ISO 32000-1, annex A).
func (d *document) op(operators string) { d.pdf.RawWriteStr(operators) }

// text draws one line with its baseline at y.
func (d *document) text(r role, s style, x, y float64, line string) {
	if line = d.prepare(line); line == "" {
		return
	}
	d.mark(r, func() { d.show(s, x, y, line) })
}

// textEnd draws one line that ends at x.
func (d *document) textEnd(r role, s style, x, y float64, line string) {
	line = d.prepare(line)
	d.text(r, s, x-d.width(s, line), y, line)
}

// label draws a small line of tracked capitals.
func (d *document) label(r role, s style, x, y float64, line string) {
	d.text(r, s, x, y, strings.ToUpper(line))
}

// lines draws lines one below the other as one piece of content, the first within the line box that starts at top. It
// returns where the next would start.
func (d *document) lines(r role, s style, x, top float64, lines []string) float64 {
	return d.linesWithin(r, s, x, top, 0, lines)
}

// linesOf draws the lines of a text that somebody wrote: one that is read from right to left stands at the right end of a
// measure.
func (d *document) linesOf(r role, s style, x, top, measure float64, lines []string) float64 {
	if !mostlyToLeft(strings.Join(lines, " ")) {
		measure = 0
	}
	return d.linesWithin(r, s, x, top, measure, lines)
}

// textOf draws one line as [document.linesOf] does, with its baseline at y.
func (d *document) textOf(r role, s style, x, y, measure float64, line string) {
	if line = d.prepare(line); mostlyToLeft(line) {
		x = d.lineStart(s, x, measure, line)
	}
	d.text(r, s, x, y, line)
}

// linesWithin draws lines of a measure: those that are read from right to left start at its right end.
func (d *document) linesWithin(r role, s style, x, top, measure float64, lines []string) float64 {
	if len(lines) == 0 {
		return top
	}
	d.mark(r, func() {
		for i, line := range lines {
			if line == "" {
				top += s.lineHeight() * blankLine
				continue
			}
			if i+1 < len(lines) && !strings.HasSuffix(line, wordGoesOn) {
				line += " " // unseen; what is read aloud or copied needs it
			}
			d.show(s, d.lineStart(s, x, measure, line), top+s.firstBaseline(), line)
			top += s.lineHeight()
		}
	})
	return top
}

// lineStart is where the left end of a line stands.
func (d *document) lineStart(s style, x, measure float64, line string) float64 {
	if measure == 0 || isPlain(line) || !startsToLeft([]rune(line)) {
		return x
	}
	return x + measure - d.width(s, line) // the blank at its end stands at its left
}

// blankLine is the height of an empty line between paragraphs, as a part of a line.
const blankLine = 0.55

// linesHeight is the height that lines will take.
func linesHeight(s style, lines []string) float64 {
	height := 0.0
	for _, line := range lines {
		if line == "" {
			height += s.lineHeight() * blankLine
		} else {
			height += s.lineHeight()
		}
	}
	return height
}

// show writes a prepared line.
func (d *document) show(s style, x, y float64, line string) {
	line = strings.TrimSuffix(line, wordGoesOn)
	if isPlain(line) {
		d.showRun(s, x, y, run{face: s.face, text: []rune(line)})
		return
	}
	for _, part := range d.fonts.inSight(s.face, []rune(line)) {
		units, letters := 0, 0
		switch {
		case part.outlined:
			units = d.showOutlined(s, x, y, part.run, directionOf(part.level))
		case part.level%2 == 1:
			units, letters = d.showToLeft(s.spaced(0), x, y, part.run), 0
		default:
			units, letters = d.showRun(s, x, y, part.run), len(part.text)
		}
		x += (float64(units)/unitsPerEm*s.size + float64(letters)*s.tracking) * point
	}
}

// showRun writes a text of one typeface, kerned and tracked, and returns its width without tracking, in thousandths of
// an em.
func (d *document) showRun(s style, x, y float64, r run) int {
	if slices.Contains(r.text, block7) {
		return d.showBars(s, x, y, r)
	}
	return d.showLetters(s, x, y, r)
}

func (d *document) showLetters(s style, x, y float64, r run) int {
	t := d.fonts.get(r.face)
	d.selectFont(r.face, s.size)
	var array strings.Builder
	var pending []rune
	units := 0
	flush := func() {
		if len(pending) > 0 {
			array.WriteString("<" + hexUTF16(string(pending)) + ">")
			pending = pending[:0]
		}
	}
	for i, char := range r.text {
		g := t.show(char)
		if i > 0 {
			if k := t.kern(t.glyph(r.text[i-1]).index, g.index); k != 0 {
				flush()
				array.WriteString(strconv.Itoa(-k))
				units += k
			}
		}
		units += g.advance
		pending = append(pending, char)
	}
	flush()
	d.op("BT " + fillColor(s.color) + " " + number(s.tracking) + " Tc " + at(x, y) + " Td [" + array.String() + "] TJ ET")
	return units
}

// showBars writes a text with bars in it. Each is one rectangle of ink, whatever the text's colour, over characters that
// are not painted: side by side they show seams, and in grey look as if something shone through.
func (d *document) showBars(s style, x, y float64, r run) (units int) {
	const below, above = 0.2, 0.76 // the baseline, in ems
	em := s.size * point
	for start := 0; start < len(r.text); {
		isBar := r.text[start] == block7
		end := start + 1
		for end < len(r.text) && (r.text[end] == block7) == isBar {
			end++
		}
		part := run{face: r.face, text: r.text[start:end]}
		if isBar {
			d.op("3 Tr")
		}
		advance := d.showLetters(s, x, y, part)
		width := float64(advance)/unitsPerEm*em + float64(len(part.text))*s.tracking*point
		if isBar {
			d.op("0 Tr " + fillColor(ink) + " " + rectangle(x, y-above*em, width-s.tracking*point, (above+below)*em) + " f")
		}
		x += width
		units += advance
		start = end
	}
	return units
}

// block7 is the character of which bars are made; see [redaction.Bar].
const block7 = '▇'

// selectFont makes a typeface current on this page, if it is not.
func (d *document) selectFont(which face, size float64) {
	wanted := fontState{d.pdf.PageNo(), which, size}
	if d.font == wanted {
		return
	}
	d.pdf.SetFont(faceFiles[which], "", size)
	d.font = wanted
}

type fontState struct {
	page int
	face face
	size float64
}

// Shapes. They are artifacts unless drawn within a figure.

func (d *document) horizontal(x1, x2, y, width float64, c rgb) {
	d.mark(artifact, func() {
		d.op(strokeColor(c) + " " + number(width/point) + " w " + at(x1, y) + " m " + at(x2, y) + " l S")
	})
}

func (d *document) vertical(x, y1, y2, width float64, c rgb) { d.stroke(x, y1, x, y2, width, c) }

func (d *document) stroke(x1, y1, x2, y2, width float64, c rgb) {
	d.mark(artifact, func() {
		d.op(strokeColor(c) + " " + number(width/point) + " w " + at(x1, y1) + " m " + at(x2, y2) + " l S")
	})
}

// dashed draws a level line of dashes.
func (d *document) dashed(x1, x2, y, width float64, c rgb) {
	d.mark(artifact, func() {
		d.op("[" + number(1.1/point) + " " + number(0.9/point) + "] 0 d " + strokeColor(c) + " " + number(width/point) + " w " + at(x1, y) +
			" m " + at(x2, y) + " l S [] 0 d")
	})
}

func (d *document) fillRect(x, y, w, h float64, c rgb) {
	d.mark(artifact, func() { d.op(fillColor(c) + " " + rectangle(x, y, w, h) + " f") })
}

func (d *document) frame(x, y, w, h, width float64, c rgb) {
	d.mark(artifact, func() { d.op(strokeColor(c) + " " + number(width/point) + " w " + rectangle(x, y, w, h) + " S") })
}

// disc draws a circle, filled or as a ring.
func (d *document) disc(x, y, radius float64, filled bool, c rgb) {
	const handle = 0.5523 // of a Bézier quarter circle
	k := radius * handle
	path := at(x+radius, y) + " m " +
		at(x+radius, y-k) + " " + at(x+k, y-radius) + " " + at(x, y-radius) + " c " +
		at(x-k, y-radius) + " " + at(x-radius, y-k) + " " + at(x-radius, y) + " c " +
		at(x-radius, y+k) + " " + at(x-k, y+radius) + " " + at(x, y+radius) + " c " +
		at(x+k, y+radius) + " " + at(x+radius, y+k) + " " + at(x+radius, y) + " c h"
	d.paint(path, filled, c)
}

// polygon draws a closed shape from x, y pairs, filled or as an outline.
func (d *document) polygon(filled bool, c rgb, points ...float64) {
	path := at(points[0], points[1]) + " m "
	for i := 2; i < len(points); i += 2 {
		path += at(points[i], points[i+1]) + " l "
	}
	d.paint(path+"h", filled, c)
}

const outlineWidth = 0.3

func (d *document) paint(path string, filled bool, c rgb) {
	d.mark(artifact, func() {
		if filled {
			d.op(fillColor(c) + " " + path + " f")
			return
		}
		d.op(strokeColor(c) + " " + number(outlineWidth/point) + " w " + path + " S")
	})
}

// cross draws an ✕.
func (d *document) cross(x, y, radius, width float64, c rgb) {
	d.stroke(x-radius, y-radius, x+radius, y+radius, width, c)
	d.stroke(x-radius, y+radius, x+radius, y-radius, width, c)
}

// at writes a place on the page in PDF units, which count from the lower left corner.
func at(x, y float64) string { return number(x/point) + " " + number((pageHeight-y)/point) }

func rectangle(x, y, w, h float64) string {
	return at(x, y+h) + " " + number(w/point) + " " + number(h/point) + " re"
}

func number(value float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(value, 'f', 3, 64), "0"), ".")
}

func fillColor(c rgb) string   { return channels(c) + " rg" }
func strokeColor(c rgb) string { return channels(c) + " RG" }

func channels(c rgb) string {
	return number(float64(c.red)/255) + " " + number(float64(c.green)/255) + " " + number(float64(c.blue)/255)
}

func hexUTF16(text string) string { return hex.EncodeToString(appendUTF16(nil, text)) }

// appendUTF16 adds a text, the high byte of each unit first.
func appendUTF16(out []byte, text string) []byte {
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.BigEndian.AppendUint16(out, unit)
	}
	return out
}
