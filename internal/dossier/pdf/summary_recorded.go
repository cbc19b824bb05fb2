package pdf

import (
	"slices"

	"constancia/internal/dossier"
)

// recordedItems tell in a bar and in words how much was recorded at the time. Each number leads to the rows it counts.
func (d *document) recordedItems() []item {
	r := d.model.Summary.Recorded
	total := r.Live + r.SameDay + r.Later + r.Emails
	if total == 0 {
		return nil
	}
	var parts []recordedPart
	for _, part := range []recordedPart{
		{r.Live, "dossier.summary.recorded_live", navy, dossier.ChronologySection},
		{r.SameDay, "dossier.summary.recorded_same_day", steel, dossier.ChronologySection},
		{r.Later, "dossier.summary.recorded_later", pale, dossier.ChronologySection},
		{r.Emails, "dossier.summary.recorded_emails", white, dossier.EmailsSection}} {
		if part.count > 0 {
			parts = append(parts, part)
		}
	}
	items := []item{{height: 4.6, draw: func(x, top float64) {
		d.mark(artifact, func() { // the words below say the same
			for _, part := range parts {
				wide := narrowColumn * float64(part.count) / float64(total)
				d.recordedField(part, x, top+0.4, wide, 2.6)
				x += wide
			}
		})
	}}}
	for pair := range slices.Chunk(parts, 2) {
		items = append(items, d.recordedPair(pair))
	}
	if d.model.Sealed == "" && r.Live+r.SameDay+r.Later > 0 {
		text, _ := d.clip(smallStyle, narrowColumn, 3, d.words.Text("dossier.summary.own_clock"), "")
		items = append(items, d.textItem(smallStyle, text, 0, 0))
	}
	if r.OnCompanyDocument > 0 {
		text, _ := d.clip(smallStyle, narrowColumn, 2, d.words.Count("dossier.summary.on_documents", r.OnCompanyDocument), "")
		items = append(items, item{height: linesHeight(smallStyle, text) + 0.8, draw: func(x, top float64) {
			d.lines(paragraph, smallStyle, x, top+0.8, text)
			d.sectionArea(x, top+0.8, narrowColumn, linesHeight(smallStyle, text), dossier.ChronologySection)
		}})
	}
	return items
}

// recordedPart is how many contacts were recorded alike, the field that stands for them, and where they are told.
type recordedPart struct {
	count int64
	key   string
	color rgb
	told  dossier.Section
}

// recordedPair names two parts beside each other.
func (d *document) recordedPair(pair []recordedPart) item {
	const field, column = 4.0, narrowColumn / 2
	return item{height: smallStyle.lineHeight(), draw: func(x, top float64) {
		baseline := top + smallStyle.firstBaseline()
		for _, part := range pair {
			d.recordedField(part, x, baseline-2.1, 2.1, 2.1)
			d.text(paragraph, smallStyle, x+field, baseline, d.fit(smallStyle, column-field, d.words.Count(part.key, part.count)))
			d.sectionArea(x, top, column-1, smallStyle.lineHeight(), part.told)
			x += column
		}
	}}
}

// recordedField is drawn filled, and where it is light with an outline.
func (d *document) recordedField(part recordedPart, x, y, width, height float64) {
	d.fillRect(x, y, width, height, part.color)
	if part.color == white || part.color == pale {
		const inset = outlineWidth / 2
		d.frame(x+inset, y+inset, width-outlineWidth, height-outlineWidth, outlineWidth, grey)
	}
}
