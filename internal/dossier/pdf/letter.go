package pdf

import (
	"bytes"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

// The covering letter: the sender's head, the day on the right, the addressee, then the text in a measure that reads well.
const (
	letterLeft    = marginLeft
	letterMeasure = 144.0
	letterTop     = pageTop
	letterClosing = 34.0 // room for a signature and a name
)

var (
	letterText    = style{serif, 10.8, 15.6, ink, 0}
	letterSubject = style{serifBold, 11.4, 15, ink, 0}
	letterSender  = style{serifBold, 12.6, 16, ink, 0}
)

// letter draws the covering letter on pages of its own, where it belongs: before all else, or behind the first page.
func (d *document) letter(first bool) {
	letter := d.model.Letter
	if letter == nil || letter.First != first {
		return
	}
	d.structure.begin(seal.Section)
	defer d.structure.end()
	d.section = d.words.Text("dossier.section.letter")
	d.addPage()
	d.letterAt = d.pdf.PageNo()
	d.bookmarkAt(d.section, 0)
	link := d.pdf.AddLink()
	d.pdf.SetLink(link, 0, d.pdf.PageNo())
	d.sections = append(d.sections, section{"dossier.section.letter", d.section, d.pdf.PageNo(), link})
	d.letterHead()
	d.y += 7
	if letter.Dateline != "" {
		d.textEnd(paragraph, letterText.sized(10), textRight, d.y+letterText.firstBaseline(), letter.Dateline)
		d.y += letterText.lineHeight()
	}
	d.y += 5
	for _, line := range letter.To {
		d.flow(letterLeft, []block{d.block(paragraph, letterText, letterMeasure, line)})
	}
	d.y += 8
	d.flow(letterLeft, []block{d.block(heading1, letterSubject, letterMeasure, letter.Subject)})
	reference := d.words.Text("dossier.letter.reference", i18n.Values{"reference": d.model.Reference})
	d.flow(letterLeft, []block{d.block(paragraph, metaStyle.in(grey), letterMeasure, reference)})
	d.y += 6
	for _, text := range letter.Paragraphs {
		d.flow(letterLeft, []block{d.block(paragraph, letterText, letterMeasure, text)})
		d.y += 2.6
	}
	d.letterEnd()
}

// letterHead is who writes, between a name and a thin line.
func (d *document) letterHead() {
	sender := d.model.Complainant
	d.y = letterTop
	d.flow(letterLeft, []block{d.block(paragraph, letterSender, letterMeasure, sender.Name)})
	reach := joinNonEmpty("  ·  ", strings.ReplaceAll(sender.Address, "\n", ", "), sender.Phone, sender.Email)
	d.y += 0.6
	d.flow(letterLeft, []block{d.block(paragraph, metaStyle.in(grey), letterMeasure, reach)})
	d.y += 2.4
	d.horizontal(letterLeft, textRight, d.y, 0.4, navy)
}

// letterEnd is the signature over the name. It stands with the last lines, or alone on a page.
func (d *document) letterEnd() {
	d.need(letterClosing)
	d.y += 5
	if d.signature(letterLeft, d.y, 58, 20) {
		d.y += 21
	} else {
		d.y += 14 // to sign by hand
	}
	d.flow(letterLeft, []block{d.block(paragraph, letterText, letterMeasure, d.model.Complainant.Name)})
}

// signature draws the picture of the complainant's signature into a box, at its foot and to the left, and tells whether
// there is one.
func (d *document) signature(x, y, width, height float64) bool {
	data := d.model.Signature
	if len(data) == 0 {
		return false
	}
	const called = "signature"
	options := gofpdf.ImageOptions{ImageType: "PNG"}
	shown := d.pdf.RegisterImageOptionsReader(called, options, bytes.NewReader(data))
	if d.pdf.Err() || shown == nil || shown.Width() <= 0 || shown.Height() <= 0 {
		d.pdf.ClearError()
		return false
	}
	scale := min(width/shown.Width(), height/shown.Height())
	said := d.words.Text("dossier.letter.signature_unnamed")
	if name := d.model.Complainant.Name; name != "" {
		said = d.words.Text("dossier.letter.signature", i18n.Values{"name": name})
	}
	d.figure(said, func() {
		d.pdf.ImageOptions(called, x, y+height-scale*shown.Height(), scale*shown.Width(), scale*shown.Height(), false, options, 0, "")
	})
	return true
}
