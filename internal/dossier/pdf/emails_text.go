package pdf

import (
	"regexp"
	"strings"
)

// stretch is a run of lines of a message that are set alike.
type stretch struct {
	depth   int  // how deep it is quoted
	tabular bool // columns made with blanks
}

// emailBody cuts a message into its own text, the quoted stretches of a thread (lines that start with ">", RFC 3676,
// section 4.5), which are set back beside a rule, and tables made with blanks.
func (d *document) emailBody(text string) []block {
	var blocks []block
	var pending []string
	var current stretch
	flush := func() {
		if b := d.emailStretch(strings.Join(pending, "\n"), current, len(blocks) > 0); len(b.lines) > 0 {
			blocks = append(blocks, b)
		}
		pending = pending[:0]
	}
	lines := inColumns(strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n"))
	for i, line := range lines {
		depth, rest := quoteDepth(line)
		next := stretch{depth, isTabular(rest) || isBesideTable(lines, i)}
		if next != current {
			flush()
			current = next
		}
		pending = append(pending, rest)
	}
	flush()
	for i := 1; i < len(blocks); i++ { // "Ann wrote:" stands above the first lines of what she wrote
		if introduces(blocks[i-1].lines) {
			blocks[i-1].keeps = blocks[i].beginning()
		}
	}
	return blocks
}

// maxQuoteDepth bounds how far quotes are set back; deeper ones stay there.
const maxQuoteDepth = 5

func quoteDepth(line string) (depth int, rest string) {
	rest = line
	for strings.HasPrefix(rest, ">") {
		depth++
		rest = strings.TrimPrefix(rest[1:], " ")
	}
	return min(depth, maxQuoteDepth), rest
}

// isTabular reports whether a line sets columns apart with blanks: a wide gap between words, or two gaps.
func isTabular(line string) bool {
	line = strings.TrimSpace(strings.ReplaceAll(line, "\u00A0", " "))
	return strings.Contains(line, "\t") || strings.Contains(line, "    ") || hasGaps(line, 2)
}

// isBesideTable reports whether a line with one gap goes on or begins a table whose next row has wider ones.
func isBesideTable(lines []string, i int) bool {
	if !hasGaps(lines[i], 1) {
		return false
	}
	return i > 0 && isTabular(lines[i-1]) || i+1 < len(lines) && isTabular(lines[i+1])
}

var gaps = regexp.MustCompile(`\S {2,}`)

// hasGaps reports whether a line has so many gaps. Most have none, which two blanks tell far sooner than the expression.
func hasGaps(line string, count int) bool {
	return strings.Contains(line, "  ") && len(gaps.FindAllString(line, count)) == count
}

// A message begins with more than its greeting, and carries more than a signature over to the next page.
const (
	emailLinesTogether = 3
	emailLinesClosing  = 3
	emailLineTelling   = 45 // bytes; names and greetings are shorter
)

func (d *document) emailStretch(text string, kind stretch, further bool) block {
	indent := 4 * float64(kind.depth)
	s, r := bodyStyle, paragraph
	if kind.depth > 0 {
		s, r = bodyStyle.sized(8.8).in(slate), quotation
	}
	if kind.tabular {
		s = style{mono, 7.6, 11, s.color, 0}
	}
	b := d.block(r, s, emailMeasure-indent, text)
	b.indent, b.together, b.closing, b.telling = indent, emailLinesTogether, emailLinesClosing, emailLineTelling
	if further {
		b.before = 2.2
	}
	if kind.depth > 0 {
		b.band = func(top, bottom float64) {
			for level := range kind.depth {
				d.vertical(emailLeft+4*float64(level)+1.4, top+0.5, bottom-0.3, 0.35, shaded)
			}
		}
	}
	return b
}
