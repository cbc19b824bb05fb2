package pdf

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

const (
	laneHeight    = 6.2
	promiseHeight = 3.9
	laneLabels    = 29.0
	laneLeft      = marginLeft + laneLabels
	laneRight     = textRight - 3
)

// laneTag is how a promise is named beside its line.
var laneTag = axisStyle.in(slate)

// timeScale maps instants to places between laneLeft and laneRight.
type timeScale struct{ from, to time.Time }

func (t timeScale) x(at time.Time) float64 {
	part := float64(at.Sub(t.from)) / float64(t.to.Sub(t.from))
	return laneLeft + min(max(part, 0), 1)*(laneRight-laneLeft)
}

// swimlane draws a lane of marks for each channel, and the promises as lines from the day they were made to the day they
// were due, ending in the sign of how they stand. One without a date is dashed, and has no end while its outcome is open.
func (d *document) swimlane(rows []dossier.Row) {
	channels := channelsOf(rows)
	scale := d.scaleOf(rows)
	bars := d.promiseBars(scale)
	top := d.y + 5
	bottom := top + float64(len(channels))*laneHeight
	promisesBottom := bottom + promisesHeight(bars)
	alternative := d.words.Text("dossier.chart.swimlane", i18n.Values{
		"contacts": d.words.Number(int64(len(rows))), "promises": d.words.Number(int64(len(bars)))})
	d.figure(alternative, func() {
		d.months(scale, top, promisesBottom)
		for i, channel := range channels {
			middle := top + (float64(i)+0.5)*laneHeight
			d.channelSign(channel, marginLeft+1.2, middle, navy)
			d.text(figure, metaStyle, marginLeft+4, middle+0.95,
				d.fit(metaStyle, laneLabels-5, capitalise(d.words.Text("term.channel."+string(channel)))))
			d.horizontal(laneLeft, laneRight, middle, 0.12, rule)
			for _, row := range rows {
				if row.Channel == channel {
					d.channelSign(channel, scale.x(row.At), middle, navy)
				}
			}
		}
		if len(bars) > 0 {
			d.text(figure, metaStyle, marginLeft+4, bottom+2+promiseHeight/2+0.95,
				d.fit(metaStyle, laneLabels-5, capitalise(d.words.Text("dossier.section.promises"))))
		}
		for _, bar := range bars {
			d.promiseBar(bar, bottom+2+(float64(bar.lane)+0.5)*promiseHeight)
		}
	})
	d.y = promisesBottom + 3
	note := d.words.Text("dossier.chart.swimlane_note") + " "
	if len(bars) > 0 {
		note += d.words.Text("dossier.chart.swimlane_promises") + " "
	}
	if more := len(d.model.Promises) - len(bars); more > 0 {
		note += d.words.Count("dossier.chart.swimlane_more", int64(more)) + " "
	}
	note += d.words.Text("dossier.chart.swimlane_zone", i18n.Values{"zone": d.model.Zone})
	d.flow(marginLeft, []block{d.block(caption, noteStyle, textWidth, note)})
	d.promiseSigns(bars)
	d.y += 6
}

// promiseSigns tells the signs that the promises' lines end in.
func (d *document) promiseSigns(bars []promiseBar) {
	var ends []dossier.Promise
	var told []string
	for _, bar := range bars {
		if !bar.isOpen() && !slices.Contains(told, bar.promise.Outcome) {
			ends, told = append(ends, bar.promise), append(told, bar.promise.Outcome)
		}
	}
	if len(ends) == 0 {
		return
	}
	d.y += 1
	d.figure(strings.Join(told, ", "), func() {
		x, baseline := marginLeft, d.y+noteStyle.firstBaseline()
		for _, promise := range ends {
			d.stateSign(promise.State, x+1.2, baseline-0.9)
			d.text(figure, noteStyle, x+shareSign, baseline, promise.Outcome)
			x += shareSign + d.width(noteStyle, promise.Outcome) + 5
		}
	})
	d.y += noteStyle.leading * point
}

// swimlaneHeight is how high the drawing is, with the note below it.
func (d *document) swimlaneHeight(rows []dossier.Row) float64 {
	const around = 25.0 // months above, note and signs below
	return around + float64(len(channelsOf(rows)))*laneHeight + promisesHeight(d.promiseBars(d.scaleOf(rows)))
}

// promisesHeight is how high the lanes of the promises are.
func promisesHeight(bars []promiseBar) float64 {
	if len(bars) == 0 {
		return 0
	}
	lanes := 0
	for _, bar := range bars {
		lanes = max(lanes, bar.lane+1)
	}
	return 2 + float64(lanes)*promiseHeight
}

func channelsOf(rows []dossier.Row) []casefile.Channel {
	seen := map[casefile.Channel]bool{}
	for _, row := range rows {
		seen[row.Channel] = true
	}
	var channels []casefile.Channel
	for _, channel := range casefile.Channels() {
		if seen[channel] {
			channels = append(channels, channel)
		}
	}
	return channels
}

// scaleOf spans all contacts and promises, and the time up to the dossier, a day wider at both ends.
func (d *document) scaleOf(rows []dossier.Row) timeScale {
	from, to := rows[0].At, rows[len(rows)-1].At
	for _, promise := range d.model.Promises {
		for _, at := range []time.Time{promise.MadeAt, promise.DueAt} {
			if !at.IsZero() && at.Before(from) {
				from = at
			}
			if at.After(to) {
				to = at
			}
		}
	}
	const drawn = 3 * 365 * 24 * time.Hour // a longer silence would leave no room for what was before it
	if until := d.model.Until; until.After(to) && until.Sub(to) < drawn {
		to = until
	}
	return timeScale{from.AddDate(0, 0, -1), to.AddDate(0, 0, 2)}
}

// months draws a line at the first of each month, thinned out when there are many.
func (d *document) months(scale timeScale, top, bottom float64) {
	first := time.Date(scale.from.Year(), scale.from.Month(), 1, 0, 0, 0, 0, time.UTC)
	count := 0
	for month := first; month.Before(scale.to); month = month.AddDate(0, 1, 0) {
		count++
	}
	every := 1 + count/13
	label, dated := 0.0, false
	for i := 0; i < count; i += every {
		month := first.AddDate(0, i, 0)
		x := laneLeft
		if !month.Before(scale.from) {
			x = scale.x(month)
			d.vertical(x, top-1, bottom, 0.12, faint)
		}
		name := d.words.Text("date.short_month." + strconv.Itoa(int(month.Month())))
		if !dated || month.Month() == time.January {
			name += " " + strconv.Itoa(month.Year())
		}
		if x < label || x+d.width(axisStyle, name) > textRight {
			continue
		}
		if next := month.AddDate(0, every, 0); i == 0 && scale.x(next) < x+d.width(axisStyle, name)+2 {
			continue // the first month shows only its last days: leave the room to the next
		}
		d.text(figure, axisStyle, x+0.8, top-1.6, name)
		label, dated = x+d.width(axisStyle, name)+2.5, true
	}
}

// promiseBar is a promise on the time scale, in a lane where it overlaps none.
type promiseBar struct {
	promise  dossier.Promise
	from, to float64
	lane     int
}

// isOpen reports whether nothing ends the line of a promise: no date was given for it, and no outcome is known.
func (b promiseBar) isOpen() bool { return b.promise.DueAt.IsZero() && b.promise.EndedAt.IsZero() }

// maxPromiseLanes bounds the height of the drawing; promises beyond it stand in the ledger only, and the note says how many.
const maxPromiseLanes = 14

func (d *document) promiseBars(scale timeScale) []promiseBar {
	var bars []promiseBar
	for _, promise := range d.model.Promises {
		end := promise.DueAt
		switch {
		case end.IsZero() && !promise.EndedAt.IsZero():
			end = promise.EndedAt
		case end.IsZero():
			end = d.model.GeneratedAt
		}
		from := scale.x(promise.MadeAt)
		bars = append(bars, promiseBar{promise: promise, from: from, to: max(from+2.2, scale.x(end))})
	}
	slices.SortStableFunc(bars, func(a, b promiseBar) int { return cmp.Compare(a.from, b.from) })
	var ends []float64
	kept := bars[:0]
	for _, bar := range bars {
		bar.lane = slices.IndexFunc(ends, func(end float64) bool { return end < bar.from })
		if bar.lane < 0 {
			if len(ends) == maxPromiseLanes {
				continue
			}
			bar.lane = len(ends)
			ends = append(ends, 0)
		}
		ends[bar.lane] = bar.to + d.width(laneTag, string(bar.promise.Tag)) + 4
		kept = append(kept, bar)
	}
	return kept
}

func (d *document) promiseBar(bar promiseBar, y float64) {
	c := stateColor(bar.promise.State)
	short := 0.9 // up to the sign
	if bar.promise.State == casefile.Overdue {
		short = 1.25
	}
	switch {
	case !bar.promise.DueAt.IsZero():
		d.stroke(bar.from, y, bar.to-short, y, 0.3, c)
	case bar.isOpen(): // nobody gave it an end
		d.dashed(bar.from, bar.to, y, 0.3, c)
	default:
		d.dashed(bar.from, bar.to-short, y, 0.3, c)
	}
	d.vertical(bar.from, y-0.7, y+0.7, 0.3, c)
	if !bar.isOpen() {
		d.stateSign(bar.promise.State, bar.to, y)
	}
	s := laneTag
	tag := string(bar.promise.Tag)
	x := bar.to + 1.9
	if x+d.width(s, tag) > textRight {
		x = bar.from - 0.8 - d.width(s, tag)
	}
	d.text(figure, s, x, y+0.85, tag)
	d.link(x, y+0.85, d.width(s, tag), s, bar.promise.Tag)
}
