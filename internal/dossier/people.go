package dossier

import (
	"slices"

	"constancia/internal/casefile"
)

// persons lists everybody who was spoken to, in the order in which they first appear.
func (c *compiler) persons() []Person {
	var persons []Person
	appeared := map[string][]Appearance{}
	first := map[string]int{}
	for i, contact := range c.file.Contacts {
		for _, id := range contact.Value.PersonIDs {
			if _, ok := first[id]; !ok {
				first[id] = i
			}
			appeared[id] = append(appeared[id], Appearance{
				Date: c.shortWhen(contact.Value.OccurredAt), Row: c.tags[contact.Value.ID]})
		}
	}
	entries := slices.Clone(c.file.People)
	order := func(id string) int {
		if at, ok := first[id]; ok {
			return at
		}
		return len(c.file.Contacts)
	}
	slices.SortStableFunc(entries, func(a, b casefile.Recorded[casefile.Person]) int { return order(a.Value.ID) - order(b.Value.ID) })
	for _, entry := range entries {
		person := entry.Value
		persons = append(persons, Person{
			Name: c.personName(person), Refused: person.Refused, Position: person.Position,
			Company: c.parties[person.PartyID].Name, Contacts: appeared[person.ID], Promises: c.promisesOf(person.ID),
		})
	}
	return persons
}

func (c *compiler) promisesOf(personID string) []Tag {
	var tags []Tag
	for _, promise := range c.file.Promises {
		if promise.Value.PersonID == personID {
			tags = append(tags, c.tags[promise.Value.ID])
		}
	}
	return tags
}
