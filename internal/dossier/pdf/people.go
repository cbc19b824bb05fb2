package pdf

import (
	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

const (
	cardGap   = 9.0
	cardWidth = (textWidth - cardGap) / 2
)

// people draws a card for everybody who was spoken to, two in a row.
func (d *document) people() {
	people := d.model.People
	d.startSection("dossier.section.people", 50)
	key := "dossier.people.intro"
	if d.model.Edition == dossier.Press {
		key = "dossier.people.intro_press"
	}
	intro := d.words.Count(key, int64(len(people)))
	if d.model.RefusedNames > 0 {
		intro += " " + d.words.Count("dossier.people.refused", d.model.RefusedNames)
	}
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, 150, intro)})
	d.y += 4
	for i := 0; i < len(people); i += 2 {
		pair := people[i:min(i+2, len(people))]
		height := 0.0
		for _, person := range pair {
			height = max(height, d.cardHeight(person))
		}
		d.need(height)
		top := d.y
		for column, person := range pair {
			d.inside(seal.Division, func() { d.card(person, marginLeft+float64(column)*(cardWidth+cardGap), top) })
		}
		d.y = top + height
	}
}

// cardLines are a person's name, job and company, and the dates they were spoken to.
func (d *document) cardLines(person dossier.Person) (name, job, contacts []string) {
	nameStyle := heading3Style
	if person.Refused {
		nameStyle = nameStyle.as(serifItalic)
	}
	name = d.wrap(nameStyle, cardWidth, person.Name)
	job = d.wrap(noteStyle, cardWidth, joinNonEmpty(" · ", capitalise(person.Position), person.Company))
	var dates []string
	for i, contact := range person.Contacts {
		if i == shownAppearances {
			dates = append(dates, d.words.Text("dossier.people.more", i18n.Values{
				"count": d.words.Number(int64(len(person.Contacts) - i))}))
			break
		}
		dates = append(dates, contact.Date+" ("+string(contact.Row)+")")
	}
	if len(dates) > 0 {
		contacts = d.wrap(metaStyle, cardWidth, d.words.Text("dossier.people.spoke", i18n.Values{"dates": d.words.List(dates)}))
	}
	return name, job, contacts
}

// shownAppearances bounds the dates on a card.
const shownAppearances = 8

func (d *document) cardHeight(person dossier.Person) float64 {
	name, job, contacts := d.cardLines(person)
	height := 1.5 + heading3Style.height(len(name)) + noteStyle.height(len(job)) + 0.6 + metaStyle.height(len(contacts))
	for _, promise := range d.cardPromises(person) {
		height += promise.before + linesHeight(promise.style, promise.lines)
	}
	return height + 5
}

func (d *document) cardPromises(person dossier.Person) []block {
	var blocks []block
	for _, tag := range person.Promises {
		promise, ok := d.promiseOf(tag)
		if !ok {
			continue
		}
		lines, _ := d.clip(noteStyle.in(ink), cardWidth-4, 6, string(tag)+"  "+d.promised(promise), d.seeRow(tag))
		blocks = append(blocks, block{role: listItem, style: noteStyle.in(ink), lines: lines, before: 0.8, indent: 4})
	}
	return blocks
}

func (d *document) card(person dossier.Person, x, top float64) {
	name, job, contacts := d.cardLines(person)
	d.horizontal(x, x+cardWidth, top, 0.35, ink)
	nameStyle := heading3Style
	if person.Refused {
		nameStyle = nameStyle.as(serifItalic)
	}
	y := d.linesOf(heading3, nameStyle, x, top+1.5, cardWidth, name)
	y = d.linesOf(paragraph, noteStyle, x, y, cardWidth, job) + 0.6
	y = d.lines(paragraph, metaStyle, x, y, contacts)
	if len(person.Contacts) > 0 {
		d.tagArea(x, y-metaStyle.height(len(contacts)), cardWidth, metaStyle.height(len(contacts)), person.Contacts[0].Row)
	}
	for i, b := range d.cardPromises(person) {
		y += b.before
		if promise, ok := d.promiseOf(person.Promises[i]); ok {
			d.stateSign(promise.State, x+1.3, y+b.style.firstBaseline()-0.9)
		}
		d.tagArea(x, y, cardWidth, linesHeight(b.style, b.lines), person.Promises[i])
		y = d.linesOf(b.role, b.style, x+b.indent, y, cardWidth-b.indent, b.lines)
	}
}

func joinNonEmpty(separator string, parts ...string) string {
	joined := ""
	for _, part := range parts {
		switch {
		case part == "":
		case joined == "":
			joined = part
		default:
			joined += separator + part
		}
	}
	return joined
}
