package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// wideGroups are the turning points, the promises, and why it is not settled.
func (d *document) wideGroups(l wideLimits) []group {
	s := d.model.Summary
	var groups []group
	var points []item
	for i, point := range s.TurningPoints[:min(len(s.TurningPoints), l.points)] {
		points = append(points, d.tried(planKey{"point", i, l.pointLines, l.pointBytes}, func() item { return d.turningPoint(point, l) }))
	}
	if len(points) == 0 {
		points = []item{d.textItem(storyStyle.in(slate), d.wrap(storyStyle, wideColumn, d.words.Text("dossier.chronology.empty")), 0, 0)}
	}
	groups = d.add(groups, "dossier.summary.turning_points", points)
	groups = d.addPromises(groups, s.Promises[:min(len(s.Promises), l.promises)], l.promiseLines)
	concerned, cut := d.clipped("dossier.summary.concerned", storyStyle, wideColumn, l.concernedLines, s.StillConcerned)
	if len(concerned) > 0 {
		groups = d.add(groups, "dossier.summary.concerned", []item{{height: linesHeight(storyStyle, concerned), cut: cut, draw: func(x, top float64) {
			d.linesWithin(paragraph, storyStyle, x, top, wideColumn, concerned)
		}}})
	}
	return groups
}

// addPromises shows some of the promises, how many of how many, by what rule, and where the others are.
func (d *document) addPromises(groups []group, shown []int, lines int) []group {
	if len(shown) == 0 {
		return groups
	}
	var items []item
	for _, index := range shown {
		items = append(items, d.tried(planKey{"promise", index, lines, 0}, func() item { return d.summaryPromise(d.model.Promises[index], lines) }))
	}
	label := d.words.Text("dossier.summary.promises")
	if more := len(d.model.Promises) - len(shown); more > 0 {
		label += " · " + d.words.Text("dossier.figure.of", i18n.Values{
			"part": d.words.Number(int64(len(shown))), "whole": d.words.Number(int64(len(d.model.Promises)))})
		items = append(items, d.morePromises(int64(more)))
	}
	return append(groups, group{label, items})
}

func (d *document) morePromises(more int64) item {
	s := smallStyle.in(navy)
	lines, _ := d.clip(s, wideColumn, 2, d.words.Count("dossier.summary.promises_more", more,
		i18n.Values{"page": d.sectionPage(dossier.PromisesSection)}), "")
	return item{height: linesHeight(s, lines), draw: func(x, top float64) {
		d.lines(paragraph, s, x, top, lines)
		d.sectionArea(x, top, wideColumn, linesHeight(s, lines), dossier.PromisesSection)
	}}
}

func (d *document) add(groups []group, key string, items []item) []group {
	if len(items) == 0 {
		return groups
	}
	return append(groups, group{d.words.Text(key), items})
}

func (d *document) turningPoint(point dossier.TurningPoint, l wideLimits) item {
	const dates = 19.5
	lines, cut := d.sentences(storyStyle, wideColumn-dates, l.pointLines, l.pointBytes, point.Text)
	height := max(linesHeight(storyStyle, lines), metaBold.lineHeight()+noteStyle.lineHeight())
	return item{height: height + 0.9, cut: cut, draw: func(x, top float64) {
		baseline := top + storyStyle.firstBaseline()
		d.text(paragraph, metaBold, x, baseline, point.Date)
		d.linesWithin(paragraph, storyStyle, x+dates, top, wideColumn-dates, lines)
		d.pageLink(x, baseline+metaBold.lineHeight(), point.Row)
	}}
}

// pageLink draws "p. 7" and leads there.
func (d *document) pageLink(x, baseline float64, tag dossier.Tag) {
	if tag == "" {
		return // the dossier leaves it out
	}
	spot := d.spot(tag)
	if spot.page == 0 {
		return
	}
	text := d.words.Text("dossier.page", i18n.Values{"page": spot.page})
	s := noteStyle.in(navy)
	d.text(paragraph, s, x, baseline, text)
	d.link(x, baseline, d.width(s, text), s, tag)
}

// sentences sets the beginning of a text, about enough bytes, in at most limit lines: whole sentences where some fit,
// else what fits of the first, which is cut then.
func (d *document) sentences(s style, width float64, limit, enough int, text string) (lines []string, cut bool) {
	text = dossier.Unfolded(clipBytes(text, 2000))
	ends := sentenceEnds(text)
	said := text[:ends[len(ends)-1]]
	if i := slices.IndexFunc(ends, func(end int) bool { return end >= enough }); i >= 0 {
		said, ends = text[:ends[i]], ends[:i+1]
	}
	for _, end := range slices.Backward(ends) {
		if whole, cut := d.clip(s, width, limit, text[:end], ""); !cut && end >= sayingSomething {
			return whole, false
		}
	}
	return d.clip(s, width, limit, said, "")
}

// sayingSomething is how many bytes a sentence has at least that says what happened.
const sayingSomething = 40

// abbreviated are words behind which a full stop ends no sentence, as are all of two letters or fewer.
var abbreviated = map[string]bool{
	"art": true, "avda": true, "dña": true, "dra": true, "ext": true, "mrs": true, "núm": true, "prof": true, "sra": true,
	"sres": true, "srta": true, "tel": true,
}

// sentenceEnds are the places behind the sentences of a text; the last is its end.
func sentenceEnds(text string) []int {
	var ends []int
	word := 0 // where it begins
	for i := range text {
		if i == 0 || text[i] != ' ' && text[i] != '\n' {
			continue
		}
		if word >= i {
			word = i + 1
			continue
		}
		said := text[word : i-1]
		if last := text[i-1]; last == '!' || last == '?' ||
			last == '.' && utf8.RuneCountInString(said) > 2 && !abbreviated[strings.ToLower(said)] {
			ends = append(ends, i)
		}
		word = i + 1
	}
	return append(ends, len(text))
}

func (d *document) summaryPromise(promise dossier.Promise, limit int) item {
	const sign, pages = 4.4, 8.0
	story, as := spoken(storyStyle, promise.Exact, paragraph)
	lines, cut := d.clip(story, wideColumn-sign, limit, d.promised(promise), "")
	outcomeStyle := smallStyle.as(sansBold).in(stateColor(promise.State))
	outcome, late := promise.Outcome, promise.Late
	if promise.State == casefile.PromiseState(casefile.Broken) {
		late = "" // when it was known is no delay: it never came
	}
	outcome = d.fit(outcomeStyle, 62, joinNonEmpty(" · ", outcome, late))
	made, beside := d.madeAndDue(promise, wideColumn-sign-pages-2.5-d.width(outcomeStyle, outcome), wideColumn-sign)
	notes := smallStyle.lineHeight()
	if !beside {
		notes *= 2
	}
	return item{height: linesHeight(story, lines) + notes + 0.8, cut: cut, draw: func(x, top float64) {
		baseline := top + story.firstBaseline()
		d.stateSign(promise.State, x+1.2, baseline-1.05)
		y := d.linesWithin(as, story, x+sign, top, wideColumn-sign, lines) + smallStyle.firstBaseline()
		d.text(paragraph, smallStyle, x+sign, y, made)
		if !beside {
			y += smallStyle.lineHeight()
		}
		d.textEnd(paragraph, outcomeStyle, x+wideColumn-pages, y, outcome)
		d.pageLink(x+wideColumn-pages+1.6, y, promise.Tag)
	}}
}

// madeAndDue says when a promise was made, by whom, and for when: within the narrower room if it can be told there, without
// the company if need be, else in the wider.
func (d *document) madeAndDue(promise dossier.Promise, narrow, wide float64) (told string, isNarrow bool) {
	key := "dossier.summary.promised"
	if promise.DueAt.IsZero() {
		key = "dossier.summary.promised_undated"
	}
	tell := func(who string) string {
		if who == "" {
			return joinNonEmpty(" · ", d.words.Text("dossier.ledger.made")+": "+promise.Made, d.words.Text("dossier.ledger.due")+": "+promise.Due)
		}
		return d.words.Text(key, i18n.Values{"made": promise.Made, "who": who, "due": promise.Due})
	}
	person, _, _ := strings.Cut(promise.Who, " · ")
	for _, width := range []float64{narrow, wide} {
		for _, who := range []string{promise.Who, person} {
			if _, cut := d.clip(smallStyle, width, 1, tell(who), ""); !cut {
				return tell(who), width == narrow
			}
		}
	}
	return d.fit(smallStyle, wide, tell(person)), false
}

// narrowGroups are what is asked, the last answer, the strongest exhibits, how it was recorded, and whom to call.
func (d *document) narrowGroups(l narrowLimits) []group {
	s := d.model.Summary
	var groups []group
	groups = d.add(groups, "dossier.summary.asked", d.asked(l))
	groups = d.add(groups, "dossier.summary.last_answer", d.lastAnswer(l.answerLines))
	var exhibits []item
	for _, index := range s.Exhibits[:min(len(s.Exhibits), l.exhibits)] {
		exhibits = append(exhibits, d.tried(planKey{"exhibit", index, l.exhibitLines, 0},
			func() item { return d.summaryExhibit(d.model.Exhibits[index], l.exhibitLines) }))
	}
	groups = d.add(groups, "dossier.summary.exhibits", exhibits)
	return d.add(groups, "dossier.summary.recorded", d.recordedItems())
}

func (d *document) asked(l narrowLimits) []item {
	const numbers = 4.6
	s := d.model.Summary
	if len(s.Asked) == 0 && s.AnswerBy == "" {
		none := d.wrap(narrowText, narrowColumn, d.words.Text("dossier.summary.nothing_asked"))
		return []item{d.textItem(narrowText.in(slate), none, 0, 0)}
	}
	const key = "dossier.summary.asked"
	d.shortened[key] = len(s.Asked) > l.asked
	var items []item
	for i, asked := range s.Asked[:min(len(s.Asked), l.asked)] {
		lines, shortened := d.clip(narrowText, narrowColumn-numbers, l.askedLines, asked, "")
		d.shortened[key] = d.shortened[key] || shortened
		number := fmt.Sprint(i + 1)
		items = append(items, item{height: linesHeight(narrowText, lines) + 1.1, cut: shortened, draw: func(x, top float64) {
			d.item(func() { d.text(listItem, metaBold, x, top+narrowText.firstBaseline(), number) },
				func() { d.linesWithin(listItem, narrowText, x+numbers, top, narrowColumn-numbers, lines) })
		}})
	}
	if d.shortened[key] {
		items = append(items, d.textItem(smallStyle, []string{"… " + d.pageAside(d.inFullOn[key])}, numbers, 0.6))
	}
	if s.AnswerBy != "" {
		lines, _ := d.clip(cellBold, narrowColumn, 3, s.AnswerBy, "")
		items = append(items, item{height: linesHeight(cellBold, lines) + 0.8, draw: func(x, top float64) {
			d.lines(paragraph, cellBold, x, top+0.6, lines)
		}})
	}
	return items
}

func (d *document) lastAnswer(limit int) []item {
	answer := d.model.Summary.LastAnswer
	if answer == nil {
		lines, _ := d.clip(narrowText, narrowColumn, 3, d.words.Text("dossier.summary.no_answer"), "")
		return []item{d.textItem(narrowText, lines, 0, 0)}
	}
	who, _ := d.clip(smallStyle, narrowColumn, 2, joinNonEmpty(" · ", answer.Date, answer.Who), "")
	// A reason that is left out counts as a cut within a sentence: everything else makes room for it.
	text, cut, _ := d.beginning(narrowText, narrowColumn, limit, answer.Text, d.pageAside(d.pageOf(answer.Row)))
	linked := d.itemOf(paragraph, narrowText, text, narrowColumn, 0)
	return []item{d.textItem(smallStyle, who, 0, 0.4), {height: linked.height, cut: cut, draw: func(x, top float64) {
		linked.draw(x, top)
		d.tagArea(x, top, narrowColumn, linked.height, answer.Row)
	}}}
}

func (d *document) summaryExhibit(exhibit dossier.Exhibit, limit int) item {
	const tags = 11.5
	s := smallStyle.in(ink)
	lines, _, cut := d.beginning(s, narrowColumn-tags, limit, exhibit.Caption, "")
	return item{height: max(linesHeight(s, lines), s.lineHeight()+noteStyle.lineHeight()) + 1.3, cut: cut, draw: func(x, top float64) {
		baseline := top + s.firstBaseline()
		badge := style{sansBold, 7.5, 9, white, 0}
		wide := max(8, d.width(badge, string(exhibit.Tag))+2.4)
		d.fillRect(x, baseline-3, wide, 3.9, ink)
		d.text(paragraph, badge, x+(wide-d.width(badge, string(exhibit.Tag)))/2, baseline-0.25, string(exhibit.Tag))
		d.linesOf(paragraph, s, x+tags, top, narrowColumn-tags, lines)
		d.pageLink(x, baseline+noteStyle.lineHeight()+0.4, exhibit.Tag)
	}}
}

// contactItem is whom to call about it, in one line.
func (d *document) contactItem() item {
	c := d.model.Complainant
	s := style{sans, 8, 10.6, slate, 0}
	reach := joinNonEmpty("  ·  ", c.Phone, c.Email, strings.ReplaceAll(c.Address, "\n", ", "), c.Reach)
	if reach == "" {
		return item{height: 2.6, draw: func(float64, float64) {}}
	}
	label := d.words.Text("dossier.summary.contact")
	return item{height: s.lineHeight() + 2.6, draw: func(x, top float64) {
		baseline := top + s.firstBaseline()
		d.text(paragraph, s.as(sansBold).in(ink), x, baseline, label)
		indent := d.width(s.as(sansBold), label) + 2.4
		d.lines(paragraph, s, x+indent, top, toRight([]string{d.fit(s, textWidth-indent, reach)}))
	}}
}
