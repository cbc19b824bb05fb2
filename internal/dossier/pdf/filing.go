package pdf

import (
	"fmt"
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
)

const filingColumn = 44.0

// filing draws the sheet for an addressee on pages of its own, before all others: each part under its number, in the
// addressee's order.
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
	d.y = d.lines(paragraph, leadStyle.sized(10.6).in(grey), marginLeft, d.y, d.wrap(leadStyle.sized(10.6), textWidth, sheet.Addressee)) + 4
	for i, part := range sheet.Parts {
		d.filingPart(i+1, part)
	}
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 3
	d.flow(marginLeft, []block{d.block(paragraph, noteStyle.sized(7).in(grey), textWidth, sheet.Source)})
}

func (d *document) filingPart(number int, part dossier.FilingPart) {
	const signature = 20.0
	var blocks []block
	for i, line := range part.Lines {
		b := d.block(cell, cellStyle.sized(8.8), textWidth-filingColumn, line)
		if i > 0 && len(b.lines)+len(blocks[i-1].lines) > 2 {
			b.before = 1.2 // paragraphs stand apart, short lines do not
		}
		if row := slices.IndexFunc(part.Rows, func(tag dossier.Tag) bool { return strings.Contains(line, "("+string(tag)+")") }); row >= 0 {
			b.sign = func(baseline float64) {
				d.link(marginLeft+filingColumn, baseline, d.width(b.style, b.lines[0]), b.style, part.Rows[row])
			}
		}
		blocks = append(blocks, b)
	}
	height := max(blocksHeight(blocks), cellStyle.lineHeight()) + 4.4
	if part.Sign {
		height += signature
	}
	d.need(min(height, 90))
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 1.9
	top := d.y
	d.lines(headerCell, cellStyle.as(sansBold).in(navy), marginLeft, top, d.wrap(cellStyle, filingColumn-4, fmt.Sprintf("%d  %s", number, part.Title)))
	if part.Sign {
		d.signature(marginLeft+filingColumn, d.y, 60, signature-6.5)
		d.y += signature - 6
		d.horizontal(marginLeft+filingColumn, marginLeft+filingColumn+70, d.y, 0.3, ink)
		d.y += 1.5
	}
	page := d.pdf.PageNo()
	d.flow(marginLeft+filingColumn, blocks)
	if d.pdf.PageNo() == page {
		d.y = max(d.y, top+cellStyle.lineHeight())
	}
	d.y += 2.5
}
