package casework

import (
	"context"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// fewestJoined is how many people it takes to be joined.
const fewestJoined = 2

// JoinPeople puts on record that people of one case, who were written down apart, are one and the same; it returns the
// join's id. An empty caseID is that of the first. Taking the join back parts them.
//
// Problems: not_found for somebody who is not of the case, missing for less than two, already_exists.
func (c *Casework) JoinPeople(ctx context.Context, caseID string, personIDs []string) (string, error) {
	people := withoutRepeats(personIDs)
	if caseID == "" && len(people) > 0 {
		first, err := library.Thing[casefile.Person](ctx, c.library, record.KindPerson, people[0])
		if err != nil {
			return "", err
		}
		caseID = first.Value.CaseID
	}
	if len(people) < fewestJoined {
		return "", problem.New(problem.Missing, problem.Values{"field": "second_person"})
	}
	joins, err := library.Things[casefile.Join](ctx, c.library, record.KindJoin, caseID)
	if err != nil {
		return "", err
	}
	var id string
	err = c.record(ctx, caseID, func(o *operation) {
		for _, person := range people {
			if !slices.ContainsFunc(o.known.People, func(known casefile.Person) bool { return known.ID == person }) {
				o.wrong(problem.NotFound, problem.Values{"field": "person", "kind": string(record.KindPerson), "value": person})
			}
		}
		if len(o.problems) == 0 && areJoined(o.known.People, joins, people) {
			o.wrong(problem.AlreadyExists, problem.Values{"field": "person", "kind": string(record.KindJoin), "value": people[0]})
		}
		id = o.add(record.KindJoin, casefile.Join{CaseID: caseID, PersonIDs: people})
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// areJoined reports whether joins say already that all of them are one.
func areJoined(known []casefile.Person, joins []casefile.Recorded[casefile.Join], ids []string) bool {
	file := casefile.CaseFile{Joins: joins}
	for _, person := range known {
		file.People = append(file.People, casefile.Recorded[casefile.Person]{Value: person})
	}
	return slices.ContainsFunc(file.SamePeople(), func(group []string) bool {
		return !slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(group, id) })
	})
}

// PartPeople takes back the joins that name somebody, or one join by its id.
//
// Problem: not_found where nobody was joined.
func (c *Casework) PartPeople(ctx context.Context, id, reason string) (Retracted, error) {
	state, err := c.library.Entry(ctx, id)
	if err != nil {
		return Retracted{}, err
	}
	joins, err := library.Things[casefile.Join](ctx, c.library, record.KindJoin, state.CaseID)
	if err != nil {
		return Retracted{}, err
	}
	return c.partJoins(ctx, id, joins, reason, func(join casefile.Join) bool {
		return join.ID == id || slices.Contains(join.PersonIDs, id)
	})
}

// PartSomebody takes back all joins that make somebody one with others, also those that name only the others: each of
// them stands alone again.
//
// Problem: not_found where nobody was joined.
func (c *Casework) PartSomebody(ctx context.Context, personID, reason string) (Retracted, error) {
	person, err := library.Thing[casefile.Person](ctx, c.library, record.KindPerson, personID)
	if err != nil {
		return Retracted{}, err
	}
	files, err := c.library.PeopleFiles(ctx, person.Value.CaseID)
	if err != nil {
		return Retracted{}, err
	}
	file := files[0].File
	together := []string{personID}
	for _, group := range file.SamePeople() {
		if slices.Contains(group, personID) {
			together = group
		}
	}
	return c.partJoins(ctx, personID, file.Joins, reason, func(join casefile.Join) bool {
		return slices.ContainsFunc(join.PersonIDs, func(id string) bool { return slices.Contains(together, id) })
	})
}

// partJoins takes back, at once, those of joins that are meant.
func (c *Casework) partJoins(
	ctx context.Context, id string, joins []casefile.Recorded[casefile.Join], reason string, meant func(casefile.Join) bool,
) (Retracted, error) {
	var taken []library.EntryState
	for _, join := range joins {
		if !meant(join.Value) {
			continue
		}
		state, err := c.library.Entry(ctx, join.Value.ID)
		if err != nil {
			return Retracted{}, err
		}
		taken = append(taken, state)
	}
	if len(taken) == 0 {
		return Retracted{}, problem.New(problem.NotFound, problem.Values{"kind": string(record.KindJoin), "value": id})
	}
	retractions, err := c.retract(ctx, taken, reason)
	if err != nil {
		return Retracted{}, err
	}
	return Retracted{ID: retractions[0], Entries: entriesOf(taken), Kept: []Entry{}}, nil
}
