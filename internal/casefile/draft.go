package casefile

import (
	"encoding/json"
	"time"
)

// ContactDraft is a contact that goes on, or was not put on record yet. It stands outside the record: nothing is proved
// of it.
type ContactDraft struct {
	ID string `json:"id"`
	// CaseID is empty until the case is chosen.
	CaseID string `json:"case"`
	// BeganAt and EndedAt are this machine's clock, UTC; EndedAt is nil while it goes on.
	BeganAt time.Time  `json:"began_at"`
	EndedAt *time.Time `json:"ended_at,omitempty"`
	// Typed is what was typed so far, a JSON object.
	Typed json.RawMessage `json:"typed"`
	Notes []DraftNote     `json:"notes"`
}

// DraftNote is something that was noted down while a contact went on.
type DraftNote struct {
	// Number tells the notes of one draft apart; later notes have higher ones.
	Number int64 `json:"number"`
	// At is this machine's clock, UTC.
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}
