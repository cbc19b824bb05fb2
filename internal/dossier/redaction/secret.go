// Package redaction finds what an edition of a dossier hides, and takes it out of a case file before anything is made of
// it: a renderer can't show what it was never given.
//
// What is hidden are secrets: who was spoken to, what is the complainant's own, the numbers that companies gave, other
// people. Each is known from a field of the record or found in a text by its form, has a label that stands for it
// everywhere ("agent 7"), and is looked for in every text in whatever way it is spelled. A text field of the record that
// nobody thought of is searched, too: the fields that are left alone are listed, the others are not.
//
// What looks like personal data and is not hidden is reported, for a person to decide. Nothing here reads a clock, a
// file or a network.
package redaction

import (
	"crypto/sha256"
	"encoding/hex"

	"constancia/internal/casefile"
	"constancia/internal/raster"
)

// Kind says what a secret is. Its words are press.reason.KIND.
type Kind string

// Kinds of secrets.
const (
	Agent       Kind = "agent"       // somebody of a company
	Complainant Kind = "complainant" // the complainant's name
	Household   Kind = "household"   // somebody of the complainant's household
	Third       Kind = "person"      // anybody else
	Home        Kind = "home"        // the complainant's own postal address
	Address     Kind = "address"     // another postal address
	Email       Kind = "email"
	Phone       Kind = "phone"
	Branch      Kind = "branch" // where somebody's workplace is, named in what they are
	Town        Kind = "town"   // of an address that is hidden
	Order       Kind = "order"
	Account     Kind = "account"
	Contract    Kind = "contract"
	Line        Kind = "line"
	Number      Kind = "number" // any other number a company gave
	IBAN        Kind = "iban"
	Card        Kind = "card"
	Identity    Kind = "identity" // a national identity or tax number of a person
	Age         Kind = "age"      // how old somebody is, or their birthday
	Link        Kind = "link"     // an address on the web that leads to a person's own page
	Chosen      Kind = "chosen"   // a text that the person chose
)

// Secret is something to be hidden.
type Secret struct {
	// ID names it in choices, the same in every edition: agent-7, phone-3fa2c1.
	ID   string
	Kind Kind
	// Label stands for it: "agent 7".
	Label string
	// Value is how it is known.
	Value string
	// Shown is whether the person chose to show it.
	Shown bool

	spellings []pattern
}

// Choices are what a person chose for the press edition of a case.
type Choices struct {
	// Hide are texts to hide besides; Show the ids of secrets to show.
	Hide []string `json:"hide,omitempty"`
	Show []string `json:"show,omitempty"`
	// Contact is how the complainant wants to be reached by a reader, as it is printed; empty for no way.
	Contact string `json:"contact,omitempty"`
	// Exhibits are the labels of those that go in: A-1. None do by themselves.
	Exhibits []string `json:"exhibits,omitempty"`
	// Painted are parts of pictures that are painted over, by the label of the exhibit.
	Painted map[string][]raster.Area `json:"painted,omitempty"`
	// Agents are the numbers that people were given, by the id of the person or what their address comes to. A number
	// once given stays.
	Agents map[string]int `json:"agents,omitempty"`
}

// Hidden is a secret with how often it was found, and where.
type Hidden struct {
	Secret
	Count  int
	Places []Place
}

// Place is where something stands: the id of the entry (empty or a list's name for the case itself), and which field.
type Place struct {
	EntryID string
	Field   string
}

// Suspect is what looks like personal data and is not hidden.
type Suspect struct {
	// ID is the text's own: see [Hidden].
	ID   string
	Kind Kind
	Text string
	// Shown is whether it is a secret that the person chose to show.
	Shown  bool
	Count  int
	Places []Place
}

// idOf names a value that has no number of its own.
func idOf(kind Kind, value string) string {
	sum := sha256.Sum256([]byte(squeezed(value)))
	return string(kind) + "-" + hex.EncodeToString(sum[:3])
}

// isOf reports whether a mailbox is at one of a company's domains.
func isOf(party casefile.Party, domain string) bool {
	for _, own := range party.Domains {
		if within(domain, own) {
			return true
		}
	}
	return false
}
