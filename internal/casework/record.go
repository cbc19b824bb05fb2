package casework

import (
	"context"

	"constancia/internal/library"
	"constancia/internal/record"
)

// Verification says whether something holds, and what does not.
type Verification struct {
	Holds    bool             `json:"holds"`
	Problems []record.Finding `json:"problems"`
	// Entries is how many entries were looked at.
	Entries int64 `json:"entries"`
}

// VerifyRecord computes every entry's canonical bytes and leaf anew and compares them with what was stored, and looks
// for gaps in the logs.
func (c *Casework) VerifyRecord(ctx context.Context) (Verification, error) {
	var checker record.Checker
	err := c.library.Entries(ctx, func(stored record.Stored) error {
		checker.Check(stored)
		return ctx.Err()
	})
	if err != nil {
		return Verification{}, err
	}
	return verification(checker.Findings(), checker.Entries), nil
}

// RebuildRecord makes every view anew from the log.
func (c *Casework) RebuildRecord(ctx context.Context) error { return c.library.Rebuild(ctx) }

// CheckLibrary verifies the record, and holds the views against it, and the kept files against their hashes. Views can't
// be held against a record that does not hold itself: then that is all it says. Bytes that nothing in the record names
// are listed, but do not make it fail: an import that was cut off leaves some.
func (c *Casework) CheckLibrary(ctx context.Context) (Verification, error) {
	verified, err := c.VerifyRecord(ctx)
	if err != nil || !verified.Holds {
		return verified, err
	}
	findings, err := c.library.Check(ctx)
	if err != nil {
		return Verification{}, err
	}
	return verification(append(verified.Problems, findings...), verified.Entries), nil
}

func verification(findings []record.Finding, entries int64) Verification {
	v := Verification{Holds: true, Problems: append([]record.Finding{}, findings...), Entries: entries}
	for _, finding := range findings {
		if finding.What != library.ContentUnnamed {
			v.Holds = false
		}
	}
	return v
}
