package library

import (
	"context"
	"database/sql"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// EvidenceFile gives of a case what its list of evidence is made from: the case, its companies, evidence and exhibits.
//
// Problem: not_found.
func (l *Library) EvidenceFile(ctx context.Context, caseID string) (file casefile.CaseFile, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		if file, err = caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		if file.Evidence, err = ofCase[casefile.Evidence](ctx, tx, record.KindEvidence, caseID); err != nil {
			return err
		}
		labels, err := labelsOf(ctx, tx, caseID)
		if err != nil {
			return err
		}
		if file.Withdrawn, err = withdrawnOf(ctx, tx, caseID, labels); err != nil {
			return err
		}
		file.Exhibits, err = exhibitsOf(ctx, tx, caseID, labels, file.Withdrawn)
		return err
	})
	return file, err
}
