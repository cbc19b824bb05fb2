// Package law knows the rules of law that the conduct of a company is held against in a dossier for a regulator. That is
// data, each rule with the days on which it binds, its source and what it was checked against. It is information, not legal
// advice.
package law

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/addressee"
)

//go:embed rules.json
var rules []byte

// Rule is something that a law asks of a company. What it asks is law.rule.ID in the catalogue.
type Rule struct {
	ID string `json:"id"`
	// Places are where it is in force, as in [casefile.Case].
	Places []string `json:"places"`
	// Article is how it is cited there.
	Article string `json:"article"`
	// From and To are the first and the last day on which it binds beyond doubt, YYYY-MM-DD; To is empty while it is in force.
	From string `json:"from"`
	To   string `json:"to,omitempty"`
	// Roles are those of the companies that it binds; none is all.
	Roles []casefile.PartyRole `json:"roles,omitempty"`
	// Binds names the words that say whom it binds, law.binds.BINDS, where the record does not tell; empty binds all.
	Binds string `json:"binds,omitempty"`
	// AnswerWithin is how long a company has to answer what was claimed in writing; zero where the rule is about something
	// else.
	AnswerWithin addressee.Period `json:"answer_within,omitzero"`
	// Supervisors and Failures are what of a contact breaks it.
	Supervisors []casefile.Supervisor `json:"supervisors,omitempty"`
	Failures    []casefile.Failure    `json:"failures,omitempty"`
	Source      addressee.Source      `json:"source"`
}

// InForce reports whether the rule binds on a day.
func (r Rule) InForce(at time.Time) bool {
	day := at.Format(time.DateOnly)
	return day >= r.From && (r.To == "" || day <= r.To)
}

// BrokenBy reports whether what was recorded of a contact breaks the rule.
func (r Rule) BrokenBy(contact casefile.Contact) bool {
	return slices.Contains(r.Supervisors, contact.Supervisor) ||
		slices.ContainsFunc(contact.Failures, func(f casefile.Failure) bool { return slices.Contains(r.Failures, f) })
}

var all = sync.OnceValue(func() (read []Rule) {
	if err := json.Unmarshal(rules, &read); err != nil {
		panic("law: " + err.Error()) // it is embedded; a test reads it all
	}
	return read
})

// Of lists the rules of a place for companies of some roles; of all places when it is empty.
func Of(place string, roles []casefile.PartyRole) []Rule {
	return slices.DeleteFunc(slices.Clone(all()), func(rule Rule) bool {
		elsewhere := place != "" && !slices.Contains(rule.Places, place)
		others := len(rule.Roles) > 0 && !slices.ContainsFunc(roles, func(r casefile.PartyRole) bool { return slices.Contains(rule.Roles, r) })
		return elsewhere || others
	})
}
