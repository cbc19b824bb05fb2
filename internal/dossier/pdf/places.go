package pdf

import (
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// place is where a tag's row stands.
type place struct {
	page int
	link int
}

func (d *document) bookmark(page int, title string, level int) {
	current := d.pdf.PageNo()
	d.turnTo(page)
	d.pdf.Bookmark(unseen(title), level, d.bookmarkTop(level))
	d.turnTo(current)
}

// bookmarkTop is where a reader's window opens: the top of the page for a section, a little above a row.
func (d *document) bookmarkTop(level int) float64 {
	if level == 0 {
		return 0
	}
	return max(0, d.y-3)
}

// sectionPage is the page on which a part begins; 0 while that is not known.
func (d *document) sectionPage(part dossier.Section) int {
	for _, section := range d.sections {
		if section.key == "dossier.section."+string(part) {
			return section.page
		}
	}
	return 0
}

// sectionLink is the link to the section of a part, or false when the dossier has no such section.
func (d *document) sectionLink(part dossier.Section) (link int, ok bool) {
	for _, section := range d.sections {
		if section.key == "dossier.section."+string(part) {
			return section.link, true
		}
	}
	return 0, false
}

func (d *document) bookmarkAt(title string, level int) {
	d.pdf.Bookmark(unseen(title), level, d.bookmarkTop(level))
}

// anchor remembers where a tag stands, for links and "see p. 4".
func (d *document) anchor(tag dossier.Tag, top float64) {
	spot := d.spot(tag)
	spot.page = d.pdf.PageNo()
	d.places[tag] = spot
	d.pdf.SetLink(spot.link, max(0, top-4), spot.page)
}

// pageBegins notes that a part begins here, if it is at the top of its page.
func (d *document) pageBegins() {
	if d.y <= pageTop {
		d.breaks = append(d.breaks, d.pdf.PageNo())
	}
}

// spot is the place of a tag; its page is 0 while it has not been drawn.
func (d *document) spot(tag dossier.Tag) place {
	spot, ok := d.places[tag]
	if !ok {
		spot = place{link: d.pdf.AddLink()}
		d.pdf.SetLink(spot.link, 0, 1)
		d.places[tag] = spot
	}
	return spot
}

// pageOf is the page of a tag's row; 0 while it has not been drawn, or without a tag.
func (d *document) pageOf(tag dossier.Tag) int {
	if tag == "" {
		return 0
	}
	return d.spot(tag).page
}

// tagLink draws a tag that leads to its row.
func (d *document) tagLink(r role, s style, x, y float64, tag dossier.Tag) {
	d.text(r, s, x, y, string(tag))
	d.link(x, y, d.width(s, string(tag)), s, tag)
}

// link makes a line of text lead to a tag's row.
func (d *document) link(x, baseline, width float64, s style, tag dossier.Tag) {
	d.tagArea(x, baseline-s.size*point, width, s.size*point*1.3, tag)
}

// tagArea makes a part of the page lead to a tag's row. A row without a tag is not in the dossier.
func (d *document) tagArea(x, y, width, height float64, tag dossier.Tag) {
	if tag != "" {
		d.linkArea(x, y, width, height, d.spot(tag).link)
	}
}

// linkArea makes a part of the page a link, and the content that was drawn last its text.
func (d *document) linkArea(x, y, width, height float64, link int) {
	d.pdf.Link(x, y, width, height, link)
	d.structure.addLink(d.pdf.PageNo())
}

// seeRow is "(see C-004)" for a row, to stand behind a text that ends there; empty for none.
func (d *document) seeRow(tag dossier.Tag) string {
	if tag == "" {
		return ""
	}
	return "(" + d.words.Text("dossier.see_row", i18n.Values{"row": string(tag)}) + ")"
}

// pageAside is "(see p. 4)" for a page, to stand behind a text that ends there; empty for none.
func (d *document) pageAside(page int) string {
	if page == 0 {
		return ""
	}
	return "(" + d.pageReference(page) + ")"
}

// pageReference is "see p. 4" for a page, empty for none.
func (d *document) pageReference(page int) string {
	if page == 0 {
		return ""
	}
	return d.words.Text("dossier.see_page", i18n.Values{"page": page})
}
