package casework

import (
	"constancia/internal/problem"
)

// ImportResult counts what came of an import.
type ImportResult struct {
	Imported int64 `json:"imported"`
	// Already is how many the case had before.
	Already int64 `json:"already"`
	// Defective is how many are stored whole, but could not be read in all their parts.
	Defective int64 `json:"defective"`
	// Failed is how many could not be stored or read.
	Failed   int64           `json:"failed"`
	Failures []ImportFailure `json:"failures"`
	// KeysKept is how many answers about keys of signatures were put on record, KeysWaiting how many keys nobody could be
	// asked for: they are asked for later.
	KeysKept    int64 `json:"keys_kept"`
	KeysWaiting int64 `json:"keys_waiting"`
	// Skipped is how many files of a folder or an archive, or messages in them, were passed over. Skips are the first
	// thousand.
	Skipped int64        `json:"skipped"`
	Skips   []ImportSkip `json:"skips"`
	// Acts are entries that name everything that was put on record, one for each act: what Undo takes.
	Acts []string `json:"-"`
}

// ImportSkip is what an import passed over.
type ImportSkip struct {
	Where string `json:"where"`
	// Why is not_mail, nested, link, special, undelivered or deleted.
	Why string `json:"why"`
}

// maxSkips is how many of what was passed over are named.
const maxSkips = 1000

// ImportFailure is a message that could not be taken in.
type ImportFailure struct {
	Where   string           `json:"where"`
	Problem *problem.Problem `json:"-"`
}
