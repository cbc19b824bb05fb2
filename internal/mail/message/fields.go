package message

import (
	"io"
	"strings"
)

// Field is one field of a header section.
type Field struct {
	Name string `json:"name"`
	// Value is unfolded; nothing in it is decoded. It is valid UTF-8.
	Value string `json:"value"`
}

// Fields reads the header section of a message, as tolerant as [Read], and nothing behind it. What can't be read of the
// source is left out.
func Fields(raw io.Reader) []Field {
	content, _ := io.ReadAll(io.LimitReader(raw, maxHeader))
	head, _ := splitHeader(content)
	fields := make([]Field, len(head.fields))
	for i, one := range head.fields {
		fields[i] = Field{one.name, strings.ToValidUTF8(string(one.value), "\uFFFD")}
	}
	return fields
}

// ParseDate reads a date as mail has them (RFC 5322, sections 3.3 and 4.3, and what else is found in the wild) and gives
// it as RFC 3339 with the writer's offset.
func ParseDate(value string) (date string, ok bool) { return parseDate(value) }
