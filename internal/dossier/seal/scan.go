package seal

import (
	"bytes"
	"strconv"
)

// scanner reads objects from a place on.
type scanner struct {
	data []byte
	at   int
	// reference gives the object of a number; nil for what is not there.
	reference func(number int) *indirect
	// length tells how long a stream is, by what its dictionary says.
	length func(o object) (int, error)
}

// table reads a cross-reference table (section 7.5.4) into places, and the trailer behind it.
func (s *scanner) table(places map[int]int) (trailer dict, err error) {
	if !s.keyword("xref") {
		return nil, broken(s.at, "xref")
	}
	for !s.keyword("trailer") {
		first, ok1 := s.integer()
		count, ok2 := s.integer()
		if !ok1 || !ok2 {
			return nil, broken(s.at, "section of the table")
		}
		for i := range count {
			place, ok1 := s.integer()
			_, ok2 := s.integer()
			if !ok1 || !ok2 {
				return nil, broken(s.at, "row of the table")
			}
			if s.keyword("n") {
				places[first+i] = place
			} else if !s.keyword("f") {
				return nil, broken(s.at, "row of the table")
			}
		}
	}
	o, err := s.object(0)
	if err != nil {
		return nil, err
	}
	trailer, ok := o.(dict)
	if !ok {
		return nil, broken(s.at, "trailer")
	}
	return trailer, nil
}

// numbered reads an object with its number, up to its end or the data of a stream.
func (s *scanner) numbered(number int) (object, error) {
	written, ok1 := s.integer()
	_, ok2 := s.integer()
	if !ok1 || !ok2 || written != number || !s.keyword("obj") {
		return nil, broken(s.at, "object")
	}
	return s.object(0)
}

func isBlank(b byte) bool {
	return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 0
}

func isDelimiter(b byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), b) >= 0 }

func (s *scanner) skip() {
	for s.at < len(s.data) {
		switch {
		case isBlank(s.data[s.at]):
			s.at++
		case s.data[s.at] == '%':
			for s.at < len(s.data) && s.data[s.at] != '\n' && s.data[s.at] != '\r' {
				s.at++
			}
		default:
			return
		}
	}
}

func (s *scanner) peek(what string) bool {
	return bytes.HasPrefix(s.data[min(s.at, len(s.data)):], []byte(what))
}

// take reads what if it comes next.
func (s *scanner) take(what string) bool {
	s.skip()
	if !s.peek(what) {
		return false
	}
	s.at += len(what)
	return true
}

// keyword reads a word if it comes next.
func (s *scanner) keyword(word string) bool {
	before := s.at
	if s.take(word) && (s.at == len(s.data) || isBlank(s.data[s.at]) || isDelimiter(s.data[s.at])) {
		return true
	}
	s.at = before
	return false
}

func (s *scanner) regular() string {
	start := s.at
	for s.at < len(s.data) && !isBlank(s.data[s.at]) && !isDelimiter(s.data[s.at]) {
		s.at++
	}
	return string(s.data[start:s.at])
}

func (s *scanner) integer() (int, bool) {
	s.skip()
	before := s.at
	n, err := strconv.Atoi(s.regular())
	if err != nil || n < 0 {
		s.at = before
		return 0, false
	}
	return n, true
}

// deepest is how far objects may stand in one another.
const deepest = 200

func (s *scanner) object(depth int) (object, error) {
	if depth > deepest {
		return nil, broken(s.at, "nested too deep")
	}
	s.skip()
	switch {
	case s.take("<<"):
		return s.dict(depth)
	case s.take("["):
		var list array
		for !s.take("]") {
			member, err := s.object(depth + 1)
			if err != nil {
				return nil, err
			}
			list = append(list, member)
		}
		return list, nil
	case s.take("("):
		return s.literal()
	case s.take("<"):
		return s.hex()
	case s.peek("/"):
		s.at++
		return name(s.regular()), nil
	}
	return s.numberOrWord()
}

func (s *scanner) dict(depth int) (object, error) {
	d := dict{}
	for !s.take(">>") {
		s.skip()
		if !s.peek("/") {
			return nil, broken(s.at, "key")
		}
		s.at++
		key := name(s.regular())
		value, err := s.object(depth + 1)
		if err != nil {
			return nil, err
		}
		if value != nil {
			d[key] = value
		}
	}
	return d, nil
}

func (s *scanner) numberOrWord() (object, error) {
	start := s.at
	word := s.regular()
	switch word {
	case "null":
		return nil, nil
	case "true", "false":
		return plain(word), nil
	}
	if _, err := strconv.ParseFloat(word, 64); err != nil {
		return nil, broken(start, "object")
	}
	after := s.at
	if number, err := strconv.Atoi(word); err == nil && number > 0 {
		if _, ok := s.integer(); ok && s.keyword("R") {
			if reference := s.reference(number); reference != nil {
				return reference, nil
			}
			return nil, nil
		}
	}
	s.at = after
	return plain(word), nil
}

func (s *scanner) literal() (object, error) {
	out, depth := text{}, 1
	for ; s.at < len(s.data); s.at++ {
		b := s.data[s.at]
		switch {
		case b == '\\' && s.at+1 < len(s.data):
			s.at++
			out = s.escaped(out)
			continue
		case b == '(':
			depth++
		case b == ')':
			if depth--; depth == 0 {
				s.at++
				return out, nil
			}
		case b == '\r': // section 7.3.4.2: an end of line is a line feed
			if s.at+1 < len(s.data) && s.data[s.at+1] == '\n' {
				s.at++
			}
			b = '\n'
		}
		out = append(out, b)
	}
	return nil, broken(s.at, "string without an end")
}

// escaped reads what follows a backslash, up to its last byte.
func (s *scanner) escaped(out text) text {
	b := s.data[s.at]
	if i := bytes.IndexByte([]byte("nrtbf"), b); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case b >= '0' && b <= '7':
		value := 0
		last := min(s.at+3, len(s.data))
		for ; s.at < last && s.data[s.at] >= '0' && s.data[s.at] <= '7'; s.at++ {
			value = value*8 + int(s.data[s.at]-'0')
		}
		s.at--
		return append(out, byte(value))
	case b == '\r':
		if s.at+1 < len(s.data) && s.data[s.at+1] == '\n' {
			s.at++
		}
		return out
	case b == '\n':
		return out
	}
	return append(out, b)
}

func (s *scanner) hex() (object, error) {
	out, half, digits := text{}, byte(0), 0
	for ; s.at < len(s.data); s.at++ {
		b := s.data[s.at]
		if b == '>' {
			s.at++
			if digits%2 == 1 {
				out = append(out, half<<4)
			}
			return out, nil
		}
		if isBlank(b) {
			continue
		}
		value, err := strconv.ParseUint(string(b), 16, 4)
		if err != nil {
			return nil, broken(s.at, "string in hex")
		}
		if digits++; digits%2 == 1 {
			half = byte(value)
		} else {
			out = append(out, half<<4|byte(value))
		}
	}
	return nil, broken(s.at, "string without an end")
}

// streamData reads the data of a stream, behind the keyword; its Length may stand elsewhere.
func (s *scanner) streamData(head dict) ([]byte, error) {
	if s.peek("\r") {
		s.at++
	}
	if s.peek("\n") {
		s.at++
	}
	length, err := s.length(head["Length"])
	if err != nil {
		return nil, err
	}
	end := s.at + length
	if end < s.at || end > len(s.data) {
		return nil, broken(s.at, "length of a stream")
	}
	data := s.data[s.at:end]
	s.at = end
	if !s.keyword("endstream") {
		return nil, broken(s.at, "end of a stream")
	}
	return data, nil
}
