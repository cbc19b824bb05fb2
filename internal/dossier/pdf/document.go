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

// Drawn is what to know of the pages.
type Drawn struct {
	// Options are what a finisher needs to know of them, all but the files to embed and the part of the pages to write.
	// The pages show nothing of their fonts until they are finished.
	seal.Options
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
	drawn := Drawn{
		Options: seal.Options{
			Language: string(d.Language), Structure: doc.structure.root.Children, Pictures: doc.images.apart, Fonts: doc.fonts.embedded(),
			LinkText: doc.pageReference, Deviating: doc.deviatingPages,
		},
		Pages: doc.pdf.PageCount(), Breaks: doc.breaks, Places: map[dossier.Tag]int{},
	}
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
	headed   float64 // where the heading of the section ends
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
	// planning says that the same texts are wrapped again and again; wrapped are their lines, and planned the items
	// of the first page that are made of them.
	planning bool
	wrapped  map[wrapping][]string
	planned  map[planKey]item
}

// section is a line of the contents.
type section struct {
	key   string // of its title
	title string
	page  int
	link  int
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
	pdf.SetTitle(unseen(model.Kind+": "+model.Title), false)
	pdf.SetAuthor(unseen(model.Complainant.Name), false)
	pdf.SetSubject(unseen(model.Summary.Sentence), false)
	pdf.SetKeywords(unseen(model.Reference+", "+string(model.Language)), false)
	pdf.SetCreator(unseen(model.Program), false)
	pdf.SetProducer(unseen(model.Program), false)
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
		if d.model.Has(part.section) && !d.isBare(part.section) {
			part.draw()
		}
	}
	d.bareParts()
	d.integrity()
	last := d.pdf.PageCount()
	summarised := d.structure.behind(opened, func() {
		d.turnTo(d.opening + 1)
		d.inside(seal.Section, d.summary)
	})
	d.structure.behind(lettered+summarised, func() { d.inside(seal.Section, d.contents) })
	d.runningLines()
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
	d.nameFoot(d.section)
	d.bookmark(d.contentsAt, d.section, 0)
	d.y = d.contentsEnd()
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
	d.y = pageTop
}

// room is the height left on the page.
func (d *document) room() float64 { return textBottom - d.y }

// need starts a new page when less than height is left.
func (d *document) need(height float64) {
	if d.room() < height {
		d.addPage()
	}
}

const (
	// sectionGap parts a section from the one above it on a page, sectionTop is what its heading takes at the top of one.
	sectionGap = 12.0
	sectionTop = 19.0
	// sectionHead is the room a heading of one line takes below another section.
	sectionHead = sectionGap + sectionTop
)

// wanted is the height that a section begins with: the one that looks best where the page before may end, else the least
// with which it may begin, so that no page stays half empty for the looks of the next.
func (d *document) wanted(best, least float64) float64 {
	const used = 0.6
	if d.y-pageTop < used*(textBottom-pageTop) {
		return min(best, least)
	}
	return best
}

// startSection sets a section's heading: below the one before when height fits under it, else on a page of its own.
func (d *document) startSection(key string, height float64) {
	title := d.words.Text(key)
	d.section = title
	if d.room() >= sectionHead+height {
		d.y += sectionGap
	} else {
		d.addPage()
	}
	d.pageBegins()
	d.nameFoot(title)
	d.structure.endAll()
	d.structure.begin(seal.Section)
	d.bookmarkAt(title, 0)
	link := d.pdf.AddLink()
	d.pdf.SetLink(link, max(0, d.y-4), d.pdf.PageNo())
	d.sections = append(d.sections, section{key, title, d.pdf.PageNo(), link})
	d.horizontal(marginLeft, textRight, d.y, 0.5, ink)
	d.y += 5.5
	d.y = d.lines(heading1, heading1Style, marginLeft, d.y, d.wrap(heading1Style, textWidth, title)) + 4
	d.headed = d.y
}
