package dossier

import (
	"slices"
	"strings"

	"constancia/internal/casefile"
)

// Person is somebody who was spoken to.
type Person struct {
	// Name is as it was given, or says that it was refused.
	Name     string
	Refused  bool
	Position string
	Company  string
	// Contacts are where they appear.
	Contacts []Appearance
	Promises []Tag
}

// Appearance is a contact in which a person appears.
type Appearance struct {
	Date string
	Row  Tag
}

// persons lists everybody who was spoken to, in the order in which they first appear; who was joined once, under all the
// names that were given.
func (c *compiler) persons() []Person {
	var persons []Person
	first := map[string]int{}
	for i, contact := range slices.Backward(c.file.Contacts) {
		for _, id := range contact.Value.PersonIDs {
			first[id] = i
		}
	}
	byID := map[string]casefile.Person{}
	for _, entry := range c.file.People {
		byID[entry.Value.ID] = entry.Value
	}
	groups := c.file.SamePeople()
	order := func(group []string) int {
		at := len(c.file.Contacts)
		for _, id := range group {
			if place, ok := first[id]; ok {
				at = min(at, place)
			}
		}
		return at
	}
	slices.SortStableFunc(groups, func(a, b []string) int { return order(a) - order(b) })
	appeared := c.appearances(groups)
	for i, group := range groups {
		people := make([]casefile.Person, len(group))
		for j, id := range group {
			people[j] = byID[id]
		}
		person := c.person(people)
		person.Contacts, person.Promises = appeared[i], c.promisesOf(group)
		persons = append(persons, person)
	}
	return persons
}

// appearances lists the contacts of each group of people, each contact once.
func (c *compiler) appearances(groups [][]string) [][]Appearance {
	groupOf := map[string]int{}
	for i, group := range groups {
		for _, id := range group {
			groupOf[id] = i
		}
	}
	appeared := make([][]Appearance, len(groups))
	for _, contact := range c.file.Contacts {
		seen := map[int]bool{}
		for _, id := range contact.Value.PersonIDs {
			group, known := groupOf[id]
			if !known || seen[group] {
				continue
			}
			seen[group] = true
			appeared[group] = append(appeared[group], Appearance{
				Date: c.shortWhen(contact.Value.OccurredAt), Row: c.tags[contact.Value.ID]})
		}
	}
	return appeared
}

// person is who several written-down people are, or one. A name that was refused once and given another time is the one
// that was given.
func (c *compiler) person(people []casefile.Person) Person {
	var names, positions, companies []string
	for _, person := range people {
		if !person.Refused {
			names = append(names, c.personName(person))
		}
		positions = append(positions, person.Position)
		companies = append(companies, c.parties[person.PartyID].Name)
	}
	refused := len(names) == 0
	if refused {
		names = []string{c.personName(people[0])}
	}
	return Person{Name: eachOnce(names, " / "), Refused: refused, Position: eachOnce(positions, ", "), Company: eachOnce(companies, ", ")}
}

// eachOnce joins the texts that are not empty, each once.
func eachOnce(texts []string, separator string) string {
	var once []string
	for _, text := range texts {
		if text != "" && !slices.Contains(once, text) {
			once = append(once, text)
		}
	}
	return strings.Join(once, separator)
}

func (c *compiler) promisesOf(people []string) []Tag {
	var tags []Tag
	for _, promise := range c.file.Promises {
		if tag, told := c.tags[promise.Value.ID]; told && slices.Contains(people, promise.Value.PersonID) {
			tags = append(tags, tag)
		}
	}
	return tags
}
