package dkim

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strings"
)

// Limits of a header section; what goes beyond is no message that a mail server would have signed.
const (
	maxHeader = 1 << 20
	maxFields = 5000
)

// ErrHeaderTooLarge says that a header section is larger than any that is signed.
var ErrHeaderTooLarge = errors.New("the header section is too large to be checked")

// field is a header field as it stands, its line ends as CRLF, without the last one.
type field struct {
	name string
	raw  string
}

func (f field) is(name string) bool { return strings.EqualFold(f.name, name) }

// value is what stands behind the colon.
func (f field) value() string {
	_, value, _ := strings.Cut(f.raw, ":")
	return value
}

// withoutSignature is a DKIM-Signature field with nothing as the value of b=.
func (f field) withoutSignature() field {
	head, value, _ := strings.Cut(f.raw, ":")
	parts := strings.Split(value, ";")
	for i, part := range parts {
		if name, _, is := strings.Cut(part, "="); is && strings.TrimSpace(name) == "b" {
			parts[i] = name + "="
		}
	}
	return field{f.name, head + ":" + strings.Join(parts, ";")}
}

// readFields reads a header section and the empty line behind it. Lines that end with LF alone count as if they ended
// with CRLF: files often keep them so, and what was signed had CRLF (RFC 6376, section 5.3).
func readFields(from *bufio.Reader) ([]field, error) {
	var fields []field
	size := 0
	for {
		line, err := from.ReadString('\n')
		isLast := errors.Is(err, io.EOF) // a message without a text
		if err != nil && !isLast {
			return nil, err
		}
		if size += len(line); size > maxHeader || len(fields) > maxFields {
			return nil, ErrHeaderTooLarge
		}
		text := strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if text == "" {
			return fields, nil
		}
		if (text[0] == ' ' || text[0] == '\t') && len(fields) > 0 {
			fields[len(fields)-1].raw += "\r\n" + text
		} else {
			name, _, _ := strings.Cut(text, ":")
			fields = append(fields, field{strings.TrimRight(name, " \t"), text})
		}
		if isLast {
			return fields, nil
		}
	}
}

// singular are the fields that may stand once (RFC 5322, section 3.6) and that a reader looks at.
var singular = []string{"from", "to", "subject", "date", "reply-to", "sender"}

// added are those that stand more often than a signature covers.
func added(fields []field, signed []string) (names []string) {
	for _, name := range singular {
		stand, covered := 0, 0
		for _, f := range fields {
			if f.is(name) {
				stand++
			}
		}
		for _, s := range signed {
			if s == name {
				covered++
			}
		}
		if stand > 1 && covered > 0 && stand > covered {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
