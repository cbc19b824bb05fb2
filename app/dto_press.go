package app

// PressInput says whose press edition is reviewed, in the language of its labels, and what to change first: texts to hide,
// ids of what to show and to hide again, labels of exhibits to take in and to leave out. None of it has to be there.
type PressInput struct {
	CaseID   string   `json:"caseId"`
	Language string   `json:"language"`
	Hide     []string `json:"hide,omitempty"`
	Show     []string `json:"show,omitempty"`
	Unshow   []string `json:"unshow,omitempty"`
	Exhibits []string `json:"exhibits,omitempty"`
	Without  []string `json:"without,omitempty"`
	// Contact is the line by which a reader reaches the person; absent leaves it as it is, and empty takes it back.
	Contact *string `json:"contact,omitempty"`
	// Cover are parts of an exhibit's picture to paint over, in place of those that were.
	Cover *PressCover `json:"cover,omitempty"`
}

// PressCover is what is painted over in the picture of an exhibit, by its label; no areas uncover all of it.
type PressCover struct {
	Exhibit string        `json:"exhibit"`
	Areas   []CoveredArea `json:"areas"`
}

// CoveredArea is a rectangle of an upright picture, from its upper left corner, in fractions of its width and height.
type CoveredArea struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// PressReview is what the press edition of a case hides, what looks like personal data in it, and which exhibits it shows.
// It is for the person's eyes only.
type PressReview struct {
	Hidden []PressText `json:"hidden"`
	// Suspects look like personal data and are not hidden.
	Suspects []PressText    `json:"suspects"`
	Exhibits []PressExhibit `json:"exhibits"`
	// Contact is the line by which a reader reaches the person; empty for none.
	Contact string `json:"contact"`
}

// PressText is a text that the press edition hides, or could.
type PressText struct {
	ID string `json:"id"`
	// Label stands in its place, or says what it looks like.
	Label string `json:"label"`
	Text  string `json:"text"`
	Shown bool   `json:"shown"`
	Count int64  `json:"count"`
	// Where are the tags of rows; empty for the case itself.
	Where []string `json:"where"`
}

// PressExhibit is an exhibit that the press edition can show.
type PressExhibit struct {
	Label   string `json:"label"`
	Shows   string `json:"shows"`
	Chosen  bool   `json:"chosen"`
	Picture bool   `json:"picture"`
	// EvidenceID is that of the picture, to be looked at.
	EvidenceID string        `json:"evidenceId"`
	Covered    []CoveredArea `json:"covered"`
}
