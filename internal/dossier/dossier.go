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
	// RecordFingerprint is the hash over the heads of the case's logs, lower-case hex; empty while there is none.
	RecordFingerprint string
	// Sealed says when the record was last stamped by somebody else's clock; empty when it never was.
	Sealed string

	// Note says what the reader of this edition has to know; empty when there is nothing.
	Note string

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
	Cost           Cost
	Emails         []Email
	Exhibits       []Exhibit
	Integrity      Integrity
}

// Complainant is who complains, and how to reach them.
type Complainant struct {
	Name    string
	Address string
	Email   string
	Phone   string
}

// Company is a company in the case.
type Company struct {
	Name       string
	Role       string
	Address    string // postal, a line each
	References []casefile.Reference
}

// Summary is the first page.
type Summary struct {
	// Sentence gives the case in figures, attributed to the complainant's record.
	Sentence string
	// Account is what happened, in the complainant's words.
	Account       string
	Figures       []KeyFigure
	TurningPoints []TurningPoint
	// Promises are the most telling ones, by their place in [Dossier.Promises].
	Promises []int
	// Exhibits are the strongest, by their place in [Dossier.Exhibits].
	Exhibits       []int
	StillConcerned string
	// Asked is what is asked for, a line each; AnswerBy by when, in words.
	Asked    []string
	AnswerBy string
	Claimed  string
	// LastAnswer is the last that the company said; nil when it never did.
	LastAnswer *Answer
	Recorded   Recorded
}

// KeyFigure is a number that stands out.
type KeyFigure struct {
	Value string
	Label string
	// Adverse marks what was not kept.
	Adverse bool
	// Told is the part of the dossier whose rows it counts.
	Told Part
}

// Part is a part of a dossier that a figure leads to.
type Part string

// The parts whose rows the figures count.
const (
	ToldInChronology Part = "chronology"
	ToldInCharts     Part = "figures"
	ToldInPeople     Part = "people"
	ToldInPromises   Part = "promises"
	ToldInRunaround  Part = "runaround"
	ToldInCost       Part = "cost"
)

// TurningPoint is a contact at which the case changed.
type TurningPoint struct {
	Date string
	Text string
	Row  Tag
}

// Answer is what a company said last.
type Answer struct {
	Date string
	Who  string
	Text string
	Row  Tag
}

// Recorded counts how long after they happened the contacts were recorded, and how many rest on a company's document.
type Recorded struct {
	Live, SameDay, Later, OnCompanyDocument int64
}

// Charts are the case in pictures.
type Charts struct {
	// Weeks has a bar for each week from the first contact to the last, also for those without any.
	Weeks []Bar
	// Holds has a bar for each month, in seconds.
	Holds []Bar
	// Failures has a bar for each service failure, the most frequent first.
	Failures []Bar
	// Promises splits all promises by how they stand.
	Promises []PromiseShare
}

// Bar is a bar of a chart.
type Bar struct {
	// Label names it: the month at the first week of each, else empty.
	Label string
	Value int64
	// Text is the value in words.
	Text string
}

// PromiseShare is how many promises stand in one way.
type PromiseShare struct {
	State casefile.PromiseState
	Count int64
	Text  string
}

// Row is a line of the chronology: a contact, or a message that is no contact.
type Row struct {
	Tag Tag
	// At is the earliest instant, in the entry's own zone.
	At time.Time
	// Month is the heading it stands under; Date and Clock are as exact as is known.
	Month, Date, Clock string
	Channel            casefile.Channel
	ChannelName        string
	Company            string
	Text               string
	Verbatim           string
	// People are the names as they were given.
	People []string
	// Hold is the time on hold, in words; empty when there was none.
	Hold string
	// Facts are who started it, transfers, what came of asking for a supervisor, who in the household it was, numbers.
	Facts    []string
	Failures []string
	Helped   bool
	// Provenance says when it was recorded and on what it rests.
	Provenance string
	// Corrections says how often and when it was corrected; empty when never.
	Corrections string
	Promises    []Tag
	Exhibits    []Tag
	Email       Tag
}

// Ending is how the case ended for the complainant.
type Ending struct {
	// At is when the day of it was over; zero when no day is known.
	At time.Time
	// Month is the heading it stands under and Date the day; empty when no day is known.
	Month, Date string
	// Sentence says it whole, with its day.
	Sentence string
	// Note says more, in the complainant's words.
	Note string
}

// Person is somebody who was spoken to.
type Person struct {
	// Name is as it was given, or says that it was refused.
	Name     string
	Refused  bool
	Position string
	Company  string
	// Contacts are where they appear.
	Contacts []Appearance
	Promises []Tag
}

// Appearance is a contact in which a person appears.
type Appearance struct {
	Date string
	Row  Tag
}

// Promise is a line of the promise ledger.
type Promise struct {
	Tag  Tag
	What string
	// Who made it: the person and the company.
	Who    string
	Made   string
	MadeAt time.Time
	// Due is the day in words, or that none was given.
	Due   string
	DueAt time.Time // zero when none was given
	State casefile.PromiseState
	// Outcome is the state in words.
	Outcome string
	// Ended is when it was kept or known to be broken; empty while open.
	Ended   string
	EndedAt time.Time
	// Late is by how many days, in words.
	Late string
	// Repeats says that it had been promised before; empty when it had not.
	Repeats string
	Amount  string
	Note    string
	Row     Tag // where it was made: a contact or an email
	ShownBy []Tag
}

// CompanySide is what speaks for the companies.
type CompanySide struct {
	Remedies []Remedy
	Answers  []Answer
	Helpers  []Answer
	Kept     []Tag
}

// Remedy is what a company offered or did.
type Remedy struct {
	Date    string
	Company string
	Kind    string
	Amount  string
	// Answer says whether it was accepted or declined, and why.
	Answer string
	Reason string
	// Done says whether it was done; empty where nothing is to be done.
	Done string
	Row  Tag
}

// Email is a message as it was received.
type Email struct {
	Tag     Tag
	Subject string
	// Fields are the header fields, decoded.
	Fields []Field
	// Text is the body. It may hold the quoted messages of a thread.
	Text        string
	Attachments []EmailAttachment
	MessageID   string
	SHA256      string
	// Source says where the bytes came from.
	Source string
	// Signatures say what the signatures of the sender's mail servers show; none when they were not checked.
	Signatures []string
	Defects    []string
}

// Field is a name and what it holds.
type Field struct{ Name, Value string }

// EmailAttachment is a file that came with a message.
type EmailAttachment struct {
	Name string
	Type string
	// Exhibit is set when it was made one.
	Exhibit Tag
}

// Exhibit is a numbered piece of evidence.
type Exhibit struct {
	Tag Tag
	// Piece counts the files under one number from 1, and Pieces how many there are. Each is an exhibit of the list.
	Piece, Pieces int
	Caption       string
	FileName      string
	MediaType     string
	// Content is the hash by which its bytes are opened, SHA256 the same to be printed: empty where an edition keeps it.
	Content string
	SHA256  string
	Bytes   int64
	Size    string
	Date    string
	Row     Tag
	// Erased says since when nothing but the number is left; empty for all others.
	Erased string
	// Withheld says why an edition does not show what the file holds; empty where it does.
	Withheld string
}

// Integrity is how to check the dossier.
type Integrity struct {
	Files       []File
	Recorded    Recorded
	Corrections []Correction
	// Withdrawn is what was taken back or erased, but for slips; Slips says how many of those there were.
	Withdrawn []Withdrawal
	Slips     string
	// Heads are those of the case's logs.
	Heads   []Head
	Entries int64
	// Proof is what the proof of the record is called among the files within the dossier's own; empty without one.
	// Whoever writes the dossier sets it.
	Proof string
}

// Head is the head of a log: it stands for all its entries.
type Head struct {
	LogID   string
	Entries string // how many, in words
	Root    string // lower-case hex
	// Sealed says what of it was stamped by somebody else's clock, and when; or that nothing was.
	Sealed string
}

// Withdrawal is an entry that was taken back or erased.
type Withdrawal struct {
	// Label is the number of an exhibit, which stays used; Row is set when the dossier still shows it, empty.
	Label string
	Row   Tag
	// Text says what it was, when it was recorded, and when it was taken back or erased.
	Text string
	// Note says whether a time stamp had covered it, and why it was taken back or erased; may be empty.
	Note string
}

// File is a file of the case with its hash.
type File struct {
	Tag       Tag // exhibit or email; empty for evidence that is no exhibit
	Name      string
	MediaType string
	Bytes     int64
	Size      string // in words
	SHA256    string
	// Embedded is what it is called among the files within the dossier's own; empty when only its hash is there. Whoever
	// writes the dossier sets it.
	Embedded string
}

// Correction is a later entry that says what an earlier one should have said.
type Correction struct {
	Row    Tag // empty when it corrects the case or something without a tag
	Fields string
	// Recorded is when the correction itself was recorded.
	Recorded string
	Reason   string
	// Rivals say of each field that another device corrected differently what that one says: both stand on record.
	Rivals []string
}
