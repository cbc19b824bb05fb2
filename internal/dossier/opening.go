package dossier

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// cutMark stands where words of others are left out.
const cutMark = "(…)"

// opening is what a message says after its letterhead and greeting, up to its closing: its own paragraphs that are more
// than the sender's name, as many as are no longer than enough characters. What is left out behind them is marked.
func opening(text, sender string, enough int) string {
	said := ""
	text = strings.ReplaceAll(text, "\r\n", "\n")
	measure := measureOf(text)
	blocks := strings.Split(text, "\n\n")
	for i, block := range blocks {
		block = inOneLine(block, measure)
		greets := len(block) < 80 && (strings.HasSuffix(block, ",") || strings.HasSuffix(block, ":")) &&
			!strings.Contains(block, ". ")
		switch {
		case strings.HasPrefix(block, ">"), said != "" && isSignature(block, said, blocks[i+1:]), greets && said != "" && strings.HasSuffix(block, ","):
			return said
		case block == "", greets && said == "", strings.Contains(sender, block), len(block) < 12:
			continue
		case said == "" && len(block) > enough:
			return strings.TrimSuffix(cutAtSentence(block, enough), "…") + " " + cutMark
		case len(said)+len(block) > enough:
			return said + " " + cutMark
		}
		said = joinFilled(partMark(said), said, block)
	}
	return said
}

// isSignature reports whether a paragraph is what a message is signed with: short lines at its end, or above what it quotes.
func isSignature(block, said string, further []string) bool {
	const short = 120
	if !strings.Contains(block, lineMark) || strings.Contains(block, cellMark) || len(block) > short ||
		partMark(block) == " " || strings.HasSuffix(said, ":") {
		return false
	}
	next := strings.TrimSpace(strings.Join(further, "\n"))
	return next == "" || strings.HasPrefix(next, ">") || strings.Contains(next, "\n>")
}

// partMark stands between two paragraphs: one that ends without a full stop, as a table does, is told apart.
func partMark(before string) string {
	if strings.ContainsRune(".!?:;…”»)", lastRune(before)) {
		return " "
	}
	return lineMark
}

func lastRune(text string) rune {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last
}

const (
	lineMark = " / " // where a line ended that need not have
	cellMark = " | "
)

// measureOf is how many characters a line of a message may have, as far as its lines tell: no mail program wraps at more
// than the longest, and one that is longer than any program wraps at tells nothing.
func measureOf(text string) int {
	const narrow = 60 // programs that wrap do so beyond
	longest := 0
	for line := range strings.SplitSeq(text, "\n") {
		longest = max(longest, utf8.RuneCountInString(strings.TrimSpace(line)))
	}
	return min(longest, narrow)
}

// inOneLine joins the lines of a paragraph. A mark stands where a line was ended on purpose, as in an address: the next word
// would have had room on it. Marks part the rows and cells of a table, too.
func inOneLine(paragraph string, measure int) string {
	joined, last := "", ""
	for line := range strings.SplitSeq(paragraph, "\n") {
		line = withCells(line)
		if line == "" {
			continue
		}
		word, _, _ := strings.Cut(line, " ")
		isRow := strings.Contains(last, cellMark) || strings.Contains(line, cellMark)
		switch {
		case last == "":
		case isRow, utf8.RuneCountInString(last)+1+utf8.RuneCountInString(word) <= measure:
			joined += lineMark
		default:
			joined += " "
		}
		joined, last = joined+line, line
	}
	return joined
}

var cellGap = regexp.MustCompile(`[ \x{00A0}]{2,}|\t+`)

// withCells is a line with a mark where a wide gap sets a cell of a table apart. Behind a full stop two blanks are a habit.
func withCells(line string) string {
	if !strings.Contains(line, "  ") && !strings.ContainsAny(line, "\t\u00A0") {
		return Unfolded(line) // as most lines are: the expression would take far longer to say so
	}
	joined := ""
	for _, cell := range cellGap.Split(strings.TrimSpace(line), -1) {
		cell = Unfolded(cell)
		switch {
		case cell == "":
		case joined == "":
			joined = cell
		case strings.ContainsAny(joined[len(joined)-1:], ".!?:;,|") || strings.HasPrefix(cell, "|"):
			joined += " " + cell
		default:
			joined += cellMark + cell
		}
	}
	return joined
}
