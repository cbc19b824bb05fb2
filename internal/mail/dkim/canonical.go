package dkim

import (
	"hash"
	"strings"
)

// canonicalization is a form in which a text is signed, so that what mail servers do to blanks does not break the
// signature (RFC 6376, section 3.4).
type canonicalization string

const (
	simple  canonicalization = "simple"
	relaxed canonicalization = "relaxed"
)

// header gives a field in its canonical form, without its line end.
func (c canonicalization) header(f field) string {
	if c == simple {
		return f.raw
	}
	value := strings.ReplaceAll(f.value(), "\r\n", "")
	words := strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' })
	return strings.ToLower(f.name) + ":" + strings.Join(words, " ")
}

// body brings a message’s text into its canonical form as it comes, and sums it. Line ends with LF alone count as CRLF.
type body struct {
	to    hash.Hash
	how   canonicalization
	limit *int64 // sum no more than so many bytes

	size, beyond int64 // bytes summed, and those behind the limit
	carriage     bool  // a CR waits for its LF
	lineEnds     int   // that wait: at the end of the text they don’t count
	blank        bool  // blanks wait: at the end of a line they don’t count
	buffer       []byte
}

// Write takes a piece of the text. It never fails.
func (b *body) Write(piece []byte) (int, error) {
	for _, c := range piece {
		if b.carriage {
			b.carriage = false
			if c != '\n' {
				b.character('\r')
			}
		}
		switch {
		case c == '\r':
			b.carriage = true
		case c == '\n':
			b.blank = false
			b.lineEnds++
		case b.how == relaxed && (c == ' ' || c == '\t'):
			b.blank = true
		default:
			b.character(c)
		}
	}
	b.flush()
	return len(piece), nil
}

// character puts what waited before a character, and the character.
func (b *body) character(c byte) {
	for ; b.lineEnds > 0; b.lineEnds-- {
		b.put('\r')
		b.put('\n')
	}
	if b.blank {
		b.blank = false
		b.put(' ')
	}
	b.put(c)
}

func (b *body) put(c byte) {
	if b.limit != nil && b.size+int64(len(b.buffer)) >= *b.limit {
		b.beyond++
		return
	}
	if b.buffer = append(b.buffer, c); len(b.buffer) >= 32<<10 {
		b.flush()
	}
}

func (b *body) flush() {
	_, _ = b.to.Write(b.buffer) // a hash takes everything
	b.size += int64(len(b.buffer))
	b.buffer = b.buffer[:0]
}

// end ends the text: with one line end, and an empty text with one in the simple form only (RFC 6376, section 3.4.3).
func (b *body) end() {
	if b.carriage {
		b.carriage = false
		b.character('\r')
	}
	b.flush()
	if b.how == simple || b.size+b.beyond > 0 {
		b.put('\r')
		b.put('\n')
	}
	b.flush()
}
