package pdf

import (
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// The columns of a row: when and how, what, who.
const (
	metaColumn  = 28.0
	whatColumn  = 108.0
	asideColumn = textWidth - metaColumn - whatColumn - 4
	whatLeft    = marginLeft + metaColumn
)

// chronology draws the contacts over time, then row by row under their months.
func (d *document) chronology() {
	rows := d.model.Chronology
	if len(rows) == 0 {
		d.startSection("dossier.section.chronology", 30)
		d.emptySection("dossier.chronology.empty")
		d.endingRow("")
		return
	}
	const someRows, firstRow = 55.0, 25.0
	drawn := d.swimlaneHeight(rows)
	d.startSection("dossier.section.chronology", d.wanted(min(150, drawn+someRows), drawn+firstRow))
	d.swimlane(rows)
	month, ended := "", d.model.Ending == nil
	for _, row := range rows {
		if !ended && !d.model.Ending.At.IsZero() && !row.At.Before(d.model.Ending.At) {
			month, ended = d.endingRow(month), true
		}
		blocks := d.rowBlocks(row)
		aside := d.asideBlocks(row)
		height := max(blocksHeight(blocks), blocksHeight(aside), 5.4+noteStyle.height(len(d.rowNames(row))))
		if row.Month != month {
			d.keepRow(height+12, 48)
			d.monthHeading(row.Month, month != "")
			month = row.Month
		} else {
			d.keepRow(height+3, 36)
		}
		d.row(row, blocks, aside)
	}
	if !ended {
		d.endingRow(month)
	}
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
}

// keep starts a new page unless height fits, or so much is left that a part looks well.
func (d *document) keep(height, part float64) {
	const divisible = 45.0 // lower things look better whole on the next page
	if height <= d.room() || height > divisible && d.room() >= part {
		return
	}
	d.addPage()
	d.continuePage()
}

// keepRow is keep for a row, of which no two lines of small print go on overleaf.
func (d *document) keepRow(height, part float64) {
	const (
		stub  = 10.0
		whole = 80.0 // a higher row would leave too much of a page white
	)
	if over := height - d.room(); over > 0 && over < stub && height < whole {
		part = height
	}
	d.keep(height, part)
}

func (d *document) monthHeading(month string, further bool) {
	if further && d.y > pageTop+1 {
		d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
		d.y += 5
	}
	d.bookmarkAt(month, 1)
	d.y = d.lines(heading2, heading2Style, marginLeft, d.y, []string{month}) + 1
	d.horizontal(marginLeft, textRight, d.y, 0.35, ink)
}

func (d *document) row(row dossier.Row, blocks, aside []block) {
	if len(d.pages) > 0 && d.y > pageTop+1 {
		d.horizontal(marginLeft, textRight, d.y, 0.12, rule)
	}
	top := d.y + 1.8
	page := d.pdf.PageNo()
	if !row.Message || !d.model.Has(dossier.EmailsSection) { // else it is the email itself that its tag leads to
		d.anchor(row.Tag, d.y)
	}
	baseline := top + metaBold.firstBaseline()
	d.item(func() { d.rowLabel(row, baseline) }, func() {
		d.y = top - 0.6
		d.asideColumn(row, aside, top)
		d.flowOf(row.Date, row.Tag, blocks)
	})
	if d.pdf.PageNo() == page {
		d.y = max(d.y, top+blocksHeight(aside), baseline+1.8+noteStyle.height(len(d.rowNames(row))))
	}
	d.y += 2
}

// flowOf draws what is told of a day. Where it goes on overleaf, it stands there under that day and the tag again.
func (d *document) flowOf(date string, tag dossier.Tag, blocks []block) {
	d.continued = func() {
		baseline := d.y + metaStyle.firstBaseline()
		d.text(cell, metaStyle, marginLeft, baseline, date)
		if tag != "" {
			goesOn := d.words.Text("dossier.chronology.goes_on", i18n.Values{"row": string(tag)})
			d.text(cell, noteStyle, marginLeft, baseline+4, d.fit(noteStyle, metaColumn-1, goesOn))
		}
	}
	d.flow(whatLeft, blocks)
	d.continued = nil
}

// rowLabel says when it was, its tag and its channel.
func (d *document) rowLabel(row dossier.Row, baseline float64) {
	d.text(cell, metaBold, marginLeft, baseline, row.Date)
	if row.Clock != "" {
		d.text(cell, metaStyle, marginLeft+d.width(metaBold, d.prepare(row.Date))+1.6, baseline, row.Clock)
	}
	d.channelSign(row.Channel, marginLeft+1, baseline+3.25, navy)
	for i, line := range d.rowNames(row) {
		d.text(cell, noteStyle, marginLeft+rowSign, baseline+4+noteStyle.height(i), line)
	}
}

const rowSign = 3.4 // the room for the sign of a channel before a row's tag

// rowNames are a row's tag and channel: in one line where they fit, else in two.
func (d *document) rowNames(row dossier.Row) []string {
	const width = metaColumn - rowSign - 1.6
	if line := string(row.Tag) + " · " + row.ChannelName; d.width(noteStyle, d.prepare(line)) <= width {
		return []string{line}
	}
	return []string{string(row.Tag), d.fit(noteStyle, width, row.ChannelName)}
}

// rowBlocks are the middle column: what happened, what was said, what was promised, on what it rests.
func (d *document) rowBlocks(row dossier.Row) []block {
	text := d.block(cell, bodyStyle, whatColumn, row.Text)
	if row.Message {
		text = d.block(cell, quoteStyle, whatColumn, d.quoted(row.Text))
	}
	blocks := []block{text}
	if row.Verbatim != "" {
		quote := d.block(quotation, quoteStyle, whatColumn-4, d.quoted(row.Verbatim))
		quote.before, quote.indent = 0.8, 4
		quote.band = func(top, bottom float64) { d.vertical(whatLeft+1.2, top+0.6, bottom-0.4, 0.4, shaded) }
		blocks = append(blocks, quote)
	}
	for _, tag := range row.Promises {
		blocks = append(blocks, d.promiseBlock(tag))
	}
	if row.Helped {
		blocks = append(blocks, d.serviceBlock(true, d.words.Text("term.failure.helped")))
	}
	if len(row.Failures) > 0 {
		blocks = append(blocks, d.serviceBlock(false, strings.Join(row.Failures, " · ")))
	}
	var foot []string
	for _, part := range append(append([]string{}, row.Facts...), row.Provenance) {
		if part != "" {
			foot = append(foot, part)
		}
	}
	if len(foot) > 0 {
		b := d.block(cell, noteStyle, whatColumn, capitalise(strings.Join(foot, " · ")))
		b.before = 0.5
		blocks = append(blocks, b)
	}
	if row.Corrections != "" {
		blocks = append(blocks, d.correctedBlock(row))
	}
	return blocks
}

// correctedBlock says when and in what a row was corrected, and leads to the correction, which leads back.
func (d *document) correctedBlock(row dossier.Row) block {
	s := noteStyle.in(navy)
	text := capitalise(row.Corrections)
	b := d.block(cell, s, whatColumn, text)
	b.sign = func(baseline float64) {
		d.link(whatLeft, baseline, min(whatColumn, d.width(s, text)), s, correctionOf(row.Tag))
	}
	return b
}

// correctionOf is the place of the first correction of a row.
func correctionOf(row dossier.Tag) dossier.Tag { return row + "*" }

// serviceBlock says what the service was like: good behind a plus, bad behind a minus, to be told apart without colour.
func (d *document) serviceBlock(good bool, text string) block {
	const indent, half = 4.0, 0.95
	c := slate
	if good {
		c = green
	}
	b := d.block(cell, noteStyle.as(sansBold).in(c), whatColumn-indent, capitalise(text))
	b.before, b.indent = 1, indent
	b.sign = func(baseline float64) {
		x, y := whatLeft+1.4, baseline-0.9
		d.stroke(x-half, y, x+half, y, 0.42, c)
		if good {
			d.stroke(x, y-half, x, y+half, 0.42, c)
		}
	}
	return b
}

// promiseBlock is a promise where it was made, with a sign for how it stands.
func (d *document) promiseBlock(tag dossier.Tag) block {
	promise, ok := d.promiseOf(tag)
	if !ok {
		return block{}
	}
	s := noteStyle.in(ink)
	text := string(tag) + "  " + strings.TrimSuffix(d.promised(promise), ".") + " · " + unbroken(joinNonEmpty(" · ", promise.Due, promise.Outcome))
	b := d.block(cell, s, whatColumn-4, text)
	b.before, b.indent = 1, 4
	b.sign = func(baseline float64) {
		d.stateSign(promise.State, whatLeft+1.4, baseline-0.9)
		d.link(whatLeft+4, baseline, d.width(s, string(tag)), s, tag)
	}
	return b
}

// unbroken keeps the words of a short text on one line.
func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00A0") }

func (d *document) promiseOf(tag dossier.Tag) (dossier.Promise, bool) {
	for _, promise := range d.model.Promises {
		if promise.Tag == tag {
			return promise, true
		}
	}
	return dossier.Promise{}, false
}

func (d *document) quoted(text string) string { return dossier.Quoted(d.words, text) }

// promised is what was promised: in quotation marks where the record has those very words, else as the complainant put it.
func (d *document) promised(promise dossier.Promise) string {
	if promise.Exact {
		return d.quoted(promise.What)
	}
	return strings.TrimSpace(promise.What)
}

// spoken is a style as it is for somebody's own words, and the role of a text that holds them.
func spoken(s style, exact bool, otherwise role) (style, role) {
	if exact {
		return s.as(serifItalic), quotation
	}
	return s, otherwise
}

// asideBlocks are the right column: company, people, time on hold; links follow below them.
func (d *document) asideBlocks(row dossier.Row) []block {
	var blocks []block
	for _, name := range row.People {
		blocks = append(blocks, d.asideBlock(metaStyle.in(ink), strings.TrimSuffix(name, " · "+row.Company)))
	}
	named := len(row.People) == 1 && strings.Contains(row.People[0], row.Company) && !strings.HasSuffix(row.People[0], " · "+row.Company)
	if !named && !strings.Contains(row.To, row.Company) {
		blocks = append(blocks, d.asideBlock(noteStyle, row.Company))
	}
	if row.To != "" {
		blocks = append(blocks, d.asideBlock(noteStyle, row.To))
	}
	if row.Hold != "" {
		blocks = append(blocks, d.block(cell, metaBold, asideColumn, row.Hold))
	}
	for range d.asideTags(row) {
		blocks = append(blocks, block{style: linkStyle, lines: []string{" "}})
	}
	return blocks
}

// asideBlock is a name in the right column, which has no room for the longest: they stand whole under the case and people.
func (d *document) asideBlock(s style, name string) block {
	const most = 5
	lines, _ := d.clip(s, asideColumn, most, name, "")
	return block{role: cell, style: s, lines: lines}
}

func (d *document) asideTags(row dossier.Row) []dossier.Tag {
	tags := row.Exhibits
	if row.Email != "" {
		tags = append([]dossier.Tag{row.Email}, tags...)
	}
	return tags
}

// asideColumn draws the right column, its lines ending at the margin.
func (d *document) asideColumn(row dossier.Row, blocks []block, top float64) {
	tags := d.asideTags(row)
	for i, b := range blocks {
		if left := len(blocks) - i; left <= len(tags) {
			tag := tags[len(tags)-left]
			baseline := top + linkStyle.firstBaseline()
			d.tagLink(cell, linkStyle, textRight-d.width(linkStyle, string(tag)), baseline, tag)
			top += linkStyle.lineHeight()
			continue
		}
		for _, line := range b.lines {
			d.textEnd(b.role, b.style, textRight, top+b.style.firstBaseline(), line)
			top += b.style.lineHeight()
		}
	}
}

// channelSign draws the mark of a channel.
func (d *document) channelSign(channel casefile.Channel, x, y float64, c rgb) {
	const r = 0.95
	switch channel {
	case casefile.Phone:
		d.disc(x, y, r, true, c)
	case casefile.Email:
		d.fillRect(x-r, y-r*0.65, 2*r, r*1.3, c)
	case casefile.Chat:
		d.disc(x, y, r-0.1, false, c)
	case casefile.Letter:
		d.frame(x-r, y-r*0.75, 2*r, r*1.5, outlineWidth, c)
	case casefile.InPerson:
		d.polygon(true, c, x, y-r, x+r, y+r*0.8, x-r, y+r*0.8)
	case casefile.WebForm:
		d.polygon(false, c, x, y-r, x+r, y, x, y+r, x-r, y)
	case casefile.SocialMedia:
		d.polygon(true, c, x, y-r, x+r, y, x, y+r, x-r, y)
	case casefile.CommentCard:
		d.polygon(false, c, x, y-r, x+r, y+r*0.8, x-r, y+r*0.8)
	default:
		d.stroke(x-r, y, x+r, y, 0.4, c)
	}
}
