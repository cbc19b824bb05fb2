package pdf

import (
	"slices"
	"strings"

	"constancia/internal/dossier"
)

// bareSections are the parts that are told together, in a line each, where there is nothing in them. The chronology and the
// companies' side stay where they are: that nothing is recorded there is something to say.
var bareSections = []dossier.Section{dossier.PeopleSection, dossier.PromisesSection, dossier.EmailsSection, dossier.ExhibitsSection}

// isBare reports whether a dossier has a part with nothing in it that is told in a line.
func (d *document) isBare(section dossier.Section) bool {
	if !d.model.Has(section) {
		return false
	}
	switch section {
	case dossier.PeopleSection:
		return len(d.model.People) == 0
	case dossier.PromisesSection:
		return len(d.model.Promises) == 0
	case dossier.EmailsSection:
		return len(d.model.Emails) == 0
	case dossier.ExhibitsSection:
		return len(d.model.Exhibits) == 0
	}
	return false
}

// hasBareParts reports whether there is a heading for them. A newspaper has a line in the matter instead.
func (d *document) hasBareParts() bool {
	return d.model.Edition != dossier.Press && slices.ContainsFunc(bareSections, d.isBare)
}

// bareLine says in a line in which parts there is nothing. Exhibits are on request: that is said where they are numbered.
func (d *document) bareLine() string {
	var said []string
	for _, section := range bareSections {
		if d.isBare(section) && section != dossier.ExhibitsSection {
			said = append(said, d.words.Text("dossier."+string(section)+".empty"))
		}
	}
	return strings.Join(said, " ")
}

// bareParts says under one heading in which parts there is nothing.
func (d *document) bareParts() {
	if !d.hasBareParts() {
		return
	}
	d.startSection("dossier.section.bare", 20)
	for _, section := range bareSections {
		if d.isBare(section) {
			name := d.words.Text("dossier.section." + string(section))
			d.flow(marginLeft, []block{d.block(paragraph, bodyStyle.in(slate), measure, name+": "+d.words.Text("dossier."+string(section)+".empty"))})
			d.y++
		}
	}
}
