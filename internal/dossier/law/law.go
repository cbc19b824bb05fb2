// Package law knows the rules of law that the conduct of a company is held against in a dossier for a regulator. That is
// data, each rule with the days on which it binds, its source and what it was checked against. It is information, not legal
// advice.
package law

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
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
	// In has the citation, and the source's title, for readers of another language: the official name in theirs, or with what
	// the law is about beside its own.
	In map[i18n.Language]Citation `json:"in,omitempty"`
	// From and To are the first and the last day on which it binds beyond doubt, YYYY-MM-DD; To is empty while it is in force.
	From string `json:"from"`
	To   string `json:"to,omitempty"`
	// Roles are those of the companies that it binds; none is all. Only what was recorded with one of them is held against
	// it, unless ShownByAny: that goods never came is shown by what their carrier said, too.
	Roles      []casefile.PartyRole `json:"roles,omitempty"`
	ShownByAny bool                 `json:"shown_by_any,omitempty"`
	// Binds names the words that say whom it binds, law.binds.BINDS, where the record does not tell; empty binds all.
	Binds string `json:"binds,omitempty"`
	// AnswerWithin is how long a company has to answer what was claimed in writing; zero where the rule is about something
	// else.
	AnswerWithin addressee.Period `json:"answer_within,omitzero"`
	// Supervisors and Failures are what of a contact breaks it.
	Supervisors []casefile.Supervisor `json:"supervisors,omitempty"`
	Failures    []casefile.Failure    `json:"failures,omitempty"`
	// After are the remedies one of which such a company has offered by then, where the rule is about how a remedy is carried
	// out; Unless are failures of which the case has none, where it is about something else then: what never came can't be
	// repaired.
	After  []casefile.RemedyKind `json:"after,omitempty"`
	Unless []casefile.Failure    `json:"unless,omitempty"`
	Source addressee.Source      `json:"source"`
}

// Citation is how a rule is named; what is empty is as in the rule itself.
type Citation struct {
	Article string `json:"article,omitempty"`
	Title   string `json:"title,omitempty"`
}

// Cited is how the rule is named, and the title of its source, for a reader of a language.
func (r Rule) Cited(language i18n.Language) Citation {
	named := r.In[language]
	return Citation{Article: cmp.Or(named.Article, r.Article), Title: cmp.Or(named.Title, r.Source.Title)}
}

// InForce reports whether the rule binds on a day.
func (r Rule) InForce(at time.Time) bool {
	day := at.Format(time.DateOnly)
	return day >= r.From && (r.To == "" || day <= r.To)
}

// BrokenIn gives the contacts of a case that break the rule, in their order.
func (r Rule) BrokenIn(file casefile.CaseFile) (broken []casefile.Contact) {
	roles := map[string]casefile.PartyRole{}
	for _, party := range file.Parties {
		roles[party.Value.ID] = party.Value.Role
	}
	offered := map[string]bool{} // by id of the company
	for _, entry := range file.Contacts {
		contact := entry.Value
		if slices.ContainsFunc(contact.Failures, func(f casefile.Failure) bool { return slices.Contains(r.Unless, f) }) {
			return nil
		}
		if contact.Remedy != nil && slices.Contains(r.After, contact.Remedy.Kind) {
			offered[contact.PartyID] = true
		}
		binds := r.ShownByAny || r.IsBound(roles[contact.PartyID])
		begun := len(r.After) == 0 || offered[contact.PartyID]
		if binds && begun && r.InForce(contact.OccurredAt.In()) && r.brokenBy(contact) {
			broken = append(broken, contact)
		}
	}
	return broken
}

// IsBound reports whether the rule binds companies of a role.
func (r Rule) IsBound(role casefile.PartyRole) bool {
	return len(r.Roles) == 0 || slices.Contains(r.Roles, role)
}

// brokenBy reports whether what was recorded of a contact breaks the rule.
func (r Rule) brokenBy(contact casefile.Contact) bool {
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
		others := len(rule.Roles) > 0 && !slices.ContainsFunc(roles, rule.IsBound)
		return elsewhere || others
	})
}
