package files

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// walkMbox gives each message of an mbox (RFC 4155). Messages are parted by a line that starts with "From ", at the start
// of the file or after an empty line. Programs protect such lines within a message with ">", and those that were
// protected already with one more, which is taken away again (the form called mboxrd). The empty line before a
// separator belongs to the separator.
func walkMbox(path string, content *bufio.Reader, receive func(File) error) error {
	m := &mbox{content: content}
	if err := m.skipSeparator(); err != nil {
		return err
	}
	for position := int64(1); ; position++ {
		m.ended = false
		if err := receive(File{Name: path, Position: position, Body: m}); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, m); err != nil {
			return err
		}
		if m.last {
			return nil
		}
	}
}

// mbox reads one message after the other. A read ends with io.EOF at the end of each.
type mbox struct {
	content *bufio.Reader
	pending []byte // read, and to be given next
	blank   []byte // an empty line that is held back: it may belong to the separator
	inLine  bool   // whether the next bytes go on with a line
	ended   bool   // whether the message is at its end
	last    bool   // whether it was the file's last
}

func (m *mbox) Read(into []byte) (int, error) {
	for len(m.pending) == 0 {
		if m.ended {
			return 0, io.EOF
		}
		if err := m.next(); err != nil {
			return 0, err
		}
	}
	n := copy(into, m.pending)
	m.pending = m.pending[n:]
	return n, nil
}

// next reads the next line, or a piece of it when it is long.
func (m *mbox) next() error {
	piece, err := m.content.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
		return err
	}
	starts := !m.inLine
	m.inLine = errors.Is(err, bufio.ErrBufferFull)
	if errors.Is(err, io.EOF) && len(piece) == 0 {
		// The empty line that ends an mbox belongs to it, not to its last message.
		m.ended, m.last, m.blank = true, true, nil
		return nil
	}
	if starts && m.blank != nil && isSeparator(bytes.TrimRight(piece, "\r\n")) {
		m.ended, m.blank = true, nil
		if m.inLine {
			return m.skipSeparator()
		}
		return nil
	}
	m.pending = append(m.pending[:0], m.blank...)
	m.blank = nil
	if starts && len(bytes.TrimRight(piece, "\r\n")) == 0 {
		m.blank = append([]byte{}, piece...)
		return nil
	}
	if starts {
		piece = unprotect(piece)
	}
	m.pending = append(m.pending, piece...)
	return nil
}

// skipSeparator skips the rest of a line.
func (m *mbox) skipSeparator() error {
	m.inLine = false
	for {
		_, err := m.content.ReadSlice('\n')
		if err == nil || errors.Is(err, io.EOF) {
			return nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

var separator = []byte("From ")

// isSeparator is whether a line parts two messages: "From ", an address, and a date with its time. A sentence that
// starts with "From" has no time.
func isSeparator(line []byte) bool {
	rest, is := bytes.CutPrefix(line, separator)
	if !is || len(rest) == 0 {
		return false
	}
	colon := bytes.IndexByte(rest, ':')
	return colon > 0 && colon+1 < len(rest) && isDigit(rest[colon-1]) && isDigit(rest[colon+1]) ||
		bytes.HasPrefix(rest, []byte("- ")) || bytes.Equal(bytes.TrimSpace(rest), []byte("-"))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// unprotect takes one ">" away from a line that would part messages without it.
func unprotect(line []byte) []byte {
	if bytes.HasPrefix(line, []byte(">")) && bytes.HasPrefix(bytes.TrimLeft(line, ">"), separator) {
		return line[1:]
	}
	return line
}
