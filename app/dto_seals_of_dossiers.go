package app

// DossierSeals say whose seals the file that a job made has.
type DossierSeals struct {
	// Said are sentences, none where no service was chosen and nobody signed.
	Said []string `json:"said"`
	// Later says that a service was chosen and could not stamp it.
	Later bool `json:"later"`
}

// DossierCheck is what holding a dossier's file against itself has shown, and against the record where that is here.
type DossierCheck struct {
	FileName string `json:"fileName"`
	Holds    bool   `json:"holds"`
	// Said are sentences: what holds and by whose word, else what does not.
	Said   []string `json:"said"`
	SHA256 string   `json:"sha256"` // lower-case hex
}
