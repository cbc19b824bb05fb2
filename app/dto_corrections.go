package app

// CaseTerms are what a case says of itself, as it was typed.
type CaseTerms struct {
	CaseID         string `json:"caseId"`
	Title          string `json:"title"`
	Summary        string `json:"summary"`
	StillConcerned string `json:"stillConcerned"`
	Outcome        string `json:"outcome"` // a line each
	AnswerBy       string `json:"answerBy"`
	Claimed        string `json:"claimed"`
	Currency       string `json:"currency"`
	Zone           string `json:"zone"` // in which its dates are read
	// Name, Address, Email and Phone are of who complains, as a dossier names them.
	Name    string `json:"name"`
	Address string `json:"address"`
	Email   string `json:"email"`
	Phone   string `json:"phone"`
}

// EndingInput says how a case ended, as it was typed.
type EndingInput struct {
	CaseID string `json:"caseId"`
	Kind   string `json:"kind"`
	On     string `json:"on"` // empty is today
	Zone   string `json:"zone"`
	Note   string `json:"note"`
}
