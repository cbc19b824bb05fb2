package redaction

import (
	"maps"
	"slices"

	"constancia/internal/casefile"
)

// Earlier is what entries said that is not what the case says now: as they were first recorded, before corrections, also
// of what was taken back, and all corrections. A name that was put right, or stood in an entry that counts no longer, may
// stand in a text still.
type Earlier struct {
	Complainants []casefile.Complainant
	Parties      []casefile.Party
	People       []casefile.Person
	Contacts     []casefile.Contact
	Corrections  []casefile.Correction
	// Readings are those of emails that were taken back.
	Readings []casefile.Reading
}

// earlier collects what fields said before, under the labels that those have who are known.
func (g *gatherer) earlier(e Earlier) {
	for _, complainant := range e.Complainants {
		g.complainant(complainant)
	}
	for _, party := range e.Parties {
		for _, reference := range party.References {
			g.reference(reference)
		}
	}
	for _, person := range e.People {
		g.earlierPerson(person)
	}
	for _, contact := range e.Contacts {
		g.phone(contact.Number)
		g.number(Number, contact.CompanyReference)
		g.household(contact.MadeBy)
	}
	for _, reading := range e.Readings {
		g.mailboxes(reading)
	}
	g.corrected(slices.Concat(allCorrections(g.file), e.Corrections))
}

// earlierPerson keeps the name that somebody was first recorded with. Who counts no longer has no number: the edition
// does not list them.
func (g *gatherer) earlierPerson(person casefile.Person) {
	place, known := g.people[person.ID]
	switch {
	case person.Refused || person.Name == "":
		return
	case !known && g.isNamed(person.Name):
		return
	case !known:
		place = g.add(Secret{ID: idOf(Third, person.Name), Kind: Third, Label: g.words.Text("press.label.somebody")})
		g.people[person.ID] = place
	}
	g.spellAgent(place, person.Name)
	g.position(place, person.Position)
}

// isNamed reports whether somebody of the case is known by just this name.
func (g *gatherer) isNamed(name string) bool {
	return slices.ContainsFunc(g.file.People, func(person casefile.Recorded[casefile.Person]) bool {
		return squeezed(person.Value.Name) == squeezed(name)
	})
}

// corrected collects what corrections said, also those of which another has the last word.
func (g *gatherer) corrected(corrections []casefile.Correction) {
	for _, correction := range corrections {
		for _, field := range slices.Sorted(maps.Keys(correction.Fields)) {
			g.correctedField(correction.Target, field, correction.Fields[field])
		}
	}
}

func (g *gatherer) correctedField(target, field string, value any) {
	text := textOf(value)
	switch field {
	case "complainant":
		fields, _ := value.(map[string]any)
		g.complainant(casefile.Complainant{Name: textOf(fields["name"]), Address: textOf(fields["address"]),
			Email: textOf(fields["email"]), Phone: textOf(fields["phone"])})
	case "references":
		list, _ := value.([]any)
		g.referencesOf(list)
	case "number":
		g.phone(text)
	case "company_reference":
		g.number(Number, text)
	case "made_by":
		g.household(text)
	case "name":
		if text != "" {
			g.earlierPerson(casefile.Person{ID: target, Name: text})
		}
	case "position":
		if place, ok := g.people[target]; ok {
			g.position(place, text)
		} else {
			g.branches(text)
		}
	}
}
