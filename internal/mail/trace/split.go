package trace

import "strings"

// piece is a word, a quoted string or a comment of a structured field (RFC 5322, section 3.2).
type piece struct {
	text    string
	quoted  bool
	comment bool
}

// scan follows a field byte by byte and tells of each whether it stands outside of quotes and comments.
func scan(value string, take func(i int, c byte, outside bool)) {
	depth := 0
	quoted, escaped := false, false
	for i := range len(value) {
		c := value[i]
		switch {
		case escaped:
			escaped = false
			take(i, c, false)
		case c == '\\' && (quoted || depth > 0):
			escaped = true
			take(i, c, false)
		case c == '"' && depth == 0:
			quoted = !quoted
			take(i, c, false)
		case quoted:
			take(i, c, false)
		case c == '(':
			depth++
			take(i, c, false)
		case c == ')' && depth > 0:
			depth--
			take(i, c, false)
		default:
			take(i, c, depth == 0)
		}
	}
}

// split parts a field into words, quoted strings and comments, these without their signs. A comment in a comment stays
// in it. What is not closed lasts to the end.
func split(value string) []piece {
	var pieces []piece
	start := -1 // of the open word
	depth, opened := 0, 0
	quoted, escaped := false, false
	word := func(end int) {
		if start >= 0 {
			pieces = append(pieces, piece{text: value[start:end]})
			start = -1
		}
	}
	for i := range len(value) {
		c := value[i]
		switch {
		case escaped:
			escaped = false
		case c == '\\' && (quoted || depth > 0):
			escaped = true
		case quoted:
			if c == '"' {
				quoted = false
				pieces = append(pieces, piece{text: unescaped(value[opened:i]), quoted: true})
			}
		case c == '(':
			word(i)
			if depth++; depth == 1 {
				opened = i + 1
			}
		case depth > 0:
			if c == ')' {
				if depth--; depth == 0 {
					pieces = append(pieces, piece{text: unescaped(value[opened:i]), comment: true})
				}
			}
		case c == '"':
			word(i)
			quoted, opened = true, i+1
		case c == ' ' || c == '\t':
			word(i)
		case start < 0:
			start = i
		}
	}
	word(len(value))
	if quoted || depth > 0 {
		pieces = append(pieces, piece{text: unescaped(value[opened:]), quoted: quoted, comment: depth > 0})
	}
	return pieces
}

// unescaped takes the backslash off quoted pairs (RFC 5322, section 3.2.1).
func unescaped(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var out strings.Builder
	escaped := false
	for i := range len(text) {
		if c := text[i]; escaped || c != '\\' {
			out.WriteByte(c)
			escaped = false
		} else {
			escaped = true
		}
	}
	return out.String()
}

// cut shortens a text to at most maxClause bytes of whole characters.
func cut(text string) string {
	if len(text) <= maxClause {
		return text
	}
	return strings.ToValidUTF8(text[:maxClause], "")
}
