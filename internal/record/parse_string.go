package record

import (
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/rangetable"
)

// string reads a string from its opening quotation mark on.
func (p *parser) string() (string, error) {
	p.at++
	var text []byte
	for {
		start := p.at
		for c := p.peek(); c >= 0x20 && c != '"' && c != '\\'; c = p.peek() {
			p.at++
		}
		text = append(text, p.text[start:p.at]...)
		if p.take(`"`) {
			return p.checked(text)
		}
		if !p.take(`\`) {
			return "", p.fail(NotJSON)
		}
		var err error
		if text, err = p.escape(text); err != nil {
			return "", err
		}
	}
}

// checked returns a whole string, in NFC when it has to be.
func (p *parser) checked(text []byte) (string, error) {
	if !utf8.Valid(text) {
		return "", p.fail(InvalidUTF8)
	}
	if norm.NFC.IsNormal(text) {
		return string(text), nil
	}
	if p.normalise {
		return string(norm.NFC.Bytes(text)), nil
	}
	if formIsFixed(string(text)) {
		return "", p.fail(NotNFC)
	}
	return string(text), nil
}

// formIsFixed reports whether all characters were assigned in Unicode 15.0. By Unicode's stability policy the NFC of
// such a string never changes, while one with a character that is newer may be NFC by one program's tables and not by
// another's.
func formIsFixed(text string) bool {
	assigned := rangetable.Assigned("15.0.0")
	for _, r := range text {
		if !unicode.Is(assigned, r) {
			return false
		}
	}
	return true
}

// escape reads what follows a backslash (RFC 8259, section 7).
func (p *parser) escape(text []byte) ([]byte, error) {
	c := p.peek()
	p.at++
	switch c {
	case '"', '\\', '/':
		return append(text, c), nil
	case 'b':
		return append(text, '\b'), nil
	case 'f':
		return append(text, '\f'), nil
	case 'n':
		return append(text, '\n'), nil
	case 'r':
		return append(text, '\r'), nil
	case 't':
		return append(text, '\t'), nil
	case 'u':
		return p.unicodeEscape(text)
	}
	return nil, p.fail(NotJSON)
}

func (p *parser) unicodeEscape(text []byte) ([]byte, error) {
	r, ok := p.fourHexDigits()
	if !ok {
		return nil, p.fail(NotJSON)
	}
	if utf16.IsSurrogate(r) {
		low := rune(-1)
		if p.take(`\u`) {
			low, _ = p.fourHexDigits()
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			return nil, p.fail(LoneSurrogate)
		}
	}
	if r == utf8.RuneError && p.marshalled {
		return nil, p.fail(InvalidUTF8)
	}
	return utf8.AppendRune(text, r), nil
}

func (p *parser) fourHexDigits() (rune, bool) {
	if len(p.text)-p.at < 4 {
		return -1, false
	}
	n, err := strconv.ParseUint(string(p.text[p.at:p.at+4]), 16, 16)
	if err != nil {
		return -1, false
	}
	p.at += 4
	return rune(n), true
}
