package redaction

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as it is compared: small letters without accents (NFKD, marks dropped), and what nobody sees left out.
// Each of its runes knows the bytes of the text that it stands for.
type folded struct {
	runes      []rune
	start, end []int
	capital    []bool
}

// letters are those that do not come apart into a plain letter and a mark.
var letters = map[rune]string{'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ð': "d", 'þ': "th"}

func fold(text string) folded {
	f := folded{
		runes: make([]rune, 0, len(text)), start: make([]int, 0, len(text)), end: make([]int, 0, len(text)),
		capital: make([]bool, 0, len(text)),
	}
	for at := 0; at < len(text); {
		if c := text[at]; c < utf8.RuneSelf && (at+1 == len(text) || text[at+1] < utf8.RuneSelf) {
			f.add(rune(c), at, at+1)
			at++
			continue
		}
		size := norm.NFKD.NextBoundaryInString(text[at:], true)
		if size <= 0 {
			size = len(text) - at
		}
		before := len(f.runes)
		for _, r := range norm.NFKD.String(text[at : at+size]) {
			f.add(r, at, at+size)
		}
		if len(f.runes) == before && before > 0 {
			f.end[before-1] = at + size // a mark belongs to what stands before it
		}
		at += size
	}
	return f
}

func (f *folded) add(r rune, start, end int) {
	switch {
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return
	case r < utf8.RuneSelf:
	case unicode.IsDigit(r):
		r = digit(r)
	}
	small := unicode.ToLower(r)
	if plain, ok := letters[small]; ok {
		for _, one := range plain {
			f.append(one, start, end, small != r)
		}
		return
	}
	f.append(small, start, end, small != r)
}

func (f *folded) append(r rune, start, end int, capital bool) {
	f.runes, f.start, f.end, f.capital = append(f.runes, r), append(f.start, start), append(f.end, end), append(f.capital, capital)
}

// digit is the ASCII digit of any script's decimal digit: they stand in runs of ten (Unicode, section 4.6).
func digit(r rune) rune {
	zero := r
	for zero > 0 && unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return '0' + r - zero
}

// class tells letters, digits and all else apart: a match never starts or ends within a run of one class.
func class(r rune) int {
	switch {
	case '0' <= r && r <= '9':
		return digits
	case unicode.IsLetter(r):
		return word
	}
	return between
}

const (
	between = iota
	word
	digits
)

// tokens are the runs of letters and of digits of a text, folded.
func tokens(text string) []string {
	f := fold(text)
	var found []string
	for i := 0; i < len(f.runes); {
		kind, end := class(f.runes[i]), i+1
		for end < len(f.runes) && class(f.runes[end]) == kind {
			end++
		}
		if kind != between {
			found = append(found, string(f.runes[i:end]))
		}
		i = end
	}
	return found
}

// squeezed is all letters and digits of a text, folded.
func squeezed(text string) string { return strings.Join(tokens(text), "") }
