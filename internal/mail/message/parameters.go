package message

import (
	"sort"
	"strconv"
	"strings"
)

// contentType is the value of Content-Type or Content-Disposition: a token and its parameters (RFC 2045, section 5.1;
// RFC 2183).
type contentType struct {
	value      string // lower case
	parameters map[string]string
}

// maxParameters bounds the parameters of one field.
const maxParameters = 100

// parseContentType reads a value and its parameters, continued and encoded ones (RFC 2231) put together and decoded.
func parseContentType(field string) contentType {
	pieces := splitOutsideQuotes(field)
	parsed := contentType{
		value:      strings.ToLower(strings.TrimSpace(pieces[0])),
		parameters: map[string]string{},
	}
	var continued []segment
	for _, piece := range pieces[1:min(len(pieces), maxParameters)] {
		name, value, found := strings.Cut(piece, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !found || name == "" {
			continue
		}
		if s, is := parseSegment(name, unquote(value)); is {
			continued = append(continued, s)
			continue
		}
		if _, twice := parsed.parameters[name]; !twice {
			parsed.parameters[name] = decodeWords(unquote(value))
		}
	}
	for name, value := range joinSegments(continued) {
		parsed.parameters[name] = value
	}
	return parsed
}

// segment is one piece of a parameter by RFC 2231: name*, name*0, name*0*.
type segment struct {
	name    string
	number  int
	encoded bool
	value   string
}

func parseSegment(name, value string) (segment, bool) {
	base, rest, found := strings.Cut(name, "*")
	if !found {
		return segment{}, false
	}
	s := segment{name: base, value: value}
	if rest == "" {
		s.encoded = true
		return s, true
	}
	digits, star := strings.CutSuffix(rest, "*")
	number, err := strconv.Atoi(digits)
	if err != nil || number < 0 {
		return segment{}, false
	}
	s.number, s.encoded = number, star
	return s, true
}

// joinSegments puts the pieces of each parameter together, in the order of their numbers, and decodes them.
func joinSegments(segments []segment) map[string]string {
	sort.SliceStable(segments, func(i, j int) bool { return segments[i].number < segments[j].number })
	charsets := map[string]string{}
	content := map[string][]byte{}
	for _, s := range segments {
		value := s.value
		if s.encoded {
			if _, begun := content[s.name]; !begun {
				if parts := strings.SplitN(value, "'", 3); len(parts) == 3 {
					charsets[s.name], value = parts[0], parts[2]
				}
			}
			value = unpercent(value)
		}
		content[s.name] = append(content[s.name], value...)
	}
	values := map[string]string{}
	for name, raw := range content {
		text, _ := fromCharset(charsets[name], raw)
		values[name] = text
	}
	return values
}

// unpercent decodes %XX; what is no code stays.
func unpercent(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]) {
			out.WriteByte(unhex(text[i+1])<<4 | unhex(text[i+2]))
			i += 2
			continue
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

// splitOutsideQuotes cuts at semicolons that stand outside of quotes. It gives at least one piece.
func splitOutsideQuotes(text string) []string {
	var pieces []string
	quoted, escaped := false, false
	start := 0
	for i := range len(text) {
		switch {
		case escaped:
			escaped = false
		case text[i] == '\\' && quoted:
			escaped = true
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ';' && !quoted:
			pieces = append(pieces, text[start:i])
			start = i + 1
		}
	}
	return append(pieces, text[start:])
}

// unquote takes the quotes off a parameter's value. A backslash escapes only what needs it, so that the Windows path
// that a careless program put in quotes keeps its backslashes.
func unquote(value string) string {
	value = strings.TrimSpace(value)
	if !strings.HasPrefix(value, `"`) {
		return value
	}
	var out strings.Builder
	for i := 1; i < len(value); i++ {
		c := value[i]
		if c == '"' {
			break
		}
		if c == '\\' && i+1 < len(value) && (value[i+1] == '"' || value[i+1] == '\\') {
			i++
			c = value[i]
		}
		out.WriteByte(c)
	}
	return out.String()
}
