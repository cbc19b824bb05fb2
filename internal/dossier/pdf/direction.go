package pdf

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
)

// directed is a part of a line that is read in one direction, from left to right where level is even (Unicode Standard
// Annex 9).
type directed struct {
	run
	level int
}

// startsToLeft reports whether the first letter of a text is read from right to left.
func startsToLeft(text []rune) bool {
	for _, r := range text {
		switch {
		case r == rightToLeftMark || unicode.IsLetter(r) && readsToLeft(r):
			return true
		case unicode.IsLetter(r) || r == leftToRightMark:
			return false
		}
	}
	return false
}

// mostlyToLeft reports whether more letters of a text are read from right to left than from left to right.
func mostlyToLeft(text string) bool {
	if isPlain(text) {
		return false
	}
	balance := 0
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
		case readsToLeft(r):
			balance++
		default:
			balance--
		}
	}
	return balance > 0
}

// toRight has lines of a sentence of the dossier's own read from left to right, though a name of another script begins them.
func toRight(lines []string) []string {
	for i, line := range lines {
		if startsToLeft([]rune(line)) {
			lines[i] = string(leftToRightMark) + line
		}
	}
	return lines
}

// readsToLeft reports whether a character belongs to a script that is read from right to left.
func readsToLeft(r rune) bool { return r >= 0x0590 && unicode.In(r, unicode.Arabic, unicode.Hebrew) }

// inSight cuts a line into runs and puts them in the order in which they stand on paper, from the left.
func (f *fonts) inSight(wanted face, line []rune) []directed {
	var parts []directed
	for _, stretch := range f.levels(line) {
		if first := line[0]; stretch.Start == 0 && (first == leftToRightMark || first == rightToLeftMark) {
			stretch.Start++ // it said how to read the line; typefaces draw a sign for it
		}
		for _, r := range f.runs(wanted, line[stretch.Start:stretch.End]) {
			parts = append(parts, directed{r, int(stretch.Level)})
		}
	}
	highest := 0
	for _, part := range parts {
		highest = max(highest, part.level)
	}
	for level := highest; level > 0; level-- { // rule L2
		for start := 0; start < len(parts); start++ {
			end := start
			for end < len(parts) && parts[end].level >= level {
				end++
			}
			slices.Reverse(parts[start:end])
			start = max(start, end-1)
		}
	}
	return parts
}

// levels are the stretches of a line by the direction in which they are read.
func (f *fonts) levels(line []rune) []bidi.Run {
	if !slices.ContainsFunc(line, readsToLeft) {
		return []bidi.Run{{End: len(line)}}
	}
	base := bidi.LeftToRight
	if startsToLeft(line) {
		base = bidi.RightToLeft
	}
	runs := f.order.Segment(line, base)
	var stretches []bidi.Run
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		// A number within a text that is read to the left belongs to it, what follows the number does not.
		if end := run.Start + leadingNumber(line[run.Start:run.End]); base == bidi.LeftToRight && i > 0 && run.IsLeftToRight() && end > run.Start {
			stretches = append(stretches, bidi.Run{Start: run.Start, End: end, Level: 2})
			run.Start = end
		}
		if run.IsLeftToRight() && base == bidi.LeftToRight {
			run.Level = 0
		}
		if run.Start < run.End {
			stretches = append(stretches, run)
		}
	}
	return stretches
}

// leadingNumber counts the characters up to the last digit before the first letter.
func leadingNumber(text []rune) int {
	length := 0
	for i, r := range text {
		switch {
		case unicode.IsLetter(r):
			return length
		case unicode.IsDigit(r):
			length = i + 1
		}
	}
	return length
}

// showToLeft draws plain text among what is read from right to left: the last character first, brackets mirrored.
func (d *document) showToLeft(s style, x, y float64, r run) int {
	total := 0
	for _, char := range slices.Backward(r.text) {
		one := run{face: r.face, text: []rune{char}}
		drawn, isMirrored := mirrored[char]
		if isMirrored {
			one.text = []rune{drawn}
			d.op("/Span <</ActualText <FEFF" + hexUTF16(string(char)) + ">>> BDC")
		}
		total += d.showRun(s, x+float64(total)/unitsPerEm*s.size*point, y, one)
		if isMirrored {
			d.op("EMC")
		}
	}
	return total
}

// mirrored are the signs that change sides with the direction of reading (rule L4).
var mirrored = map[rune]rune{
	'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«', '‹': '›', '›': '‹',
}

func directionOf(level int) di.Direction {
	if level%2 == 1 {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}
