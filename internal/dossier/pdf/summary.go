package pdf

import (
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// The first page: a band, the head over the full width, then two columns, and the record's fingerprint at the foot.
const (
	wideColumn   = 99.0
	columnGap    = 7.6
	narrowColumn = textWidth - wideColumn - columnGap
	narrowLeft   = marginLeft + wideColumn + columnGap
	groupGap     = 3.5
	maxGroupGap  = 9.5
)

var (
	storyStyle  = style{serif, 8.9, 11.6, ink, 0}
	summaryLead = leadStyle.sized(10.5)
	narrowText  = style{sans, 8, 10.5, ink, 0}
	smallStyle  = style{sans, 7.6, 10.2, slate, 0}
)

// The first page shows as much as fits: the first of these that does without cutting a sentence in two, else the first
// that does, each poorer than the one before. pointBytes is how much of a turning point is told if its lines hold it.
type wideLimits struct{ points, pointLines, pointBytes, promises, promiseLines, concernedLines int }

type narrowLimits struct{ asked, askedLines, answerLines, exhibits, exhibitLines int }

var (
	// An account of so many lines is shown when neither column is poorer for it than the rank beside it.
	accountLimits = []struct{ lines, rank int }{{8, 3}, {7, 4}, {6, 8}, {5, 12}, {4, 18}, {3, 99}}

	allWideLimits = []wideLimits{
		{5, 4, 60, 4, 3, 8}, {5, 4, 60, 4, 3, 6}, {5, 4, 40, 4, 3, 6}, {5, 4, 40, 4, 3, 5}, {5, 4, 40, 3, 3, 6}, {5, 4, 40, 3, 3, 5}, {5, 4, 40, 4, 3, 4},
		{5, 4, 40, 3, 3, 4}, {5, 4, 40, 2, 3, 5}, {5, 4, 40, 2, 3, 4}, {5, 4, 40, 2, 3, 3}, {4, 4, 40, 2, 3, 4}, {5, 3, 40, 3, 2, 4},
		{5, 2, 60, 3, 1, 4}, {5, 2, 40, 2, 1, 4}, {5, 2, 40, 2, 1, 3}, {5, 1, 40, 2, 1, 3}, {5, 1, 40, 2, 1, 2},
	}
	allNarrowLimits = []narrowLimits{
		{7, 5, 9, 3, 5}, {7, 5, 9, 3, 2}, {7, 5, 6, 3, 5}, {7, 5, 6, 3, 2}, {7, 5, 5, 3, 5}, {7, 5, 4, 3, 5}, {7, 5, 3, 3, 5}, {7, 5, 2, 3, 5},
		{6, 4, 4, 3, 3}, {6, 4, 4, 3, 2}, {5, 4, 5, 3, 2}, {5, 4, 4, 3, 2}, {4, 4, 4, 3, 2}, {4, 4, 3, 3, 2}, {4, 3, 3, 3, 2},
		{4, 3, 2, 3, 2}, {3, 3, 3, 3, 1}, {3, 3, 2, 3, 1}, {3, 2, 3, 3, 1}, {3, 2, 2, 3, 1}, {3, 1, 2, 3, 1},
	}
)

// group is a labelled part of a column.
type group struct {
	label string
	items []item
}

// item is something of a known height.
type item struct {
	height float64
	draw   func(x, top float64)
	// cut says that it ends within a sentence.
	cut bool
}

// planKey names an item of the first page and the room it is tried in.
type planKey struct {
	of                  string
	index, lines, bytes int
}

// tried makes an item once for each room it is tried in: most of what is tried differs in a few items only.
func (d *document) tried(key planKey, make func() item) item {
	known, ok := d.planned[key]
	if !ok {
		known = make()
		d.planned[key] = known
	}
	return known
}

func anyCut(groups []group) bool {
	for _, g := range groups {
		for _, i := range g.items {
			if i.cut {
				return true
			}
		}
	}
	return false
}

func groupsHeight(groups []group) float64 {
	height := groupGap * float64(max(0, len(groups)-1))
	for _, g := range groups {
		height += groupLabel
		for _, i := range g.items {
			height += i.height
		}
	}
	return height
}

const groupLabel = 5.6

// summary draws the first page.
func (d *document) summary() {
	d.fillRect(0, 0, pageWidth, 5.5, navy)
	bottom := d.summaryBottom()
	head, wide, narrow := d.planSummary()
	d.masthead()
	top := summaryTop
	for _, i := range head {
		i.draw(marginLeft, top)
		top += i.height
	}
	d.column(wide, marginLeft, wideColumn, top, bottom)
	d.column(narrow, narrowLeft, narrowColumn, top, bottom)
	d.summaryFoot()
}

// summaryTop is where the title starts.
const summaryTop = marginTop - 3

// planSummary chooses what the first page shows. Heights don't depend on the numbers of pages, so the choice is the
// same before the other pages are drawn, when it tells which texts they have to show whole, and after.
func (d *document) planSummary() (head []item, wide, narrow []group) {
	d.planning, d.planned = true, map[planKey]item{}
	defer func() { d.planning, d.planned = false, nil }()
	bottom := d.summaryBottom()
	for _, account := range accountLimits {
		clear(d.shortened)
		head = d.summaryHead(account.lines)
		room := bottom - summaryTop
		for _, part := range head {
			room -= part.height
		}
		var wideRank, narrowRank int
		wide, wideRank = choose(allWideLimits, room, d.wideGroups)
		narrow, narrowRank = choose(allNarrowLimits, room, d.narrowGroups)
		if max(wideRank, narrowRank) <= account.rank {
			break
		}
	}
	return head, wide, narrow
}

// choose makes the first column of those that limits allow that fits into room with no sentence cut in two, else the
// first that fits, else the poorest, and tells its rank.
func choose[L any](all []L, room float64, groups func(L) []group) (chosen []group, rank int) {
	rank = len(all)
	for i, limits := range all {
		chosen = groups(limits)
		if groupsHeight(chosen) > room {
			continue
		}
		if !anyCut(chosen) {
			return chosen, i
		}
		rank = min(rank, i)
	}
	if rank < len(all) {
		return groups(all[rank]), rank // made anew, for what was tried last says what is shortened
	}
	return chosen, rank
}

// column draws groups below each other, spread a little when there is room.
func (d *document) column(groups []group, x, width, top, bottom float64) {
	gap := groupGap
	if len(groups) > 1 {
		gap += min(maxGroupGap-groupGap, max(0, bottom-top-groupsHeight(groups))/float64(len(groups)-1))
	}
	for _, g := range groups {
		d.horizontal(x, x+width, top, 0.3, ink)
		d.label(heading2, labelStyle, x, top+3.6, d.fit(labelStyle, width*0.8, g.label))
		top += groupLabel
		for _, i := range g.items {
			i.draw(x, top)
			top += i.height
		}
		top += gap
	}
}

// masthead names the document, its reader and its number.
func (d *document) masthead() {
	const baseline = 15.2
	kind := labelStyle.sized(8.2)
	d.label(paragraph, kind, marginLeft, baseline, d.model.Kind)
	s := style{sans, 7.8, 10, grey, 0}
	d.textEnd(paragraph, s, textRight, baseline, d.fit(s, 90, d.model.Reader+" · "+d.model.Reference))
	d.horizontal(marginLeft, textRight, 18, 0.5, ink)
}

// textItem is lines as an item, with space below.
func (d *document) textItem(s style, lines []string, indent, below float64) item {
	return item{height: linesHeight(s, lines) + below, draw: func(x, top float64) { d.lines(paragraph, s, x+indent, top, lines) }}
}

// itemOf is the lines of a text that somebody wrote as an item, see [document.linesOf].
func (d *document) itemOf(r role, s style, lines []string, measure, below float64) item {
	return item{height: linesHeight(s, lines) + below, draw: func(x, top float64) { d.linesOf(r, s, x, top, measure, lines) }}
}

// summaryHead is the title, the parties, the case in one sentence, its figures, and the complainant's account.
func (d *document) summaryHead(accountLines int) []item {
	title := d.titleLines(2)
	partiesStyle := leadStyle.sized(10.6).in(grey)
	parties := d.balance(partiesStyle, textWidth, clipBytes(d.parties(), 400))
	if len(parties) > 3 {
		parties, _ = d.clip(partiesStyle, textWidth, 3, d.parties(), "")
	}
	parties = toRight(parties)
	sentence, _ := d.clip(summaryLead, textWidth, 6, d.model.Summary.Sentence, "")
	head := []item{
		d.itemOf(heading1, title.style, title.lines, textWidth, 0.8),
		d.textItem(partiesStyle, parties, 0, 0.8),
		d.contactItem(),
		d.sentenceItem(sentence),
		d.figuresItem(),
	}
	account, _ := d.clipped("dossier.summary.account", storyStyle, textWidth, accountLines, d.model.Summary.Account)
	if len(account) > 0 {
		height := groupLabel + linesHeight(storyStyle, account) + groupGap
		head = append(head, item{height: height, draw: func(x, top float64) {
			d.horizontal(x, textRight, top, 0.3, ink)
			d.label(heading2, labelStyle, x, top+3.6, d.words.Text("dossier.summary.account"))
			d.linesWithin(paragraph, storyStyle, x, top+groupLabel, textWidth, account)
		}})
	}
	return head
}

// sentenceItem is the case in one sentence; it leads to the figures that it tells.
func (d *document) sentenceItem(lines []string) item {
	told := d.textItem(summaryLead, lines, 0, 2.8)
	return item{height: told.height, draw: func(x, top float64) {
		told.draw(x, top)
		d.sectionArea(x, top, textWidth, linesHeight(summaryLead, lines), dossier.FiguresSection)
	}}
}

// sectionArea makes a part of the page lead to a part of the dossier, if it has that.
func (d *document) sectionArea(x, y, width, height float64, to dossier.Section) {
	if link, ok := d.sectionLink(to); ok {
		d.linkArea(x, y, width, height, link)
	}
}

// titleLines sets the title as large as two lines allow.
func (d *document) titleLines(limit int) block {
	for _, size := range []float64{titleStyle.size, 19, 16} {
		s := titleStyle.sized(size)
		if lines := d.balance(s, textWidth, clipBytes(d.model.Title, 600)); len(lines) <= limit {
			return block{style: s, lines: lines}
		}
	}
	s := titleStyle.sized(16)
	lines, _ := d.clip(s, textWidth, limit, d.model.Title, "")
	return block{style: s, lines: lines}
}

func clipBytes(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "")
}

// parties names who complains of whom.
func (d *document) parties() string {
	var companies []string
	for _, company := range d.model.Companies {
		name := company.Name
		if company.Role != "" {
			name += " (" + company.Role + ")"
		}
		companies = append(companies, name)
	}
	switch {
	case len(companies) == 0:
		return d.model.Complainant.Name
	case d.model.Complainant.Name == "":
		return d.words.List(companies)
	}
	return d.words.Text("dossier.summary.parties", i18n.Values{
		"complainant": d.model.Complainant.Name, "companies": d.words.List(companies)})
}

// clipped cuts a text of the complainant to the lines there is room for, and remembers whether it stands elsewhere whole.
func (d *document) clipped(key string, s style, width float64, limit int, text string) (lines []string, cut bool) {
	page := d.inFullOn[key]
	if page == 0 && d.planning {
		page = 999 // room for the number that is not known yet
	}
	lines, shortened, cut := d.beginning(s, width, limit, text, d.pageAside(page))
	d.shortened[key] = shortened
	return lines, cut
}

// beginning sets a text in at most limit lines. What does not fit is left out at the end of a sentence, else within one,
// and tail ("see p. 4") says where it stands.
func (d *document) beginning(s style, width float64, limit int, text, tail string) (lines []string, shortened, cut bool) {
	lines, shortened = d.clip(s, width, limit, text, tail)
	if !shortened {
		return lines, false, false
	}
	shown := len(strings.Join(lines, " "))
	if tail != "" {
		tail = " (…)\u00A0" + strings.ReplaceAll(tail, " ", "\u00A0")
	}
	for _, end := range slices.Backward(sentenceEnds(clipBytes(text, 400*limit))) {
		if end > shown || end < sayingSomething {
			continue
		}
		if whole, long := d.clip(s, width, limit, strings.TrimSpace(text[:end])+tail, ""); !long {
			return whole, true, false
		}
	}
	return lines, true, true
}

// figuresItem draws the key figures side by side, each column as wide as it needs.
func (d *document) figuresItem() item {
	const gap, narrowest, below = 4.0, 19.0, 3.4
	figures := d.model.Summary.Figures
	labelStyle := style{sans, 7.6, 9.6, grey, 0}
	value := style{serifBold, 19, 21, ink, 0}
	widths := make([]float64, len(figures))
	for ; value.size > 9; value = value.sized(value.size - 1) {
		total := gap * float64(len(figures)-1)
		for i, f := range figures {
			widths[i] = max(narrowest, d.width(value, d.prepare(f.Value)))
			total += widths[i]
		}
		if total <= textWidth {
			d.widen(widths, textWidth-total, labelStyle)
			break
		}
	}
	most := 1
	labels := make([][]string, len(figures))
	for i, f := range figures {
		labels[i], _ = d.clip(labelStyle, widths[i], 4, f.Label, "")
		most = max(most, len(labels[i]))
	}
	height := 2.2 + value.lineHeight() + labelStyle.height(most) + below
	return item{height: height, draw: func(x, top float64) {
		for i, f := range figures {
			d.horizontal(x, x+widths[i], top, 0.5, ink)
			s := value
			if f.Adverse {
				s = s.in(oxide)
			}
			d.text(paragraph, s, x, top+2.2+value.lineHeight()*0.78, d.fit(s, widths[i]+gap, f.Value))
			d.lines(paragraph, labelStyle, x, top+2.2+value.lineHeight(), labels[i])
			d.sectionArea(x, top, widths[i], height-below, f.Told)
			x += widths[i] + gap
		}
	}}
}

// widen gives the columns of the key figures what room there is, bit by bit to the one whose label takes most lines, so that
// the row is as low as it can be; what is left goes to all alike.
func (d *document) widen(widths []float64, spare float64, s style) {
	const bit = 1.0
	lines := func(i int) int { return len(d.wrap(s, widths[i], d.model.Summary.Figures[i].Label)) }
	for ; spare >= bit; spare -= bit {
		longest := 0
		for i := range widths {
			if lines(i) > lines(longest) {
				longest = i
			}
		}
		if lines(longest) < 2 {
			break
		}
		widths[longest] += bit
	}
	for i := range widths {
		widths[i] += spare / float64(len(widths))
	}
}

// The box with the fingerprint, at the foot of the first page.
const (
	footHeight = 17.5
	footTop    = textBottom + 5 - footHeight
)

// summaryBottom is where the columns have to end.
func (d *document) summaryBottom() float64 {
	if d.model.RecordFingerprint == "" {
		return textBottom + 4
	}
	return footTop - groupGap
}

// summaryFoot draws the fingerprint and says what it is.
func (d *document) summaryFoot() {
	fingerprint := d.prepare(d.model.RecordFingerprint)
	if fingerprint == "" {
		return
	}
	const height, top, noteLeft = footHeight, footTop, 68.0
	d.fillRect(marginLeft, top, textWidth, height, tint)
	d.fingerprintCode(textRight-height, top, height)
	d.label(heading2, labelStyle, marginLeft+5, top+4.6, d.words.Text("dossier.integrity.fingerprint"))
	s := style{mono, 7.5, 9.8, ink, 0}
	lines := []string{fingerprint}
	if half := len(fingerprint) / 2; half > 0 {
		lines = []string{spaced(fingerprint[:half]), spaced(fingerprint[half:])}
	}
	d.lines(paragraph, s, marginLeft+5, top+6.6, lines)
	note := style{sans, 7.5, 9.4, grey, 0}
	about := d.words.Text("dossier.summary.fingerprint_is", i18n.Values{"page": d.lastSectionPage()}) + " " + d.words.Text("dossier.summary.qr_is")
	text, _ := d.clip(note, textWidth-noteLeft-height-5, 5, about, "")
	d.lines(paragraph, note, marginLeft+noteLeft, top+(height-linesHeight(note, text))/2, text)
	d.lines(paragraph, note.in(slate), marginLeft+5, top+13.1, []string{d.fit(note, noteLeft-7, d.model.Sealed)})
}

func (d *document) lastSectionPage() int {
	if len(d.sections) == 0 {
		return 0
	}
	return d.sections[len(d.sections)-1].page
}

// spaced groups a hash by eight digits, to be read aloud.
func spaced(hash string) string {
	var parts []string
	for len(hash) > 8 {
		parts = append(parts, hash[:8])
		hash = hash[8:]
	}
	return strings.Join(append(parts, hash), " ")
}
