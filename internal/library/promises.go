package library

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
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

// promisesStanding lists the promises of a case with how each stands at an instant, as
// [casefile.CaseFile.PromiseStatuses] does. Of several settlements of one promise the last one counts.
const promisesStanding = `WITH settled AS MATERIALIZED (
	SELECT about, outcome, max(recorded_at || ' ' || log_id || ' ' || format('%020d', sequence))
	FROM moment WHERE case_id = :case AND kind = 'settlement' GROUP BY about)
	SELECT id, party, coalesce(ended, iif(deadline <> '' AND deadline < :now, 'overdue', 'open'))
	FROM (SELECT * FROM moment WHERE case_id = :case AND kind = 'promise') promise
		LEFT JOIN (SELECT about AS promise_id, outcome AS ended FROM settled) ON promise_id = id
	ORDER BY day, wall, recorded_at, log_id, sequence`

// standingPromise is a promise that stands in some way.
type standingPromise struct {
	id, partyID string
	state       casefile.PromiseState
}

// Promises gives a part of the promises of a case as of now: limit of them behind the first ones. Only what is shown of
// them is read.
//
// Problem: not_found.
func (l *Library) Promises(
	ctx context.Context, caseID string, filter PromiseFilter, first, limit int64, now time.Time,
) (page PromisePage, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		if page.File, err = caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		standing, err := collect(ctx, tx, func(rows *sql.Rows) (p standingPromise, err error) {
			return p, rows.Scan(&p.id, &p.partyID, &p.state)
		}, promisesStanding, sql.Named("case", caseID), sql.Named("now", formatInstant(now)))
		if err != nil {
			return err
		}
		page.Tallies = tally(standing)
		wanted := filter.choose(standing)
		page.Total = int64(len(wanted))
		first = min(max(first, 0), page.Total)
		for _, promise := range wanted[first:min(first+limit, page.Total)] {
			page.IDs = append(page.IDs, promise.id)
		}
		if err := addPromises(ctx, tx, &page.File, page.IDs); err != nil {
			return err
		}
		if err := addGrounds(ctx, tx, &page.File); err != nil {
			return err
		}
		return addPeople(ctx, tx, &page.File)
	})
	return page, err
}

// tally counts promises by company and state, in the order in which each comes first.
func tally(standing []standingPromise) []PromiseTally {
	var tallies []PromiseTally
	places := map[standingPromise]int{}
	for _, promise := range standing {
		key := standingPromise{partyID: promise.partyID, state: promise.state}
		place, known := places[key]
		if !known {
			place = len(tallies)
			places[key] = place
			tallies = append(tallies, PromiseTally{PartyID: promise.partyID, State: promise.state})
		}
		tallies[place].Count++
	}
	return tallies
}

// choose gives those that the filter lets through, in its order; they come in the order they were made.
func (f PromiseFilter) choose(standing []standingPromise) []standingPromise {
	wanted := slices.DeleteFunc(slices.Clone(standing), func(p standingPromise) bool {
		return f.PartyID != "" && f.PartyID != p.partyID || f.PromiseID != "" && f.PromiseID != p.id
	})
	if f.Latest {
		slices.Reverse(wanted)
		return wanted
	}
	order := casefile.PromiseStates()
	slices.SortStableFunc(wanted, func(a, b standingPromise) int {
		return cmp.Compare(slices.Index(order, a.state), slices.Index(order, b.state))
	})
	return wanted
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
