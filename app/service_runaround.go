package app

import (
	"cmp"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Runaround is what the page does with who sent the person to whom, and with answers that contradict one another.
type Runaround struct{ desk *desk }

// What crosses the bridge at once, and what a picture has room for.
const (
	longestTurns  = 100
	drawnPlaces   = 40
	drawnRoutes   = 40
	unknownWait   = -1
	placeNotDrawn = -1
)

// Tell gives who sent the person to whom in a case, with the first of the turns.
func (s *Runaround) Tell(caseID string) (view RunaroundView, err error) {
	defer guard(&err)
	r, err := s.read(caseID)
	if err != nil {
		return RunaroundView{}, err
	}
	return r.view(), nil
}

// Turns gives a part of the turns, oldest first.
func (s *Runaround) Turns(caseID string, first, limit int64) (page RunaroundPage, err error) {
	defer guard(&err)
	r, err := s.read(caseID)
	if err != nil {
		return RunaroundPage{}, err
	}
	return r.page(first, limit), nil
}

func (s *Runaround) read(caseID string) (*runaroundReader, error) {
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	file, err := work.CaseFileOfContacts(s.desk.ctx, caseID)
	if err != nil {
		return nil, err
	}
	r := &runaroundReader{told: file.Runaround(), parties: map[string]casefile.Party{}, people: map[string]casefile.Person{}}
	for _, party := range file.Parties {
		r.parties[party.Value.ID] = party.Value
	}
	for _, person := range file.People {
		r.people[person.Value.ID] = person.Value
	}
	r.choose()
	return r, nil
}

// runaroundReader tells a runaround with the names of everybody in it.
type runaroundReader struct {
	told    casefile.Runaround
	parties map[string]casefile.Party
	people  map[string]casefile.Person
	// routes are those that are drawn, and places the places of them and of turns without a route; at says where a place
	// stands among those.
	routes []casefile.Route
	places []int
	at     map[int]int64
}

// choose takes the routes that were gone most often, as many as a picture has room for, in the order of the first time.
func (r *runaroundReader) choose() {
	order := make([]int, len(r.told.Routes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(len(r.told.Routes[b].ContactIDs), len(r.told.Routes[a].ContactIDs))
	})
	order = order[:min(len(order), drawnRoutes)]
	slices.Sort(order)
	drawn := map[int]bool{}
	for _, i := range order {
		route := r.told.Routes[i]
		r.routes = append(r.routes, route)
		drawn[route.From], drawn[route.To] = true, true
	}
	r.at = map[int]int64{}
	for place := range r.told.Places {
		if len(r.places) < drawnPlaces && (drawn[place] || len(r.told.Places) <= drawnPlaces) {
			r.at[place] = int64(len(r.places))
			r.places = append(r.places, place)
		}
	}
	r.routes = slices.DeleteFunc(r.routes, func(route casefile.Route) bool {
		return r.place(route.From) == placeNotDrawn || r.place(route.To) == placeNotDrawn
	})
}

func (r *runaroundReader) place(place int) int64 {
	if at, drawn := r.at[place]; drawn {
		return at
	}
	return placeNotDrawn
}

func (r *runaroundReader) name(place casefile.Place) string {
	party := r.parties[place.PartyID].Name
	if place.PartyID != "" && place.Words != "" {
		return party + ": " + place.Words
	}
	return cmp.Or(place.Words, party)
}

func (r *runaroundReader) view() RunaroundView {
	view := RunaroundView{
		Transfers: r.told.Transfers, SentOn: r.told.SentOn, Retold: r.told.Retold, HoldSeconds: r.told.HoldSeconds,
		Places: []RunaroundPlace{}, Routes: []RunaroundRoute{}, RouteCount: int64(len(r.told.Routes)), Turns: r.page(0, longestTurns),
	}
	moved := map[int]bool{}
	for _, turn := range r.told.Turns {
		if turn.Transfers > 0 || turn.To != casefile.Nowhere {
			moved[turn.Place] = true
		}
		if turn.To != casefile.Nowhere {
			moved[turn.To] = true
		}
	}
	view.PlaceCount = int64(len(moved))
	for _, at := range r.places {
		place := r.told.Places[at]
		shown := RunaroundPlace{
			Name: r.name(place), Contacts: place.Contacts, HoldSeconds: place.HoldSeconds, SentHere: place.SentHere, DeadEnd: place.DeadEnd}
		if place.Words == "" {
			shown.Role = string(r.parties[place.PartyID].Role)
		}
		view.Places = append(view.Places, shown)
	}
	for _, route := range r.routes {
		view.Routes = append(view.Routes, RunaroundRoute{
			From: r.place(route.From), To: r.place(route.To), Times: int64(len(route.ContactIDs)), ContactID: route.ContactIDs[0]})
	}
	return view
}

func (r *runaroundReader) page(first, limit int64) RunaroundPage {
	total := int64(len(r.told.Turns))
	first = min(max(first, 0), total)
	last := min(first+min(max(limit, 0), longestTurns), total)
	page := RunaroundPage{First: first, Total: total, Items: []RunaroundTurn{}}
	for _, turn := range r.told.Turns[first:last] {
		page.Items = append(page.Items, r.turn(turn))
	}
	return page
}

func (r *runaroundReader) turn(turn casefile.Turn) RunaroundTurn {
	shown := RunaroundTurn{
		ContactID: turn.ContactID, Wall: turn.OccurredAt.Wall, Channel: string(turn.Channel), Direction: string(turn.Direction),
		From: r.name(r.told.Places[turn.Place]), FromPlace: r.place(turn.Place), ToPlace: placeNotDrawn, People: []PersonMention{},
		Transfers: turn.Transfers, Retold: turn.Retold, HoldSeconds: unknownWait, Time: turn.Time, Back: turn.Back, Circle: turn.Circle,
		DeadEnd: turn.DeadEnd,
	}
	if turn.To != casefile.Nowhere {
		shown.To, shown.ToPlace = r.name(r.told.Places[turn.To]), r.place(turn.To)
	}
	if turn.HoldSeconds != nil {
		shown.HoldSeconds = *turn.HoldSeconds
	}
	for _, id := range turn.PersonIDs {
		person := r.people[id]
		shown.People = append(shown.People, PersonMention{Name: person.Name, Refused: person.Refused, Position: person.Position})
	}
	return shown
}

// Contradictions gives the contradictions that were pinned in a case, in the order in which they were.
func (s *Runaround) Contradictions(caseID string) (views []ContradictionView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	pinned, file, err := work.PinnedContradictions(s.desk.ctx, caseID)
	if err != nil {
		return nil, err
	}
	items := newViewer(file, work.Now()).items()
	views = []ContradictionView{}
	for _, one := range pinned {
		view := ContradictionView{
			ID: one.Value.ID, Question: one.Value.Question, Note: one.Value.Note, Answers: []AnswerView{},
			Corrected: len(one.Entry.Corrections) > 0,
		}
		for i, answer := range one.Value.Answers {
			shown := AnswerView{EntryID: answer.EntryID, Said: answer.Said, State: sourceState(one.Sources[i])}
			if item, told := items[answer.EntryID]; told {
				shown.Item = &item
			}
			view.Answers = append(view.Answers, shown)
		}
		views = append(views, view)
	}
	return views, nil
}

// sourceState says what became of an entry that an answer is from.
func sourceState(source casework.Entry) string {
	switch {
	case source.Kind == "":
		return "elsewhere"
	case source.Erased:
		return "erased"
	case !source.Counts:
		return "withdrawn"
	}
	return "counts"
}

// Pin sets answers to one question side by side, and returns the contradiction's id.
func (s *Runaround) Pin(input ContradictionInput) (id string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return work.PinContradiction(s.desk.ctx, pinned(input))
}

// Correct says what a contradiction should have said, and returns the correction's id.
func (s *Runaround) Correct(contradictionID string, input ContradictionInput, reason string) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	all, err := work.Contradictions(s.desk.ctx, input.CaseID)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(all, func(one casework.ContradictionItem) bool { return one.Value.ID == contradictionID })
	if at < 0 {
		return "", notFound("contradiction", contradictionID)
	}
	before, typed := all[at].Value, pinned(input)
	n := correctionOf(contradictionID, reason,
		[]typedField{{"question", before.Question}, {"answer", before.Answers}, {"note", before.Note}},
		[]typedField{{"question", typed.Question}, {"answer", typed.Answers}, {"note", typed.Note}}, typed.Clearable())
	corrected, err := work.CorrectContradiction(s.desk.ctx, n, typed)
	return corrected.ID, err
}

func pinned(input ContradictionInput) casework.PinContradiction {
	n := casework.PinContradiction{CaseID: input.CaseID, Question: input.Question, Note: input.Note}
	for _, answer := range input.Answers {
		n.Answers = append(n.Answers, casefile.Answer{EntryID: answer.EntryID, Said: answer.Said})
	}
	return n
}
