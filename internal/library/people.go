package library

import (
	"context"
	"database/sql"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// PeopleFile is what a list of people is made from: of File the case, its companies, people, joins, promises and
// settlements are there, and instead of its contacts their sums.
type PeopleFile struct {
	File  casefile.CaseFile
	Talks []Talk
}

// Talk sums up the contacts that were with the same people of the same company.
type Talk struct {
	PartyID string
	// PersonIDs are those who were spoken to; nobody's name can be known.
	PersonIDs   []string
	Contacts    int64
	Calls       int64 // contacts by phone
	HoldSeconds int64
	// RefusedHelp counts the contacts that are tagged with one of [casefile.Refusals].
	RefusedHelp int64
	// First and Last are as much of the wall time of the first and the last contact as is known.
	First, Last string
}

// PeopleFiles gives what a list of people is made from: of one case, or of all of them, the one recorded last first, when
// caseID is empty. It reads no contact, and takes as many queries for a thousand cases as for one.
//
// Problem: not_found.
func (l *Library) PeopleFiles(ctx context.Context, caseID string) ([]PeopleFile, error) {
	var files []PeopleFile
	err := l.inSnapshot(ctx, func(tx *sql.Tx) error {
		cases, err := things[casefile.Case](ctx, tx,
			"kind = ? AND (?2 = '' OR id = ?2) ORDER BY recorded_at DESC, id DESC", string(record.KindCase), caseID)
		if err != nil {
			return err
		}
		if len(cases) == 0 && caseID != "" {
			return problem.New(problem.NotFound, problem.Values{"kind": string(record.KindCase), "value": caseID})
		}
		files = make([]PeopleFile, len(cases))
		places := make(map[string]int, len(cases))
		for i, one := range cases {
			files[i].File.Case, files[i].File.Entry = one.Value, one.Entry
			places[one.Value.ID] = i
		}
		of := func(id string) *PeopleFile {
			if place, known := places[id]; known {
				return &files[place]
			}
			return &PeopleFile{} // of a case that does not count, or of no case
		}
		for _, step := range peopleSteps(ctx, tx, caseID, of) {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return files, err
}

func peopleSteps(ctx context.Context, tx *sql.Tx, caseID string, of func(caseID string) *PeopleFile) []func() error {
	return []func() error{
		spreadOf(ctx, tx, record.KindParty, caseID, func(p casefile.Recorded[casefile.Party]) {
			file := of(p.Value.CaseID)
			file.File.Parties = append(file.File.Parties, p)
		}),
		spreadOf(ctx, tx, record.KindPerson, caseID, func(p casefile.Recorded[casefile.Person]) {
			file := of(p.Value.CaseID)
			file.File.People = append(file.File.People, p)
		}),
		spreadOf(ctx, tx, record.KindJoin, caseID, func(j casefile.Recorded[casefile.Join]) {
			file := of(j.Value.CaseID)
			file.File.Joins = append(file.File.Joins, j)
		}),
		spreadOf(ctx, tx, record.KindPromise, caseID, func(p casefile.Recorded[casefile.Promise]) {
			file := of(p.Value.CaseID)
			file.File.Promises = append(file.File.Promises, p)
		}),
		spreadOf(ctx, tx, record.KindSettlement, caseID, func(s casefile.Recorded[casefile.Settlement]) {
			file := of(s.Value.CaseID)
			file.File.Settlements = append(file.File.Settlements, s)
		}),
		func() error { return spreadTalks(ctx, tx, caseID, of) },
	}
}

// spreadOf is a step that gives to add, in order, what counts of a kind in one case, or in all when caseID is empty.
func spreadOf[T any](
	ctx context.Context, from querier, kind record.Kind, caseID string, add func(casefile.Recorded[T]),
) func() error {
	if caseID == "" {
		return spread(ctx, from, kind, "", add)
	}
	return func() error {
		list, err := ofCase[T](ctx, from, kind, caseID)
		for _, one := range list {
			add(one)
		}
		return err
	}
}

// talks sums up contacts by who was spoken to. Only of those that went wrong somehow is the contact itself looked at.
const talks = `SELECT case_id, party, people, count(*), sum(channel = 'phone'), sum(hold_seconds),
	sum(failures > 0 AND EXISTS (SELECT 1 FROM thing, json_each(thing.body, '$.failures') failure
		WHERE thing.id = moment.id AND failure.value IN (SELECT value FROM json_each(:refusals)))),
	min(wall), max(wall)
	FROM moment WHERE kind = 'contact' AND case_id`

func spreadTalks(ctx context.Context, tx *sql.Tx, caseID string, of func(caseID string) *PeopleFile) error {
	which := " = :case"
	if caseID == "" {
		which = " IN (SELECT id FROM thing WHERE kind = 'case' AND counts AND :case = '')"
	}
	var refusals []string
	for _, refusal := range casefile.Refusals() {
		refusals = append(refusals, string(refusal))
	}
	type found struct {
		caseID, people string
		talk           Talk
	}
	rows, err := collect(ctx, tx, func(rows *sql.Rows) (f found, err error) {
		t := &f.talk
		return f, rows.Scan(&f.caseID, &t.PartyID, &f.people, &t.Contacts, &t.Calls, &t.HoldSeconds, &t.RefusedHelp,
			&t.First, &t.Last)
	}, talks+which+" GROUP BY case_id, party, people", sql.Named("case", caseID), sql.Named("refusals", jsonList(refusals)))
	for _, row := range rows {
		row.talk.PersonIDs = strings.Fields(row.people)
		file := of(row.caseID)
		file.Talks = append(file.Talks, row.talk)
	}
	return err
}

// joinedIn gives the groups of those whom the person joined in a case, by their ids.
func joinedIn(ctx context.Context, from querier, caseID string) ([][]string, error) {
	var file casefile.CaseFile
	var err error
	if file.Joins, err = ofCase[casefile.Join](ctx, from, record.KindJoin, caseID); err != nil || len(file.Joins) == 0 {
		return nil, err
	}
	var ids []string
	for _, join := range file.Joins {
		ids = append(ids, join.Value.PersonIDs...)
	}
	file.People, err = things[casefile.Person](ctx, from,
		"+kind = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY happened_at, recorded_at, log_id, sequence",
		string(record.KindPerson), jsonList(ids))
	return file.SamePeople(), err
}
