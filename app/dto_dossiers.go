package app

// DossierInput says which dossier to make.
type DossierInput struct {
	CaseID   string `json:"caseId"`
	Edition  string `json:"edition"`
	Language string `json:"language"`
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
}
