package casefile

import "strings"

// Runaround is who sent the person to whom in a case, as far as it is on record.
type Runaround struct {
	// Places are where the person was passed on, told the story again, was sent from or sent to, in the order in which
	// they came up.
	Places []Place
	// Turns are the contacts in which that happened, as they happened.
	Turns []Turn
	// Routes are who sent the person to whom, each counted once with all its contacts, in the order of their first.
	Routes []Route

	// Transfers, SentOn, Retold and HoldSeconds are as in [Figures].
	Transfers, SentOn, Retold, HoldSeconds int64
}

// Place is somewhere that a person can be sent to: a company of the case, a department of it, or somewhere in words.
type Place struct {
	// PartyID is the company, and Words the department, or the place that is no company of the case.
	PartyID string
	Words   string
	// Contacts are those with the place, and HoldSeconds the wait in all of them. Both are of companies only.
	Contacts, HoldSeconds int64
	// SentHere is how often the person was sent here, and SentAway how often from here to anywhere else.
	SentHere, SentAway int64
	// DeadEnd says that the person was sent here, and that nobody here sent them on to anywhere since.
	DeadEnd bool
}

// Turn is a contact that passed the person on, sent them somewhere else, or had them tell the story again.
type Turn struct {
	ContactID  string
	OccurredAt When
	Channel    Channel
	Direction  Direction
	// Place is the place of the company among [Runaround.Places].
	Place int
	// PersonIDs are those who were on the line, in the order they came on. Where the person was passed on more often than
	// that tells, nobody noted who else it was.
	PersonIDs []string
	// Transfers is how often the person was passed on, and Retold how often the story had to be told again.
	Transfers, Retold int64
	// HoldSeconds is the time spent waiting; nil is unknown.
	HoldSeconds *int64
	// To is where the person was sent, among [Runaround.Places]; [Nowhere] when they were not.
	To int
	// Time counts how often the person was sent from there to there so far, this time among them.
	Time int64
	// Back says that the person had been in contact with the place before, or was sent there before, and Circle that the
	// place had sent the person away before: what began there came back to it.
	Back, Circle bool
	// DeadEnd says that nobody there sent the person on to anywhere since.
	DeadEnd bool
}

// Nowhere is the place of a turn that sent the person to none.
const Nowhere = -1

// Route is who sent the person to whom, both among [Runaround.Places], in which contacts.
type Route struct {
	From, To   int
	ContactIDs []string
}

// Runaround tells who sent the person to whom.
func (f CaseFile) Runaround() Runaround {
	t := trail{companies: map[string]string{}, places: map[Place]int{}, routes: map[[2]int]int{}, asked: map[string]int64{}}
	for _, party := range f.Parties {
		t.companies[foldedWords(party.Value.Name)] = party.Value.ID
	}
	for _, contact := range f.Contacts {
		t.follow(contact.Value)
	}
	t.told.count(f.Contacts)
	t.told.end()
	return t.told
}

// trail is a runaround while it is followed from contact to contact.
type trail struct {
	told Runaround
	// companies are the ids of the companies by their folded names.
	companies map[string]string
	// places and routes say where they stand; a place is told by its company and its folded words.
	places map[Place]int
	routes map[[2]int]int
	// asked is how many contacts there were with each company so far.
	asked map[string]int64
}

func (t *trail) follow(c Contact) {
	t.told.Transfers += c.transferred()
	t.told.Retold += c.retold()
	t.told.HoldSeconds += seconds(c.HoldSeconds)
	t.asked[c.PartyID]++
	if c.transferred() == 0 && c.SentTo == nil && c.retold() == 0 {
		return
	}
	turn := Turn{
		ContactID: c.ID, OccurredAt: c.OccurredAt, Channel: c.Channel, Direction: c.Direction,
		Place: t.place(SentTo{PartyID: c.PartyID}), PersonIDs: c.PersonIDs,
		Transfers: c.transferred(), Retold: c.retold(), HoldSeconds: c.HoldSeconds, To: Nowhere,
	}
	if c.SentTo != nil {
		t.send(&turn, *c.SentTo)
	}
	t.told.Turns = append(t.told.Turns, turn)
}

// send follows the person from where a turn is to where it sent them.
func (t *trail) send(turn *Turn, where SentTo) {
	t.told.SentOn++
	turn.To = t.place(where)
	from, to := &t.told.Places[turn.Place], &t.told.Places[turn.To]
	turn.Back = to.SentHere > 0 || to.Words == "" && t.asked[to.PartyID] > 0
	turn.Circle = to.SentAway > 0 || turn.To == turn.Place
	from.SentAway++
	from.DeadEnd = false
	to.SentHere++
	to.DeadEnd = true
	key := [2]int{turn.Place, turn.To}
	at, known := t.routes[key]
	if !known {
		at = len(t.told.Routes)
		t.routes[key] = at
		t.told.Routes = append(t.told.Routes, Route{From: turn.Place, To: turn.To})
	}
	route := &t.told.Routes[at]
	route.ContactIDs = append(route.ContactIDs, turn.ContactID)
	turn.Time = int64(len(route.ContactIDs))
}

// place finds a place, or adds it. Words that are the name of a company of the case are that company.
func (t *trail) place(where SentTo) int {
	key := Place{PartyID: where.PartyID, Words: foldedWords(where.Words)}
	if id, named := t.companies[key.Words]; named && (where.PartyID == "" || where.PartyID == id) {
		where = SentTo{PartyID: id}
		key = Place{PartyID: id}
	}
	at, known := t.places[key]
	if !known {
		at = len(t.told.Places)
		t.places[key] = at
		t.told.Places = append(t.told.Places, Place{PartyID: where.PartyID, Words: where.Words})
	}
	return at
}

// end marks the turns that led to a dead end: the last one to each.
func (r *Runaround) end() {
	last := map[int]*Turn{}
	for i, turn := range r.Turns {
		if turn.To != Nowhere {
			last[turn.To] = &r.Turns[i]
		}
	}
	for place, turn := range last {
		turn.DeadEnd = r.Places[place].DeadEnd
	}
}

// count adds to each company how many contacts there were with it, and how long they kept the person waiting.
func (r *Runaround) count(contacts []Recorded[Contact]) {
	at := map[string]*Place{}
	for i, place := range r.Places {
		if place.Words == "" {
			at[place.PartyID] = &r.Places[i]
		}
	}
	for _, contact := range contacts {
		if place := at[contact.Value.PartyID]; place != nil {
			place.Contacts++
			place.HoldSeconds += seconds(contact.Value.HoldSeconds)
		}
	}
}

// foldedWords makes words comparable: without regard to case and white space.
func foldedWords(words string) string {
	return strings.ToLower(strings.Join(strings.Fields(words), " "))
}
