package app

// Filing is to whom a dossier goes, and what its filing sheet says besides the record.
type Filing struct {
	// Addressees are all there are, those of the case's place first.
	Addressees []Addressee `json:"addressees"`
	// To is the id of the one that it goes to; empty for none of them.
	To      string        `json:"to"`
	Details FilingDetails `json:"details"`
	// Missing is what that one refuses a complaint without, in words.
	Missing []string `json:"missing"`
}

// Addressee is whom a complaint can be filed with.
type Addressee struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Here says that it is one of the case's place.
	Here bool `json:"here"`
	// Source says where what it asks for is from, what it was checked against, and that it is no legal advice.
	Source string `json:"source"`
}

// FilingDetails are what an addressee asks for and the record has no field for.
type FilingDetails struct {
	TaxID          string `json:"taxId"`
	CompanyTaxID   string `json:"companyTaxId"`
	Representative string `json:"representative"`
	Contract       string `json:"contract"`
	EarlierClaim   string `json:"earlierClaim"` // tags of rows
	Proceedings    string `json:"proceedings"`
}
