package mailserver

import (
	"bytes"
	"mime"
	"strings"

	"github.com/emersion/go-message/charset"
)

// field is a header field as it stands in the message, with the end of its last line.
type field struct {
	name string // empty for a line that is no field
	raw  []byte
}

// splitHeader parts a message into its header, with the empty line that ends it, and its body. Without an empty line all
// is header.
func splitHeader(raw []byte) (header, body []byte) {
	for end := 0; end < len(raw); {
		line := nextLine(raw[end:])
		end += len(line)
		if isBlank(line) {
			return raw[:end], raw[end:]
		}
	}
	return raw, nil
}

// fields gives the fields of a header (RFC 5322, section 2.2), each with the lines that continue it.
func fields(header []byte) []field {
	var all []field
	for len(header) > 0 {
		line := nextLine(header)
		header = header[len(line):]
		if isBlank(line) {
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && len(all) > 0 {
			last := &all[len(all)-1]
			last.raw = last.raw[:len(last.raw)+len(line)] // the lines follow each other
			continue
		}
		name, _, isField := bytes.Cut(line, []byte(":"))
		if !isField {
			name = nil
		}
		all = append(all, field{name: strings.TrimSpace(string(name)), raw: line})
	}
	return all
}

// nextLine gives the first line with its end.
func nextLine(text []byte) []byte {
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		return text[:end+1]
	}
	return text
}

func isBlank(line []byte) bool { return len(bytes.TrimRight(line, "\r\n")) == 0 }

// value is what stands after the colon, unfolded.
func (f field) value() string {
	_, value, _ := strings.Cut(string(f.raw), ":")
	return strings.TrimSpace(strings.NewReplacer("\r", "", "\n", "").Replace(value))
}

// text is the value with its encoded words decoded (RFC 2047), as far as they can be.
func (f field) text() string {
	value := f.value()
	decoder := mime.WordDecoder{CharsetReader: charset.Reader}
	if decoded, err := decoder.DecodeHeader(value); err == nil {
		return decoded
	}
	return value
}
