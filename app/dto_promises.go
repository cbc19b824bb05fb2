package app

// PromiseQuery says which promises of a case are wanted: limit of them behind the first ones.
type PromiseQuery struct {
	CaseID    string `json:"caseId"`
	CompanyID string `json:"companyId"` // of this company alone; empty: of all
	PromiseID string `json:"promiseId"` // this one alone
	Latest    bool   `json:"latest"`    // the ones made last first; else those that need attention first
	First     int64  `json:"first"`
	Limit     int64  `json:"limit"`
}

// PromiseCount counts the promises of a company that stand in one way.
type PromiseCount struct {
	PartyID string `json:"partyId"`
	Party   string `json:"party"`
	State   string `json:"state"`
	Count   int64  `json:"count"`
}

// PromisePage is a part of the promises that a query found.
type PromisePage struct {
	Counts   []PromiseCount `json:"counts"` // of all promises of the case
	Total    int64          `json:"total"`
	Promises []PromiseView  `json:"promises"`
	Earlier  []PromiseView  `json:"earlier"` // those that they say again
}
