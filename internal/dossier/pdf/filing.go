package pdf

import (
	"fmt"
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/dossier/seal"
)

const (
	filingColumn = 42.0
	filingMargin = marginLeft + filingColumn
	filingWidth  = textWidth - filingColumn
)

// filingLook is how large the text of a filing sheet is, in points, and how much lies between a part and its rules.
type filingLook struct{ size, gap float64 }

// filingLooks go from the one that reads best to the closest. A sheet is set in the first in which it is one page; where it
// is none, in the first, on as many as it takes: nothing that is signed is cut.
var filingLooks = []filingLook{{8.8, 2.2}, {8.6, 1.7}, {8.3, 1.3}}

func (l filingLook) style() style { return cellStyle.sized(l.size) }

// filing draws the sheet for an addressee before all else: each part under its number, in the addressee's order.
func (d *document) filing() {
	sheet := d.model.Filing
	if sheet == nil {
		return
	}
	d.structure.begin(seal.Section)
	defer d.structure.end()
	d.addPage()
	d.fillRect(0, 0, pageWidth, 5.5, navy)
	d.y = marginTop - 3
	d.section = d.words.Text("filing.title")
	d.pages[d.pdf.PageNo()] = pageNote{section: d.section}
	d.bookmarkAt(d.section, 0)
	link := d.pdf.AddLink()
	d.pdf.SetLink(link, 0, d.pdf.PageNo())
	d.sections = append(d.sections, section{"filing.title", d.section, d.pdf.PageNo(), link})
	d.y = d.lines(heading1, heading1Style, marginLeft, d.y, []string{d.section}) + 0.5
	lead := leadStyle.sized(10.6).in(grey)
	d.y = d.lines(paragraph, lead, marginLeft, d.y, d.wrap(lead, textWidth, joinNonEmpty(" · ", sheet.Writing, sheet.Addressee))) + 3
	source := d.block(paragraph, noteStyle.sized(7.5), textWidth, sheet.Source)
	look := d.filingLook(blocksHeight([]block{source}) + 3)
	for i, part := range sheet.Parts {
		least := 0.0
		if i+1 < len(sheet.Parts) && sheet.Parts[i+1].Sign { // nobody signs a page with nothing else on it
			least = d.filingHeight(i+2, sheet.Parts[i+1], look)
		}
		d.filingPart(i+1, part, look, least)
	}
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 3
	d.flow(marginLeft, []block{source})
}

// filingLook is the one in which all parts fit on the page, with what stands below them.
func (d *document) filingLook(below float64) filingLook {
	for _, look := range filingLooks {
		height := below
		for i, part := range d.model.Filing.Parts {
			height += d.filingHeight(i+1, part, look)
		}
		if height <= d.room() {
			return look
		}
	}
	return filingLooks[0]
}

// filingHeight is what a part takes, with the room above and below it.
func (d *document) filingHeight(number int, part dossier.FilingPart, look filingLook) float64 {
	height := blocksHeight(d.filingBlocks(part, look))
	if part.Sign {
		height = signingHeight + look.style().lineHeight()
	}
	return max(height, look.style().height(len(d.filingTitle(number, part, look)))) + 2*look.gap
}

func (d *document) filingTitle(number int, part dossier.FilingPart, look filingLook) []string {
	return d.wrap(look.style().as(sansBold), filingColumn-4, fmt.Sprintf("%d  %s", number, part.Title))
}

func (d *document) filingBlocks(part dossier.FilingPart, look filingLook) []block {
	var blocks []block
	for i, line := range part.Lines {
		b := d.block(cell, look.style(), filingWidth, line)
		if strings.HasSuffix(line, dossier.Blank) {
			if b = d.filingBlank(b, line); i > 0 {
				b.before = 0.8 * look.gap // a hand needs more room than type
			}
		}
		if i > 0 && len(b.lines)+len(blocks[i-1].lines) > 2 && part.Section == addressee.Facts {
			b.before = 1.2 // paragraphs stand apart, lines of a list do not
		}
		if row := slices.IndexFunc(part.Rows, func(tag dossier.Tag) bool { return strings.Contains(line, "("+string(tag)+")") }); row >= 0 {
			b.sign = func(baseline float64) {
				d.link(filingMargin, baseline, d.width(b.style, b.lines[0]), b.style, part.Rows[row])
			}
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// filingBlank draws the rule that is written on, from the end of a line's label to the margin. Where that is too short to
// write on, the label goes to a line of its own.
func (d *document) filingBlank(b block, line string) block {
	const shortest = 34.0
	end := func() float64 { return d.width(b.style, b.lines[len(b.lines)-1]) }
	if label := strings.LastIndex(line, " · "); label > 0 && filingWidth-end() < shortest {
		b = d.block(cell, b.style, filingWidth, line[:label]+"\n"+line[label+len(" · "):])
	}
	b.band = func(_, bottom float64) {
		const below, thick = 0.1, 0.05 // of the size: where the typeface has its own low line
		em := b.style.size * point
		baseline := bottom - b.style.lineHeight() + b.style.firstBaseline()
		d.horizontal(filingMargin+end()-d.width(b.style, dossier.Blank), textRight, baseline+below*em, thick*em, ink)
	}
	return b
}

func (d *document) filingPart(number int, part dossier.FilingPart, look filingLook, below float64) {
	blocks := d.filingBlocks(part, look)
	if part.Sign {
		d.need(d.filingHeight(number, part, look))
	} else {
		d.need(min(d.filingHeight(number, part, look), 90) + below)
	}
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += look.gap
	top, page := d.y, d.pdf.PageNo()
	title := d.lines(headerCell, look.style().as(sansBold).in(navy), marginLeft, top, d.filingTitle(number, part, look))
	if part.Sign {
		d.signing(part, look)
	} else {
		d.flow(filingMargin, blocks)
	}
	if d.pdf.PageNo() == page {
		d.y = max(d.y, title)
	}
	d.y += look.gap
}

// signingHeight is the room above the rules on which place and day stand, and the signature.
const signingHeight = 15.5

// signing draws two rules side by side: for where and when, and for the signature, over the name.
func (d *document) signing(part dossier.FilingPart, look filingLook) {
	const between = 8.0
	width := (filingWidth - between) / 2
	d.signature(filingMargin+width+between, d.y, width-6, signingHeight-2)
	d.y += signingHeight
	top, bottom := d.y, d.y
	for i, line := range part.Lines {
		x := filingMargin + float64(i)*(width+between)
		d.horizontal(x, x+width, top, 0.3, ink)
		bottom = max(bottom, d.lines(cell, look.style().in(slate), x, top+0.8, d.wrap(look.style(), width, line)))
	}
	d.y = bottom
}
