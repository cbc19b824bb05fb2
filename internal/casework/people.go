package casework

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// Spoken is somebody who was spoken to, as they gave their name.
type Spoken struct {
	Name     string `json:"name,omitempty"`
	Position string `json:"position,omitempty"`
	// Refused says that the name was refused; then Name is empty.
	Refused bool `json:"refused,omitempty"`
}

// PersonSummary is a person as a list shows them.
type PersonSummary struct {
	casefile.Person
	Party       string         `json:"party_name"`
	Contacts    int64          `json:"contacts"`
	HoldSeconds int64          `json:"hold_seconds"`
	Promises    int64          `json:"promises"`
	NotKept     int64          `json:"not_kept"`
	LastContact *casefile.When `json:"last_contact"`
	// SameAs are the ids of the others who are the same person, as the person joined them.
	SameAs []string `json:"same_as"`
}

// People lists everybody spoken to in a case, in the order they first came up; in all cases when caseID is empty.
//
// Problem: not_found.
func (c *Casework) People(ctx context.Context, caseID string) ([]PersonSummary, error) {
	ids := []string{caseID}
	if caseID == "" {
		all, err := c.library.Cases(ctx)
		if err != nil {
			return nil, err
		}
		ids = nil
		for _, one := range all {
			ids = append(ids, one.Value.ID)
		}
	}
	people := []PersonSummary{}
	for _, id := range ids {
		file, err := c.library.CaseFileWithoutMail(ctx, id)
		if err != nil {
			return nil, err
		}
		people = append(people, c.summarisePeople(file)...)
	}
	return people, nil
}

func (c *Casework) summarisePeople(file casefile.CaseFile) []PersonSummary {
	companies := map[string]string{}
	for _, party := range file.Parties {
		companies[party.Value.ID] = party.Value.Name
	}
	place := map[string]int{}
	people := make([]PersonSummary, len(file.People))
	for i, person := range file.People {
		people[i] = PersonSummary{Person: person.Value, Party: companies[person.Value.PartyID], SameAs: []string{}}
		place[person.Value.ID] = i
	}
	for _, group := range file.SamePeople() {
		for _, id := range group {
			others := slices.DeleteFunc(slices.Clone(group), func(other string) bool { return other == id })
			people[place[id]].SameAs = append(people[place[id]].SameAs, others...)
		}
	}
	for _, contact := range file.Contacts {
		for _, id := range contact.Value.PersonIDs {
			at, ok := place[id]
			if !ok {
				continue
			}
			people[at].Contacts++
			people[at].LastContact = &contact.Value.OccurredAt
			if contact.Value.HoldSeconds != nil && len(contact.Value.PersonIDs) == 1 {
				people[at].HoldSeconds += *contact.Value.HoldSeconds
			}
		}
	}
	for _, status := range file.PromiseStatuses(c.Now()) {
		at, ok := place[status.Promise.Value.PersonID]
		if !ok {
			continue
		}
		people[at].Promises++
		if status.NotKept() {
			people[at].NotKept++
		}
	}
	return people
}

// person finds somebody of a company by their id or name.
func (o *operation) person(partyID, nameOrID string) (string, bool) {
	for _, person := range o.known.People {
		if person.ID == nameOrID || person.PartyID == partyID && !person.Refused && sameName(person.Name, nameOrID) {
			return person.ID, true
		}
	}
	return "", false
}

// spoken finds or adds the people of a contact. Whoever refused a name is a new person each time: nobody can know.
func (o *operation) spoken(partyID string, people []Spoken) []string {
	var ids []string
	for _, one := range people {
		name := o.line("person", one.Name)
		if id, known := o.person(partyID, name); known && name != "" && !one.Refused {
			ids = append(ids, id)
			continue
		}
		o.refuseID("person", record.KindPerson, name)
		position := o.line("position", one.Position)
		if name == "" && position == "" && !one.Refused {
			continue
		}
		person := casefile.Person{
			CaseID: o.known.Case.ID, PartyID: partyID, Name: name, Refused: one.Refused, Position: position,
		}
		if one.Refused {
			person.Name = ""
		}
		id := o.add(record.KindPerson, person)
		person.ID = id
		o.known.People = append(o.known.People, person)
		ids = append(ids, id)
	}
	return ids
}

// sameName compares names without regard to case, accents and white space: "nuria" is Núria.
func sameName(a, b string) bool { return fold(a) == fold(b) }

func fold(name string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), name)
	if err != nil {
		plain = name
	}
	return strings.Join(strings.Fields(cases.Fold().String(plain)), " ")
}
