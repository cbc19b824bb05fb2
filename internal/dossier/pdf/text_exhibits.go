package pdf

import (
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"constancia/internal/dossier"
)

// exhibitTextStyle is how a long text is set. A short one is set as large as two thirds of a page allow:
// a chat of twenty lines reads like the rest of the dossier, and a log of hundreds takes few pages.
var exhibitTextStyle = style{mono, 7.6, 10.8, ink, 0}

const (
	largestText, textStep = 9.6, 0.4
	shortText             = 0.66 * (textBottom - pageTop)
)

// exhibitLines are the lines of a text that is an exhibit, in the style they are set in.
type exhibitLines struct {
	style style
	lines []string
}

func (t exhibitLines) height() float64 { return linesHeight(t.style, t.lines) }

const (
	// maxTextBytes and maxTextLines bound how much of a text file is shown; the file itself is whole in the record.
	maxTextBytes = 48 << 10
	maxTextLines = 240
	textInset    = 5.0
	maxShortText = 4 << 10 // bytes
	// Each line of a chat or a log says something of its own, so what of it goes on in the next stands further in.
	hangingInset = "    "
)

// exhibitText reads the lines of a text file; there are none when it can't be opened or holds no text.
func (d *document) exhibitText(exhibit dossier.Exhibit) exhibitLines {
	data, whole, err := d.images.text(exhibit.Content)
	if err != nil || strings.ContainsRune(data, 0) {
		return exhibitLines{}
	}
	if whole && (exhibit.MediaType == "text/csv" || strings.EqualFold(path.Ext(exhibit.FileName), ".csv")) {
		data = csvInColumns(data)
	}
	if whole && len(data) < maxShortText {
		for size := largestText; size > exhibitTextStyle.size; size -= textStep {
			set := exhibitLines{exhibitTextStyle.sized(size), nil}
			if set.lines = d.wrapHanging(set.style, textWidth-2*textInset, hangingInset, data); set.height() <= shortText {
				return set
			}
		}
	}
	lines := d.wrapHanging(exhibitTextStyle, textWidth-2*textInset, hangingInset, data)
	if len(lines) > maxTextLines {
		lines, whole = lines[:maxTextLines], false
	}
	if !whole {
		lines = append(lines, "", d.prepare(d.words.Text("dossier.exhibit.text_cut")))
	}
	return exhibitLines{exhibitTextStyle, lines}
}

// text reads the beginning of a text file. Bytes that are not UTF-8 are read as Windows-1252, which older programs write.
func (i *images) text(sha256 string) (text string, whole bool, err error) {
	if i.open == nil {
		return "", false, errNotOpened
	}
	file, err := i.open(sha256)
	if err != nil {
		return "", false, errNotOpened
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxTextBytes+1))
	if err != nil {
		return "", false, errNotOpened
	}
	whole = len(data) <= maxTextBytes
	data = data[:min(len(data), maxTextBytes)]
	for cut := 0; !whole && cut < utf8.UTFMax && !utf8.Valid(data); cut++ {
		data = data[:len(data)-1] // the limit may have cut a character
	}
	if utf8.Valid(data) {
		return strings.TrimPrefix(string(data), "\ufeff"), whole, nil
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(decoded), whole, err
}

// drawExhibitText sets a text between two rules, over as many pages as it takes.
func (d *document) drawExhibitText(exhibit dossier.Exhibit, text exhibitLines) {
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 2.4
	d.continued = d.numberPage
	measure := 0.0
	if mostlyToLeft(strings.Join(text.lines, "\n")) {
		measure = textWidth - 2*textInset
	}
	d.flow(marginLeft, []block{{role: paragraph, style: text.style, lines: text.lines, indent: textInset, measure: measure,
		band: func(top, bottom float64) { d.vertical(marginLeft+0.4, top, bottom, 0.8, faint) }}})
	d.continued = nil
	d.y += 2
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 1.4
	d.hashLine(exhibit)
}
