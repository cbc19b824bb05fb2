package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/dossier"
	"constancia/internal/dossier/pdf/appended"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

const (
	frameInset = 3.0
	// wholePage is the height of what stands on a page of its own; screenDots keeps small pictures from being blown up.
	wholePage  = textBottom - pageTop - 0.5
	screenDots = 96.0 // dots per inch
	hashSpace  = 6.0  // for the hash below a frame
)

// exhibits draws each numbered piece of evidence: an image in a frame, anything else as a described card.
func (d *document) exhibits() {
	for i, exhibit := range d.model.Exhibits {
		if d.ctx.Err() != nil {
			return
		}
		above, tallest := 11.0, wholePage
		if i == 0 {
			above, tallest = sectionHead, wholePage-sectionTop
		}
		plan := d.planExhibit(exhibit, d.room()-above, tallest)
		if i == 0 {
			d.startSection("dossier.section.exhibits", plan.height)
		} else {
			d.y += above
		}
		d.inside(seal.Section, func() { d.exhibit(exhibit, plan) })
	}
}

// exhibitPlan is an exhibit measured: a picture, the lines of a text, or the reason why it is described.
type exhibitPlan struct {
	picture      picture
	appended     appendedPages
	text         exhibitLines
	reason       error
	head         []block
	width, shown float64 // of the picture on the page
	height       float64 // of everything
	tallest      float64 // that a picture or a page may be
}

// planExhibit measures an exhibit for a page with room left, and of tallest when it is empty. A landscape picture may
// shrink a little to stay on the page.
func (d *document) planExhibit(exhibit dossier.Exhibit, room, tallest float64) exhibitPlan {
	plan := exhibitPlan{reason: errNotImage, head: d.exhibitHead(exhibit)}
	switch {
	case exhibit.Erased != "":
		plan.reason = errErased
	case exhibit.Withheld != "":
		plan.reason = errWithheld
	}
	if isPicture(exhibit) {
		plan.picture, plan.reason = d.images.load(exhibit.Content)
		plan.picture = d.images.setApart(exhibit.Content, plan.picture)
	}
	if plan.reason == nil {
		plan.reason = d.register(exhibit, plan.picture)
	}
	// What is written in a PDF can't be hidden by painting over it, so none goes to the press.
	if exhibit.MediaType == "application/pdf" && exhibit.Erased == "" && d.model.Edition != dossier.Press {
		var undrawn []appended.Field
		plan.appended, undrawn, plan.reason = d.appendedPages(exhibit)
		plan.head = append(plan.head, d.undrawnFields(undrawn, textWidth-tagColumn)...)
	}
	headHeight := blocksHeight(plan.head) + 4
	rest := headHeight + 2*frameInset + hashSpace
	plan.tallest = tallest - rest
	if strings.HasPrefix(exhibit.MediaType, "text/") && exhibit.MediaType != "text/html" {
		plan.text = d.exhibitText(exhibit)
	}
	if len(plan.text.lines) > 0 {
		plan.height = headHeight + min(plan.text.height(), 30) + 12
		return plan
	}
	if plan.reason != nil {
		plan.height = headHeight + d.cardHeightOf(exhibit, plan.reason)
		return plan
	}
	if len(plan.appended) > 0 {
		plan.height = rest + plan.appended[0].shown(plan.tallest).height
		return plan
	}
	plan.width, plan.shown = placed(plan.picture, plan.tallest)
	const shrink = 0.72 // of its size; more would hide what it shows
	if left := room - rest; plan.shown > left && left >= shrink*plan.shown && plan.width > plan.shown {
		plan.width, plan.shown = plan.width*left/plan.shown, left
	}
	plan.height = rest + plan.shown
	return plan
}

func (d *document) exhibit(exhibit dossier.Exhibit, plan exhibitPlan) {
	d.need(plan.height)
	d.pageBegins()
	d.numberPage()
	if exhibit.Piece <= 1 {
		d.anchor(exhibit.Tag, d.y)
		d.bookmarkAt(string(exhibit.Tag)+"  "+exhibit.Caption, 1)
	}
	d.exhibitTag(exhibit.Tag, d.y)
	d.flow(marginLeft+tagColumn, plan.head)
	d.y += 4
	if len(plan.text.lines) > 0 {
		d.drawExhibitText(exhibit, plan.text)
		return
	}
	if plan.reason != nil {
		d.exhibitCard(exhibit, plan.reason)
		return
	}
	if len(plan.appended) > 0 {
		d.drawAppended(exhibit, plan.appended, plan.tallest)
		return
	}
	const x = marginLeft + frameInset
	d.frame(marginLeft, d.y, plan.width+2*frameInset, plan.shown+2*frameInset, 0.15, rule)
	d.figure(string(exhibit.Tag)+": "+exhibit.Caption, func() {
		d.pdf.ImageOptions(exhibit.Content, x, d.y+frameInset, plan.width, plan.shown, false,
			gofpdf.ImageOptions{ImageType: plan.picture.format}, 0, "")
	})
	d.y += plan.shown + 2*frameInset + 1.4
	d.hashLine(exhibit)
}

// hashLine draws an exhibit's hash below it, where the edition tells it.
func (d *document) hashLine(exhibit dossier.Exhibit) {
	if exhibit.SHA256 != "" {
		d.y = d.lines(caption, hashStyle, marginLeft, d.y, []string{"SHA-256 " + exhibit.SHA256})
	}
}

// register gives a picture to gofpdf. One that it refuses is described instead.
func (d *document) register(exhibit dossier.Exhibit, shown picture) error {
	d.pdf.RegisterImageOptionsReader(exhibit.Content, gofpdf.ImageOptions{ImageType: shown.format}, bytes.NewReader(shown.data))
	if d.pdf.Err() {
		d.pdf.ClearError()
		return errDamaged
	}
	return nil
}

// placed scales a picture into the frame.
func placed(p picture, tallest float64) (width, height float64) {
	width = min(textWidth-2*frameInset, float64(p.width)/screenDots*25.4)
	height = width * float64(p.height) / float64(p.width)
	if height > tallest {
		width, height = width*tallest/height, tallest
	}
	return width, height
}

const tagColumn = 20.0

// exhibitTag draws the number in white on a black field.
func (d *document) exhibitTag(tag dossier.Tag, top float64) {
	s := style{sansBold, 10, 12, white, 0.2}
	wide := max(14, d.width(s, string(tag))+5)
	d.fillRect(marginLeft, top, wide, 7, ink)
	d.text(heading2, s, marginLeft+(wide-d.width(s, string(tag)))/2, top+4.85, string(tag))
}

// exhibitHead is the caption, and what the file is.
func (d *document) exhibitHead(exhibit dossier.Exhibit) []block {
	const width = textWidth - tagColumn
	blocks := []block{
		d.block(caption, heading2Style, width, exhibit.Caption),
		d.block(paragraph, metaStyle, width, joinNonEmpty(" · ", d.pieceOf(exhibit), exhibit.Date, exhibit.FileName,
			kindOf(exhibit.MediaType, exhibit.FileName), exhibit.Size)),
	}
	blocks[1].before = 0.6
	if exhibit.Erased != "" {
		return blocks[:1]
	}
	if exhibit.Painted != "" {
		blocks = append(blocks, d.block(paragraph, metaStyle.in(ink), width, exhibit.Painted))
	}
	if exhibit.Row != "" {
		s := linkStyle
		link := d.block(paragraph, s, width, d.words.Text("dossier.exhibit.belongs", i18n.Values{"tag": string(exhibit.Row)}))
		link.sign = func(baseline float64) { d.link(marginLeft+tagColumn, baseline, 60, s, exhibit.Row) }
		blocks = append(blocks, link)
	}
	return blocks
}

// pieceOf says which of several files under one number it is.
func (d *document) pieceOf(exhibit dossier.Exhibit) string {
	if exhibit.Pieces <= 1 {
		return ""
	}
	return d.words.Text("dossier.exhibit.piece_of", i18n.Values{"piece": exhibit.Piece, "pieces": exhibit.Pieces})
}

// reasonText says why a file is not shown.
func (d *document) reasonText(reason error) string {
	switch {
	case errors.Is(reason, appended.ErrProtected):
		return d.words.Text("dossier.exhibit.protected")
	case errors.Is(reason, appended.ErrDamaged):
		return d.words.Text("dossier.exhibit.pages_damaged")
	case errors.Is(reason, appended.ErrTooLarge):
		return d.words.Text("dossier.exhibit.pages_too_many")
	case errors.Is(reason, errLight):
		return d.words.Text("dossier.exhibit.light")
	case errors.Is(reason, errDamaged):
		return d.words.Text("dossier.exhibit.damaged")
	case errors.Is(reason, errTooLarge):
		return d.words.Text("dossier.exhibit.too_large")
	case errors.Is(reason, errNotOpened):
		return d.words.Text("dossier.exhibit.not_opened")
	}
	return d.words.Text("dossier.exhibit.described")
}

func (d *document) cardBlocks(exhibit dossier.Exhibit, reason error) []block {
	const width = textWidth - 14
	if errors.Is(reason, errErased) {
		return []block{d.block(paragraph, cellStyle.in(slate), width, exhibit.Erased)}
	}
	if errors.Is(reason, errWithheld) {
		return []block{d.block(paragraph, cellStyle.in(slate), width, exhibit.Withheld)}
	}
	blocks := []block{
		d.block(paragraph, heading3Style, width, exhibit.FileName),
		d.block(paragraph, cellStyle.in(slate), width, d.reasonText(reason)),
		d.block(paragraph, hashStyle, width, prefixed("SHA-256 ", exhibit.SHA256)),
	}
	blocks[1].before, blocks[2].before = 0.8, 1.6
	return blocks
}

func (d *document) cardHeightOf(exhibit dossier.Exhibit, reason error) float64 {
	return blocksHeight(d.cardBlocks(exhibit, reason)) + 10
}

// exhibitCard describes a file that can't be shown as a picture.
func (d *document) exhibitCard(exhibit dossier.Exhibit, reason error) {
	blocks := d.cardBlocks(exhibit, reason)
	height := blocksHeight(blocks) + 9
	top := d.y
	d.fillRect(marginLeft, top, textWidth, height, tint)
	d.frame(marginLeft, top, textWidth, height, 0.15, rule)
	d.y = top + 4.2
	d.flow(marginLeft+7, blocks)
	d.y = top + height
}

// numberPage gives a page with exhibits its Bates number: the case's reference and a count of such pages.
func (d *document) numberPage() {
	page := d.pdf.PageNo()
	note := d.pages[page]
	if note.bates == "" {
		d.batesPages++
		note.bates = fmt.Sprintf("%s-%06d", d.model.Reference, d.batesPages)
		d.pages[page] = note
	}
}
