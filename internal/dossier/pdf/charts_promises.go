package pdf

import (
	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

const (
	shareSign = 3.6 // the room for the sign before a label of the promises' bar
	shareRow  = 4.4 // a row of such labels
)

// promisesChart draws one bar split by how the promises stand, each part with its sign and number below it.
func (d *document) promisesChart(shares []dossier.PromiseShare) {
	const height, above = 6.5, 5.2
	if len(shares) == 0 {
		return
	}
	var total, notKept int64
	var told []dossier.Bar
	for _, share := range shares {
		total += share.Count
		told = append(told, dossier.Bar{Text: share.Text})
		if share.NotKept {
			notKept += share.Count
		}
	}
	labels := d.shareLabels(shares, float64(total))
	rows := 0
	for _, label := range labels {
		rows = max(rows, label.row+1)
	}
	below := above + float64(rows)*shareRow
	title := d.chartTitled(d.words.Text("dossier.chart.promises_not_kept", i18n.Values{
		"part": d.words.Number(notKept), "whole": d.words.Number(total)}), height+below)
	d.figure(d.alternative(title, told), func() {
		bottom := d.y + height
		x := marginLeft
		for i, share := range shares {
			wide := textWidth * float64(share.Count) / float64(total)
			d.share(share.State, x, d.y, max(0.3, wide-0.5), height)
			label := labels[i]
			baseline := bottom + above + float64(label.row)*shareRow
			if label.row > 0 {
				d.vertical(label.leader, bottom+0.6, baseline-2.8, 0.15, stateColor(share.State))
			}
			d.stateSign(share.State, label.left+1.2, baseline-0.95)
			d.text(figure, valueStyle.in(stateColor(share.State)), label.left+shareSign, baseline, share.Text)
			x += wide
		}
	})
	d.y += height + below + 2.5
}

// shareLabel is where the label of a part of the promises' bar stands: how far below the bar, and what leads there.
type shareLabel struct {
	left, right float64
	leader      float64
	row         int
}

func (l shareLabel) touches(other shareLabel) bool {
	const gap = 4.0
	return l.left < other.right+gap && other.left < l.right+gap
}

// shareLabels places each label below the start of its part, or, where the margin is too near, below its end. Labels that
// would touch stand in rows, so that no line from a part to its label crosses another label.
func (d *document) shareLabels(shares []dossier.PromiseShare, total float64) []shareLabel {
	labels := make([]shareLabel, len(shares))
	var placed []shareLabel
	place := func(i int) {
		for _, other := range placed {
			if labels[i].touches(other) {
				labels[i].row = max(labels[i].row, other.row+1)
			}
		}
		placed = append(placed, labels[i])
	}
	var turned []int // those that stand below the end of their part
	x := marginLeft
	for i, share := range shares {
		wide := shareSign + d.width(valueStyle, d.prepare(share.Text))
		end := x + textWidth*float64(share.Count)/total
		labels[i] = shareLabel{left: x, right: x + wide, leader: x + 1.2}
		if x+wide > textRight {
			labels[i] = shareLabel{left: max(marginLeft, end-wide), right: end, leader: end - 1}
			turned = append(turned, i)
		}
		x = end
	}
	for i := len(shares) - 1; i >= 0; i-- {
		if labels[i].leader < labels[i].left+2 {
			place(i)
		}
	}
	for _, i := range turned {
		place(i)
	}
	return labels
}

// share draws a part of the promises' bar. What was not kept is dark or hatched and what was kept light, so that they are
// told apart without colour.
func (d *document) share(state casefile.PromiseState, x, y, w, h float64) {
	const inset, signed = outlineWidth / 2, 6.0
	c := stateColor(state)
	sign, field := c, white
	switch state {
	case casefile.PromiseState(casefile.Broken):
		sign, field = white, c
	case casefile.PromiseState(casefile.Kept), casefile.PromiseState(casefile.KeptLate):
		field = paleGreen
	}
	d.fillRect(x, y, w, h, field)
	if state == casefile.Overdue {
		d.hatch(x, y, w, h, c)
	}
	d.frame(x+inset, y+inset, max(0, w-outlineWidth), h-outlineWidth, outlineWidth, c)
	if w < signed {
		return
	}
	if state == casefile.Overdue {
		d.disc(x+w/2, y+h/2, 2, true, white)
	}
	d.stateSignIn(sign, state, x+w/2, y+h/2)
}

// hatch draws slanting lines in a rectangle.
func (d *document) hatch(x, y, w, h float64, c rgb) {
	const step, width = 1.5, 0.55
	d.mark(artifact, func() {
		d.op("q " + rectangle(x, y, w, h) + " W n")
		for from := x - h; from < x+w; from += step {
			d.stroke(from, y+h, from+h, y, width, c)
		}
		d.op("Q")
	})
}
