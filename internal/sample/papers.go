package sample

import (
	"bytes"
	"image/color"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// paper is a page of the store's, as a PDF.
type paper struct {
	*gofpdf.Fpdf
	width float64 // mm
}

// invoice is the store's invoice, an A4 page.
func invoice(w *words) []byte {
	p := startPaper(w.text("invoice.title"), "2026-03-12 08:00", 210, 297)
	p.fields(w.rows("invoice.fields"), 45)
	p.Ln(8)
	for i, row := range w.rows("invoice.rows") {
		p.row(row, i == 0)
	}
	p.Ln(4)
	totals := w.rows("invoice.totals")
	for i, row := range totals {
		p.row([]string{"", row[0], row[1]}, i == len(totals)-1)
	}
	p.Ln(12)
	p.footer(w.text("invoice.footer"))
	return p.bytes()
}

// receipt is the proof of the card payment, a small page.
func receipt(w *words) []byte {
	p := startPaper(w.text("receipt.title"), "2026-03-10 11:33", 148, 210)
	p.fields(w.rows("receipt.fields"), 38)
	p.Ln(8)
	p.SetFont("Go", "", 11)
	p.ink(greyInk)
	p.CellFormat(p.width/2, 12, w.text("receipt.total"), "T", 0, "L", false, 0, "")
	p.SetFont("Go", "B", 20)
	p.ink(ink)
	p.CellFormat(p.width/2, 12, ordinarySpaces(w.money(totalCents)), "T", 1, "R", false, 0, "")
	p.Ln(10)
	p.footer(w.text("receipt.footer"))
	return p.bytes()
}

// startPaper begins a page with the store's head. Its dates are the story's, so that the bytes are always the same.
func startPaper(title, wall string, width, height float64) paper {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: width, Ht: height}})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(instant(wall).In(time.UTC))
	pdf.SetModificationDate(instant(wall).In(time.UTC))
	pdf.SetTitle(title, true)
	pdf.SetAuthor("Galerías Montalbeda", true)
	pdf.AddUTF8FontFromBytes("Go", "", regular.file)
	pdf.AddUTF8FontFromBytes("Go", "B", bold.file)
	pdf.SetMargins(18, 14, 18)
	pdf.AddPage()

	p := paper{pdf, width - 36}
	pdf.SetFillColor(int(storeGreen.R), int(storeGreen.G), int(storeGreen.B))
	pdf.Rect(0, 0, width, 26, "F")
	p.ink(white)
	pdf.SetFont("Go", "B", 17)
	pdf.SetXY(18, 8)
	pdf.CellFormat(p.width, 7, "Galerías Montalbeda", "", 1, "L", false, 0, "")
	pdf.SetFont("Go", "", 8)
	pdf.SetX(18)
	imprint := "Galerías Montalbeda, S.A. · NIF A-00000000 · " + storeDomain + " · " + storePhone
	pdf.CellFormat(p.width, 5, imprint, "", 1, "L", false, 0, "")
	pdf.SetXY(18, 40)
	p.ink(ink)
	pdf.SetFont("Go", "B", 20)
	pdf.CellFormat(p.width, 10, title, "", 1, "L", false, 0, "")
	pdf.Ln(4)
	pdf.SetDrawColor(int(hairline.R), int(hairline.G), int(hairline.B))
	return p
}

// fields are names and values, one under the other.
func (p paper) fields(rows [][]string, nameWidth float64) {
	for _, row := range rows {
		p.SetFont("Go", "", 9.5)
		p.ink(greyInk)
		p.CellFormat(nameWidth, 7, row[0], "", 0, "L", false, 0, "")
		p.ink(ink)
		p.CellFormat(p.width-nameWidth, 7, ordinarySpaces(row[1]), "", 1, "L", false, 0, "")
	}
}

// row is one line of a table of three columns.
func (p paper) row(cells []string, strong bool) {
	style := ""
	if strong {
		style = "B"
	}
	p.SetFont("Go", style, 10.5)
	for i, share := range []float64{0.56, 0.22, 0.22} {
		border, align, after := "B", "L", 0
		if cells[0] == "" && i == 0 {
			border = ""
		}
		if i > 0 {
			align = "R"
		}
		if i == 2 {
			after = 1
		}
		p.CellFormat(p.width*share, 9, ordinarySpaces(cells[i]), border, after, align, false, 0, "")
	}
}

func (p paper) footer(text string) {
	p.SetFont("Go", "", 9)
	p.ink(greyInk)
	p.MultiCell(p.width, 5, text, "", "L", false)
}

// ordinarySpaces has ordinary spaces for those that do not break: the font is subset by the letters used.
func ordinarySpaces(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

func (p paper) ink(c color.RGBA) { p.SetTextColor(int(c.R), int(c.G), int(c.B)) }

func (p paper) bytes() []byte {
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		panic(err) // the fonts are compiled in, and a buffer takes every write
	}
	return out.Bytes()
}
