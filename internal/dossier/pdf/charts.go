package pdf

import (
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

var (
	axisStyle  = style{sans, 7.5, 9, grey, 0}
	valueStyle = style{sansBold, 7.8, 9.6, ink, 0}
)

// chartsPage draws the case in pictures. Each has its numbers in words, too, as alternative text.
func (d *document) chartsPage() {
	charts := d.model.Charts
	if !d.hasCharts() {
		return
	}
	const titlesAndColumns, row, mostOfAPage, twoCharts = 95.0, 4.2, 200.0, 85.0
	whole := titlesAndColumns + row*float64(len(charts.Holds)+len(charts.Failures))
	d.startSection("dossier.section.figures", d.wanted(min(mostOfAPage, whole), twoCharts))
	d.weeksChart(charts)
	d.promisesChart(charts.Promises)
	d.barsChart("dossier.chart.hold", charts.Holds, 24, charts.HoldsNote)
	d.barsChart("dossier.chart.failures", charts.Failures, 64, charts.FailuresNote)
}

func (d *document) hasCharts() bool {
	return len(d.model.Charts.Weeks)+len(d.model.Charts.Promises) > 0
}

// chartTitle draws a chart's heading after making room for it and its body.
func (d *document) chartTitle(key string, height float64) string {
	return d.chartTitled(d.words.Text(key), height)
}

func (d *document) chartTitled(title string, height float64) string {
	d.need(height + 8)
	d.label(heading2, labelStyle, marginLeft, d.y+3, title)
	d.y += 7
	return title
}

// alternative tells a chart in words.
func (d *document) alternative(title string, bars []dossier.Bar) string {
	var parts []string
	for _, bar := range bars {
		parts = append(parts, strings.TrimSpace(bar.Label+" "+bar.Text))
	}
	return d.words.Text("dossier.chart.alternative", i18n.Values{"title": title, "values": strings.Join(parts, "; ")})
}

// directionColor tells apart which way contacts went, in grey, too.
func directionColor(direction casefile.Direction) rgb {
	switch direction {
	case casefile.Outgoing:
		return navy
	case casefile.Incoming:
		return steel
	}
	return pale
}

// weeksChart draws a column for each week above a baseline, split by which way contacts went, with two lines to read
// heights by, and when the last was.
func (d *document) weeksChart(charts dossier.Charts) {
	const height, axis, legend = 27.0, 8.0, 4.5
	bars, directions := charts.Weeks, charts.Directions
	if len(bars) == 0 {
		return
	}
	title := d.chartTitle("dossier.chart.weeks", height+axis+legend)
	top, bottom := d.y, d.y+height
	highest := niceCeiling(bars)
	told := slices.Clip(bars)
	for _, share := range directions {
		told = append(told, dossier.Bar{Text: share.Text})
	}
	told = append(told, dossier.Bar{Text: charts.LastContact})
	d.figure(d.alternative(title, told), func() {
		for _, level := range []int64{highest / 2, highest} {
			y := bottom - height*float64(level)/float64(highest)
			d.horizontal(marginLeft+axis, textRight, y, 0.12, faint)
			d.textEnd(figure, axisStyle, marginLeft+axis-1.5, y+1, d.words.Number(level))
		}
		d.textEnd(figure, axisStyle, marginLeft+axis-1.5, bottom+1, "0")
		step := (textWidth - axis) / float64(len(bars))
		wide := min(step*0.72, 7)
		lastLabel := 0.0
		for i, bar := range bars {
			x := marginLeft + axis + step*(float64(i)+0.5)
			y := bottom
			for i, part := range bar.Parts {
				if part > 0 {
					h := height * float64(part) / float64(highest)
					y -= h
					d.fillRect(x-wide/2, y, wide, h, directionColor(directions[i].Direction))
				}
			}
			if left := x - wide/2; bar.Label != "" && left > lastLabel {
				d.text(figure, axisStyle, left, bottom+4, bar.Label)
				lastLabel = left + d.width(axisStyle, d.prepare(bar.Label)) + 2
			}
		}
		d.horizontal(marginLeft+axis, textRight, bottom, 0.25, slate)
		x := marginLeft + axis
		for _, share := range directions {
			const swatch = 2.2
			d.fillRect(x, bottom+axis-swatch+0.2, swatch, swatch, directionColor(share.Direction))
			d.text(figure, valueStyle, x+swatch+1.2, bottom+axis, share.Text)
			x += swatch + 1.2 + d.width(valueStyle, share.Text) + 6
		}
		d.textEnd(figure, valueStyle.as(sans), textRight, bottom+axis, charts.LastContact)
	})
	d.y = top + height + axis + legend + 2
}

// niceCeiling is an even number no smaller than any bar.
func niceCeiling(bars []dossier.Bar) int64 {
	highest := int64(2)
	for _, bar := range bars {
		highest = max(highest, bar.Value)
	}
	return highest + highest%2
}

// barsChart draws a lying bar for each value, over two pages where they do not fit on one, and a note below them. labels is
// the width for their names.
func (d *document) barsChart(key string, bars []dossier.Bar, labels float64, told string) {
	const widest, narrowest = 5.0, 4.0
	if len(bars) == 0 {
		return
	}
	highest := int64(1)
	for _, bar := range bars {
		highest = max(highest, bar.Value)
	}
	var note []block
	if told != "" {
		note = []block{d.block(caption, noteStyle, textWidth, told)}
	}
	const titled, gap, together = 8.0, 2.0, 5
	step := min(widest, max(narrowest, (d.room()-titled-blocksHeight(note)-gap)/float64(len(bars))))
	title := d.chartTitle(key, step*float64(min(len(bars), together)))
	for rest := bars; len(rest) > 0; {
		fitting := len(rest)
		if d.room() < step*float64(fitting)+gap+blocksHeight(note) {
			fitting = max(1, min(int(d.room()/step), len(rest)-min(together, len(rest)-1)))
		}
		d.figure(d.alternative(title, rest[:fitting]), func() {
			for _, bar := range rest[:fitting] {
				d.lyingBar(bar, labels, float64(bar.Value)/float64(highest), step)
			}
		})
		if rest = rest[fitting:]; len(rest) > 0 {
			d.addPage()
			d.label(artifact, labelStyle, marginLeft, d.y+3, title)
			d.y += titled - 1
		}
	}
	if note != nil {
		d.y += 2
		d.flow(marginLeft, note)
	}
	d.y += 6
}

// lyingBar draws a bar behind its name, as long as its part of the highest, and its value behind it.
func (d *document) lyingBar(bar dossier.Bar, labels, part, step float64) {
	const values = 24.0
	left, span, thick := marginLeft+labels, textWidth-labels-values, step*0.6
	middle := d.y + step/2
	d.text(figure, metaStyle, marginLeft, middle+1, d.fit(metaStyle, labels-2, bar.Label))
	d.fillRect(left, middle-thick/2, span, thick, tint)
	if bar.Value > 0 {
		d.fillRect(left, middle-thick/2, max(0.5, span*part), thick, navy)
	}
	d.textEnd(figure, valueStyle, textRight, middle+1, bar.Text)
	d.y += step
}

// stateColor is the colour of a promise's state. Its sign says the same without colour.
func stateColor(state casefile.PromiseState) rgb {
	switch state {
	case casefile.PromiseState(casefile.Broken), casefile.Overdue:
		return oxide
	case casefile.PromiseState(casefile.Kept), casefile.PromiseState(casefile.KeptLate):
		return green
	case casefile.Open:
		return ochre
	}
	return grey
}

// stateSign draws ✕ for not kept, the same in a ring for not kept to date, ● for kept, ◉ for kept late, ○ for open, a dash
// for withdrawn.
func (d *document) stateSign(state casefile.PromiseState, x, y float64) {
	d.stateSignIn(stateColor(state), state, x, y)
}

func (d *document) stateSignIn(c rgb, state casefile.PromiseState, x, y float64) {
	switch state {
	case casefile.PromiseState(casefile.Broken):
		d.cross(x, y, 0.95, 0.42, c)
	case casefile.Overdue:
		d.disc(x, y, 1.25, false, c)
		d.cross(x, y, 0.6, 0.34, c)
	case casefile.PromiseState(casefile.Kept):
		d.disc(x, y, 1.05, true, c)
	case casefile.PromiseState(casefile.KeptLate):
		d.disc(x, y, 1.0, false, c)
		d.disc(x, y, 0.45, true, c)
	case casefile.Open:
		d.disc(x, y, 1.0, false, c)
	default:
		d.stroke(x-1, y, x+1, y, 0.42, c)
	}
}
