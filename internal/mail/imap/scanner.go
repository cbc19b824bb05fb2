package imap

import (
	"bytes"
	"fmt"
	"strings"
)

// Limits of what a server may send. An honest one stays far below them.
const (
	maxLine       = 1 << 20   // bytes of one response, literals aside
	maxDepth      = 100       // nested parentheses
	maxLiteral    = 1 << 20   // bytes of a literal that is held in memory
	maxBuffered   = 8 << 20   // bytes of all such literals of one response
	maxPerCommand = 8 << 20   // bytes sent for one command, literals aside
	maxMessage    = 512 << 20 // bytes of a message, which is streamed
)

// violation says how a server broke the protocol or a limit.
type violation string

func (v violation) Error() string { return string(v) }

// scanner follows the bytes a server sends and stops at the first that breaks a limit, before they are parsed. It knows
// just enough of the grammar (RFC 9051, section 9) to tell literals, quoted strings, parentheses and free text apart,
// and where it is unsure it errs on the strict side.
type scanner struct {
	line     int   // bytes of this response outside of literals
	command  int   // bytes since the last command outside of literals
	depth    int   // open parentheses
	quoted   bool  // within a quoted string
	escaped  bool  // after a backslash in it
	skip     int64 // bytes left of the open literal
	buffered int64 // bytes of literals of this response that are held in memory

	head     []byte // the response's first bytes, until its kind is known
	known    bool   // whether its kind is known
	freeText bool   // whether the rest is text for people, in which nothing nests

	mark     mark   // how much of a literal's announcement was read
	announce int64  // the size it announces
	tail     []byte // the bytes before its brace

	// bye is what the server said when it took its leave.
	bye string
}

// mark is how much of "{123}" was read.
type mark int

const (
	noMark mark = iota
	inBraces
	afterBraces
)

// begin starts the count of a command.
func (s *scanner) begin() { s.command = 0 }

// feed follows bytes.
func (s *scanner) feed(received []byte) error {
	for len(received) > 0 {
		if s.skip > 0 {
			n := min(s.skip, int64(len(received)))
			s.skip -= n
			received = received[n:]
			continue
		}
		if err := s.byte(received[0]); err != nil {
			return err
		}
		received = received[1:]
	}
	return nil
}

// byte follows one byte outside of literals.
func (s *scanner) byte(c byte) error {
	s.line++
	s.command++
	switch {
	case s.line > maxLine:
		return violation("a response without end")
	case s.command > maxPerCommand:
		return violation("responses without end")
	}
	if c == '\n' {
		return s.lineEnd()
	}
	s.sort(c)
	if s.freeText {
		return nil
	}
	return s.structure(c)
}

// structure follows quotes, parentheses and announcements of literals.
func (s *scanner) structure(c byte) error {
	if s.quoted {
		switch {
		case s.escaped:
			s.escaped = false
		case c == '\\':
			s.escaped = true
		case c == '"':
			s.quoted = false
		}
		return nil
	}
	s.announcement(c)
	switch c {
	case '"':
		s.quoted = true
	case '(':
		if s.depth++; s.depth > maxDepth {
			return violation("parentheses without end")
		}
	case ')':
		s.depth = max(0, s.depth-1)
	}
	if s.mark == noMark {
		s.tail = append(s.tail, c)
		if len(s.tail) > 2*len(bodyTail) {
			s.tail = append(s.tail[:0], s.tail[len(s.tail)-len(bodyTail):]...)
		}
	}
	return nil
}

// announcement follows "{123}". Blanks and CR may stand before the end of the line.
func (s *scanner) announcement(c byte) {
	switch {
	case c == '{':
		s.mark, s.announce = inBraces, 0
	case s.mark == inBraces && c >= '0' && c <= '9':
		if s.announce <= maxMessage { // beyond, it is too large anyway
			s.announce = s.announce*10 + int64(c-'0')
		}
	case s.mark == inBraces && c == '}':
		s.mark = afterBraces
	case s.mark == afterBraces && (c == ' ' || c == '\r'):
	default:
		s.mark = noMark
	}
}

// bodyTail is what stands before the literal of a whole message, the one kind that is streamed.
const bodyTail = "BODY[] "

func (s *scanner) lineEnd() error {
	if s.quoted {
		return violation("a line end in a quoted string")
	}
	if !s.freeText && s.mark == afterBraces {
		return s.openLiteral()
	}
	if s.freeText {
		s.noteBye()
	}
	*s = scanner{command: s.command, bye: s.bye, head: s.head[:0], tail: s.tail[:0]}
	return nil
}

func (s *scanner) openLiteral() error {
	limit := int64(maxLiteral)
	if strings.HasSuffix(strings.ToUpper(string(s.tail)), bodyTail) {
		limit = maxMessage
	} else {
		s.buffered += s.announce
	}
	if s.announce > limit || s.buffered > maxBuffered {
		return violation(fmt.Sprintf("a literal that is too large (limit %d bytes)", limit))
	}
	s.skip = s.announce
	s.mark, s.announce, s.tail = noMark, 0, s.tail[:0]
	return nil
}

// sort finds out whether a response is text for people: a status response or a continuation request.
func (s *scanner) sort(c byte) {
	if s.known {
		if s.freeText && len(s.head) < 300 {
			s.head = append(s.head, c) // for noteBye
		}
		return
	}
	s.head = append(s.head, c)
	if s.head[0] == '+' {
		s.known, s.freeText = true, true
		return
	}
	if c != ' ' {
		s.known = len(s.head) > 200
		return
	}
	words := bytes.Fields(s.head)
	if len(words) == 0 {
		s.known = true
		return
	}
	if string(words[0]) != "*" {
		s.known, s.freeText = true, true // tagged: always a status
		return
	}
	if len(words) == 1 || len(words) == 2 && isNumber(words[1]) {
		return // the kind comes next
	}
	s.known = true
	switch strings.ToUpper(string(words[len(words)-1])) {
	case "OK", "NO", "BAD", "BYE", "PREAUTH":
		s.freeText = true
	}
}

func (s *scanner) noteBye() {
	if text, is := cutPrefixFold(string(s.head), "* BYE "); is {
		s.bye = text
	}
}

func cutPrefixFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}

func isNumber(word []byte) bool {
	for _, c := range word {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
