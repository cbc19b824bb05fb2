package library

import (
	"context"
	"database/sql"
	"time"

	"constancia/internal/casefile"
)

// Overview is what is seen first of a case. Of File only the case, its companies and the promises that its standing is
// about are there.
type Overview struct {
	File casefile.CaseFile
	// Timeline counts its rows; People counts those whom the person joined once; Contacts are those of each company by its id.
	Timeline, Promises, People, Evidence int64
	Contacts                             map[string]int64
	// Overdue is how many promises are past their date and not settled.
	Overdue int64
}

// Overview reads what is seen first of a case, as of now. It reads no more of a case of ten thousand contacts than of one
// of ten, but for counting.
//
// Problem: not_found.
func (l *Library) Overview(ctx context.Context, caseID string, now time.Time) (o Overview, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		if o.File, err = caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		args := []any{sql.Named("case", caseID), sql.Named("now", formatInstant(now))}
		err := tx.QueryRowContext(ctx, "WITH "+shown+` SELECT (`+countShown+`),
			(SELECT count(*) FROM moment WHERE case_id = :case AND kind = 'promise'),
			(SELECT count(*) FROM thing WHERE case_id = :case AND kind = 'person' AND counts),
			(SELECT count(*) FROM moment WHERE case_id = :case AND kind = 'evidence')`, args...).
			Scan(&o.Timeline, &o.Promises, &o.People, &o.Evidence)
		if err != nil {
			return err
		}
		groups, err := joinedIn(ctx, tx, caseID)
		if err != nil {
			return err
		}
		for _, group := range groups {
			o.People -= int64(len(group) - 1)
		}
		if err := o.countContacts(ctx, tx, caseID); err != nil {
			return err
		}
		return o.addStanding(ctx, tx, args)
	})
	return o, err
}

func (o *Overview) countContacts(ctx context.Context, tx *sql.Tx, caseID string) error {
	type count struct {
		party string
		of    int64
	}
	counts, err := collect(ctx, tx, func(rows *sql.Rows) (c count, err error) { return c, rows.Scan(&c.party, &c.of) },
		"SELECT party, count(*) FROM moment WHERE case_id = ? AND kind = 'contact' GROUP BY party", caseID)
	o.Contacts = map[string]int64{}
	for _, c := range counts {
		o.Contacts[c.party] = c.of
	}
	return err
}

// addStanding reads the promise that is latest, and the one that is awaited first.
func (o *Overview) addStanding(ctx context.Context, tx *sql.Tx, args []any) error {
	const pending = "FROM moment WHERE case_id = :case AND kind = 'promise' AND " + unsettled
	const late = pending + " AND deadline <> '' AND deadline < :now"
	if err := tx.QueryRowContext(ctx, "SELECT count(*) "+late, args...).Scan(&o.Overdue); err != nil {
		return err
	}
	ids, err := texts(ctx, tx, `SELECT id FROM (SELECT id `+late+` ORDER BY deadline LIMIT 1)
		UNION ALL SELECT id FROM (SELECT id `+pending+` AND (deadline = '' OR deadline >= :now)
			ORDER BY iif(deadline = '', '9999', deadline) LIMIT 1)`, args...)
	if err != nil {
		return err
	}
	if err := addPromises(ctx, tx, &o.File, ids); err != nil {
		return err
	}
	return addPeople(ctx, tx, &o.File)
}

// Revision tells whether anything was recorded or read since: another number then.
func (l *Library) Revision(ctx context.Context) (revision int64, err error) {
	err = l.reader.QueryRowContext(ctx,
		"SELECT coalesce((SELECT max(rowid) FROM entry), 0) + coalesce((SELECT max(rowid) FROM reading), 0)").Scan(&revision)
	return revision, l.options.explain(err)
}
