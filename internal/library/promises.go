package library

import (
	"context"
	"database/sql"
	"fmt"

	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// PromiseFilter says which promises of a case are wanted. Its zero value wants all of them, those that need attention
// first coming first.
type PromiseFilter struct {
	PartyID   string // of this company alone
	PromiseID string // this one alone
	// Latest puts the ones made last first.
	Latest bool
}

// PromiseTally counts the promises of a company that stand in one way.
type PromiseTally struct {
	PartyID string
	State   casefile.PromiseState
	Count   int64
}

// PromisePage is a part of the promises of a case.
type PromisePage struct {
	// Tallies count all promises of the case.
	Tallies []PromiseTally
	// Total is how many a filter let through, and IDs the wanted ones of them.
	Total int64
	IDs   []string
	// File has them, those that they repeat and what shows how all of these ended, and nothing else of the case.
	File casefile.CaseFile
}

// promisesStanding says how each promise of a case stands at an instant, as [casefile.CaseFile.PromiseStatuses] does.
const promisesStanding = `WITH standing AS MATERIALIZED (
	SELECT id, party, day, wall, recorded_at, log_id, sequence, coalesce(
		(SELECT outcome FROM moment settled WHERE settled.about = moment.id AND settled.kind = 'settlement'
			ORDER BY settled.recorded_at DESC, settled.log_id DESC, settled.sequence DESC LIMIT 1),
		iif(deadline <> '' AND deadline < :now, 'overdue', 'open')) AS state
	FROM moment WHERE case_id = :case AND kind = 'promise')`

// Promises gives a part of the promises of a case as of now: limit of them behind the first ones. Only what is shown of
// them is read.
//
// Problem: not_found.
func (l *Library) Promises(
	ctx context.Context, caseID string, filter PromiseFilter, first, limit int64, now time.Time,
) (page PromisePage, err error) {
	order := "rank, day, wall, recorded_at, log_id, sequence"
	if filter.Latest {
		order = "day DESC, wall DESC, recorded_at DESC, log_id DESC, sequence DESC"
	}
	args := []any{
		sql.Named("case", caseID), sql.Named("now", formatInstant(now)), sql.Named("party", filter.PartyID),
		sql.Named("promise", filter.PromiseID), sql.Named("first", max(first, 0)), sql.Named("limit", limit),
	}
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		if page.File, err = caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		page.Tallies, err = collect(ctx, tx, func(rows *sql.Rows) (tally PromiseTally, err error) {
			return tally, rows.Scan(&tally.PartyID, &tally.State, &tally.Count)
		}, promisesStanding+" SELECT party, state, count(*) FROM standing GROUP BY party, state", args...)
		if err != nil {
			return err
		}
		page.IDs, err = collect(ctx, tx, func(rows *sql.Rows) (id string, err error) {
			return id, rows.Scan(&id, &page.Total)
		}, promisesStanding+` SELECT id, count(*) OVER () FROM (SELECT *, `+rankOfState()+` AS rank FROM standing
			WHERE :party IN ('', party) AND :promise IN ('', id)) ORDER BY `+order+" LIMIT :limit OFFSET :first", args...)
		if err != nil {
			return err
		}
		if err := addPromises(ctx, tx, &page.File, page.IDs); err != nil {
			return err
		}
		if err := addGrounds(ctx, tx, &page.File); err != nil {
			return err
		}
		return addPeople(ctx, tx, &page.File)
	})
	if len(page.IDs) == 0 { // nothing stands behind the first ones
		for _, tally := range page.Tallies {
			if filter.PromiseID == "" && (filter.PartyID == "" || filter.PartyID == tally.PartyID) {
				page.Total += tally.Count
			}
		}
	}
	return page, err
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

// rankOfState is the place of a state among [casefile.PromiseStates], as SQL.
func rankOfState() string {
	rank := "CASE state"
	for place, state := range casefile.PromiseStates() {
		rank += fmt.Sprintf(" WHEN '%s' THEN %d", state, place)
	}
	return rank + " END"
}
