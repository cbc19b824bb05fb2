package app

// Kinds of entries that are about other entries.
const (
	kindRetraction = "retraction"
	kindErasure    = "erasure"
)

// HistoryView is everything that the record has about one entry, in words.
type HistoryView struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	Title      string `json:"title"`
	RecordedAt string `json:"recordedAt"`
	// Leaf is the hash of its leaf, and Sequence its place in the log.
	Leaf     string `json:"leaf"`
	LogID    string `json:"logId"`
	Sequence int64  `json:"sequence"`
	Counts   bool   `json:"counts"`
	Erased   bool   `json:"erased"`
	// Fields are what was recorded at first.
	Fields []FieldText    `json:"fields"`
	Events []HistoryEvent `json:"events"`
	// Seals are the time stamps on a head that it is under, and Exports the dossiers made of a record that had it.
	Seals   []HistorySeal   `json:"seals"`
	Exports []HistoryExport `json:"exports"`
}

// FieldText is a field of an entry in words.
type FieldText struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// HistoryEvent is something that was said about an entry later.
type HistoryEvent struct {
	ID string `json:"id"`
	// Kind is correction, retraction, restoration or erasure.
	Kind       string       `json:"kind"`
	RecordedAt string       `json:"recordedAt"`
	Reason     string       `json:"reason"`
	Counts     bool         `json:"counts"`
	Changes    []ChangeText `json:"changes"`
}

// ChangeText is a field before and after a correction; empty is nothing.
type ChangeText struct {
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// HistorySeal is a time stamp.
type HistorySeal struct {
	SealedAt string `json:"sealedAt"`
	Service  string `json:"service"`
}

// HistoryExport is a dossier or a bundle that was made.
type HistoryExport struct {
	RecordedAt string `json:"recordedAt"`
	Edition    string `json:"edition"`
	FileName   string `json:"fileName"`
}

// ErasurePlanView says beforehand what erasing takes away, what it leaves, and what it can't reach.
type ErasurePlanView struct {
	Goes  []EntryTitle `json:"goes"`
	Stays []EntryTitle `json:"stays"`
	// Files are how many kept files go, SharedFiles how many stay since something else needs them, Copies how many older
	// copies of the record in its folder go.
	Files       int64 `json:"files"`
	SharedFiles int64 `json:"sharedFiles"`
	Copies      int64 `json:"copies"`
	// Exports were made since and can't be reached, and Devices are the letters of other computers that have the case.
	Exports    []HistoryExport `json:"exports"`
	HasBackups bool            `json:"hasBackups"`
	Devices    []string        `json:"devices"`
	Returning  []EntryTitle    `json:"returning"`
}

// EntryTitle is an entry in a few words.
type EntryTitle struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	Title      string `json:"title"`
	RecordedAt string `json:"recordedAt"`
}
