package pdf

import (
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"constancia/internal/dossier"
)

var exhibitTextStyle = style{mono, 7.6, 10.8, ink, 0}

const (
	// maxTextBytes and maxTextLines bound how much of a text file is shown; the file itself is whole in the record.
	maxTextBytes = 48 << 10
	maxTextLines = 240
	textInset    = 5.0
)

// exhibitText reads the lines of a text file, nil when it can't be opened or holds no text.
func (d *document) exhibitText(exhibit dossier.Exhibit) []string {
	data, whole, err := d.images.text(exhibit.Content)
	if err != nil || strings.ContainsRune(data, 0) {
		return nil
	}
	lines := d.wrap(exhibitTextStyle, textWidth-2*textInset, data)
	if len(lines) > maxTextLines {
		lines, whole = lines[:maxTextLines], false
	}
	if !whole {
		lines = append(lines, "", d.prepare(d.words.Text("dossier.exhibit.text_cut")))
	}
	return lines
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
func (d *document) drawExhibitText(exhibit dossier.Exhibit, lines []string) {
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 2.4
	d.continued = d.numberPage
	measure := 0.0
	if mostlyToLeft(strings.Join(lines, "\n")) {
		measure = textWidth - 2*textInset
	}
	d.flow(marginLeft, []block{{role: paragraph, style: exhibitTextStyle, lines: lines, indent: textInset, measure: measure,
		band: func(top, bottom float64) { d.vertical(marginLeft+0.4, top, bottom, 0.8, faint) }}})
	d.continued = nil
	d.y += 2
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 1.4
	d.hashLine(exhibit)
}
