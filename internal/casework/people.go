package casework

import (
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
	Party string `json:"party_name"`
	Dealings
	// SameAs are the ids of the others who are the same person, as the person joined them.
	SameAs []string `json:"same_as"`
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
