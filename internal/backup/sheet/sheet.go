// Package sheet prints the recovery sheet: one A4 page with the key that opens the backups, as text in groups, in one
// piece and as a QR code (ISO/IEC 18004), and how everything is got back with it.
//
// Lengths are millimetres from the upper left corner, type sizes points.
package sheet

import (
	"fmt"
	"io"
	"time"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/i18n"
	"constancia/internal/secret"
)

// Sheet is what stands on the page.
type Sheet struct {
	Language i18n.Language
	// Key is the recovery key in its one-piece form.
	Key secret.Text
	// Folder is where the backups are; empty when no folder was chosen yet.
	Folder string
	// PrintedAt is now, in the person's zone.
	PrintedAt time.Time
	Program   string
}

// Write writes the page as a PDF. It holds the key: whoever writes it to disk keeps others from reading it.
func Write(w io.Writer, s Sheet) error {
	pdf := gofpdf.New("P", "mm", "A4", "")
	p := &page{pdf: pdf, words: i18n.For(s.Language)}
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(s.PrintedAt.UTC())
	pdf.SetModificationDate(s.PrintedAt.UTC())
	pdf.SetTitle(p.words.Text("sheet.title"), true)
	pdf.SetCreator(s.Program, true)
	pdf.SetProducer(s.Program, true)
	if err := p.loadFaces(); err != nil {
		return err
	}
	pdf.AddPage()
	p.head(s)
	if err := p.key(s.Key.Reveal()); err != nil {
		return err
	}
	p.facts(s)
	p.steps()
	p.care()
	p.notes()
	if err := pdf.Output(w); err != nil {
		return fmt.Errorf("failed to write the recovery sheet: %w", err)
	}
	return nil
}

func (p *page) head(s Sheet) {
	p.label("CONSTANCIA", left, 23)
	p.textEnd(meta, right, 23, p.words.Date(s.PrintedAt))
	p.rule(26.5, 0.5, ink)
	p.text(title, left, 42, p.words.Text("sheet.title"))
	p.y = p.paragraph(lead, left, 47.5, right-left-8, p.words.Text("sheet.lead"))
}

// panelHeight is the tinted panel that the key stands on.
const panelHeight = 76.0

func (p *page) key(key string) error {
	top := p.y + 5
	p.fill(left-6, top, right-left+12, panelHeight, tint)
	const size = 50.0
	x := right - size
	p.fill(x-3, top+6, size+6, size+6, white)
	if err := p.qr(key, x, top+9, size); err != nil {
		return err
	}
	p.textMiddle(note, x+size/2, top+size+17, p.words.Text("sheet.scan"))

	p.label(p.words.Text("sheet.key"), left, top+12)
	y := top + 22.5
	for _, line := range groups(key) {
		p.text(letters, left, y, line)
		y += 8.6
	}
	p.paragraph(note, left, y-3.6, x-left-12, p.words.Text("sheet.typing"))
	p.text(note, left, top+panelHeight-9.4, p.words.Text("sheet.one_piece"))
	p.text(onePiece, left, top+panelHeight-4.6, key)
	p.y = top + panelHeight
	return nil
}

// groups sets a key in lines of four groups of five, with what all keys begin with on a line of its own.
func groups(key string) []string {
	const prefix = len("AGE-SECRET-KEY-1")
	if len(key) <= prefix {
		return []string{key}
	}
	lines := []string{key[:prefix]}
	line := ""
	for rest := key[prefix:]; rest != ""; {
		n := min(5, len(rest))
		if len(line) > 0 {
			line += " "
		}
		line, rest = line+rest[:n], rest[n:]
		if len(line) == 4*5+3 || rest == "" {
			lines = append(lines, line)
			line = ""
		}
	}
	return lines
}

func (p *page) facts(s Sheet) {
	const gap = 10.0
	width := (right - left - gap) / 2
	top := p.y + 9
	p.label(p.words.Text("sheet.opens"), left, top)
	ends := p.paragraph(body, left, top+2.4, width, p.words.Text("sheet.opens_text"))
	x := left + width + gap
	p.label(p.words.Text("sheet.where"), x, top)
	if s.Folder == "" {
		p.y = max(ends, p.paragraph(body, x, top+2.4, width, p.words.Text("sheet.where_none")))
		return
	}
	p.y = max(ends, p.path(code, x, top+3, width, s.Folder))
}

func (p *page) steps() {
	top := p.y + 9
	p.rule(top-5, 0.15, hairline)
	p.text(heading, left, top+2, p.words.Text("sheet.steps"))
	y := top + 5.5
	for number := 1; number <= 4; number++ {
		p.text(figure, left, y+3.75, fmt.Sprint(number))
		y = p.paragraph(body, left+7, y, right-left-7, p.words.Text(fmt.Sprintf("sheet.step_%d", number)))
		if number == 3 {
			y = p.command(left+7, y+1, "constancia backup restore --from "+p.words.Text("sheet.folder_word")+" --key-stdin")
		}
		y += 1.6
	}
	p.y = p.paragraph(note, left+7, y+0.4, right-left-7, p.words.Text("sheet.without"))
}

// command sets a line to be typed.
func (p *page) command(x, y float64, text string) float64 {
	p.fill(x-1.5, y, p.width(code, text)+5, 6.4, tint)
	p.text(code, x+1, y+4.4, text)
	return y + 6.4
}

func (p *page) care() {
	top := p.y + 8
	p.rule(top-4, 0.15, hairline)
	p.text(heading, left, top+3, p.words.Text("sheet.keep"))
	y := top + 6.5
	for number := 1; number <= 3; number++ {
		p.fill(left+1, y+1.75, 1.4, 1.4, navy)
		y = p.paragraph(body, left+7, y, right-left-7, p.words.Text(fmt.Sprintf("sheet.keep_%d", number))) + 0.8
	}
	p.y = y
}

// notes leaves room to write by hand, where there is any.
func (p *page) notes() {
	const bottom = 283.0
	top := max(p.y+4.5, bottom-22)
	p.text(note, left, top, p.words.Text("sheet.notes"))
	for y := top + 9; y <= bottom; y += 9 {
		p.rule(y, 0.15, hairline)
	}
}
