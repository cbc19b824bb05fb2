package message

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/unicode/norm"
)

// fromCharset makes text of bytes in a named charset. ok is whether the charset is known and the bytes fit it.
func fromCharset(label string, raw []byte) (text string, ok bool) {
	label = strings.ToLower(strings.TrimSpace(label))
	if label == "" || label == "utf-8" || label == "utf8" || isASCII(label) {
		return fromUTF8(raw)
	}
	known := lookup(label)
	if known == nil {
		text, _ = fromUTF8(raw)
		return text, false
	}
	decoded, err := known.NewDecoder().Bytes(raw)
	if err != nil {
		text, _ = fromUTF8(raw)
		return text, false
	}
	return string(decoded), !strings.ContainsRune(string(decoded), utf8.RuneError)
}

// isASCII is whether a label claims plain ASCII. Mail that claims it and has other bytes nevertheless is UTF-8 mostly.
func isASCII(label string) bool {
	return label == "us-ascii" || label == "ascii" || label == "ansi_x3.4-1968" || label == "iso-ir-6"
}

// fromUTF8 takes bytes for UTF-8. When they are not, they are windows-1252 as a whole, unless some of them can only be
// UTF-8: then the broken ones are replaced.
func fromUTF8(raw []byte) (text string, ok bool) {
	if utf8.Valid(raw) {
		return string(raw), true
	}
	if hasMultibyte(raw) {
		return strings.ToValidUTF8(string(raw), "\uFFFD"), false
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD"), false
	}
	return string(decoded), false
}

func hasMultibyte(raw []byte) bool {
	for len(raw) > 0 {
		_, size := utf8.DecodeRune(raw)
		if size > 1 {
			return true
		}
		raw = raw[size:]
	}
	return false
}

// lookup finds a charset by any of its names: as browsers do first, which takes ISO-8859-1 for windows-1252 as mail
// programs do, too, and else by the IANA registry.
func lookup(label string) encoding.Encoding {
	if known, name := charset.Lookup(label); known != nil && name != "replacement" {
		return known
	}
	if known, err := ianaindex.MIME.Encoding(label); err == nil && known != nil {
		return known
	}
	return nil
}

// paragraphs makes text fit to be shown over several lines: LF as line end, normalization form C, no control characters.
func paragraphs(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	if isPlain(text) {
		return text
	}
	return norm.NFC.String(strings.Map(func(c rune) rune {
		if staysShown(c) {
			return c
		}
		return -1
	}, strings.ToValidUTF8(text, "\uFFFD")))
}

// staysShown is whether a character has a place in text over several lines. CR has: it is a line end.
func staysShown(c rune) bool { return c == '\n' || c == '\t' || c == '\r' || shown(c) >= 0 }

// isPlain is whether a text is fit to be shown as it is. Nearly every text is, and looking is much quicker than making it
// anew. Below U+0300 each character is in normalization form C, whatever stands beside it.
func isPlain(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= ' ' && c < 0x7F || c == '\n' || c == '\t':
		case c >= 0xC2 && c < 0xCC && i+1 < len(text) && text[i+1]&0xC0 == 0x80: // the two bytes of U+0080 to U+02FF
			if i++; c == 0xC2 && text[i] < 0xA0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// tidyLines takes away blanks at the ends of lines, and leaves one empty line where several follow each other: Outlook
// writes each empty paragraph as three. The line that parts a signature keeps its blank (RFC 3676, section 4.3).
func tidyLines(text string) string {
	if isTidy(text) {
		return text
	}
	var out strings.Builder
	empty := false
	for line := range strings.SplitSeq(text, "\n") {
		if line != "-- " {
			line = strings.TrimRight(line, " \t\u00a0")
		}
		if line == "" && empty {
			continue
		}
		empty = line == ""
		out.WriteString(line + "\n")
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func isTidy(text string) bool {
	return !slices.ContainsFunc([]string{" \n", "\t\n", "\u00a0\n", "\n\n\n"}, func(untidy string) bool {
		return strings.Contains(text, untidy)
	})
}

// line makes text fit to be shown in one line. Characters that turn the direction of writing go, too: they can make
// "photo-exe.jpg" out of a name that ends with ".exe".
func line(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case c == '\t' || c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085':
			return ' '
		case c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069':
			return -1
		}
		return shown(c)
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return norm.NFC.String(strings.Join(strings.FieldsFunc(text, func(c rune) bool { return c == ' ' }), " "))
}

// shown drops what is no character: controls, and code points that never stand for one.
func shown(c rune) rune {
	if unicode.IsControl(c) || c&0xFFFE == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF || c == '\uFEFF' {
		return -1
	}
	return c
}
