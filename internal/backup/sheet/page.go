package sheet

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
	"github.com/jung-kurt/gofpdf"

	"constancia/internal/dossier/pdf/fonts"
	"constancia/internal/i18n"
)

// page draws.
type page struct {
	pdf   *gofpdf.Fpdf
	words *i18n.Texts
	y     float64 // where the last part ended
}

const (
	left  = 24.0
	right = 210 - 24.0
	point = 25.4 / 72 // millimetres
)

type colour struct{ red, green, blue int }

var (
	ink      = colour{0x18, 0x1b, 0x20}
	slate    = colour{0x4a, 0x50, 0x59}
	grey     = colour{0x6b, 0x72, 0x7b}
	hairline = colour{0xc9, 0xcd, 0xd2}
	tint     = colour{0xf4, 0xf3, 0xef}
	white    = colour{0xff, 0xff, 0xff}
	navy     = colour{0x1b, 0x3a, 0x57}
)

// style is how a text is set; leading is from baseline to baseline.
type style struct {
	face          string
	size, leading float64
	colour        colour
}

const (
	serif     = "SourceSerif4-Regular"
	serifBold = "SourceSerif4-SemiBold"
	sans      = "SourceSans3-Regular"
	sansBold  = "SourceSans3-SemiBold"
	mono      = "IBMPlexMono-Regular"
)

var (
	title    = style{serifBold, 27, 31, ink}
	lead     = style{serif, 11.5, 16.5, ink}
	heading  = style{serifBold, 13, 17, ink}
	body     = style{serif, 10, 13.6, ink}
	label    = style{sansBold, 7, 9, navy}
	note     = style{sans, 7.8, 10.4, slate}
	meta     = style{sans, 7.8, 10.4, grey}
	figure   = style{sansBold, 9.5, 13.6, navy}
	letters  = style{mono, 14, 24, ink}
	onePiece = style{mono, 6.6, 9, ink}
	code     = style{mono, 8.6, 12, ink}
)

func (p *page) loadFaces() error {
	for _, face := range []string{serif, serifBold, sans, sansBold, mono} {
		data, err := fonts.Files.ReadFile(face + ".ttf")
		if err != nil {
			return fmt.Errorf("failed to load a typeface: %w", err)
		}
		p.pdf.AddUTF8FontFromBytes(face, "", data)
	}
	return p.pdf.Error()
}

func (p *page) use(s style) {
	p.pdf.SetFont(s.face, "", s.size)
	p.pdf.SetTextColor(s.colour.red, s.colour.green, s.colour.blue)
}

func (p *page) width(s style, text string) float64 {
	p.use(s)
	return p.pdf.GetStringWidth(text)
}

// text sets one line with its baseline at y.
func (p *page) text(s style, x, y float64, text string) {
	p.use(s)
	p.pdf.Text(x, y, text)
}

func (p *page) textEnd(s style, x, y float64, text string) { p.text(s, x-p.width(s, text), y, text) }

func (p *page) textMiddle(s style, x, y float64, text string) {
	p.text(s, x-p.width(s, text)/2, y, text)
}

// label sets a line of small capitals, a little apart.
func (p *page) label(text string, x, y float64) {
	const apart = 0.2
	for _, letter := range strings.ToUpper(text) {
		p.text(label, x, y, string(letter))
		x += p.width(label, string(letter)) + apart
	}
}

// paragraph sets a text in lines no wider than width, the first within the line that begins at top, and returns where the
// last one ends.
func (p *page) paragraph(s style, x, top, width float64, text string) float64 {
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if line != "" && p.width(s, longer) > width {
			top = p.line(s, x, top, line)
			longer = word
		}
		line = longer
	}
	return p.line(s, x, top, line)
}

func (p *page) line(s style, x, top float64, text string) float64 {
	p.text(s, x, top+((s.leading-s.size)/2+0.8*s.size)*point, text)
	return top + s.leading*point
}

// path sets a path in lines no wider than width, broken anywhere; the middle of one without end is left out.
func (p *page) path(s style, x, top, width float64, text string) float64 {
	perLine := int(width / p.width(s, "0"))
	letters := []rune(text)
	if most := 4 * perLine; len(letters) > most {
		letters = append(append(append([]rune{}, letters[:most/2]...), '…'), letters[len(letters)-most/2+1:]...)
	}
	for len(letters) > perLine {
		top = p.line(s, x, top, string(letters[:perLine]))
		letters = letters[perLine:]
	}
	return p.line(s, x, top, string(letters))
}

func (p *page) rule(y, width float64, c colour) {
	p.pdf.SetDrawColor(c.red, c.green, c.blue)
	p.pdf.SetLineWidth(width)
	p.pdf.Line(left, y, right, y)
}

func (p *page) fill(x, y, width, height float64, c colour) {
	p.pdf.SetFillColor(c.red, c.green, c.blue)
	p.pdf.Rect(x, y, width, height, "F")
}

// qr draws a QR code as wide as size, without the white margin of four modules that it needs around it.
func (p *page) qr(text string, x, y, size float64) error {
	// Level M: a quarter of the page may be creased where a fold goes through it.
	picture, err := qr.Encode(text, qr.M, qr.AlphaNumeric)
	if err != nil {
		return fmt.Errorf("failed to make the QR code: %w", err)
	}
	count := picture.Bounds().Dx()
	module := size / float64(count)
	dark := func(column, row int) bool {
		if column >= count {
			return false
		}
		red, _, _, _ := picture.At(column, row).RGBA()
		return red == 0
	}
	for row := range count {
		from := -1
		for column := range count + 1 {
			switch {
			case dark(column, row) && from < 0:
				from = column
			case !dark(column, row) && from >= 0:
				// One stroke for a row of dark modules, a hair taller, so that no white line shows between rows.
				p.fill(x+float64(from)*module, y+float64(row)*module, float64(column-from)*module, module+0.01, ink)
				from = -1
			}
		}
	}
	return nil
}
