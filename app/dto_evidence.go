package app

// EvidenceView is a file kept as evidence.
type EvidenceView struct {
	ID        string `json:"id"`
	Label     string `json:"label"` // A-1, or empty
	FileName  string `json:"fileName"`
	MediaType string `json:"mediaType"`
	Kind      string `json:"kind"`     // image, audio, video, text, pdf, other
	ShownAs   string `json:"shownAs"`  // image, audio, video, text; empty: not in the window
	Openable  bool   `json:"openable"` // in the system's own program
	SHA256    string `json:"sha256"`
	Size      int64  `json:"size"` // bytes
	Shows     string `json:"shows"`
	Day       string `json:"day"`
	Wall      string `json:"wall"`    // as much of when it was made as is known
	Consent   string `json:"consent"` // of a recording: what those recorded knew of it; empty is not said
	ContactID string `json:"contactId"`
	MessageID string `json:"messageId"`
}

// FileSelection are files a person chose or dropped.
type FileSelection struct {
	ID      string       `json:"id"`
	Files   []ChosenFile `json:"files"`
	LeftOut []LeftOut    `json:"leftOut"`
}

// ChosenFile is one of them.
type ChosenFile struct {
	Name string `json:"name"`
	Size int64  `json:"size"` // bytes
	Kind string `json:"kind"` // image, audio, video, text, pdf, other
	Day  string `json:"day"`  // when it was written last, where the person is
}

// Why something that was chosen or dropped is not among the files.
const (
	leftOutGone     = "gone"        // there is nothing by that name
	leftOutUnread   = "unreadable"  // it may not be read, or is no file: a device, a pipe
	leftOutLink     = "link"        // it leads out of the folder
	leftOutNothing  = "empty"       // a folder with no files in it
	leftOutTooMany  = "too_many"    // there were more than are taken at once
	leftOutNoFolder = "half_folder" // a part of a folder could not be read
)

// LeftOut is something that was chosen or dropped and is not among the files.
type LeftOut struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// EvidenceInput makes chosen files evidence.
type EvidenceInput struct {
	CaseID      string              `json:"caseId"`
	SelectionID string              `json:"selectionId"`
	Files       []EvidenceFileInput `json:"files"`
	ContactID   string              `json:"contactId"`
	OneExhibit  bool                `json:"oneExhibit"` // all of them under one number
}

// EvidenceFileInput is what was typed about one of them.
type EvidenceFileInput struct {
	Place   int    `json:"place"` // among the selection's files, from 0
	Shows   string `json:"shows"`
	When    string `json:"when"` // as much as is known; empty is unknown
	Consent string `json:"consent"`
}

// How it went with one file.
const (
	fileAdded   = "added"
	fileKnown   = "known"  // it is evidence of the case already
	fileFailed  = "failed" // it was not added, and the others were tried
	fileWaiting = "waiting"
)

// EvidenceOutcome says what came of adding files, for as far as the job has come.
type EvidenceOutcome struct {
	Files []FileOutcome `json:"files"`
	// EntryIDs are what was put on record: each piece of evidence, and the number that several share.
	EntryIDs []string `json:"entryIds"`
}

// FileOutcome says how it went with one file.
type FileOutcome struct {
	Place   int    `json:"place"`
	Name    string `json:"name"`
	State   string `json:"state"`   // added, known, failed, waiting
	Label   string `json:"label"`   // its exhibit number, or that of the one which is there
	Failure string `json:"failure"` // JSON, as errors cross the bridge
}

// EvidenceCorrection says what was to be said about a file.
type EvidenceCorrection struct {
	CaseID     string `json:"caseId"`
	EvidenceID string `json:"evidenceId"`
	Shows      string `json:"shows"`
	When       string `json:"when"`
	ContactID  string `json:"contactId"`
	Consent    string `json:"consent"`
	Reason     string `json:"reason"`
}

// ExhibitNumber is the number that evidence was given.
type ExhibitNumber struct {
	ID    string `json:"id"` // of the entry that gives it
	Label string `json:"label"`
}

// TextPreview is what can be read of a text.
type TextPreview struct {
	Text string `json:"text"`
	Cut  bool   `json:"cut"` // there is more
}
