package library

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// leastPart is the shortest part that a number is found by, in characters.
	leastPart = 3
	// longestNumber is how much of a number is found by its parts, in characters.
	longestNumber = 32
)

// partsOf writes numbers as words from each of their characters on: what begins such a word is a part of the number.
// What stands between letters and digits is left out, as people who read a number out do. Without a digit it is no
// number, and found by its words alone.
func partsOf(numbers []string) string {
	var parts []string
	for _, number := range numbers {
		squeezed := squeeze(number)
		if !strings.ContainsFunc(squeezed, unicode.IsDigit) {
			continue
		}
		for utf8.RuneCountInString(squeezed) >= leastPart {
			parts = append(parts, squeezed)
			_, size := utf8.DecodeRuneInString(squeezed)
			squeezed = squeezed[size:]
		}
	}
	return strings.Join(parts, " ")
}

// squeeze keeps letters and digits only, as many as a number can have.
func squeeze(number string) string {
	kept := make([]rune, 0, longestNumber)
	for _, r := range number {
		if len(kept) == longestNumber {
			break
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			kept = append(kept, r)
		}
	}
	return string(kept)
}
