package redaction

import (
	"regexp"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// companyLines are the phone numbers that are a company's and nobody's own: those that are free or dear to call, those at
// which several people were spoken to in several contacts, and those that only an automaton called from.
func (g *gatherer) companyLines() map[string]bool {
	type line struct {
		contacts int
		people   map[string]bool
	}
	lines := map[string]*line{}
	whole := map[string]bool{}
	for _, entry := range g.file.Contacts {
		contact := entry.Value
		if len(squeezed(contact.Number)) < 3 {
			continue
		}
		national, _ := phoneSpellings(contact.Number, g.region)
		if lines[national] == nil {
			lines[national] = &line{people: map[string]bool{}}
		}
		one := lines[national]
		one.contacts++
		for _, id := range contact.PersonIDs {
			one.people[id] = true
		}
		automaton := len(contact.PersonIDs) == 0 && slices.Contains(contact.Failures, "robocall")
		if automaton || one.contacts > 1 && len(one.people) > 1 || isService(contact.Number, g.region) {
			whole[national] = true
		}
	}
	own, _ := phoneSpellings(g.file.Case.Complainant.Phone, g.region)
	delete(whole, own)
	return whole
}

// isService reports whether a number is of a kind that only organisations have.
func isService(number, region string) bool {
	parsed, err := phonenumbers.Parse(number, region)
	if err != nil {
		return false
	}
	switch phonenumbers.GetNumberType(parsed) {
	case phonenumbers.TOLL_FREE, phonenumbers.SHARED_COST, phonenumbers.PREMIUM_RATE, phonenumbers.UAN:
		return true
	}
	return false
}

// isLine reports whether a text is a phone number of a company's.
func (g *gatherer) isLine(text string) bool {
	if len(onlyDigits(text)) < 3 {
		return false
	}
	national, _ := phoneSpellings(text, g.region)
	return g.lines[national]
}

// A branch with its place, as the languages of the places say it: "tienda de Tarragona", "the Tarragona store".
var (
	branchOf = regexp.MustCompile(`(?i:\b(?:tienda|sucursal|oficina|almacén|delegación|centro|depósito|botiga|delegació|magatzem|centre|dipòsit|store|shop|branch|office|depot|warehouse))\s+(?i:de la|de l['’]|del|de|d['’]|en|a|of|in|at)\s*((?:\p{Lu}[\p{L}'’·-]+)(?:\s+(?:(?:de|del|la|el|of|y|i)\s+)*\p{Lu}[\p{L}'’·-]+)*)`)
	ofBranch = regexp.MustCompile(`((?:\p{Lu}[\p{L}'’·-]+\s+)+)(?i:store|shop|branch|office|depot|warehouse)\b`)
)

// branches hides the places of branches that somebody's position names: with the position they tell who it is.
func (g *gatherer) branches(position string) {
	for _, form := range []*regexp.Regexp{branchOf, ofBranch} {
		for _, match := range form.FindAllStringSubmatch(position, -1) {
			place := strings.TrimSpace(match[1])
			if slices.ContainsFunc(tokens(place), func(token string) bool { return !roles[token] && !jobs[token] && !noPlace[token] && !particles[token] }) {
				spelling := spelled(place)
				spelling.capital = ordinary[squeezed(place)] || len(place) < 4
				g.add(Secret{ID: idOf(Branch, place), Kind: Branch, Value: place}, spelling)
			}
		}
	}
}

// noPlace are words before or behind "office" that name none.
var noPlace = setOf("head", "main", "central", "regional", "national", "back", "front", "post", "call", "online", "corporate", "senior", "llamadas",
	"trucades", "contact", "distribucion", "distribucio", "reparto", "logistico", "logistic", "principal")
