package pdf

// breaches draws the rules of law that something is on record against: what each asks, and what is held against it.
func (d *document) breaches() {
	if len(d.model.Breaches) == 0 {
		return
	}
	d.startSection("dossier.section.breaches", 60)
	d.flow(marginLeft, []block{d.block(paragraph, metaStyle, measure, d.words.Text("law.about"))})
	d.y += 1.5
	for _, breach := range d.model.Breaches {
		blocks := []block{
			d.block(heading2, heading2Style, textWidth, breach.Article),
			d.block(paragraph, bodyStyle, measure, breach.Says),
		}
		if breach.Binds != "" {
			blocks = append(blocks, d.block(paragraph, metaStyle, measure, breach.Binds))
		}
		source := d.block(paragraph, noteStyle, measure, breach.Source) // above the rows: below them it could open a page alone
		source.before = 0.8
		blocks = append(blocks, source)
		d.apart(partGap)
		d.keep(blocksHeight(blocks)+25, 60)
		d.flow(marginLeft, blocks)
		d.y += 1.5
		for _, row := range breach.Rows {
			d.drawDated(d.answer(row))
		}
	}
}
