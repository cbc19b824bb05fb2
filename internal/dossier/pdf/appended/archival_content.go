package appended

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// operators are all that a page may use (ISO 32000-1, annex A).
var operators = func() map[string]bool {
	known := map[string]bool{}
	for _, operator := range strings.Fields(`b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID
		j J K k l m M MP n q Q re RG rg ri s S sc SC scn SCN sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`) {
		known[operator] = true
	}
	return known
}()

// deepestState is how often a page may save its state: the rule says 28, and it is drawn within others.
const deepestState = 24

// content holds a content stream to the rules, and notes which characters of which fonts it shows.
func (a *archivist) content(content []byte, resources types.Dict, depth int) {
	if depth > maxDepth {
		a.breaks("6.1.13", "forms within forms")
		return
	}
	fonts, _ := a.get(resources["Font"]).(types.Dict)
	saved := 0
	var current *shownFont
	var before []*shownFont
	s := contentScanner{data: content}
	for a.broken == "" {
		operator, operands, ok := s.next()
		if !ok {
			break
		}
		switch operator {
		case "q":
			saved++
			before = append(before, current)
		case "Q":
			if saved--; saved >= 0 {
				current, before = before[len(before)-1], before[:len(before)-1]
			}
		case "k", "K":
			a.breaks("6.2.4.3", "colours of a printing press")
		case "BDC", "DP":
			if len(operands) > 0 && operands[0].is(nameOperand, "OC") {
				a.breaks("6.9", "layers that can be switched off")
			}
		case "ID":
			a.inlineImage(operands)
		case "cs", "CS":
			if len(operands) > 0 && operands[0].is(nameOperand, "DeviceCMYK") {
				a.breaks("6.2.4.3", "colours of a printing press")
			}
		case "Tf":
			if len(operands) > 0 {
				current = a.chosen(fonts, operands[0].text)
			}
		case "Tj", "TJ", "'", `"`:
			a.show(current, operands)
		}
		switch {
		case !operators[operator]:
			a.breaks("6.2.2", "the unknown operator %.20q", operator)
		case saved > deepestState:
			a.breaks("6.1.13", "a state saved too often")
		case saved < 0:
			a.breaks("ISO 32000-1, 8.4.2", "a state restored that was not saved")
		}
	}
	if s.broken || saved != 0 {
		a.breaks("6.2.2", "content that does not end well")
	}
}

func (a *archivist) show(current *shownFont, operands []operand) {
	if current == nil {
		a.breaks("6.2.11", "text without a font")
		return
	}
	for _, o := range operands {
		if o.kind == stringOperand {
			a.size(len(o.text))
			current.texts = append(current.texts, o.text)
		}
	}
}

func (a *archivist) inlineImage(operands []operand) {
	for at, o := range operands {
		switch {
		case o.is(nameOperand, "LZW"), o.is(nameOperand, "LZWDecode"), o.is(nameOperand, "Crypt"):
			a.breaks("6.1.10", "a picture with the filter %s", o.text)
		case o.is(nameOperand, "CMYK"), o.is(nameOperand, "DeviceCMYK"):
			a.breaks("6.2.4.3", "colours of a printing press")
		case (o.is(nameOperand, "I") || o.is(nameOperand, "Interpolate")) && at+1 < len(operands) && operands[at+1].is(wordOperand, "true"):
			a.breaks("6.2.8", "a picture that is to be smoothed")
		}
	}
}

// operand is what an operator is given. The members of arrays and dictionaries stand in a row.
type operand struct {
	kind operandKind
	text string
}

type operandKind int

const (
	wordOperand operandKind = iota // number, boolean, null
	nameOperand
	stringOperand
)

func (o operand) is(kind operandKind, text string) bool { return o.kind == kind && o.text == text }

// contentScanner reads a content stream (section 7.8.2).
type contentScanner struct {
	data   []byte
	at     int
	broken bool
}

const (
	blanks     = "\x00\t\n\f\r "
	delimiters = "()<>[]{}/%"
)

// next gives an operator with its operands; false at the end, and where it can't be read.
func (s *contentScanner) next() (operator string, operands []operand, ok bool) {
	for {
		s.skip()
		if s.at >= len(s.data) {
			s.broken = s.broken || len(operands) > 0
			return "", nil, false
		}
		switch b := s.data[s.at]; {
		case b == '/':
			s.at++
			operands = append(operands, operand{nameOperand, s.regular()})
		case b == '(':
			operands = append(operands, operand{stringOperand, s.literal()})
		case bytes.HasPrefix(s.data[s.at:], []byte("<<")):
			s.at += 2
		case b == '<':
			operands = append(operands, operand{stringOperand, s.hex()})
		case strings.IndexByte(">[]", b) >= 0:
			s.at++
		case strings.IndexByte(delimiters, b) >= 0:
			s.broken = true
			return "", nil, false
		default:
			word := s.regular()
			if _, err := strconv.ParseFloat(word, 64); err == nil || word == "true" || word == "false" || word == "null" {
				operands = append(operands, operand{wordOperand, word})
				continue
			}
			if word == "ID" {
				s.skipPicture()
			}
			return word, operands, !s.broken
		}
		if s.broken {
			return "", nil, false
		}
	}
}

func (s *contentScanner) skip() {
	for s.at < len(s.data) {
		switch b := s.data[s.at]; {
		case strings.IndexByte(blanks, b) >= 0:
			s.at++
		case b == '%':
			for s.at < len(s.data) && s.data[s.at] != '\n' && s.data[s.at] != '\r' {
				s.at++
			}
		default:
			return
		}
	}
}

func (s *contentScanner) regular() string {
	start := s.at
	for s.at < len(s.data) && strings.IndexByte(blanks+delimiters, s.data[s.at]) < 0 {
		s.at++
	}
	return string(s.data[start:s.at])
}

func (s *contentScanner) literal() string {
	var out []byte
	depth := 0
	for ; s.at < len(s.data); s.at++ {
		switch b := s.data[s.at]; b {
		case '(':
			if depth++; depth > 1 {
				out = append(out, b)
			}
		case ')':
			if depth--; depth == 0 {
				s.at++
				return string(out)
			}
			out = append(out, b)
		case '\\':
			out = s.escaped(out)
		default:
			out = append(out, b)
		}
	}
	s.broken = true
	return ""
}

// escaped reads what follows a backslash, up to its last byte (section 7.3.4.2).
func (s *contentScanner) escaped(out []byte) []byte {
	s.at++
	if s.at >= len(s.data) {
		return out
	}
	b := s.data[s.at]
	if i := strings.IndexByte("nrtbf", b); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case b >= '0' && b <= '7':
		end := s.at + 1
		for end < len(s.data) && end < s.at+3 && s.data[end] >= '0' && s.data[end] <= '7' {
			end++
		}
		value, _ := strconv.ParseUint(string(s.data[s.at:end]), 8, 16) // at most three digits
		s.at = end - 1
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

func (s *contentScanner) hex() string {
	end := bytes.IndexByte(s.data[s.at:], '>')
	if end < 0 {
		s.broken = true
		return ""
	}
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(blanks, r) {
			return -1
		}
		return r
	}, string(s.data[s.at+1:s.at+end]))
	s.at += end + 1
	if len(digits)%2 == 1 {
		digits += "0"
	}
	text, err := hex.DecodeString(digits)
	s.broken = s.broken || err != nil
	return string(text)
}

// skipPicture goes behind the data of a picture that stands in the content (section 8.9.7).
func (s *contentScanner) skipPicture() {
	for from := s.at; ; {
		end := bytes.Index(s.data[from:], []byte("EI"))
		if end < 0 {
			s.broken = true
			return
		}
		at := from + end
		from = at + 2
		if strings.IndexByte(blanks, s.data[at-1]) >= 0 && (from == len(s.data) || strings.IndexByte(blanks, s.data[from]) >= 0) && isText(s.data[from:]) {
			s.at = at
			return
		}
	}
}

// isText reports whether operators may follow, and no data of a picture.
func isText(data []byte) bool {
	for _, b := range data[:min(len(data), 12)] {
		if (b < ' ' || b > '~') && strings.IndexByte(blanks, b) < 0 {
			return false
		}
	}
	return true
}
