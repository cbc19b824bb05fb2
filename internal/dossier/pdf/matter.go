package pdf

import (
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
)

// matter draws who is in the case, its numbers, and the complainant's words where the first page shortens them.
func (d *document) matter() {
	d.startSection("dossier.section.matter", 45)
	d.inside(seal.Table, d.definitions)
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	notes := d.model.Notes
	if d.model.Edition == dossier.Press {
		notes = append(slices.Clone(notes), d.bareLine())
	}
	for _, note := range notes {
		b := d.block(paragraph, bodyStyle.sized(8.4), textWidth-12, note)
		if len(b.lines) == 0 {
			continue
		}
		d.y += 3
		d.need(blocksHeight([]block{b}))
		d.flow(marginLeft, []block{b})
	}
	d.inFull("dossier.summary.account", d.model.Summary.Account)
	d.inFull("dossier.summary.concerned", d.model.Summary.StillConcerned)
	d.inFull("dossier.summary.asked", strings.Join(d.model.Summary.Asked, "\n"))
}

// definitions are who and what the case is about.
func (d *document) definitions() {
	d.definition(d.words.Text("dossier.matter.complainant"), d.complainantLines())
	for _, company := range d.model.Companies {
		label := company.Role
		if label == "" {
			label = d.words.Text("dossier.matter.company")
		}
		d.definition(capitalise(label), []string{company.Name, oneLine(company.Address), references(company)})
	}
	d.definition(d.words.Text("dossier.matter.claimed"), []string{d.model.Summary.Claimed})
	d.definition(d.words.Text("dossier.matter.reader"), []string{d.model.Addressee, joinNonEmpty(" · ", d.model.Generated, d.model.Program)})
}

func (d *document) complainantLines() []string {
	c := d.model.Complainant
	return []string{c.Name, oneLine(c.Address), strings.Trim(c.Email+" · "+c.Phone, " ·"), d.reach()}
}

// reach says how to reach the complainant in a press edition.
func (d *document) reach() string {
	if d.model.Complainant.Reach == "" {
		return ""
	}
	return d.words.Text("dossier.summary.contact") + ": " + d.model.Complainant.Reach
}

// oneLine writes a postal address on one line.
func oneLine(address string) string { return strings.ReplaceAll(address, "\n", ", ") }

// references are a company's numbers for the case, one behind the other; each stays on one line.
func references(company dossier.Company) string {
	var told []string
	for _, reference := range company.References {
		told = append(told, unbroken(strings.TrimPrefix(reference.Label+": "+reference.Number, ": ")))
	}
	return strings.Join(told, " · ")
}

// definition draws a label and the lines that belong to it, the first one strong. Empty lines are left out.
func (d *document) definition(label string, values []string) {
	const column = 46.0
	var blocks []block
	for _, value := range values {
		if strings.TrimSpace(value) == "" {
			continue
		}
		s := cellStyle.in(slate)
		if len(blocks) == 0 {
			s = cellBold
		}
		blocks = append(blocks, d.block(cell, s, textWidth-column, value))
	}
	if len(blocks) == 0 {
		return
	}
	d.need(min(blocksHeight(blocks)+3, 60))
	d.horizontal(marginLeft, textRight, d.y, 0.15, rule)
	d.y += 1.5
	d.structure.begin(seal.TableRow)
	d.structure.begin(seal.TableHeader).Scope = seal.OfRow
	d.lines(headerCell, cellStyle.in(grey), marginLeft, d.y, d.wrap(cellStyle, column-3, label))
	d.structure.end()
	d.inside(seal.TableCell, func() { d.flow(marginLeft+column, blocks) })
	d.structure.end()
	d.y += 1.2
}

// inFull draws a text that the first page shortens, under a small heading.
func (d *document) inFull(key, text string) {
	const measure = 140.0
	if !d.shortened[key] {
		return
	}
	d.need(30)
	d.apart(partGap + 2)
	d.inFullOn[key] = d.pdf.PageNo()
	d.heading(d.words.Text(key))
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, text)})
}

// heading draws the heading of a part of a section.
func (d *document) heading(text string) {
	d.y = d.lines(heading2, heading2Style, marginLeft, d.y, d.wrap(heading2Style, textWidth, text)) + 1.5
}

// emptySection says in a sentence that there is nothing to show.
func (d *document) emptySection(key string) {
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle.in(slate), 140, d.words.Text(key))})
}

// capitalise makes the first letter a capital, within quotation marks, too.
func capitalise(text string) string {
	said := strings.TrimLeft(text, "«“")
	for i, r := range said {
		return text[:len(text)-len(said)] + strings.ToUpper(string(r)) + said[i+len(string(r)):]
	}
	return text
}
