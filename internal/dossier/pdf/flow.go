package pdf

import (
	"cmp"
	"slices"
	"strings"
)

// block is a text set in one style below another: the pieces a row is made of.
type block struct {
	role   role
	style  style
	lines  []string
	before float64 // space above, millimetres
	// measure is how wide its lines may be: those that are read from right to left end there. 0 is not told.
	measure float64
	indent  float64
	// together is how many lines at least stand before a page's end, and closing behind it; 0 is two.
	together, closing int
	// telling is how many bytes the longest line behind a page's end has at least.
	telling int
	// keeps is the height of what has to stand on the page with its last lines.
	keeps float64
	// sign draws what stands before the first line, given its baseline.
	sign func(baseline float64)
	// item says that the block is an item of a list, with what sign draws as its label.
	item bool
	// band draws what runs beside the lines of a page, given their extent.
	band func(top, bottom float64)
}

func blocksHeight(blocks []block) float64 {
	height := 0.0
	for _, b := range blocks {
		if len(b.lines) > 0 {
			height += b.before + linesHeight(b.style, b.lines)
		}
	}
	return height
}

// flow draws blocks from the cursor down, over as many pages as they take. It leaves no single line behind and carries
// none over alone.
func (d *document) flow(x float64, blocks []block) {
	for _, b := range blocks {
		if len(b.lines) == 0 {
			continue
		}
		d.y += b.before
		sign := b.sign
		for rest := b.lines; len(rest) > 0; {
			fitting := d.fitting(b, rest)
			if fitting == 0 {
				d.addPage()
				d.continuePage()
				rest = withoutBlankStart(rest)
				fitting = cmp.Or(d.fitting(b, rest), max(1, d.within(b.style, rest)))
			}
			top := d.y
			d.y = d.flowLines(b, x, top, rest[:fitting], &sign)
			d.structure.continues = true // what follows on the next page is the same paragraph
			if b.band != nil {
				b.band(top, d.y)
			}
			rest = rest[fitting:]
		}
		d.structure.continues = false
	}
}

// flowLines draws the lines of a block that stand on one page, the first with what stands before it.
func (d *document) flowLines(b block, x, top float64, lines []string, sign *func(baseline float64)) (bottom float64) {
	if *sign == nil {
		return d.linesWithin(b.role, b.style, x+b.indent, top, b.measure, lines)
	}
	before := func() { (*sign)(top + b.style.firstBaseline()) }
	if b.item {
		d.item(before, func() { bottom = d.linesWithin(b.role, b.style, x+b.indent, top, b.measure, lines) })
	} else {
		d.structure.await(before)
		bottom = d.linesWithin(b.role, b.style, x+b.indent, top, b.measure, lines)
		d.structure.attachAwaited()
	}
	*sign = nil
	return bottom
}

// within counts the lines that the rest of the page has room for.
func (d *document) within(s style, lines []string) int {
	height := 0.0
	for count := range lines {
		height += linesHeight(s, lines[count:count+1])
		if height > d.room() {
			return count
		}
	}
	return len(lines)
}

// fitting counts how many lines to set on this page: all, or as many as fit and may be parted from the others; 0 when
// none may.
func (d *document) fitting(b block, lines []string) int {
	count := d.within(b.style, lines)
	if count == len(lines) {
		if linesHeight(b.style, lines)+b.keeps <= d.room() {
			return count
		}
		count--
	}
	for count > 0 && !b.mayPart(lines, count) {
		count--
	}
	return count
}

// mayPart reports whether a page may end behind so many lines: enough stand before and behind, no paragraph leaves its
// first line behind or carries its last over alone, and none that introduces what follows ends there.
func (b block) mayPart(lines []string, count int) bool {
	const least = 2
	if !holds(lines[:count], max(b.together, least)) || !holds(lines[count:], max(b.closing, least)) {
		return false
	}
	if !b.tells(lines[count:]) {
		return false
	}
	if lines[count-1] == "" || lines[count] == "" {
		return !introduces(lines[:count])
	}
	begins := count == 1 || lines[count-2] == ""
	ends := count+1 == len(lines) || lines[count+1] == ""
	return !begins && !ends
}

// tells reports whether enough is said behind a page's end. "On 9 April Ann wrote:", which only ends a text, says nothing.
func (b block) tells(lines []string) bool {
	if b.telling > 0 && introduces(lines) {
		last := len(lines) - 1
		for last > 0 && lines[last] == "" {
			last--
		}
		lines = lines[:last]
	}
	return slices.ContainsFunc(lines, func(line string) bool { return len(line) >= b.telling }) || b.telling == 0
}

// introduces reports whether the last of the lines that say something announces what follows: it ends in a colon, or in
// the comma of "Kind regards,".
func introduces(lines []string) bool {
	for _, line := range slices.Backward(lines) {
		if line != "" {
			return strings.HasSuffix(line, ":") || strings.HasSuffix(line, ",")
		}
	}
	return false
}

// holds reports whether lines has at least so many that are not blank.
func holds(lines []string, least int) bool {
	for _, line := range lines {
		if line != "" {
			least--
		}
		if least <= 0 {
			return true
		}
	}
	return false
}

func withoutBlankStart(lines []string) []string {
	for len(lines) > 1 && lines[0] == "" {
		lines = lines[1:]
	}
	return lines
}

// beginning is the height of the fewest lines with which a block may begin on a page.
func (b block) beginning() float64 {
	for count := 1; count < len(b.lines); count++ {
		if b.mayPart(b.lines, count) {
			return b.before + linesHeight(b.style, b.lines[:count])
		}
	}
	return blocksHeight([]block{b}) + b.keeps
}

// apart leaves a gap above a heading, but at the top of a page and right below the heading of a section.
func (d *document) apart(gap float64) {
	if d.y > pageTop && d.y != d.headed {
		d.y += gap
	}
}

// continuePage draws what stands at the top of a page that continues a table.
func (d *document) continuePage() {
	if d.continued == nil {
		return
	}
	goesOn := d.structure.continues
	d.mark(artifact, d.continued) // it was read at the beginning
	d.structure.continues = goesOn
}

// text of a block, wrapped to width.
func (d *document) block(r role, s style, width float64, text string) block {
	b := block{role: r, style: s, lines: d.wrap(s, width, text)}
	if mostlyToLeft(text) { // a name among other words stays with them
		b.measure = width
	}
	return b
}
