package app

// PeopleQuery says which people or companies are wanted, in which order, and which part of them. What is empty asks for
// nothing.
type PeopleQuery struct {
	CaseID   string `json:"caseId"`
	PersonID string `json:"personId"` // the one who goes by this id, too
	Words    string `json:"words"`    // beginnings of words of a name, a position or a company, accents aside
	Names    string `json:"names"`    // given, refused
	Order    string `json:"order"`    // name, contacts, last_contact, hold, not_kept
	First    int64  `json:"first"`    // how many stand before
	Limit    int64  `json:"limit"`
}

// DealingsView is what there was with a person or a company.
type DealingsView struct {
	Contacts     int64  `json:"contacts"`
	Calls        int64  `json:"calls"`
	HoldSeconds  int64  `json:"holdSeconds"`
	RefusedHelp  int64  `json:"refusedHelp"` // contacts in which help was refused
	Promises     int64  `json:"promises"`
	Kept         int64  `json:"kept"` // in time
	Late         int64  `json:"late"`
	Broken       int64  `json:"broken"`
	Overdue      int64  `json:"overdue"`
	Open         int64  `json:"open"`
	FirstContact string `json:"firstContact"` // as much of the wall time as is known, or empty
	LastContact  string `json:"lastContact"`
}

// PersonName is somebody under the name they gave.
type PersonName struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Refused  bool   `json:"refused"`
	Position string `json:"position"`
	PartyID  string `json:"partyId"`
}

// SomebodyView is a person who was spoken to, under one name or several, which the person joined.
type SomebodyView struct {
	Members   []PersonName `json:"members"` // at least one
	CaseID    string       `json:"caseId"`
	CaseTitle string       `json:"caseTitle"`
	PartyID   string       `json:"partyId"`
	Party     string       `json:"party"`
	Dealings  DealingsView `json:"dealings"`
}

// PeoplePage is a part of those whom a query found.
type PeoplePage struct {
	Total  int64          `json:"total"`
	People []SomebodyView `json:"people"`
}

// SimilarView are two who could be the same person.
type SimilarView struct {
	One   SomebodyView `json:"one"`
	Other SomebodyView `json:"other"`
}

// CompanyView is a company of a case with all that there was with it.
type CompanyView struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Role       string      `json:"role"`
	References []Reference `json:"references"`
	Domains    []string    `json:"domains"` // that it writes mail from
	Address    string      `json:"address"` // postal, a line each
	CaseID     string      `json:"caseId"`
	CaseTitle  string      `json:"caseTitle"`
	// People is how many different ones were spoken to, RefusedNames how often a name was refused.
	People       int64        `json:"people"`
	RefusedNames int64        `json:"refusedNames"`
	Dealings     DealingsView `json:"dealings"`
}

// CompanyPage is a part of the companies that a query found.
type CompanyPage struct {
	Total     int64         `json:"total"`
	Companies []CompanyView `json:"companies"`
}

// PersonCorrection is somebody as they should have been written down.
type PersonCorrection struct {
	CaseID   string `json:"caseId"`
	PersonID string `json:"personId"`
	Name     string `json:"name"`
	Refused  bool   `json:"refused"`
	Position string `json:"position"`
	Company  string `json:"company"` // a party's id, or the name of a new one
	Reason   string `json:"reason"`
}

// CompanyCorrection is a company as it should have been written down.
type CompanyCorrection struct {
	CaseID     string      `json:"caseId"`
	CompanyID  string      `json:"companyId"`
	Name       string      `json:"name"`
	Role       string      `json:"role"`
	References []Reference `json:"references"` // those with nothing in them are left out
	Domains    string      `json:"domains"`    // with commas or spaces between them
	Address    string      `json:"address"`    // postal, a line each
	Reason     string      `json:"reason"`
}
