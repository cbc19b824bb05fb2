// Package casefile is the domain: what a person keeps about a dispute with a company, the rules those things obey, and
// the figures that follow from them.
//
// It is pure. Nothing here reads a file, a clock or a network; the time now is passed in. Its types are the payloads of
// the record's entries as well as what the views give back, so their JSON names are part of the record's format.
package casefile

// Case is one dispute, with one desired outcome. It may involve several companies.
type Case struct {
	ID    string `json:"id,omitempty"`
	Title string `json:"title"`
	// Outcome is what the person asks for, a line each.
	Outcome []string `json:"outcome,omitempty"`
	// AnswerBy is the day by which an answer is asked for.
	AnswerBy *Due `json:"answer_by,omitempty"`
	// Claimed is the amount of money asked for.
	Claimed *Money `json:"claimed,omitempty"`
	// Zone is the IANA name of the time zone the person lives in.
	Zone string `json:"zone"`
	// Place is where the dispute belongs: mx, es, ct, uk, us, eu, ar, or empty.
	Place string `json:"place,omitempty"`
	// Complainant is who complains.
	Complainant Complainant `json:"complainant,omitzero"`
	// Summary is the dispute in a few sentences, in the person's words.
	Summary string `json:"summary,omitempty"`
	// StillConcerned says why the matter is not settled, in the person's words.
	StillConcerned string `json:"still_concerned,omitempty"`
	// CustomerSince is since when the person has been a customer: YYYY, YYYY-MM or YYYY-MM-DD.
	CustomerSince string `json:"customer_since,omitempty"`
	// YearlySpend is what the person spends with the company in a year.
	YearlySpend *Money `json:"yearly_spend,omitempty"`
	// HourValue is what the person counts an hour of their own time at.
	HourValue *Money `json:"hour_value,omitempty"`
	// Ending is how the case ended; nil while it goes on.
	Ending *Ending `json:"ending,omitempty"`
}

// Ending is how a case ended for the person. What companies still owe in it stays on record, and is waited for no longer.
type Ending struct {
	Kind EndingKind `json:"kind"`
	// On is the day on which it ended.
	On *Due `json:"on,omitempty"`
	// Note says more, in the person's words.
	Note string `json:"note,omitempty"`
}

// Closed reports whether the case has ended.
func (c Case) Closed() bool { return c.Ending != nil }

// Complainant is the person who complains, as a dossier names them.
type Complainant struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
	Email   string `json:"email,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

// Party is a company in the case.
type Party struct {
	ID     string    `json:"id,omitempty"`
	CaseID string    `json:"case"`
	Name   string    `json:"name"`
	Role   PartyRole `json:"role"`
	// References are the numbers the company knows the matter by: order, contract, incident.
	References []Reference `json:"references,omitempty"`
	// Domains are the mail domains the company writes from.
	Domains []string `json:"domains,omitempty"`
	// Address is the postal address, a line each, to which letters go.
	Address string `json:"address,omitempty"`
}

// Reference is a number that a company gave.
type Reference struct {
	Label  string `json:"label"`
	Number string `json:"number"`
}

// Person is somebody of a company who was spoken to, under the name that was given.
type Person struct {
	ID      string `json:"id,omitempty"`
	CaseID  string `json:"case"`
	PartyID string `json:"party"`
	// Name is empty when it was refused.
	Name    string `json:"name,omitempty"`
	Refused bool   `json:"refused,omitempty"`
	// Position is the job as it was given: "supervisor", "agent 4471".
	Position string `json:"position,omitempty"`
}

// Money is an amount in the currency's minor units (cents).
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"` // ISO 4217
}
