package pdf

import (
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// contradictions draws answers to one question side by side, two in a row.
func (d *document) contradictions() {
	if len(d.model.Contradictions) == 0 {
		return
	}
	d.startSection("dossier.section.contradictions", 50)
	for i, contradiction := range d.model.Contradictions {
		if i > 0 {
			d.y += 6
		}
		d.contradiction(contradiction)
	}
}

func (d *document) contradiction(told dossier.Contradiction) {
	question := d.block(heading2, heading2Style, textWidth, told.Question)
	d.keep(blocksHeight([]block{question})+d.answersHeight(told.Answers[:min(2, len(told.Answers))])+6, 60)
	d.flow(marginLeft, []block{question})
	d.y += 2
	for i := 0; i < len(told.Answers); i += 2 {
		pair := told.Answers[i:min(i+2, len(told.Answers))]
		height := d.answersHeight(pair)
		d.need(height)
		top := d.y
		for column, answer := range pair {
			d.side(answer, marginLeft+float64(column)*(cardWidth+cardGap), top)
		}
		d.y = top + height + 3
	}
	if told.Note != "" {
		d.flow(marginLeft, []block{d.block(paragraph, metaStyle, measure, d.words.Text("dossier.contradiction.note", i18n.Values{"note": told.Note}))})
	}
}

// maxSaid bounds the lines of an answer that stand beside another; the rest is where it was given.
const maxSaid = 24

func (d *document) sideLines(answer dossier.Answer) (who, said, source []string) {
	who = d.wrap(metaBold, cardWidth, joinNonEmpty(" · ", answer.Date, answer.Who))
	text := answer.Text
	if answer.Exact {
		text = d.quoted(text)
	}
	s, _ := spoken(bodyStyle, answer.Exact, paragraph)
	said, _ = d.clip(s, cardWidth, maxSaid, text, d.seeRow(answer.Row))
	return who, said, d.wrap(noteStyle, cardWidth, answer.Source)
}

func (d *document) answersHeight(answers []dossier.Answer) float64 {
	height := 0.0
	for _, answer := range answers {
		who, said, source := d.sideLines(answer)
		height = max(height, 1.6+linesHeight(metaBold, who)+0.8+linesHeight(bodyStyle, said)+0.8+linesHeight(noteStyle, source)+noteStyle.lineHeight())
	}
	return height
}

// side draws one of the answers: who gave it and when, its words, on what they rest, and where they stand.
func (d *document) side(answer dossier.Answer, x, top float64) {
	who, said, source := d.sideLines(answer)
	d.horizontal(x, x+cardWidth, top, 0.35, ink)
	y := d.lines(paragraph, metaBold, x, top+1.6, who) + 0.8
	s, r := spoken(bodyStyle, answer.Exact, paragraph)
	y = d.linesWithin(r, s, x, y, cardWidth, said) + 0.8
	y = d.linesWithin(paragraph, noteStyle, x, y, cardWidth, source)
	if answer.Row != "" {
		d.tagLink(paragraph, noteStyle.in(navy), x, y+noteStyle.firstBaseline(), answer.Row)
	}
}
