package library

import (
	"context"
	"database/sql"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// PromisesFile gives of a case what its list of promises is made from: the case, its companies and people, promises and
// settlements, and of the rest only what settlements rest on. It reads no other contact and no email.
//
// Problem: not_found.
func (l *Library) PromisesFile(ctx context.Context, caseID string) (file casefile.CaseFile, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		if file, err = caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		for _, step := range []func() error{
			readInto(ctx, &file.People, tx, record.KindPerson, caseID),
			readInto(ctx, &file.Promises, tx, record.KindPromise, caseID),
			readInto(ctx, &file.Settlements, tx, record.KindSettlement, caseID),
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return addGrounds(ctx, tx, &file)
	})
	return file, err
}

// addGrounds reads what shows how promises ended, with the contacts that messages among it belong to.
func addGrounds(ctx context.Context, tx *sql.Tx, file *casefile.CaseFile) (err error) {
	var ids []string
	for _, settlement := range file.Settlements {
		ids = append(ids, settlement.Value.ShownBy...)
	}
	if len(ids) == 0 {
		return nil
	}
	const listed = "+kind = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY happened_at, recorded_at, log_id, sequence"
	if file.Messages, err = things[casefile.MessageView](ctx, tx, listed, string(record.KindMessage), jsonList(ids)); err != nil {
		return err
	}
	if err := addReadings(ctx, tx, file.Messages); err != nil {
		return err
	}
	if file.Evidence, err = things[casefile.Evidence](ctx, tx, listed, string(record.KindEvidence), jsonList(ids)); err != nil {
		return err
	}
	for _, message := range file.Messages {
		ids = append(ids, message.Value.ContactID)
	}
	file.Contacts, err = things[casefile.Contact](ctx, tx, listed, string(record.KindContact), jsonList(ids))
	return err
}

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
