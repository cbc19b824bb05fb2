package library

import (
	"context"
	"database/sql"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// AgendaFiles gives of every case, the one recorded last first, what [casefile.AgendaOf] looks at, and nothing else: no
// mail, no evidence, and of the contacts only those that can be an answer that is waited for. It takes as many queries for
// a thousand cases as for one.
func (l *Library) AgendaFiles(ctx context.Context) ([]casefile.CaseFile, error) {
	var files []casefile.CaseFile
	err := l.inSnapshot(ctx, func(tx *sql.Tx) error {
		cases, err := things[casefile.Case](ctx, tx, "kind = ? ORDER BY recorded_at DESC, id DESC", string(record.KindCase))
		if err != nil {
			return err
		}
		files = make([]casefile.CaseFile, len(cases))
		byID := make(map[string]*casefile.CaseFile, len(cases))
		for i, one := range cases {
			files[i].Case, files[i].Entry = one.Value, one.Entry
			byID[one.Value.ID] = &files[i]
		}
		of := func(caseID string) *casefile.CaseFile {
			if file, known := byID[caseID]; known {
				return file
			}
			return &casefile.CaseFile{} // of no case: damaged, and said by checking the record
		}
		steps := []func() error{
			spread(ctx, tx, record.KindParty, "", func(p casefile.Recorded[casefile.Party]) {
				f := of(p.Value.CaseID)
				f.Parties = append(f.Parties, p)
			}),
			spread(ctx, tx, record.KindPerson, madePromises, func(p casefile.Recorded[casefile.Person]) {
				f := of(p.Value.CaseID)
				f.People = append(f.People, p)
			}),
			spread(ctx, tx, record.KindPromise, "", func(p casefile.Recorded[casefile.Promise]) {
				f := of(p.Value.CaseID)
				f.Promises = append(f.Promises, p)
			}),
			spread(ctx, tx, record.KindSettlement, "", func(s casefile.Recorded[casefile.Settlement]) {
				f := of(s.Value.CaseID)
				f.Settlements = append(f.Settlements, s)
			}),
			spread(ctx, tx, record.KindContact, mayAnswer, func(c casefile.Recorded[casefile.Contact]) {
				f := of(c.Value.CaseID)
				f.Contacts = append(f.Contacts, c)
			}),
		}
		for _, step := range steps {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return files, err
}

// What else has to hold for what stands on an agenda. A case that was taken back has things of its own that count.
const (
	ofCases      = " AND case_id IN (SELECT id FROM thing WHERE kind = 'case' AND counts)"
	madePromises = ` AND id IN (SELECT json_extract(body, '$.person') FROM thing WHERE kind = 'promise' AND counts)`
	// mayAnswer says what [casefile.Contact.IsAnswer] says, so that not all contacts have to be read.
	mayAnswer = ` AND (json_extract(body, '$.direction') = 'incoming' OR json_extract(body, '$.remedy') IS NOT NULL)
		AND case_id IN (SELECT id FROM thing WHERE kind = 'case' AND counts AND json_extract(body, '$.answer_by') IS NOT NULL)`
)

// spread is a step that gives to add, in order, what counts of a kind in cases that count.
func spread[T any](ctx context.Context, from querier, kind record.Kind, condition string, add func(casefile.Recorded[T])) func() error {
	return func() error {
		list, err := things[T](ctx, from,
			"kind = ?"+ofCases+condition+" ORDER BY happened_at, recorded_at, log_id, sequence", string(kind))
		for _, one := range list {
			add(one)
		}
		return err
	}
}
