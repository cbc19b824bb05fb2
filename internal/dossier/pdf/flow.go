package pdf

// block is a text set in one style below another: the pieces a row is made of.
type block struct {
	role   role
	style  style
	lines  []string
	before float64 // space above, millimetres
	// measure is how wide its lines may be: those that are read from right to left end there. 0 is not told.
	measure float64
	indent  float64
	// together is how many lines at least stand on each side of a page's end; 0 is two.
	together int
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
			fitting := d.fitting(b.style, rest, b.together)
			if fitting == 0 {
				d.addPage()
				d.continuePage()
				fitting = max(1, d.fitting(b.style, rest, b.together))
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

// fitting counts how many lines to set on this page: all that fit, but some at least here and on the next.
func (d *document) fitting(s style, lines []string, together int) int {
	together = max(together, 2)
	count := 0
	for height := 0.0; count < len(lines); count++ {
		height += linesHeight(s, lines[count:count+1])
		if height > d.room() {
			break
		}
	}
	if left := len(lines) - count; left > 0 && left < together {
		count -= together - left
	}
	if count < min(together, len(lines)) {
		return 0
	}
	return count
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
