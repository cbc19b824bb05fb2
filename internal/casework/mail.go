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
}

// ImportFailure is a message that could not be taken in.
type ImportFailure struct {
	Where   string           `json:"where"`
	Problem *problem.Problem `json:"-"`
}
