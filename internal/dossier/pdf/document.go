// Package pdf lays a dossier out on A4 pages.
//
// It receives the compiled model and nothing else, so what an edition hides can't appear. Every call that draws says
// what it draws: content goes into the page as marked content under its role, all else as artifact, so that a finisher
// can build the structure tree. The first page and the contents are drawn last, when the pages they name are known.
//
// Lengths are millimetres from the upper left corner, type sizes points (ISO 32000-1 calls them default user space).
package pdf

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

// Options are what the layout needs beside the model.
type Options struct {
	// Open gives the bytes of a file by its SHA-256 (lower-case hex). An exhibit that can't be opened or read is
	// described instead of shown. nil describes them all.
	Open func(sha256 string) (io.ReadCloser, error)
	// Small has pictures reduced to what a screen needs. They stand where the others would.
	Small bool
	// Foot gives a line at the very foot of a page, of several where they are parted by line ends; nil gives none.
	Foot func(page int) string
	// Apart leaves the data of photographs out of the pages: they hold stand-ins for [Drawn.Pictures].
	Apart bool
}

// Drawn is what a finisher needs to know of the pages.
type Drawn struct {
	// Structure is what their marked content is.
	Structure seal.Structure
	// Deviating are those with pages of other PDFs which do not follow PDF/A.
	Deviating []int
	// Pictures are those that the pages hold stand-ins for.
	Pictures map[string]seal.Picture
	// LinkText says where a link leads, by the number of the page.
	LinkText func(page int) string
	// Pages counts them, and Breaks are those on which a section, an email or an exhibit begins at the top.
	Pages  int
	Breaks []int
	// Places are the pages of the rows.
	Places map[dossier.Tag]int
}

// Write lays out d, and writes the pages to w. Hostile content (broken images, characters without a glyph, texts without
// end) changes the page, never the outcome: the errors are those of ctx and w, and defects of the program.
func Write(ctx context.Context, w io.Writer, d dossier.Dossier, options Options) (Drawn, error) {
	doc := newDocument(ctx, d, options)
	stop := doc.images.readAhead(d.Exhibits)
	defer stop()
	doc.compose()
	if err := ctx.Err(); err != nil {
		return Drawn{}, err
	}
	if err := doc.pdf.Output(w); err != nil {
		return Drawn{}, fmt.Errorf("write the dossier: %w", err)
	}
	drawn := Drawn{Structure: doc.structure.root.Children, Deviating: doc.deviatingPages, Pictures: doc.images.apart, LinkText: doc.pageReference,
		Pages: doc.pdf.PageCount(), Breaks: doc.breaks, Places: map[dossier.Tag]int{}}
	for tag, spot := range doc.places {
		drawn.Places[tag] = spot.page
	}
	return drawn, nil
}

// document is a dossier while it is laid out.
type document struct {
	ctx    context.Context
	pdf    *gofpdf.Fpdf
	fonts  *fonts
	words  *i18n.Texts
	model  dossier.Dossier
	images *images

	y        float64 // where the next thing starts
	section  string  // title of the current section
	sections []section
	pages    map[int]pageNote
	places   map[dossier.Tag]place
	// shortened tells the texts that the first page can't show whole, inFullOn where they stand; by their headings' keys.
	shortened map[string]bool
	inFullOn  map[string]int
	// opening counts the pages before the summary; contentsAt is the first page of the contents.
	opening, contentsAt int
	// letterAt is the page on which the covering letter begins: it has a head of its own.
	letterAt int
	// batesPages counts the pages with exhibits.
	batesPages int
	// breaks are the pages on which a part begins at the top.
	breaks []int
	foot   func(page int) string
	// appendedBytes is the size of the PDFs whose pages were asked for so far.
	appendedBytes int
	hasAppended   bool
	// deviating are the exhibits of which pages are shown that do not follow PDF/A, deviatingPages the pages that show them.
	deviating      []string
	deviatingPages []int
	// continued draws the head of a table again on a page that continues it.
	continued func()

	marked     bool
	structure  *structure
	font       fontState
	undrawable map[rune]int
	// planning says that the same texts are wrapped again and again; wrapped are their lines.
	planning bool
	wrapped  map[wrapping][]string
}

// section is a line of the contents.
type section struct {
	key   string // of its title
	title string
	page  int
	link  int
}

// pageNote is what the running lines of a page say.
type pageNote struct {
	section string
	bates   string
}

// place is where a tag's row stands.
type place struct {
	page int
	link int
}

func newDocument(ctx context.Context, model dossier.Dossier, options Options) *document {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCompression(false) // the finisher does it
	pdf.SetCreationDate(model.GeneratedAt.UTC())
	pdf.SetModificationDate(model.GeneratedAt.UTC())
	d := &document{
		ctx: ctx, pdf: pdf, fonts: newFonts(pdf), words: i18n.For(model.Language), model: model,
		images: newImages(options, model.Light), foot: options.Foot,
		pages: map[int]pageNote{}, places: map[dossier.Tag]place{}, structure: newStructure(), undrawable: map[rune]int{},
		wrapped:   map[wrapping][]string{},
		shortened: map[string]bool{}, inFullOn: map[string]int{},
	}
	pdf.SetTitle(unseen(model.Kind+": "+model.Title), true)
	pdf.SetAuthor(unseen(model.Complainant.Name), true)
	pdf.SetSubject(unseen(model.Summary.Sentence), true)
	pdf.SetKeywords(unseen(model.Reference+", "+string(model.Language)), true)
	pdf.SetCreator(unseen(model.Program), true)
	pdf.SetProducer(unseen(model.Program), true)
	return d
}

// compose draws everything. The model's order is the reader's.
func (d *document) compose() {
	opened := d.structure.drawn(func() {
		d.letter(true)
		d.filing()
	})
	d.opening = d.pdf.PageCount()
	d.reserveSummary()
	lettered := d.structure.drawn(func() { d.letter(false) })
	d.reserveContents()
	d.planSummary()
	d.matter()
	for _, part := range d.parts() {
		if d.ctx.Err() != nil {
			return
		}
		if d.model.Has(part.section) {
			part.draw()
		}
	}
	d.integrity()
	last := d.pdf.PageCount()
	summarised := d.structure.behind(opened, func() {
		d.turnTo(d.opening + 1)
		d.inside(seal.Section, d.summary)
	})
	d.structure.behind(lettered+summarised, func() { d.inside(seal.Section, d.contents) })
	d.runningLines()
	d.fonts.embedUsed()
	d.fonts.embedOutlines()
	d.pdf.SetPage(last) // gofpdf takes the current page for the last when it writes
}

// part is a section with what draws it.
type part struct {
	section dossier.Section
	draw    func()
}

// parts are the sections that can be left out, in their order.
func (d *document) parts() []part {
	return []part{
		{dossier.FiguresSection, d.chartsPage}, {dossier.ChronologySection, d.chronology}, {dossier.PeopleSection, d.people},
		{dossier.PromisesSection, d.promises}, {dossier.RunaroundSection, d.runaround},
		{dossier.ContradictionsSection, d.contradictions}, {dossier.CompanySection, d.companySide},
		{dossier.BreachesSection, d.breaches}, {dossier.CostSection, d.cost}, {dossier.EmailsSection, d.emails}, {dossier.ExhibitsSection, d.exhibits},
	}
}

// reserveSummary and reserveContents make the pages that are drawn at the end.
func (d *document) reserveSummary() {
	d.section = d.words.Text("dossier.section.summary")
	d.addPage()
	d.bookmark(d.opening+1, d.section, 0)
}

func (d *document) reserveContents() {
	d.contentsAt = d.pdf.PageCount() + 1
	d.section = d.words.Text("dossier.section.contents")
	for range d.contentsPages() {
		d.addPage()
	}
	d.bookmark(d.contentsAt, d.section, 0)
	d.y = d.contentsEnd()
}

func (d *document) bookmark(page int, title string, level int) {
	current := d.pdf.PageNo()
	d.turnTo(page)
	d.selectFont(sans, headerStyle.size) // gofpdf writes the title as Unicode only under such a font
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

// turnTo makes a page current. Fonts and colours belong to a page, so none is taken for set.
func (d *document) turnTo(page int) {
	if page != d.pdf.PageNo() {
		d.pdf.SetPage(page)
	}
}

func (d *document) addPage() {
	d.pdf.SetPage(d.pdf.PageCount())
	d.pdf.AddPage()
	d.font = fontState{}
	d.pages[d.pdf.PageNo()] = pageNote{section: d.section}
	d.y = marginTop + 4
}

// room is the height left on the page.
func (d *document) room() float64 { return textBottom - d.y }

// need starts a new page when less than height is left.
func (d *document) need(height float64) {
	if d.room() < height {
		d.addPage()
	}
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

const (
	// sectionHead is the room a section's heading takes below another section, sectionTop at the top of a page.
	sectionHead = 36.0
	sectionTop  = 19.0
)

// startSection sets a section's heading: below the one before when height fits under it, else on a page of its own.
func (d *document) startSection(key string, height float64) {
	title := d.words.Text(key)
	d.section = title
	if d.room() >= sectionHead+height {
		d.y += 12
	} else {
		d.addPage()
	}
	d.pageBegins()
	d.structure.endAll()
	d.structure.begin(seal.Section)
	d.bookmarkAt(title, 0)
	link := d.pdf.AddLink()
	d.pdf.SetLink(link, max(0, d.y-4), d.pdf.PageNo())
	d.sections = append(d.sections, section{key, title, d.pdf.PageNo(), link})
	d.horizontal(marginLeft, textRight, d.y, 0.5, ink)
	d.y += 5.5
	d.y = d.lines(heading1, heading1Style, marginLeft, d.y, d.wrap(heading1Style, textWidth, title)) + 4
}

func (d *document) bookmarkAt(title string, level int) {
	d.selectFont(sans, headerStyle.size)
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
	if d.y <= marginTop+4 {
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
	s := style{sans, 5.8, 7.6, grey, 0}
	for i, line := range strings.Split(text, "\n") {
		d.text(artifact, s, marginLeft, 289.2+float64(i)*s.lineHeight(), d.fit(s, textWidth, line))
	}
}

// pageReference is "see p. 4" for a page, empty for none.
func (d *document) pageReference(page int) string {
	if page == 0 {
		return ""
	}
	return d.words.Text("dossier.see_page", i18n.Values{"page": page})
}
