package casefile

// The entries here are about the record itself: who writes it, what of it was taken back or erased, and what was stamped
// by somebody else's clock.

// Target names an entry together with the hash of its leaf, so that nothing else can come to stand under its id.
type Target struct {
	EntryID string `json:"entry"`
	Leaf    string `json:"leaf"` // lower-case hex
}

// Device says which device writes a log, and with which key it signs the log's heads. It is the first entry of every log
// of format 1, so that the key itself is on record.
type Device struct {
	ID string `json:"id,omitempty"`
	// CaseID is the case of the log; empty in the log of the library itself.
	CaseID   string `json:"case,omitempty"`
	DeviceID string `json:"device"`
	// Letter begins the exhibit numbers that this device gives in this case: A for the device that began the case. Empty
	// in the log of the library itself.
	Letter string `json:"letter,omitempty"`
	// Key is the Ed25519 public key (RFC 8032), 32 bytes in base64 (RFC 4648, section 4).
	Key string `json:"key"`
}

// Retraction takes entries back: they stay in the record, and count no longer. A retraction that is itself retracted
// takes nothing back.
type Retraction struct {
	ID      string   `json:"id,omitempty"`
	CaseID  string   `json:"case"`
	Targets []Target `json:"targets"`
	Reason  string   `json:"reason,omitempty"`
}

// Erasure says that the payloads and salts of entries were deleted for good. Their headers and leaves stay, and with
// them every proof.
type Erasure struct {
	ID      string   `json:"id,omitempty"`
	CaseID  string   `json:"case"`
	Targets []Target `json:"targets"`
	Reason  string   `json:"reason,omitempty"`
}

// Seal is what a time stamping service answered about a head of the log it stands in (RFC 3161).
type Seal struct {
	ID     string `json:"id,omitempty"`
	CaseID string `json:"case,omitempty"`
	// Head is the signed head whose bytes were stamped, as a signed note.
	Head string `json:"head"`
	// Token is the TimeStampToken (RFC 3161, section 2.4.2), DER in base64.
	Token string `json:"token"`
	// Service is the address that was asked.
	Service string `json:"service"`
	// SealedAt is the token's genTime, RFC 3339 in UTC.
	SealedAt string `json:"sealed_at"`
}

// LogHead is a head of a log as other entries name it.
type LogHead struct {
	LogID string `json:"log_id"`
	Size  int64  `json:"size"` // entries
	Root  string `json:"root"` // lower-case hex
}
