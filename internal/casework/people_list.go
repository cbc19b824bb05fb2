package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
)

// People lists everybody spoken to in a case, in the order they first came up; in all cases when caseID is empty. Those
// whom the person joined stand each by themselves.
//
// Problem: not_found.
func (c *Casework) People(ctx context.Context, caseID string) ([]PersonSummary, error) {
	files, err := c.library.PeopleFiles(ctx, caseID)
	if err != nil {
		return nil, err
	}
	people, now := []PersonSummary{}, c.Now()
	for _, file := range files {
		companies := partiesByID(file.File)
		_, dealings := dealingsWith(file, now, func(id string) string { return id })
		others := map[string][]string{}
		for _, group := range file.File.SamePeople() {
			for _, id := range group {
				others[id] = slices.DeleteFunc(slices.Clone(group), func(other string) bool { return other == id })
			}
		}
		for _, person := range file.File.People {
			one := PersonSummary{Person: person.Value, Party: companies[person.Value.PartyID].Name, SameAs: others[person.Value.ID]}
			if there := dealings[person.Value.ID]; there != nil {
				one.Dealings = *there
			}
			people = append(people, one)
		}
	}
	return people, nil
}

// Somebody is a person who was spoken to: under one name or several, which the person joined.
type Somebody struct {
	// Members are those who are this person, in the order they first came up; at least one.
	Members []casefile.Person
	Case    casefile.Case
	Party   casefile.Party // that of the first member
	Dealings
}

// Name is the first name that was given; empty when all were refused, or nobody knew it.
func (s Somebody) Name() string {
	for _, member := range s.Members {
		if member.Name != "" {
			return member.Name
		}
	}
	return ""
}

// Refused reports whether this is somebody whose name is not known because it was refused.
func (s Somebody) Refused() bool {
	return s.Name() == "" && slices.ContainsFunc(s.Members, func(member casefile.Person) bool { return member.Refused })
}

// Names says who is wanted by whether they gave a name.
type Names string

// Whether somebody gave a name.
const (
	NameGiven   Names = "given"
	NameRefused Names = "refused"
)

// PeopleOrder is what a list of people or companies is sorted by. Those that are the same in it are in order of name.
type PeopleOrder string

// Orders of a list of people: by name from a to z, by all others the most or the latest first.
const (
	ByName        PeopleOrder = "name"
	ByContacts    PeopleOrder = "contacts"
	ByLastContact PeopleOrder = "last_contact"
	ByHold        PeopleOrder = "hold"
	ByNotKept     PeopleOrder = "not_kept"
)

// PeopleFilter says which people or companies are wanted, and in which order. What is empty asks for nothing.
type PeopleFilter struct {
	CaseID   string
	PersonID string // the one who goes by this id, too
	// Words are beginnings of words that a name, a position or a company must have, accents aside.
	Words string
	Names Names
	Order PeopleOrder // empty is by name
}

// Everybody lists who was spoken to, whoever the person joined as one.
//
// Problem: not_found.
func (c *Casework) Everybody(ctx context.Context, filter PeopleFilter) ([]Somebody, error) {
	files, err := c.library.PeopleFiles(ctx, filter.CaseID)
	if err != nil {
		return nil, err
	}
	people := []Somebody{}
	for _, file := range files {
		for _, one := range everybodyOf(file, c.Now()) {
			if filter.wants(one) {
				people = append(people, one)
			}
		}
	}
	sortDealings(people, filter.Order, func(s Somebody) (*Dealings, string) {
		name := s.Name()
		if name == "" {
			name = "\U0010FFFF" // without a name last
		}
		return &s.Dealings, name
	})
	return people, nil
}

// everybodyOf lists those of one case in the order they first came up.
func everybodyOf(file library.PeopleFile, now time.Time) []Somebody {
	companies := partiesByID(file.File)
	byID := map[string]casefile.Person{}
	for _, person := range file.File.People {
		byID[person.Value.ID] = person.Value
	}
	groups := file.File.SamePeople()
	first := map[string]string{}
	for _, group := range groups {
		for _, id := range group {
			first[id] = group[0]
		}
	}
	_, dealings := dealingsWith(file, now, func(id string) string { return first[id] })
	people := make([]Somebody, len(groups))
	for i, group := range groups {
		people[i] = Somebody{Case: file.File.Case, Party: companies[byID[group[0]].PartyID]}
		for _, id := range group {
			people[i].Members = append(people[i].Members, byID[id])
		}
		if there := dealings[group[0]]; there != nil {
			people[i].Dealings = *there
		}
	}
	return people
}

func (f PeopleFilter) wants(one Somebody) bool {
	if f.PersonID != "" && !slices.ContainsFunc(one.Members, func(p casefile.Person) bool { return p.ID == f.PersonID }) {
		return false
	}
	if f.Names == NameGiven && one.Name() == "" || f.Names == NameRefused && !one.Refused() {
		return false
	}
	said := []string{one.Party.Name}
	for _, member := range one.Members {
		said = append(said, member.Name, member.Position)
	}
	return beginSo(said, f.Words)
}

// CompanySummary is a company of a case with all that there was with it.
type CompanySummary struct {
	casefile.Party
	Case casefile.Case
	Dealings
	// People is how many different ones were spoken to, those who refused a name among them; RefusedNames is how often a
	// name was refused.
	People, RefusedNames int64
}

// Companies lists the companies of a case, or of all, with all that there was with them. Names are not looked at.
//
// Problem: not_found.
func (c *Casework) Companies(ctx context.Context, filter PeopleFilter) ([]CompanySummary, error) {
	files, err := c.library.PeopleFiles(ctx, filter.CaseID)
	if err != nil {
		return nil, err
	}
	companies, now := []CompanySummary{}, c.Now()
	for _, file := range files {
		dealings, _ := dealingsWith(file, now, func(id string) string { return id })
		refused, people := map[string]int64{}, map[string]int64{}
		for _, person := range file.File.People {
			if person.Value.Refused {
				refused[person.Value.PartyID]++
			}
		}
		for _, one := range everybodyOf(file, now) {
			people[one.Party.ID]++
		}
		for _, party := range file.File.Parties {
			id := party.Value.ID
			one := CompanySummary{Party: party.Value, Case: file.File.Case, People: people[id], RefusedNames: refused[id]}
			if there := dealings[id]; there != nil {
				one.Dealings = *there
			}
			if beginSo(append([]string{one.Name}, numbersOf(one.References)...), filter.Words) {
				companies = append(companies, one)
			}
		}
	}
	sortDealings(companies, filter.Order, func(c CompanySummary) (*Dealings, string) { return &c.Dealings, c.Name })
	return companies, nil
}

func numbersOf(references []casefile.Reference) []string {
	numbers := make([]string, len(references))
	for i, reference := range references {
		numbers[i] = reference.Number
	}
	return numbers
}

func partiesByID(file casefile.CaseFile) map[string]casefile.Party {
	parties := make(map[string]casefile.Party, len(file.Parties))
	for _, party := range file.Parties {
		parties[party.Value.ID] = party.Value
	}
	return parties
}

// beginSo reports whether each of words begins one of the words of texts, accents aside.
func beginSo(texts []string, words string) bool {
	wanted := strings.Fields(fold(words))
	if len(wanted) == 0 {
		return true
	}
	there := strings.Fields(fold(strings.Join(texts, " ")))
	return !slices.ContainsFunc(wanted, func(word string) bool {
		return !slices.ContainsFunc(there, func(known string) bool { return strings.HasPrefix(known, word) })
	})
}

// sortDealings sorts by an order, and what is the same in it by name.
func sortDealings[T any](list []T, order PeopleOrder, of func(T) (*Dealings, string)) {
	type keyed struct {
		name     string
		dealings *Dealings
		one      T
	}
	all := make([]keyed, len(list))
	for i, one := range list {
		dealings, name := of(one)
		all[i] = keyed{fold(name), dealings, one}
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		return cmp.Or(order.compare(a.dealings, b.dealings), cmp.Compare(a.name, b.name))
	})
	for i := range all {
		list[i] = all[i].one
	}
}

func (o PeopleOrder) compare(a, b *Dealings) int {
	switch o {
	case ByContacts:
		return cmp.Compare(b.Contacts, a.Contacts)
	case ByLastContact:
		return cmp.Compare(b.LastContact, a.LastContact)
	case ByHold:
		return cmp.Compare(b.HoldSeconds, a.HoldSeconds)
	case ByNotKept:
		return cmp.Compare(b.NotKept, a.NotKept)
	}
	return 0
}
