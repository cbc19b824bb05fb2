package dossier

import (
	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Runaround is who sent the complainant to whom.
type Runaround struct {
	// Sentence counts it.
	Sentence string
	// Places are the companies, departments and others that stand in it, in the order in which they came up.
	Places []Place
	// Turns are the contacts that passed the complainant on, in order.
	Turns []Turn
}

// Place is where one can be sent to.
type Place struct {
	Name string
	// DeadEnd says that the complainant was sent here, and that nobody here sent them anywhere since.
	DeadEnd bool
}

// Nowhere is the place of a turn that sent the complainant to none.
const Nowhere = casefile.Nowhere

// Turn is a contact that passed the complainant on, sent them elsewhere, or had them tell the story again.
type Turn struct {
	Row  Tag
	Date string
	// From and To are places among [Runaround.Places]; To may be [Nowhere].
	From, To int
	// Transfers is how often the complainant was passed on in it.
	Transfers int64
	// Way says from where to where; People who was spoken to.
	Way    string
	People string
	// Notes say how often they were passed on or had to tell the story again, and whether they had been there before.
	Notes []string
	// DeadEnd says that nobody there sent the complainant on to anywhere since.
	DeadEnd bool
}

// runaround tells who sent the complainant to whom; without turns it says nothing.
func (c *compiler) runaround() Runaround {
	known := c.file.Runaround()
	if len(known.Turns) == 0 {
		return Runaround{}
	}
	var told Runaround
	for _, place := range known.Places {
		told.Places = append(told.Places, Place{Name: c.placeName(place), DeadEnd: place.DeadEnd})
	}
	for _, turn := range known.Turns {
		told.Turns = append(told.Turns, c.turn(turn, told.Places))
	}
	var passed, retold int64 // in how many contacts: so many have the failure of that name, too
	for _, turn := range known.Turns {
		passed += min(turn.Transfers, 1)
		retold += min(turn.Retold, 1)
	}
	told.Sentence = joinFilled(" ",
		c.counted("dossier.runaround.sent", known.SentOn), c.countedIn("dossier.runaround.passed", known.Transfers, passed),
		c.countedIn("dossier.runaround.retold", known.Retold, retold))
	return told
}

// counted is a sentence with a number, or nothing when the number is 0.
func (c *compiler) counted(key string, n int64) string {
	if n == 0 {
		return ""
	}
	return c.words.Count(key, n)
}

// countedIn is a sentence with a number of times, and of the contacts in which they were; nothing when the number is 0.
func (c *compiler) countedIn(key string, n, contacts int64) string {
	if n == 0 {
		return ""
	}
	return c.words.Count(key, n, i18n.Values{"contacts": c.words.Count("count.contact", contacts)})
}

func (c *compiler) placeName(place casefile.Place) string {
	return joinFilled(" · ", c.parties[place.PartyID].Name, place.Words)
}

func (c *compiler) turn(turn casefile.Turn, places []Place) Turn {
	told := Turn{
		Row: c.tags[turn.ContactID], Date: c.shortWhen(turn.OccurredAt), From: turn.Place, To: turn.To,
		Transfers: turn.Transfers, Way: places[turn.Place].Name, DeadEnd: turn.DeadEnd,
	}
	if turn.To != Nowhere {
		told.Way = c.words.Text("dossier.runaround.way", i18n.Values{"from": places[turn.Place].Name, "to": places[turn.To].Name})
	}
	told.People = c.named(turn.PersonIDs)
	note := func(text string) {
		if text != "" {
			told.Notes = append(told.Notes, text)
		}
	}
	note(c.counted("dossier.runaround.passed_here", turn.Transfers))
	note(c.counted("dossier.runaround.retold_here", turn.Retold))
	switch {
	case turn.Circle:
		note(c.words.Text("dossier.runaround.circle"))
	case turn.Back:
		note(c.words.Text("dossier.runaround.back"))
	}
	if turn.Time > 1 {
		note(c.words.Count("dossier.runaround.again", turn.Time))
	}
	if turn.DeadEnd {
		note(c.words.Text("dossier.runaround.dead_end"))
	}
	return told
}
