package pdf

import (
	"strconv"
	"strings"

	"constancia/internal/dossier"
)

// The columns of the runaround: when, the picture, and the same in words.
const (
	turnPicture = 26.0
	turnWords   = 100.0
	turnText    = textWidth - turnWords
	// maxPlaces is how many places the picture has room for; with more, the rows tell it alone.
	maxPlaces = 7
)

var placeStyle = style{sansBold, 7.5, 9, slate, 0}

// runaround draws who sent the complainant to whom: a column for each place, a row for each contact.
func (d *document) runaround() {
	told := d.model.Runaround
	if len(told.Turns) == 0 {
		return
	}
	d.startSection("dossier.section.runaround", 70)
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, textWidth, told.Sentence)})
	if d.drawsPlaces() {
		d.y += 1.6
		d.flow(marginLeft, []block{d.block(caption, noteStyle, textWidth, d.words.Text("dossier.runaround.about"))})
	}
	d.y += 4
	d.mark(artifact, d.placesHead) // each row names its places
	d.continued = d.placesHead
	for _, turn := range told.Turns {
		d.turn(turn)
	}
	d.continued = nil
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
}

// drawsPlaces reports whether the way from place to place is drawn: between two at least, and no more than there is room for.
func (d *document) drawsPlaces() bool {
	places := len(d.model.Runaround.Places)
	return places > 1 && places <= maxPlaces
}

// placeX is the middle of a place's column.
func (d *document) placeX(place int) float64 {
	column := (turnWords - turnPicture - 4) / float64(len(d.model.Runaround.Places))
	return marginLeft + turnPicture + column*(float64(place)+0.5)
}

// placesHead names the columns, each over its own middle.
func (d *document) placesHead() {
	if !d.drawsPlaces() {
		d.horizontal(marginLeft, textRight, d.y, 0.35, ink)
		return
	}
	column := (turnWords - turnPicture - 4) / float64(len(d.model.Runaround.Places))
	names := make([][]string, len(d.model.Runaround.Places))
	most := 0
	for i, place := range d.model.Runaround.Places {
		names[i], _ = d.clip(placeStyle, column-1.5, 4, place.Name, "")
		most = max(most, len(names[i]))
	}
	bottom := d.y + placeStyle.height(most)
	for i, lines := range names {
		y := bottom - placeStyle.height(len(lines))
		for _, line := range lines {
			d.text(headerCell, placeStyle, d.placeX(i)-d.width(placeStyle, line)/2, y+placeStyle.firstBaseline(), line)
			y += placeStyle.lineHeight()
		}
	}
	d.y = bottom + 1.2
	d.horizontal(marginLeft, textRight, d.y, 0.35, ink)
}

func (d *document) turn(turn dossier.Turn) {
	left, width := turnWords, turnText
	if !d.drawsPlaces() {
		left, width = turnPicture, textWidth-turnPicture
	}
	words := []block{
		d.block(cell, cellBold, width, turn.Way),
		d.block(cell, noteStyle, width, joinNonEmpty(" · ", turn.People, strings.Join(turn.Notes, "; "))),
	}
	for i := range words { // whatever the script of the names: an arrow would point from the second place to the first
		words[i].measure = 0
		toRight(words[i].lines)
	}
	height := max(blocksHeight(words)+3.2, 10.5)
	d.keep(height, height)
	top, bottom := d.y, d.y+height
	if d.drawsPlaces() {
		d.mark(artifact, func() { d.turnPicture(turn, top, bottom) }) // the words beside it say the same
	}
	baseline := top + 1.6 + metaBold.firstBaseline()
	d.item(func() {
		d.text(cell, metaBold, marginLeft, baseline, turn.Date)
		d.tagLink(cell, noteStyle.in(navy), marginLeft, baseline+4, turn.Row)
	}, func() {
		d.y = top + 1.6
		d.flow(marginLeft+left, words)
	})
	d.y = bottom
	d.horizontal(marginLeft, marginLeft+turnPicture-4, bottom, 0.12, faint)
	d.horizontal(marginLeft+left, textRight, bottom, 0.12, faint)
}

// turnPicture draws the lines of the places through a row, and the arrow from one to another.
func (d *document) turnPicture(turn dossier.Turn, top, bottom float64) {
	for i := range d.model.Runaround.Places {
		d.vertical(d.placeX(i), top, bottom, 0.12, rule)
	}
	y := (top + bottom) / 2
	from := d.placeX(turn.From)
	if turn.To != dossier.Nowhere {
		d.arrow(from, d.placeX(turn.To), y)
		if turn.DeadEnd {
			d.stroke(d.placeX(turn.To)-1.7, y+2.2, d.placeX(turn.To)+1.7, y+2.2, 0.5, ink)
		}
	}
	d.disc(from, y, 1.25, true, navy)
	if turn.Transfers > 0 {
		d.disc(from, y, 2, false, navy)
		s := axisStyle.as(sansBold).in(navy)
		d.text(artifact, s, from+2.8, y-1.1, strconv.FormatInt(turn.Transfers, 10))
	}
}

// arrow leads from one place to another, or from a place back to itself.
func (d *document) arrow(from, to, y float64) {
	const head = 1.7
	if from == to {
		d.paint(at(from, y-1)+" m "+at(from+8, y-5)+" "+at(from+8, y+5)+" "+at(from+head, y+1.2)+" c", false, navy)
		d.polygon(true, navy, from+head-0.4, y+0.6, from+head+1.3, y+0.7, from+head+0.4, y+2.1)
		return
	}
	side := 1.0
	if to < from {
		side = -1
	}
	d.stroke(from+1.25*side, y, to-(head+0.3)*side, y, 0.35, navy)
	d.polygon(true, navy, to-0.3*side, y, to-(0.3+head)*side, y-1.05, to-(0.3+head)*side, y+1.05)
}
