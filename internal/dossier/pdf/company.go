package pdf

import (
	"strings"

	"constancia/internal/dossier"
)

// companySide draws what speaks for the companies: what they offered, what they answered, who helped, what was kept.
func (d *document) companySide() {
	side := d.model.CompanySide
	d.startSection("dossier.section.company", 45)
	if len(side.Remedies)+len(side.Answers)+len(side.Helped)+len(side.Kept) == 0 {
		d.emptySection("dossier.company.empty")
		return
	}
	var remedies, answers, helped, kept []datedLine
	for _, remedy := range side.Remedies {
		remedies = append(remedies, d.remedy(remedy))
	}
	for _, answer := range side.Answers {
		answers = append(answers, d.answer(answer))
	}
	for _, contact := range side.Helped {
		helped = append(helped, d.dated(contact, "")) // what they did is told there, once
	}
	for _, promise := range side.Kept {
		kept = append(kept, d.answer(promise))
	}
	d.part("dossier.company.remedies", "dossier.company.no_remedies", nil, remedies)
	d.part("dossier.company.answers", "dossier.company.no_answers", nil, answers)
	about := []block{d.block(paragraph, noteStyle, measure, d.words.Count("dossier.company.helped_about", int64(len(helped))))}
	d.part("dossier.company.helped", "dossier.company.no_helped", about, helped)
	d.part("dossier.company.kept", "dossier.company.none_kept", nil, kept)
}

// part draws a heading, what is said of its lines, and the lines; or that there are none.
func (d *document) part(key, emptyKey string, about []block, lines []datedLine) {
	const aboutGap = 2
	height := partHead + 4*bodyStyle.lineHeight()
	if len(lines) > 0 { // a heading never stands at the foot of a page without the first of its lines
		height = partHead + blocksHeight(about) + aboutGap + min(lines[0].height(), goodPart)
	}
	d.need(height)
	d.apart(partGap)
	d.heading(d.words.Text(key))
	if len(lines) == 0 {
		d.emptySection(emptyKey)
		d.y += 3
		return
	}
	if about != nil {
		d.flow(marginLeft, about)
		d.y += aboutGap
	}
	for _, line := range lines {
		d.drawDated(line)
	}
}

func (d *document) remedy(remedy dossier.Remedy) datedLine {
	who := joinNonEmpty(" · ", remedy.Kind, remedy.Amount)
	return d.dated(dossier.Answer{Date: remedy.Date, Row: remedy.Row, Who: joinNonEmpty(" · ", who, remedy.Company)},
		joinNonEmpty(" ", remedy.Answer, remedy.Reason, remedy.Done))
}

// answerLines bounds what is told of an answer; one that is longer says where all of it stands.
const answerLines = 30

func (d *document) answer(answer dossier.Answer) datedLine {
	text := answer.Text
	if answer.Exact {
		text = d.quoted(text)
	}
	lines, _ := d.clip(bodyStyle, textWidth-metaColumn, answerLines, text, d.seeRow(answer.Row))
	return d.dated(answer, strings.Join(lines, "\n"))
}

// datedLine is a dated line of the company's side: where it is told, of whom, in whose words, what, and what shows it.
type datedLine struct {
	answer dossier.Answer
	blocks []block
}

// goodPart is how much of a line that goes on overleaf looks well at the foot of a page.
const goodPart = 40

func (l datedLine) height() float64 { return blocksHeight(l.blocks) + 4 }

func (d *document) dated(answer dossier.Answer, text string) datedLine {
	width := textWidth - metaColumn
	blocks := []block{d.block(cell, cellBold, width, answer.Who)}
	if answer.Source != "" {
		blocks = append(blocks, d.block(cell, noteStyle, width, answer.Source))
	}
	if text != "" {
		blocks = append(blocks, d.block(cell, bodyStyle, width, text))
	}
	if answer.Shown != "" {
		s := noteStyle.in(navy)
		shown := d.block(cell, s, width, answer.Shown)
		shown.before = 0.4
		shown.sign = func(baseline float64) { d.link(whatLeft, baseline, d.width(s, answer.Shown), s, answer.Document) }
		blocks = append(blocks, shown)
	}
	return datedLine{answer, blocks}
}

func (d *document) drawDated(line datedLine) {
	d.keep(line.height(), goodPart)
	d.horizontal(marginLeft, textRight, d.y, 0.12, rule)
	top := d.y + 1.6
	baseline := top + metaBold.firstBaseline()
	d.item(func() {
		d.text(cell, metaBold, marginLeft, baseline, line.answer.Date)
		d.tagLink(cell, noteStyle.in(navy), marginLeft, baseline+4, line.answer.Row)
	}, func() {
		d.y = top
		d.flowOf(line.answer.Date, line.answer.Row, line.blocks)
	})
	d.y = max(d.y, baseline+5) + 1.8
}
