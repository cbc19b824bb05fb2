package casefile

// SamePeople groups the people of the case who are one and the same, as the person joined them: the ids of each, in the
// order of [CaseFile.People]. Somebody who was joined with nobody is alone in their group. Who was joined with the same
// third is the same, too, whether or not that third still counts.
func (f CaseFile) SamePeople() [][]string {
	joined := map[string]string{} // the ids lead to one that stands for all of them
	stands := func(id string) string {
		for joined[id] != "" {
			if beyond := joined[joined[id]]; beyond != "" {
				joined[id] = beyond // a long chain is gone through once
			}
			id = joined[id]
		}
		return id
	}
	for _, join := range f.Joins {
		for _, id := range join.Value.PersonIDs {
			if first, other := stands(join.Value.PersonIDs[0]), stands(id); first != other {
				joined[other] = first
			}
		}
	}
	groups := [][]string{}
	at := map[string]int{}
	for _, person := range f.People {
		one := stands(person.Value.ID)
		place, known := at[one]
		if !known {
			place = len(groups)
			at[one], groups = place, append(groups, nil)
		}
		groups[place] = append(groups[place], person.Value.ID)
	}
	return groups
}
