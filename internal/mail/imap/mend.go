package imap

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// mender makes of a server's responses what the protocol library can stand. That one ends the connection for a response
// that it does not know, and for the name of a mailbox that is not in modified UTF-7 (RFC 3501, section 5.1.3), as old
// programs leave behind: one mailbox called R&D, and nothing of the whole account could be read. So what nobody asked for
// is left out, and such a name is written as it should have been. What the server calls the mailbox is remembered, so that
// it can be opened by that.
type mender struct {
	line    []byte // the open line
	within  bool   // whether the response goes on behind a literal
	leaving bool   // whether the response is left out
	passed  []byte // what is passed on, in memory that is used again
	// raw are the names that were mended, as the server writes them, by what the protocol library makes of them.
	raw map[string]string
}

// wanted are the responses that something here waits for, or that the library takes note of.
var wanted = []string{"OK", "NO", "BAD", "BYE", "PREAUTH", "CAPABILITY", "ENABLED", "FLAGS", "EXISTS", "RECENT", "EXPUNGE", "FETCH",
	"SEARCH", "ESEARCH", "LIST", "STATUS"}

// feed takes what the server sent, lets the scanner look at it, and gives what is to be passed on: what it was given
// where nothing has to be changed, else memory that is good until the next time.
func (m *mender) feed(scan *scanner, received []byte) ([]byte, error) {
	if scan.skip >= int64(len(received)) && !m.leaving && len(m.line) == 0 {
		return received, scan.feed(received) // within a literal, where nearly all bytes are
	}
	m.passed = m.passed[:0]
	for len(received) > 0 {
		if n := min(scan.skip, int64(len(received))); n > 0 {
			if err := scan.feed(received[:n]); err != nil {
				return nil, err
			}
			if !m.leaving {
				m.passed = append(m.passed, received[:n]...)
			}
			received = received[n:]
			continue
		}
		piece := received
		if end := bytes.IndexByte(received, '\n'); end >= 0 {
			piece = received[:end+1]
		}
		if err := scan.feed(piece); err != nil {
			return nil, err
		}
		received = received[len(piece):]
		m.line = append(m.line, piece...)
		if piece[len(piece)-1] == '\n' {
			m.passed = append(m.passed, m.whole(scan.skip > 0)...)
			m.line = m.line[:0]
		}
	}
	return m.passed, nil
}

// whole gives what is passed on of a whole line; goesOn is whether a literal follows.
func (m *mender) whole(goesOn bool) []byte {
	line := m.line
	if !m.within {
		kind := kindOf(line)
		m.leaving = kind != "" && !slices.Contains(wanted, kind)
		if !goesOn && (kind == "LIST" || kind == "STATUS") {
			line = m.mended(line, kind)
		}
	}
	m.within = goesOn
	if m.leaving {
		m.leaving = goesOn
		return nil
	}
	return line
}

// kindOf is the kind of an untagged response, in capitals; empty for what is none.
func kindOf(line []byte) string {
	rest, is := bytes.CutPrefix(line, []byte("* "))
	if !is {
		return ""
	}
	for range 2 { // a number may stand before it
		word := rest
		if end := bytes.IndexAny(rest, " \r\n"); end >= 0 {
			word, rest = rest[:end], bytes.TrimPrefix(rest[end:], []byte(" "))
		}
		if !isNumber(word) {
			return strings.ToUpper(string(word))
		}
	}
	return ""
}

// mended writes the mailbox's name in a LIST or STATUS response so that it can be read.
func (m *mender) mended(line []byte, kind string) []byte {
	before, name, after, found := cutName(line, kind)
	if !found || isUTF7(name) {
		return line
	}
	shown := strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return utf8.RuneError
		}
		return c
	}, strings.ToValidUTF8(name, "\uFFFD"))
	m.remember(shown, name)
	good := strings.ReplaceAll(shown, "&", "&-")
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(good) + `"`
	return append(append(bytes.Clone(before), quoted...), after...)
}

// mostRaw is how many names are remembered: an account has not more that are mended, an attacker's may.
const mostRaw = maxMailboxes

// remember keeps what the server calls a mailbox. What could be taken for more than a name is never said to it.
func (m *mender) remember(shown, name string) {
	isName := !strings.ContainsFunc(name, func(c rune) bool { return c < ' ' || c == 0x7f })
	if isName && len(m.raw) < mostRaw {
		if m.raw == nil {
			m.raw = map[string]string{}
		}
		m.raw[shown] = name
	}
}

// cutName cuts a response around the mailbox's name (RFC 3501, section 7.2): a quoted string or an atom. One that is a
// literal is left to the library.
func cutName(line []byte, kind string) (before []byte, name string, after []byte, found bool) {
	at := len("* ") + len(kind) + len(" ")
	if kind == "LIST" {
		end := bytes.IndexByte(line, ')') // of the attributes
		if end < 0 {
			return nil, "", nil, false
		}
		delimiter := line[end:]
		for _, form := range []string{`) "\\" `, `) "\"" `, `) NIL `} {
			if len(delimiter) >= len(form) && strings.EqualFold(string(delimiter[:len(form)]), form) {
				at = end + len(form)
			}
		}
		if len(delimiter) > 6 && delimiter[2] == '"' && delimiter[3] != '\\' && delimiter[4] == '"' {
			at = end + len(`) "/" `)
		}
		if at <= end {
			return nil, "", nil, false
		}
	}
	if at >= len(line) {
		return nil, "", nil, false
	}
	rest := line[at:]
	if rest[0] != '"' {
		end := bytes.IndexAny(rest, " \r\n")
		return line[:at], string(rest[:max(end, 0)]), rest[max(end, 0):], end > 0
	}
	var text []byte
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && i+1 < len(rest):
			i++
			text = append(text, rest[i])
		case rest[i] == '"':
			return line[:at], string(text), rest[i+1:], true
		default:
			text = append(text, rest[i])
		}
	}
	return nil, "", nil, false
}

var utf7Base64 = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").WithPadding(base64.NoPadding)

// isUTF7 is whether a name is in modified UTF-7, or in UTF-8, which servers write as well (RFC 9051, section 5.1).
func isUTF7(name string) bool {
	if !utf8.ValidString(name) || strings.ContainsFunc(name, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		return false
	}
	afterShift := false
	for name != "" {
		if name[0] != '&' {
			name, afterShift = name[1:], false
			continue
		}
		coded, rest, closed := strings.Cut(name[1:], "-")
		if !closed || coded != "" && (afterShift || !isUTF16(coded)) {
			return false
		}
		name, afterShift = rest, coded != ""
	}
	return true
}

// isUTF16 is whether a shifted part of a name holds whole characters that needed it.
func isUTF16(coded string) bool {
	bytes, err := utf7Base64.DecodeString(coded)
	if err != nil || len(bytes) == 0 || len(bytes)%2 != 0 {
		return false
	}
	units := make([]uint16, len(bytes)/2)
	for i := range units {
		units[i] = uint16(bytes[2*i])<<8 | uint16(bytes[2*i+1])
	}
	for i := 0; i < len(units); i++ {
		switch unit := rune(units[i]); {
		case !utf16.IsSurrogate(unit):
			if unit >= ' ' && unit <= '~' {
				return false
			}
		case i+1 == len(units) || utf16.DecodeRune(unit, rune(units[i+1])) == utf8.RuneError:
			return false
		default:
			i++
		}
	}
	return true
}
