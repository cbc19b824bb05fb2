package app

// SearchHit is something on record that a search found.
type SearchHit struct {
	Kind      string `json:"kind"` // of the entry: case, party, person, contact, promise, settlement, evidence, message, …
	ID        string `json:"id"`
	CaseID    string `json:"caseId"`
	CaseTitle string `json:"caseTitle"`
	Title     string `json:"title"`
	Snippet   string `json:"snippet"` // where the words were found, each between «»
	Day       string `json:"day"`
}
