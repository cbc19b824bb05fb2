package dossier

import (
	"slices"

	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// Section is a part of a dossier that can be left out. Its words are dossier.section.SECTION. The first page, the contents,
// the case itself and how to check the dossier always stay.
type Section string

// The sections.
const (
	FiguresSection        Section = "figures"
	ChronologySection     Section = "chronology"
	PeopleSection         Section = "people"
	PromisesSection       Section = "promises"
	RunaroundSection      Section = "runaround"
	ContradictionsSection Section = "contradictions"
	CompanySection        Section = "company"
	BreachesSection       Section = "breaches"
	CostSection           Section = "cost"
	EmailsSection         Section = "emails"
	ExhibitsSection       Section = "exhibits"
)

// Sections lists the sections, in the order of the dossier.
func Sections() []Section {
	return []Section{FiguresSection, ChronologySection, PeopleSection, PromisesSection, RunaroundSection,
		ContradictionsSection, CompanySection, BreachesSection, CostSection, EmailsSection, ExhibitsSection}
}

// Has reports whether a dossier has a section, be there anything to tell in it or not.
func (d *Dossier) Has(section Section) bool { return !slices.Contains(d.LeftOut, section) }

// leftOut are the sections that are not among those asked for; none when none is asked for.
//
// Error: not_a_choice.
func leftOut(wanted []Section) ([]Section, error) {
	for _, section := range wanted {
		if !slices.Contains(Sections(), section) {
			return nil, problem.New(problem.NotAChoice, problem.Values{
				"field": "section", "value": string(section), "choices": choices(Sections())})
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	return slices.DeleteFunc(Sections(), func(section Section) bool { return slices.Contains(wanted, section) }), nil
}

func (c *compiler) has(section Section) bool { return !slices.Contains(c.leftOut, section) }

// omittedParts names what the dossier leaves out; empty when it is whole.
func (c *compiler) omittedParts() string {
	if len(c.leftOut) == 0 {
		return ""
	}
	names := make([]string, len(c.leftOut))
	for i, section := range c.leftOut {
		names[i] = c.words.Text("dossier.quote", i18n.Values{"text": c.words.Text("dossier.section." + string(section))})
	}
	return c.words.Text("dossier.left_out", i18n.Values{"sections": c.words.List(names)})
}

// keepTags forgets what rows are called that the dossier does not have: nothing may lead to them. The rows of messages
// stand in the chronology as well, unless they are linked to a contact.
func (c *compiler) keepTags() {
	kept := map[string]Tag{}
	keep := func(id string) {
		if tag, ok := c.tags[id]; ok {
			kept[id] = tag
		}
	}
	if c.has(ChronologySection) {
		for _, contact := range c.file.Contacts {
			keep(contact.Value.ID)
		}
		for message := range c.file.Unlinked() {
			keep(message.Value.ID)
		}
	}
	if c.has(EmailsSection) {
		for _, message := range c.file.Messages {
			keep(message.Value.ID)
		}
	}
	if c.has(PromisesSection) {
		for _, promise := range c.file.Promises {
			keep(promise.Value.ID)
		}
	}
	if c.has(ExhibitsSection) {
		for _, exhibit := range c.file.Exhibits {
			for _, piece := range c.pieces(exhibit.Value) {
				keep(piece)
			}
		}
	}
	c.tags = kept
}

// leaveOut empties the sections that a dossier leaves out.
func (d *Dossier) leaveOut() {
	for _, section := range d.LeftOut {
		switch section {
		case FiguresSection:
			d.Charts = Charts{}
		case ChronologySection:
			d.Chronology = nil
		case PeopleSection:
			d.People, d.RefusedNames = nil, 0
		case PromisesSection:
			d.Promises = nil
		case RunaroundSection:
			d.Runaround = Runaround{}
		case ContradictionsSection:
			d.Contradictions = nil
		case CompanySection:
			d.CompanySide = CompanySide{}
		case BreachesSection:
			d.Breaches = nil
		case CostSection:
			d.Cost = Cost{}
		case EmailsSection:
			d.Emails = nil
			for i, row := range d.Chronology {
				if row.Email == row.Tag {
					d.Chronology[i].Email = "" // it would lead to itself
				}
			}
		case ExhibitsSection:
			d.Exhibits = nil
		}
	}
}
