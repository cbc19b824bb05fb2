// Package dossier compiles a case into the document that tells it and proves it: a plain model for one reader, in one
// language, with every text ready to print.
//
// What an edition hides is gone from its model; package pdf, which lays it out, never receives it. Nothing here reads a
// clock, a file or a network. Every figure comes from [casefile.CaseFile.Figures] or can be counted by hand from the
// model's rows.
package dossier

import (
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Edition is the reader a dossier is made for.
type Edition string

// The editions.
const (
	HeadOffice Edition = "head-office"
	Regulator  Edition = "regulator"
	Press      Edition = "press"
)

// Editions lists the editions.
func Editions() []Edition { return []Edition{HeadOffice, Regulator, Press} }

// Tag names a row of the dossier, as it is printed and linked: C-004 a contact, P-02 a promise, E-011 an email, A-3 an
// exhibit.
type Tag string

// Dossier is one edition of a case, ready to be laid out. All texts are in Language.
type Dossier struct {
	Edition  Edition
	Language i18n.Language
	// Kind is the title of the document: "Complaint dossier".
	Kind string
	// Reader is for whom it is: the addressee, else the name of the edition.
	Reader string
	// Addressee is that reader alone, without "for".
	Addressee string
	// Reference is the case's short number, the same in every edition.
	Reference string
	Title     string

	Complainant Complainant
	Companies   []Company

	// GeneratedAt is when it was made; Generated says so in words, with the zone.
	GeneratedAt time.Time
	Generated   string
	// Zone is the IANA name of the zone in which it tells time.
	Zone    string
	Program string
	// Until is the day up to which what is drawn over time runs: that of the dossier, or of its end or the case's.
	Until time.Time
	// RecordFingerprint is the hash over the heads of the case's logs, lower-case hex; empty while there is none.
	RecordFingerprint string
	// Sealed says when the record was last stamped by somebody else's clock; empty when it never was.
	Sealed string

	// Notes say what the reader has to know of it: what the edition hides, of which days it tells, what it leaves out.
	Notes []string
	// LeftOut are the parts that it has not, and OmittedParts says so in a sentence; empty when it has all.
	LeftOut      []Section
	OmittedParts string
	// Light says that its pictures are small, and that it holds no original.
	Light bool
	// Letter is the covering letter; nil when it has none. Signature is a picture of the complainant's, in PNG; nil for none.
	Letter    *Letter
	Signature []byte

	// Filing is the sheet with which the edition begins; nil when it has none.
	Filing     *Filing
	Summary    Summary
	Charts     Charts
	Chronology []Row
	// Ending is how the case ended; nil while it goes on.
	Ending *Ending
	People []Person
	// RefusedNames is how many of them would not give a name.
	RefusedNames   int64
	Promises       []Promise
	Runaround      Runaround
	Contradictions []Contradiction
	CompanySide    CompanySide
	// Breaches are the rules of law with something on record against them.
	Breaches  []Breach
	Cost      Cost
	Emails    []Email
	Exhibits  []Exhibit
	Integrity Integrity
}

// Complainant is who complains, and how to reach them.
type Complainant struct {
	Name    string
	Address string
	Email   string
	Phone   string
	// Reach is how they want to be reached in the press edition, or says how to without a way of their own; empty elsewhere.
	Reach string
}

// Company is a company in the case.
type Company struct {
	Name       string
	Role       string
	Address    string // postal, a line each
	References []casefile.Reference
}
