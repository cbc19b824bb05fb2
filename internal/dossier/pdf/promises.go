package pdf

import (
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

// The columns of the promise ledger: number, what and who, made, due, outcome.
const (
	ledgerWhat    = 13.0
	ledgerMade    = 96.0
	ledgerDue     = 117.0
	ledgerOutcome = 138.0
	ledgerText    = ledgerMade - ledgerWhat - 5
)

// promises draws the promise ledger.
func (d *document) promises() {
	d.startSection("dossier.section.promises", 45)
	d.flow(marginLeft, []block{d.block(paragraph, noteStyle, textWidth, d.ledgerAbout())})
	d.y += 4
	d.inside(seal.Table, func() {
		d.inside(seal.TableRow, d.ledgerHead)
		d.continued = d.ledgerHead
		for _, promise := range d.model.Promises {
			d.promise(promise)
		}
		d.continued = nil
	})
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
}

// ledgerAbout says whose words the ledger has, and what the labels mean that it prints and that do not speak for themselves.
func (d *document) ledgerAbout() string {
	about := []string{d.words.Text("dossier.ledger.about")}
	for _, told := range []struct {
		state casefile.PromiseState
		key   string
	}{{casefile.PromiseState(casefile.Broken), "dossier.ledger.broken_is"}, {casefile.Overdue, "dossier.ledger.overdue_is"}} {
		if i := slices.IndexFunc(d.model.Promises, func(p dossier.Promise) bool { return p.State == told.state }); i >= 0 {
			about = append(about, d.words.Text(told.key, i18n.Values{"label": d.model.Promises[i].Outcome}))
		}
	}
	return strings.Join(about, " ")
}

func (d *document) ledgerHead() {
	s := noteStyle.as(sansBold)
	baseline := d.y + s.firstBaseline()
	for _, column := range []struct {
		x   float64
		key string
	}{{0, "dossier.ledger.number"}, {ledgerWhat, "dossier.ledger.what"}, {ledgerMade, "dossier.ledger.made"},
		{ledgerDue, "dossier.ledger.due"}, {ledgerOutcome, "dossier.ledger.outcome"}} {
		d.text(headerCell, s, marginLeft+column.x, baseline, d.words.Text(column.key))
	}
	d.y += s.lineHeight() + 1
	d.horizontal(marginLeft, textRight, d.y, 0.35, ink)
}

func (d *document) promise(promise dossier.Promise) {
	what := d.ledgerWhat(promise)
	outcome := d.ledgerOutcome(promise)
	height := max(blocksHeight(what), blocksHeight(outcome)) + 4.4
	d.keep(height, 45)
	top, page := d.y+2, d.pdf.PageNo()
	if d.y > marginTop+12 {
		d.horizontal(marginLeft, textRight, d.y, 0.12, rule)
	}
	d.anchor(promise.Tag, d.y)
	baseline := top + cellBold.firstBaseline()
	y := top
	row := d.structure.begin(seal.TableRow)
	d.inside(seal.TableCell, func() { d.text(cell, cellBold, marginLeft, baseline, string(promise.Tag)) })
	d.inside(seal.TableCell, func() { d.dateColumn(ledgerMade, top, promise.Made, ledgerDue-ledgerMade-2) })
	d.inside(seal.TableCell, func() { d.dateColumn(ledgerDue, top, promise.Due, ledgerOutcome-ledgerDue-2) })
	d.inside(seal.TableCell, func() {
		d.stateSign(promise.State, marginLeft+ledgerOutcome+1.2, baseline-1)
		for _, b := range outcome {
			y = d.lines(b.role, b.style, marginLeft+ledgerOutcome+b.indent, y+b.before, b.lines)
		}
	})
	d.inside(seal.TableCell, func() { // the second column is drawn last: it may go on overleaf
		d.y = top - 0.4
		d.flow(marginLeft+ledgerWhat, what)
	})
	d.structure.end()
	row.Children = append(row.Children[:1:1], row.Children[4], row.Children[1], row.Children[2], row.Children[3])
	if d.pdf.PageNo() == page {
		d.y = max(d.y, y)
	}
	d.y += 2.2
}

func (d *document) dateColumn(x, top float64, text string, width float64) {
	d.lines(cell, metaStyle.in(ink), marginLeft+x, top+0.3, d.wrap(metaStyle, width, text))
}

// ledgerWhat is the promise, who made it and where, and what is noted about it.
func (d *document) ledgerWhat(promise dossier.Promise) []block {
	s, r := spoken(bodyStyle, promise.Exact, cell)
	blocks := []block{d.block(r, s, ledgerText, d.promised(promise))}
	blocks = append(blocks, d.saidBlocks(promise)...)
	who := d.block(cell, noteStyle, ledgerText, joinNonEmpty(" · ", promise.Who, promise.Amount))
	who.before = 0.4
	blocks = append(blocks, who)
	if promise.Repeats != "" {
		blocks = append(blocks, d.block(cell, noteStyle, ledgerText, promise.Repeats))
	}
	if promise.Note != "" {
		note := d.block(cell, noteStyle.in(slate), ledgerText, promise.Note)
		note.before = 0.4
		blocks = append(blocks, note)
	}
	return append(blocks, d.references(promise)...)
}

// saidBlocks are the words that were noted as said, and on what they rest.
func (d *document) saidBlocks(promise dossier.Promise) []block {
	var blocks []block
	s, r := spoken(noteStyle.sized(8.6).in(ink), true, cell)
	if promise.Said != "" {
		said := d.block(r, s, ledgerText-4, d.quoted(promise.Said))
		said.before, said.indent = 0.6, 4
		said.band = func(top, bottom float64) {
			d.vertical(marginLeft+ledgerWhat+1.2, top+0.4, bottom-0.3, 0.4, shaded)
		}
		blocks = append(blocks, said)
	}
	if promise.Heard != "" {
		heard := d.block(cell, noteStyle, ledgerText-4, promise.Heard)
		heard.indent = 4
		blocks = append(blocks, heard)
	}
	return blocks
}

// references says in a line where a promise was made and what shows how it ended; each tag leads there.
func (d *document) references(promise dossier.Promise) []block {
	type half struct {
		text string
		to   []dossier.Tag
	}
	var halves []half
	add := func(key string, tags ...dossier.Tag) {
		if len(tags) == 0 || tags[0] == "" {
			return
		}
		var names []string
		for _, tag := range tags {
			names = append(names, string(tag))
		}
		halves = append(halves, half{d.words.Text(key, i18n.Values{"tags": d.words.List(names)}), tags})
	}
	add("dossier.promise.made_in", promise.Row)
	add("dossier.promise.shown_by", promise.ShownBy...)
	const separator = " · "
	s := noteStyle.in(navy)
	var texts []string
	for _, h := range halves {
		texts = append(texts, h.text)
	}
	b := d.block(cell, s, ledgerText, joinNonEmpty(separator, texts...))
	b.before = 0.4
	b.sign = func(baseline float64) {
		x := marginLeft + ledgerWhat
		for _, h := range halves {
			for _, tag := range h.to {
				before, _, _ := strings.Cut(h.text, string(tag))
				if left := x + d.width(s, before); left < marginLeft+ledgerMade-5 { // not where the line goes on below
					d.link(left, baseline, d.width(s, string(tag)), s, tag)
				}
			}
			x = min(x+d.width(s, h.text)+d.width(s, separator), marginLeft+ledgerMade-5)
		}
	}
	return []block{b}
}

// ledgerOutcome is how the promise stands: in colour, and beside a sign that says the same.
func (d *document) ledgerOutcome(promise dossier.Promise) []block {
	const indent = 3.6
	width := textWidth - ledgerOutcome - indent
	blocks := []block{d.block(cell, cellBold.in(stateColor(promise.State)), width, promise.Outcome)}
	for _, text := range []string{promise.Ended, promise.Late} {
		if text != "" {
			blocks = append(blocks, d.block(cell, noteStyle, width, text))
		}
	}
	for i := range blocks {
		blocks[i].indent = indent
	}
	return blocks
}
