package casework

import (
	"context"

	"constancia/internal/library"
	"constancia/internal/record"
)

// CheckLibrary verifies the record, and holds the databases, the views and the kept files against it. What is made from
// the record can't be held against one that does not hold itself: then that is all it says. What takes nothing from the
// record, as bytes that an import left which was cut off, is listed, but does not make it fail.
func (c *Casework) CheckLibrary(ctx context.Context, progress func(Progress)) (Verification, error) {
	verified, err := c.VerifyRecord(ctx, progress)
	if err != nil || !verified.Holds {
		return verified.Verification, err
	}
	findings, err := c.library.Check(ctx, func(step library.CheckStep, done, total int64) {
		report(progress, Progress{What: string(step), Done: done, Total: total})
	})
	if err != nil {
		return Verification{}, err
	}
	return verification(append(verified.Problems, findings...), verified.Entries), nil
}

func verification(findings []record.Finding, entries int64) Verification {
	v := Verification{Holds: true, Problems: append([]record.Finding{}, findings...), Entries: entries}
	for _, finding := range findings {
		if !library.IsHarmless(finding.What) {
			v.Holds = false
		}
	}
	return v
}
