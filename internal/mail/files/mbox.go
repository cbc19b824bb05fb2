package files

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// mboxBuffer is how far ahead an mbox is looked into where it is but a stream, and the longest header section in which
// fields are looked for.
const mboxBuffer = 1 << 20

// mbox gives each message of an mbox (RFC 4155). Messages are parted by a line that starts with "From ", at the start
// of the file or after an empty line, and is followed by a header. The empty line before it belongs to it.
func (w *walk) mbox(c content, place Place) error {
	m := &mbox{content: bufio.NewReaderSize(c.stream, mboxBuffer), whole: c.whole}
	if err := m.skipLine(); err != nil {
		return err
	}
	for position := int64(1); !m.last; position++ {
		m.begin(position == 1)
		m.place.Member, m.place.Gzip, m.place.Position = place.Member, place.Gzip, position
		if m.deleted {
			w.to.Skipped(fmt.Sprintf("%s, %d", c.shown(), position), Deleted)
		} else if err := w.to.Message(File{Name: c.path, Body: m, place: m.settled}); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, m); err != nil {
			return err
		}
	}
	return nil
}

// mbox reads one message after the other. A read ends with io.EOF at the end of each.
type mbox struct {
	content *bufio.Reader
	whole   io.ReaderAt // reads the file at any place, nil when it is a stream
	at      int64       // how many bytes were read
	counted bool        // whether the file tells the length of its messages, and marks no lines

	pending []byte // read, and to be given next
	blank   []byte // an empty line that is held back: it may belong to the separator
	inLine  bool   // whether the next bytes go on with a line
	last    bool   // whether the message was the file's last

	// Of the message that is being read.
	place   Place
	left    int64 // bytes of it that are still to be given, when its length is told; else -1
	several bool  // whether a line had several marks
	ended   bool  // whether it is at its end
	deleted bool
}

// begin starts with the message that stands where the last one ended.
func (m *mbox) begin(first bool) {
	head := m.peekHeader()
	m.place = Place{Offset: m.at, Labels: head.labels}
	m.ended, m.several, m.deleted, m.left = false, false, head.deleted, -1
	if first || m.counted {
		if size, is := m.countedSize(head); is {
			m.left, m.counted = size, true
		}
	}
}

// settled is the place of the message that was read to its end.
func (m *mbox) settled() Place {
	place := m.place
	switch {
	case m.left >= 0:
		place.Form = MboxCL2
	case m.several:
		place.Form = MboxRD
	case place.Unquoted > 0:
		place.Form = MboxO
	default:
		place.Form = Mbox
	}
	return place
}

func (m *mbox) Read(into []byte) (int, error) {
	for len(m.pending) == 0 {
		if m.ended {
			return 0, io.EOF
		}
		if m.left >= 0 {
			return m.readCounted(into)
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
	m.at += int64(len(piece))
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
	if starts && !m.inLine && m.blank != nil && isSeparator(bytes.TrimRight(piece, "\r\n")) {
		piece = bytes.Clone(piece) // looking ahead moves what was read
		if m.headerFollows() {
			m.ended, m.blank = true, nil
			return nil
		}
	}
	m.pending = append(m.pending[:0], m.blank...)
	m.blank = nil
	if starts && len(bytes.TrimRight(piece, "\r\n")) == 0 {
		m.blank = append([]byte{}, piece...)
		return nil
	}
	if starts && !m.counted {
		piece = m.unquote(piece)
	}
	m.pending = append(m.pending, piece...)
	return nil
}

// headerFollows is whether a message's header, or the end of the file, comes next. A sentence that starts like a separator
// is followed by more of its text.
func (m *mbox) headerFollows() bool {
	const longestName = 128
	start, err := m.content.Peek(longestName)
	if len(start) == 0 {
		return errors.Is(err, io.EOF)
	}
	name, _, found := bytes.Cut(start, []byte(":"))
	isName := found && len(name) > 0 && bytes.IndexFunc(name, func(c rune) bool { return c <= ' ' || c >= 0x7f }) < 0
	return isName || isSeparator(bytes.TrimPrefix(firstLine(start), []byte(">")))
}

func firstLine(text []byte) []byte {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return line
}

// skipLine passes over a line, or what is left of it.
func (m *mbox) skipLine() error {
	m.inLine = false
	for {
		piece, err := m.content.ReadSlice('\n')
		m.at += int64(len(piece))
		if err == nil || errors.Is(err, io.EOF) {
			return nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

var separator = []byte("From ")

// isSeparator is whether a line may part two messages: "From ", an address, and a date with its time. A sentence that
// starts with "From" has no time, mostly.
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

// unquote takes one ">" away from a line that would part messages without it.
func (m *mbox) unquote(line []byte) []byte {
	text := bytes.TrimLeft(line, ">")
	marks := len(line) - len(text)
	if marks == 0 || !bytes.HasPrefix(text, separator) {
		return line
	}
	m.place.Unquoted++
	m.several = m.several || marks > 1
	return line[1:]
}
