package pdf

// endingRow draws how the case ended where it stands in the chronology, under its month, and gives that heading.
func (d *document) endingRow(month string) string {
	ending := d.model.Ending
	if ending == nil {
		return month
	}
	blocks := []block{d.block(cell, bodyStyle.as(serifBold), whatColumn, ending.Sentence)}
	if ending.Note != "" {
		note := d.block(quotation, quoteStyle, whatColumn-4, d.quoted(ending.Note))
		note.before, note.indent = 0.8, 4
		note.band = func(top, bottom float64) { d.vertical(whatLeft+1.2, top+0.6, bottom-0.4, 0.4, shaded) }
		blocks = append(blocks, note)
	}
	d.keep(blocksHeight(blocks)+12, 48)
	if ending.Month != "" && ending.Month != month {
		d.monthHeading(ending.Month, month != "")
		month = ending.Month
	} else {
		d.horizontal(marginLeft, textRight, d.y, 0.12, rule)
	}
	top := d.y + 1.8
	d.item(func() { d.text(cell, metaBold, marginLeft, top+metaBold.firstBaseline(), ending.Date) }, func() {
		d.y = top - 0.6
		d.flow(whatLeft, blocks)
	})
	d.y += 2
	return month
}
