package message

import (
	"bytes"
	"strings"
)

// field is one header field with its value unfolded but not decoded.
type field struct {
	name  string
	value []byte
}

// header is a header section (RFC 5322, section 2.2).
type header struct {
	fields []field
	// malformed is whether something in it was no field.
	malformed bool
}

// get returns the first value of a field, empty when there is none.
func (h header) get(name string) string {
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			return string(f.value)
		}
	}
	return ""
}

// all returns the values of a field.
func (h header) all(name string) []string {
	var values []string
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			values = append(values, string(f.value))
		}
	}
	return values
}

// splitHeader parts an entity into its header section and its body. A line that is no field is passed over, so that it
// hides neither the fields after it nor the body. An entity that has no field at all is all body.
func splitHeader(entity []byte) (header, []byte) {
	var head header
	rest := bytes.TrimPrefix(entity, []byte("\xef\xbb\xbf"))
	var bodyIfNoBlank []byte // from the first line that is no field
	for len(rest) > 0 {
		line, after := cutLine(rest)
		used := len(entity) - len(rest)
		if used > maxHeader || len(head.fields) >= maxFields {
			head.malformed = true
			return head, skipToBlank(rest)
		}
		switch {
		case len(line) == 0:
			return head, after
		case isFold(line) && len(head.fields) > 0:
			head.fields[len(head.fields)-1].fold(line)
		case isFold(line) && len(bytes.TrimSpace(line)) == 0:
			// A line of blanks before any field is as good as an empty one.
			return head, after
		default:
			name, value, ok := parseField(line)
			if ok {
				head.fields = append(head.fields, field{name: name, value: value})
				break
			}
			if used == 0 && isEnvelopeLine(line) {
				break
			}
			if len(head.fields) == 0 && bodyIfNoBlank == nil && !laterField(after) {
				head.malformed = true
				return head, rest
			}
			head.malformed = true
			if bodyIfNoBlank == nil {
				bodyIfNoBlank = rest
			}
		}
		rest = after
	}
	return head, bodyIfNoBlank
}

// fold adds a continuation line (RFC 5322, section 2.2.3).
func (f *field) fold(line []byte) {
	if len(f.value)+len(line) <= maxField {
		f.value = append(append(f.value, ' '), bytes.TrimSpace(line)...)
	}
}

// parseField reads "Name: value". Names are printable ASCII without space (RFC 5322, section 2.2); blanks before the
// colon are the obsolete syntax of section 4.5.
func parseField(line []byte) (name string, value []byte, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 || colon > 200 {
		return "", nil, false
	}
	raw := bytes.TrimRight(line[:colon], " \t")
	if len(raw) == 0 {
		return "", nil, false
	}
	for _, c := range raw {
		if c <= ' ' || c >= 0x7f {
			return "", nil, false
		}
	}
	content := bytes.TrimSpace(line[colon+1:])
	if len(content) > maxField {
		content = content[:maxField]
	}
	return string(raw), bytes.Clone(content), true
}

// isEnvelopeLine is whether a line parts the messages of an mbox; some programs leave it before a single message.
func isEnvelopeLine(line []byte) bool {
	return bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))
}

func isFold(line []byte) bool { return line[0] == ' ' || line[0] == '\t' }

// laterField is whether one of the next few lines, before an empty one, is a field.
func laterField(rest []byte) bool {
	for range 5 {
		var line []byte
		line, rest = cutLine(rest)
		if len(line) == 0 {
			return false
		}
		if _, _, ok := parseField(line); ok {
			return true
		}
	}
	return false
}

// skipToBlank gives what follows the next empty line.
func skipToBlank(rest []byte) []byte {
	for len(rest) > 0 {
		var line []byte
		line, rest = cutLine(rest)
		if len(line) == 0 {
			return rest
		}
	}
	return nil
}

// cutLine cuts off the first line, which ends with LF or CRLF.
func cutLine(text []byte) (line, rest []byte) {
	end := bytes.IndexByte(text, '\n')
	if end < 0 {
		return bytes.TrimSuffix(text, []byte("\r")), nil
	}
	return bytes.TrimSuffix(text[:end], []byte("\r")), text[end+1:]
}
