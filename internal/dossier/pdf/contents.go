package pdf

import (
	"fmt"
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
)

const (
	contentsRow     = 5.7
	contentsExhibit = 4.8
	contentsHead    = 21.0
	contentsGap     = 11.0
)

// contentsSections counts the sections that the contents list.
func (d *document) contentsSections() float64 {
	count := 2.0 // the case, and how to check it
	for _, always := range []dossier.Section{dossier.ChronologySection, dossier.PeopleSection, dossier.PromisesSection,
		dossier.CompanySection, dossier.EmailsSection, dossier.ExhibitsSection} {
		if d.model.Has(always) && !d.isBare(always) {
			count++
		}
	}
	for _, there := range []bool{d.hasCharts(), len(d.model.Runaround.Turns) > 0, len(d.model.Contradictions) > 0, !d.model.Cost.Empty(),
		len(d.model.Breaches) > 0, d.model.Filing != nil, d.model.Letter != nil, d.hasBareParts()} {
		if there {
			count++
		}
	}
	return count
}

// numbered are the exhibits, each number once.
func (d *document) numbered() []dossier.Exhibit {
	return slices.DeleteFunc(slices.Clone(d.model.Exhibits), func(e dossier.Exhibit) bool { return e.Piece > 1 })
}

// contentsPages counts the pages that the contents take.
func (d *document) contentsPages() int {
	height := contentsHead + d.contentsSections()*contentsRow + d.omittedHeight()
	pages := 1
	if len(d.model.Exhibits) > 0 {
		height += contentsGap
	}
	for _, exhibit := range d.numbered() {
		row := d.contentsExhibitHeight(exhibit)
		if height += row; height > textBottom-pageTop {
			pages++
			height = row
		}
	}
	return pages
}

// contents draws the contents on the pages reserved for them, and returns where they end.
func (d *document) contents() {
	d.turnTo(d.contentsAt)
	d.y = pageTop
	title := d.words.Text("dossier.section.contents")
	d.horizontal(marginLeft, textRight, d.y, 0.5, ink)
	d.y += 5.5
	d.y = d.lines(heading1, heading1Style, marginLeft, d.y, []string{title}) + 4
	d.structure.begin(seal.Contents)
	for i, section := range d.sections {
		d.structure.begin(seal.ContentsItem)
		baseline := d.y + 4.1
		number := style{sans, 8.4, 11, grey, 0}
		d.text(entryLink, number, marginLeft, baseline, fmt.Sprint(i+1))
		d.contentsLine(bodyStyle.sized(10.6), marginLeft+8, baseline, section.title, fmt.Sprint(section.page))
		d.linkArea(marginLeft, d.y, textWidth, contentsRow, section.link)
		d.y += contentsRow
		d.structure.end()
	}
	d.structure.end()
	if lines := d.omittedLines(); len(lines) > 0 {
		d.lines(paragraph, omittedStyle, marginLeft+8, d.y+2, lines)
		d.y += d.omittedHeight()
	}
	d.contentsExhibits()
}

var omittedStyle = style{sans, 8, 10.8, slate, 0}

// omittedLines say what the dossier leaves out.
func (d *document) omittedLines() []string {
	return d.wrap(omittedStyle, textWidth-8, d.model.OmittedParts)
}

func (d *document) omittedHeight() float64 {
	if lines := d.omittedLines(); len(lines) > 0 {
		return linesHeight(omittedStyle, lines) + 4
	}
	return 0
}

func (d *document) contentsLine(s style, x, baseline float64, title, page string) {
	d.text(entryLink, s, x, baseline, title)
	number := cellBold.sized(8.6)
	end := textRight - d.width(number, page)
	d.horizontal(x+d.width(s, d.prepare(title))+2.5, end-2.5, baseline-0.6, 0.12, rule)
	d.textEnd(entryLink, number, textRight, baseline, page)
}

func (d *document) contentsExhibits() {
	if len(d.model.Exhibits) == 0 {
		return
	}
	d.y += contentsGap - 4
	d.label(heading2, labelStyle, marginLeft, d.y, d.words.Text("dossier.section.exhibits"))
	d.y += 4 - 1.2
	d.structure.begin(seal.Contents)
	for _, exhibit := range d.numbered() {
		d.structure.begin(seal.ContentsItem)
		height := d.contentsExhibitHeight(exhibit)
		if d.y+height > textBottom && d.pdf.PageNo() < d.contentsAt+d.contentsPages()-1 {
			d.turnTo(d.pdf.PageNo() + 1)
			d.y = pageTop
		}
		baseline := d.y + 3.4
		d.text(entryLink, metaBold.in(navy), marginLeft, baseline, string(exhibit.Tag))
		for i, line := range d.contentsCaption(exhibit) {
			d.textOf(entryLink, captionStyle, marginLeft+14, baseline+captionStyle.height(i), captionWidth, line)
		}
		d.textEnd(entryLink, metaStyle, textRight, baseline, fmt.Sprint(d.spot(exhibit.Tag).page))
		d.linkArea(marginLeft, d.y, textWidth, height, d.spot(exhibit.Tag).link)
		d.y += height
		d.horizontal(marginLeft, textRight, d.y, 0.1, faint)
		d.structure.end()
	}
	d.structure.end()
}

// A caption stands in the contents whole, or to the end of its second line.
const captionWidth = textWidth - 14 - 16

var captionStyle = bodyStyle.sized(8.4)

func (d *document) contentsCaption(exhibit dossier.Exhibit) []string {
	lines, _ := d.clip(captionStyle, captionWidth, 2, strings.ReplaceAll(exhibit.Caption, "\n", " "), "")
	return lines
}

func (d *document) contentsExhibitHeight(exhibit dossier.Exhibit) float64 {
	return contentsExhibit + captionStyle.height(max(0, len(d.contentsCaption(exhibit))-1))
}

// contentsEnd is where the contents end on their last page, known before they are drawn.
func (d *document) contentsEnd() float64 {
	const top = pageTop
	height := contentsHead + d.contentsSections()*contentsRow + d.omittedHeight()
	if len(d.model.Exhibits) > 0 {
		height += contentsGap
	}
	for _, exhibit := range d.numbered() {
		row := d.contentsExhibitHeight(exhibit)
		if height += row; height > textBottom-top {
			height = row
		}
	}
	return top + height
}
