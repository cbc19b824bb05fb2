package dossier

import (
	"strings"
	"unicode"

	"constancia/internal/i18n"
)

// Quoted puts a text into the language's quotation marks. Marks within it become those of a quotation within another, and
// marks around all of it are taken for ours: nobody reads a straight sign beside a curved one, nor two of the same.
func Quoted(words *i18n.Texts, text string) string {
	text = unquoted(strings.TrimSpace(text))
	return words.Text("dossier.quote", i18n.Values{"text": requoted(words, text)})
}

// Unfolded is a text on one line, with one blank between its words. A no-break space stays what it is: it holds a label to
// its number.
func Unfolded(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) && r != '\u00A0' }), " ")
}

// quoteMarks are the signs that open and close a quotation.
var quoteMarks = []struct{ opening, closing string }{{"«", "»"}, {"“", "”"}, {`"`, `"`}}

// unquoted takes the marks away that are around a whole text.
func unquoted(text string) string {
	for _, marks := range quoteMarks {
		inner, begins := strings.CutPrefix(text, marks.opening)
		inner, ends := strings.CutSuffix(inner, marks.closing)
		if begins && ends && !strings.Contains(inner, marks.opening) && !strings.Contains(inner, marks.closing) {
			return inner
		}
	}
	return text
}

// requoted replaces the marks in a text that is quoted itself. A text with several kinds of them stays as it is: which
// stands in which is not for us to say.
func requoted(words *i18n.Texts, text string) string {
	outer := words.Text("dossier.quote", i18n.Values{"text": ""})
	kinds := 0
	for _, marks := range quoteMarks {
		if strings.Contains(text, marks.opening) {
			kinds++
		}
	}
	if kinds != 1 {
		return text
	}
	for _, marks := range quoteMarks {
		if opening := marks.opening + marks.closing; opening != outer && opening != `""` {
			continue
		}
		text = eachQuotation(text, marks.opening, marks.closing, func(said string) string {
			return words.Text("dossier.quote_within", i18n.Values{"text": said})
		})
	}
	return text
}

// eachQuotation replaces what stands between marks, and them. A mark without its other half stays.
func eachQuotation(text, opening, closing string, replace func(said string) string) string {
	var out strings.Builder
	for {
		before, rest, opens := strings.Cut(text, opening)
		said, after, closes := strings.Cut(rest, closing)
		if !opens || !closes {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(before + replace(said))
		text = after
	}
}
