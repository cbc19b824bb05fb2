package pdf

import (
	"fmt"
	"strings"
)

// pageNote is what the running lines of a page say.
type pageNote struct {
	section string
	// begins says that the section named is one that begins on the page.
	begins bool
	bates  string
}

// nameFoot has the foot of the page name the section that begins on it: the first, where there are several.
func (d *document) nameFoot(title string) {
	note := d.pages[d.pdf.PageNo()]
	if !note.begins {
		note.section, note.begins = title, true
		d.pages[d.pdf.PageNo()] = note
	}
}

// runningLines writes header and footer of every page but the first header.
func (d *document) runningLines() {
	total := d.pdf.PageCount()
	kind := d.model.Kind
	for page := 1; page <= total; page++ {
		d.turnTo(page)
		d.mark(artifact, func() {
			if page > 1 && page != d.opening+1 && page != d.letterAt {
				d.text(artifact, headerStyle, marginLeft, 14.8, d.model.Reference)
				d.textEnd(artifact, headerStyle, textRight, 14.8, d.fit(headerStyle, textWidth-50, d.model.Title))
				d.horizontal(marginLeft, textRight, 18, 0.15, rule)
			}
			d.footer(page, total, kind)
		})
	}
}

func (d *document) footer(page, total int, kind string) {
	const baseline = 285.2
	d.horizontal(marginLeft, textRight, baseline-4.2, 0.15, rule)
	left := d.pages[page].section
	const widest = 50.0
	if page == d.opening+1 && d.width(headerStyle, d.prepare(kind)) <= widest {
		left = kind
	}
	d.text(artifact, headerStyle, marginLeft, baseline, d.fit(headerStyle, widest, left))
	middle := d.model.Generated
	if bates := d.pages[page].bates; bates != "" {
		middle = bates
	}
	d.text(artifact, headerStyle, pageWidth/2-d.width(headerStyle, middle)/2+2, baseline, middle)
	d.textEnd(artifact, headerStyle.as(sansBold).in(ink), textRight, baseline, fmt.Sprintf("%d / %d", page, total))
	if d.foot != nil {
		d.footNote(d.foot(page))
	}
}

// footNote draws lines below the footer.
func (d *document) footNote(text string) {
	s := style{sans, 7.5, 9, slate, 0}
	for i, line := range strings.Split(text, "\n") {
		d.text(artifact, s, marginLeft, 289.2+float64(i)*s.lineHeight(), d.fit(s, textWidth, line))
	}
}
