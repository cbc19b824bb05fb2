package files

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"strconv"
	"strings"
	"unicode"
)

// mboxHeader is what the header section of a message says about the message's place in an mbox.
type mboxHeader struct {
	size    int64 // of the header section with the empty line that ends it, in bytes; 0 when no end was found
	length  int64 // Content-Length, the bytes of the body; -1 without
	labels  []string
	deleted bool
}

// peekHeader looks at the header section that comes next.
func (m *mbox) peekHeader() mboxHeader {
	head := mboxHeader{length: -1}
	section, size := m.headerSection()
	head.size = size
	for name, value := range fields(section) {
		switch name {
		case "content-length":
			if length, err := strconv.ParseInt(value, 10, 64); err == nil && length >= 0 {
				head.length = length
			}
		case "x-gmail-labels":
			head.labels = labels(value)
		case "x-mozilla-status":
			const expunged = 0x0008 // deleted, and still in the file until Thunderbird compacts it
			status, err := strconv.ParseUint(value, 16, 32)
			head.deleted = err == nil && status&expunged != 0
		}
	}
	return head
}

// headerSection looks at the lines up to the first empty one. size is with that line; 0 when there is none in reach.
func (m *mbox) headerSection() (section []byte, size int64) {
	for reach := 4 << 10; ; reach *= 4 {
		start, err := m.content.Peek(min(reach, mboxBuffer))
		for at := 0; at < len(start); {
			end := bytes.IndexByte(start[at:], '\n')
			if end < 0 {
				break
			}
			if len(bytes.TrimRight(start[at:at+end], "\r")) == 0 {
				return start[:at], int64(at + end + 1)
			}
			at += end + 1
		}
		if err != nil || reach >= mboxBuffer {
			return nil, 0
		}
	}
}

// fields gives each field of a header section, with its name in lower case, unfolded.
func fields(section []byte) func(yield func(name, value string) bool) {
	return func(yield func(name, value string) bool) {
		lines := strings.Split(strings.ReplaceAll(string(section), "\r\n", "\n"), "\n")
		for i := 0; i < len(lines); i++ {
			name, value, found := strings.Cut(lines[i], ":")
			for i+1 < len(lines) && (strings.HasPrefix(lines[i+1], " ") || strings.HasPrefix(lines[i+1], "\t")) {
				i++
				value += " " + strings.TrimSpace(lines[i])
			}
			if found && !yield(strings.ToLower(name), strings.TrimSpace(value)) {
				return
			}
		}
	}
}

// labels reads the labels that Takeout writes of a message in Gmail, with commas between them.
func labels(value string) []string {
	const most, longest = 100, 200
	decoded, err := new(mime.WordDecoder).DecodeHeader(value)
	if err != nil {
		decoded = value
	}
	var found []string
	for label := range strings.SplitSeq(decoded, ",") {
		label = strings.Map(func(c rune) rune {
			if unicode.IsControl(c) {
				return -1
			}
			return c
		}, strings.Trim(strings.ToValidUTF8(label, "\uFFFD"), ` "`))
		if runes := []rune(label); len(runes) > longest {
			label = string(runes[:longest])
		}
		if label != "" && len(found) < most {
			found = append(found, label)
		}
	}
	return found
}

// countedSize is the size of the next message in bytes, when Content-Length tells it and leads to the end of the file or
// to the next separator. A length that leads elsewhere was left by somebody who didn't mean this file.
//
// It is believed in a file whose first message has such a length only: in others, a sender could make two messages one.
func (m *mbox) countedSize(head mboxHeader) (int64, bool) {
	if head.size == 0 || head.length < 0 || head.length > 1<<40 {
		return 0, false
	}
	size := head.size + head.length
	behind, ended, ok := m.lookAt(size-1, 1<<10)
	if !ok || len(behind) == 0 || behind[0] != '\n' {
		return 0, false
	}
	behind = behind[1:]
	if len(behind) == 0 {
		return size, ended
	}
	for _, lineEnd := range []string{"", "\n", "\r\n"} {
		after, is := bytes.CutPrefix(behind, []byte(lineEnd))
		if is && (len(after) == 0 && ended || isSeparator(bytes.TrimRight(firstLine(after), "\r"))) {
			return size, true
		}
	}
	return 0, false
}

// lookAt looks at bytes ahead. ended is whether the file ends with them. A stream can't be looked far into.
func (m *mbox) lookAt(ahead int64, size int) (found []byte, ended, ok bool) {
	if m.whole != nil {
		found = make([]byte, size)
		n, err := m.whole.ReadAt(found, m.at+ahead)
		return found[:n], errors.Is(err, io.EOF), err == nil || errors.Is(err, io.EOF)
	}
	if ahead+int64(size) > mboxBuffer {
		return nil, false, false
	}
	start, err := m.content.Peek(int(ahead) + size)
	if len(start) < int(ahead) || err != nil && !errors.Is(err, io.EOF) {
		return nil, false, false
	}
	return start[ahead:], err != nil, true
}

// readCounted gives bytes of a message whose length is told, as they are. Behind them stand an empty line, and the
// separator.
func (m *mbox) readCounted(into []byte) (int, error) {
	if m.left > 0 {
		n, err := m.content.Read(into[:min(int64(len(into)), m.left)])
		m.at, m.left = m.at+int64(n), m.left-int64(n)
		if errors.Is(err, io.EOF) { // somebody made the file shorter meanwhile
			m.ended, m.last = true, true
		}
		return n, err
	}
	m.ended = true
	for {
		start, err := m.content.Peek(1)
		if len(start) == 0 {
			m.last = true
			return 0, err
		}
		isLine := start[0] == '\n' || start[0] == '\r'
		if err := m.skipLine(); err != nil {
			return 0, err
		}
		if !isLine {
			return 0, io.EOF
		}
	}
}
