package pdf

import "constancia/internal/dossier"

// companySide draws what speaks for the companies: what they offered, what they answered, who helped, what was kept.
func (d *document) companySide() {
	side := d.model.CompanySide
	d.startSection("dossier.section.company", 45)
	if len(side.Remedies)+len(side.Answers)+len(side.Helpers)+len(side.Kept) == 0 {
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
	d.part("dossier.company.helpers", len(side.Helpers) == 0, "dossier.company.no_helpers")
	for _, answer := range side.Helpers {
		d.answer(answer)
	}
	d.part("dossier.company.kept", len(side.Kept) == 0, "dossier.company.none_kept")
	for _, tag := range side.Kept {
		if promise, ok := d.promiseOf(tag); ok {
			source := "dossier.told.promise"
			if promise.Exact {
				source = "dossier.told.promise_exact"
			}
			d.answer(dossier.Answer{Date: promise.Ended, Who: promise.Who, Source: d.words.Text(source), Text: d.promised(promise), Row: tag})
		}
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
	d.entry(remedy.Date, remedy.Row, joinNonEmpty(" · ", who, remedy.Company), "", joinNonEmpty(" ", remedy.Answer, remedy.Done, remedy.Reason))
}

func (d *document) answer(answer dossier.Answer) {
	lines, _ := d.clip(bodyStyle, whatColumn+asideColumn, 7, answer.Text, d.pageAside(d.pageOf(answer.Row)))
	text := ""
	for i, line := range lines {
		if i > 0 {
			text += "\n"
		}
		text += line
	}
	d.entry(answer.Date, answer.Row, answer.Who, answer.Source, text)
}

// entry draws a dated line of the company's side: where it is told, of whom, in whose words, and what.
func (d *document) entry(date string, tag dossier.Tag, who, source, text string) {
	width := textWidth - metaColumn
	blocks := []block{d.block(cell, cellBold, width, who)}
	if source != "" {
		blocks = append(blocks, d.block(cell, noteStyle.in(grey), width, source))
	}
	blocks = append(blocks, d.block(cell, bodyStyle, width, text))
	d.keep(blocksHeight(blocks)+4, 40)
	d.horizontal(marginLeft, textRight, d.y, 0.12, rule)
	top := d.y + 1.6
	baseline := top + metaBold.firstBaseline()
	d.item(func() {
		d.text(cell, metaBold, marginLeft, baseline, date)
		d.tagLink(cell, noteStyle.in(navy), marginLeft, baseline+4, tag)
	}, func() {
		d.y = top
		d.flow(whatLeft, blocks)
	})
	d.y = max(d.y, baseline+5) + 1.8
}
