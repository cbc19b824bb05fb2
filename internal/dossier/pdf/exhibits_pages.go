package pdf

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/pdf/appended"
	"constancia/internal/i18n"
)

// appendedPages are the pages of a PDF that is an exhibit.
type appendedPages []appendedPage

type appendedPage struct {
	name          string // under which the page's resources hold it
	width, height float64
	deviates      bool // from PDF/A
}

// maxAppendedBytes bounds what all PDFs of a dossier take; those beyond are described.
const maxAppendedBytes = 128 << 20

// lightPages is how large a PDF may be whose pages the light version shows: one of text is smaller, scans are not.
const lightPages = 400_000

// appendedPages reads the pages of a PDF, and gives their objects to gofpdf.
func (d *document) appendedPages(exhibit dossier.Exhibit) (appendedPages, []appended.Field, error) {
	data, err := d.images.bytes(exhibit.Content)
	if err != nil {
		return nil, nil, err
	}
	if d.model.Light && len(data) > lightPages {
		return nil, nil, errLight
	}
	if d.appendedBytes += len(data); d.appendedBytes > maxAppendedBytes {
		return nil, nil, appended.ErrTooLarge
	}
	read, err := appended.Read(d.ctx, data, exhibit.Content)
	if err != nil {
		return nil, nil, err
	}
	d.pdf.ImportObjects(read.Objects)
	d.pdf.ImportObjPos(read.Positions)
	names := map[string]string{}
	var pages appendedPages
	for _, page := range read.Pages {
		name := fmt.Sprintf("/Page%s", page.Form)
		names[name] = page.Form
		pages = append(pages, appendedPage{name, page.Width * point, page.Height * point, read.Deviation != ""})
	}
	d.pdf.ImportTemplates(names)
	d.hasAppended = true
	if read.Deviation != "" && !slices.Contains(d.deviating, string(exhibit.Tag)) {
		d.deviating = append(d.deviating, string(exhibit.Tag))
	}
	return pages, read.Undrawn, nil
}

// undrawnFields says what the fields of a form say that the file has no drawing of; nothing when there are none.
func (d *document) undrawnFields(fields []appended.Field, width float64) []block {
	if len(fields) == 0 {
		return nil
	}
	said := make([]string, len(fields))
	for i, field := range fields {
		said[i] = joinNonEmpty(": ", field.Name, field.Value)
	}
	text := d.words.Text("dossier.exhibit.fields", i18n.Values{"fields": strings.Join(said, "; ")})
	note := d.block(paragraph, metaStyle.in(ink), width, text)
	note.before = 0.6
	return []block{note}
}

// bytes reads a whole file, of no more than an appended PDF may have.
func (i *images) bytes(sha256 string) ([]byte, error) {
	if i.open == nil {
		return nil, errNotOpened
	}
	file, err := i.open(sha256)
	if err != nil {
		return nil, errNotOpened
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, appended.MaxBytes+1))
	if err != nil {
		return nil, errNotOpened
	}
	return data, nil
}

// size is a width and a height, in millimetres.
type size struct{ width, height float64 }

// shown scales a page into the frame, never above its own size.
func (p appendedPage) shown(tallest float64) size {
	scale := min(1, (textWidth-2*frameInset)/p.width, tallest/p.height)
	return size{p.width * scale, p.height * scale}
}

// drawAppended draws the pages of a PDF, the first below the exhibit's head and each further one on a page of its own.
func (d *document) drawAppended(exhibit dossier.Exhibit, pages appendedPages, tallest float64) {
	for number, page := range pages {
		if d.ctx.Err() != nil {
			return
		}
		said := string(exhibit.Tag) + ": " + exhibit.Caption
		if len(pages) > 1 {
			of := d.words.Text("dossier.exhibit.page_of", i18n.Values{"page": number + 1, "pages": len(pages)})
			said += ", " + of
			if number > 0 {
				d.addPage()
				d.numberPage()
				d.exhibitTag(exhibit.Tag, d.y)
				d.text(caption, metaStyle, marginLeft+tagColumn, d.y+4.6, of)
				d.y += 10
				tallest = textBottom - d.y - 2*frameInset
			}
		}
		shown := page.shown(tallest)
		d.frame(marginLeft, d.y, shown.width+2*frameInset, shown.height+2*frameInset, 0.15, rule)
		d.figure(said, func() { d.drawPage(page, shown) })
		if page.deviates {
			d.deviatingPages = append(d.deviatingPages, d.pdf.PageNo())
		}
		d.y += shown.height + 2*frameInset + 1.4
		if number == 0 {
			d.y = d.lines(caption, hashStyle, marginLeft, d.y, []string{"SHA-256 " + exhibit.SHA256})
		}
	}
}

// drawPage puts a page into the frame.
func (d *document) drawPage(page appendedPage, shown size) {
	const x = marginLeft + frameInset
	scale := number(shown.width / page.width)
	d.op("q " + scale + " 0 0 " + scale + " " + at(x, d.y+frameInset+shown.height) + " cm " + page.name + " Do Q")
}
