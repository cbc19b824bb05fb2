package app

// DossierInput says which dossier to make.
type DossierInput struct {
	CaseID   string `json:"caseId"`
	Edition  string `json:"edition"`
	Language string `json:"language"`
	// Addressee is an id of those that [Dossiers.Filing] lists, or a name; empty for the first of the case's place.
	Addressee string `json:"addressee"`
	// Anyway makes it though the addressee asks for more than is there.
	Anyway bool `json:"anyway"`
	// From and Until are days, both counted; empty leaves that side open.
	From  string `json:"from"`
	Until string `json:"until"`
	// Sections are those that it has; none means all.
	Sections []string `json:"sections"`
	// CoverNote is a covering letter, before all else with CoverFirst; WithSignature puts the kept signature on it.
	CoverNote     string `json:"coverNote"`
	CoverFirst    bool   `json:"coverFirst"`
	WithSignature bool   `json:"withSignature"`
	// Light has it made with small pictures and without originals.
	Light bool `json:"light"`
	// Budget is how large the file may get, in bytes; 0 is what most mail servers take.
	Budget int64 `json:"budget"`
}

// DossierPreview names the job that draws a preview, and the preview itself, which is there when the job is done.
type DossierPreview struct {
	JobID     string `json:"jobId"`
	PreviewID string `json:"previewId"`
}

// MadeDossier is a dossier that was made, or a bundle.
type MadeDossier struct {
	ID         string `json:"id"`
	RecordedAt string `json:"recordedAt"` // RFC 3339 in UTC
	// Edition is one of the choices, or another word for what is no dossier.
	Edition  string `json:"edition"`
	Language string `json:"language"`
	FileName string `json:"fileName"`
	SHA256   string `json:"sha256"` // lower-case hex
	Size     int64  `json:"size"`   // bytes
	// Addressee is for whom it was made; empty for nobody in particular.
	Addressee string `json:"addressee"`
	// StampedAt and StampedBy are the time (RFC 3339 in UTC) and the name of the service that stamped it, and SignedBy is
	// whose certificate it was signed with; empty without.
	StampedAt string `json:"stampedAt"`
	StampedBy string `json:"stampedBy"`
	SignedBy  string `json:"signedBy"`
	// Later is "stamped" or "signed" of the file of a dossier before it that was stamped or signed later; else empty.
	Later string `json:"later"`
	// Sent are the times that it was sent, in the order in which they were recorded.
	Sent []SentDossier `json:"sent"`
}

// SentDossier is a time that a dossier was sent.
type SentDossier struct {
	ID string `json:"id"`
	On string `json:"on"` // as much as is known of YYYY-MM-DDTHH:MM, wall time
	To string `json:"to"`
}

// SendingInput says that a dossier that was made went to somebody.
type SendingInput struct {
	CaseID   string `json:"caseId"`
	ExportID string `json:"exportId"`
	To       string `json:"to"`
	On       string `json:"on"` // as much as is known of YYYY-MM-DDTHH:MM; empty is now
	Channel  string `json:"channel"`
}
