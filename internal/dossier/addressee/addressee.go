// Package addressee knows whom a complaint can be filed with: what each asks for and in which order, and how much it takes
// at once. That is data, a file per place, each with its source and what it was checked against. It is information, not
// legal advice.
package addressee

import (
	"cmp"
	"embed"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"sync"

	"constancia/internal/i18n"
)

//go:embed places/*.json
var places embed.FS

// Section is a part of a filing sheet. Its words are filing.section.SECTION.
type Section string

// The parts of a filing sheet.
const (
	Complainant    Section = "complainant" // with tax number
	Representation Section = "representation"
	Company        Section = "company" // with tax number
	Contract       Section = "contract"
	Amount         Section = "amount"
	Facts          Section = "facts"
	EarlierClaim   Section = "earlier_claim" // and the answer to it
	Petition       Section = "petition"
	Proceedings    Section = "proceedings"
	Enclosures     Section = "enclosures"
	Signature      Section = "signature"
)

// Sections lists the parts of a filing sheet.
func Sections() []Section {
	return []Section{Complainant, Representation, Company, Contract, Amount, Facts, EarlierClaim, Petition, Proceedings, Enclosures, Signature}
}

// Need is what an addressee refuses a complaint without. Its words are filing.need.NEED.
type Need string

// What is needed.
const (
	NeedIdentity       Need = "identity" // name and postal address
	NeedTaxID          Need = "tax_id"
	NeedCompany        Need = "company"
	NeedCompanyAddress Need = "company_address"
	NeedContract       Need = "contract"
	NeedAmount         Need = "amount"
	NeedFacts          Need = "facts"
	NeedEarlierClaim   Need = "earlier_claim" // in writing
	NeedWaited         Need = "waited"        // an answer, or the days for it gone
	NeedPetition       Need = "petition"
)

// Needs lists what can be needed.
func Needs() []Need {
	return []Need{NeedIdentity, NeedTaxID, NeedCompany, NeedCompanyAddress, NeedContract, NeedAmount, NeedFacts, NeedEarlierClaim, NeedWaited, NeedPetition}
}

// Addressee is whom a complaint can be filed with.
type Addressee struct {
	// ID names it: es-omic.
	ID string `json:"id"`
	// Place is where it is, as in [constancia/internal/casefile.Case].
	Place string `json:"-"`
	Name  string `json:"name"`
	// In has the official name, and the title of the source, in other languages that have their own.
	In   map[i18n.Language]Named `json:"in,omitempty"`
	Kind Kind                    `json:"kind"`
	// Order is the order of the filing sheet.
	Order []Section `json:"order"`
	Needs []Need    `json:"needs"`
	// Wait is how long the company has to answer a claim before this addressee takes it; zero where it takes it at once.
	Wait   Period `json:"wait,omitzero"`
	Limits Limits `json:"limits"`
	Source Source `json:"source"`
}

// Named is what an addressee and its source are called; what is empty is as everywhere.
type Named struct {
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
}

// For is the addressee as it is called in a language.
func (a Addressee) For(language i18n.Language) Addressee {
	named := a.In[language]
	a.Name, a.Source.Title = cmp.Or(named.Name, a.Name), cmp.Or(named.Title, a.Source.Title)
	return a
}

// Kind is what an addressee is. A dossier for one is called dossier.kind.KIND.
type Kind string

// The kinds of addressees.
const (
	ConsumerOffice Kind = "consumer_office"
	Arbitration    Kind = "arbitration"
	Ombudsman      Kind = "ombudsman"
	Regulator      Kind = "regulator"
)

// Kinds lists the kinds of addressees.
func Kinds() []Kind { return []Kind{ConsumerOffice, Arbitration, Ombudsman, Regulator} }

// Limits are how much an addressee takes at once.
type Limits struct {
	Files      int   `json:"files"`
	TotalBytes int64 `json:"total_bytes"`
	FileBytes  int64 `json:"file_bytes"`
	// Known is whether the addressee says so; others are careful guesses.
	Known bool `json:"known"`
}

// Usual are the limits of which most addressees take as much: five files and 15 MB are what the registers of Spain's
// administrations pass on to each other (www.aoc.cat/knowledge-base/per-que-serveix-la-finestreta-de-registre, read on
// 2026-11-23), and no single file is so large that a form for 5 MB refuses it.
var Usual = Limits{Files: 5, TotalBytes: 15_000_000, FileBytes: 4_500_000}

var all = sync.OnceValue(func() []Addressee {
	var read []Addressee
	files, err := places.ReadDir("places")
	if err != nil {
		panic("addressee: " + err.Error()) // it is embedded; a test reads it all
	}
	for _, file := range files {
		text, err := places.ReadFile(path.Join("places", file.Name()))
		var here []Addressee
		if err == nil {
			err = json.Unmarshal(text, &here)
		}
		if err != nil {
			panic("addressee: " + file.Name() + ": " + err.Error())
		}
		for _, one := range here {
			one.Place = strings.TrimSuffix(file.Name(), ".json")
			if one.Limits == (Limits{}) {
				one.Limits = Usual
			}
			read = append(read, one)
		}
	}
	return read
})

// Of lists the addressees of a place, of all places when it is empty.
func Of(place string) []Addressee {
	return slices.DeleteFunc(slices.Clone(all()), func(one Addressee) bool { return place != "" && one.Place != place })
}

// Find gives an addressee by its id.
func Find(id string) (Addressee, bool) {
	at := slices.IndexFunc(all(), func(one Addressee) bool { return one.ID == id })
	if at < 0 {
		return Addressee{}, false
	}
	return all()[at], true
}
