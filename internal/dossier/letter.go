package dossier

import (
	"strings"
	"unicode"

	"constancia/internal/dossier/redaction"
)

// Cover is what the complainant sends with a dossier.
type Cover struct {
	// Text is the covering letter; empty for none. Paragraphs stand between empty lines.
	Text string
	// First puts the letter before all else, else it stands behind the first page.
	First bool
	// Signature is a picture of the complainant's, in PNG; nil for none.
	Signature []byte
}

// Letter is a covering letter. Its sender is the complainant.
type Letter struct {
	// Dateline is the place and the day.
	Dateline string
	// To is whom it is written to, a line each.
	To         []string
	Subject    string
	Paragraphs []string
	// First says that it stands before all else.
	First bool
}

// letter writes the covering letter; nil without a text.
func (c *compiler) letter(d *Dossier) *Letter {
	text := strings.TrimSpace(strings.ReplaceAll(c.options.Cover.Text, "\r\n", "\n"))
	if text == "" {
		return nil
	}
	written := &Letter{
		Dateline: joinFilled(", ", placeIn(d.Complainant.Address), c.words.Date(c.now.In(c.location))),
		To:       c.writtenTo(), Subject: d.Kind + ": " + d.Title, First: c.options.Cover.First,
	}
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if paragraph = strings.Trim(paragraph, "\n"); strings.TrimSpace(paragraph) != "" {
			written.Paragraphs = append(written.Paragraphs, paragraph)
		}
	}
	return written
}

// writtenTo is the addressee; the head office's edition without one goes to the first company.
func (c *compiler) writtenTo() []string {
	if c.isAddressed() {
		return []string{c.reader()}
	}
	if c.options.Edition != HeadOffice || len(c.file.Parties) == 0 {
		return nil
	}
	company := c.file.Parties[0].Value
	return append([]string{company.Name}, filled(strings.Split(company.Address, "\n")...)...)
}

// signature is a picture of the complainant's, unless the edition hides who they are.
func (c *compiler) signature() []byte {
	if redaction.IsHidden(c.file.Case.Complainant.Name) {
		return nil
	}
	return c.options.Cover.Signature
}

// placeIn is the town in a postal address: what stands beside the postcode, in the last line that has one. Empty when that
// can't be told.
func placeIn(address string) string {
	parts := strings.FieldsFunc(address, func(r rune) bool { return r == '\n' || r == ',' })
	for i := len(parts) - 1; i >= 0; i-- {
		words := strings.Fields(parts[i])
		var town []string
		for _, word := range words {
			if !strings.ContainsFunc(word, unicode.IsDigit) {
				town = append(town, word)
			}
		}
		if len(town) == len(words) || !hasPostcode(words) {
			continue
		}
		if name := strings.Join(town, " "); len([]rune(name)) > 3 {
			return name
		}
		if i > 0 { // "Springfield, IL 62701"
			return strings.TrimSpace(parts[i-1])
		}
	}
	return ""
}

// hasPostcode reports whether one of the words looks like a postcode or the half of one: four digits at least, or letters
// and digits.
func hasPostcode(words []string) bool {
	for _, word := range words {
		digits, letters := 0, 0
		for _, r := range word {
			switch {
			case unicode.IsDigit(r):
				digits++
			case unicode.IsUpper(r):
				letters++
			}
		}
		if digits >= 4 || digits > 0 && letters > 0 && digits+letters == len(word) {
			return true
		}
	}
	return false
}
