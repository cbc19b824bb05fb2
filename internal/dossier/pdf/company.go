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
	d.part("dossier.company.remedies", len(side.Remedies) == 0, "dossier.company.no_remedies")
	for _, remedy := range side.Remedies {
		d.remedy(remedy)
	}
	d.part("dossier.company.answers", len(side.Answers) == 0, "dossier.company.no_answers")
	for _, answer := range side.Answers {
		d.answer(answer)
	}
	d.helped(side.Helped)
	d.part("dossier.company.kept", len(side.Kept) == 0, "dossier.company.none_kept")
	for _, kept := range side.Kept {
		d.answer(kept)
	}
}

// helped lists where somebody helped. What they did is told there, once.
func (d *document) helped(contacts []dossier.Answer) {
	d.part("dossier.company.helped", len(contacts) == 0, "dossier.company.no_helped")
	if len(contacts) == 0 {
		return
	}
	d.flow(marginLeft, []block{d.block(paragraph, noteStyle, measure, d.words.Count("dossier.company.helped_about", int64(len(contacts))))})
	d.y += 2
	for _, contact := range contacts {
		d.entry(contact, "")
	}
}

// part draws the heading of a part, and that there is nothing in it.
func (d *document) part(key string, empty bool, emptyKey string) {
	d.need(28)
	d.apart(partGap)
	d.heading(d.words.Text(key))
	if empty {
		d.emptySection(emptyKey)
		d.y += 3
	}
}

func (d *document) remedy(remedy dossier.Remedy) {
	who := joinNonEmpty(" · ", remedy.Kind, remedy.Amount)
	d.entry(dossier.Answer{Date: remedy.Date, Row: remedy.Row, Who: joinNonEmpty(" · ", who, remedy.Company)},
		joinNonEmpty(" ", remedy.Answer, remedy.Done, remedy.Reason))
}

// answerLines bounds what is told of an answer; one that is longer says where all of it stands.
const answerLines = 30

func (d *document) answer(answer dossier.Answer) {
	text := answer.Text
	if answer.Exact {
		text = d.quoted(text)
	}
	lines, _ := d.clip(bodyStyle, textWidth-metaColumn, answerLines, text, d.seeRow(answer.Row))
	d.entry(answer, strings.Join(lines, "\n"))
}

// entry draws a dated line of the company's side: where it is told, of whom, in whose words, what, and what shows it.
func (d *document) entry(answer dossier.Answer, text string) {
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
	d.keep(blocksHeight(blocks)+4, 40)
	d.horizontal(marginLeft, textRight, d.y, 0.12, rule)
	top := d.y + 1.6
	baseline := top + metaBold.firstBaseline()
	d.item(func() {
		d.text(cell, metaBold, marginLeft, baseline, answer.Date)
		d.tagLink(cell, noteStyle.in(navy), marginLeft, baseline+4, answer.Row)
	}, func() {
		d.y = top
		d.flow(whatLeft, blocks)
	})
	d.y = max(d.y, baseline+5) + 1.8
}
