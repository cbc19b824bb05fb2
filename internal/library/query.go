package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Cases lists every case that counts, the one recorded last first.
func (l *Library) Cases(ctx context.Context) ([]casefile.Recorded[casefile.Case], error) {
	cases, err := things[casefile.Case](ctx, l.reader, `kind = ? ORDER BY recorded_at DESC, id DESC`, string(record.KindCase))
	return cases, l.options.explain(err)
}

// RequireCase fails unless there is a case.
//
// Problem: not_found.
func (l *Library) RequireCase(ctx context.Context, caseID string) error {
	return l.inSnapshot(ctx, func(tx *sql.Tx) error {
		_, err := caseAndParties(ctx, tx, caseID)
		return err
	})
}

// CaseFile gives everything recorded about a case. One snapshot: what is appended meanwhile is in all of it or in none.
//
// Problem: not_found.
func (l *Library) CaseFile(ctx context.Context, caseID string) (casefile.CaseFile, error) {
	return l.readCaseFile(ctx, caseID, addReadings)
}

// CaseFileWithoutMail gives the same, but of what messages say only their date. That is enough for every figure, and
// takes a small part of the time where there are thousands.
//
// Problem: not_found.
func (l *Library) CaseFileWithoutMail(ctx context.Context, caseID string) (casefile.CaseFile, error) {
	return l.readCaseFile(ctx, caseID, addDates)
}

// CaseFileOfContacts gives the contacts of a case with its companies and people and who of them are the same, and nothing else of
// it: messages and files are not looked at.
//
// Problem: not_found.
func (l *Library) CaseFileOfContacts(ctx context.Context, caseID string) (file casefile.CaseFile, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		if file, err = caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		for _, step := range []func() error{
			readInto(ctx, &file.People, tx, record.KindPerson, caseID),
			readInto(ctx, &file.Contacts, tx, record.KindContact, caseID),
			readInto(ctx, &file.Joins, tx, record.KindJoin, caseID),
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return file, err
}

// CaseFileOf gives the contacts, messages and evidence of a case that have the ids, of those that count, with what a
// timeline shows of them.
//
// Problem: not_found.
func (l *Library) CaseFileOf(ctx context.Context, caseID string, ids []string) (file casefile.CaseFile, err error) {
	rows := make([]TimelineRow, len(ids))
	for i, id := range ids {
		rows[i].ID = id
	}
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		file, err = filePart(ctx, tx, caseID, rows)
		return err
	})
	return file, err
}

// messageReader adds what was read of messages.
type messageReader func(ctx context.Context, from querier, messages []casefile.Recorded[casefile.MessageView]) error

func (l *Library) readCaseFile(ctx context.Context, caseID string, read messageReader) (file casefile.CaseFile, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		file, err = caseFile(ctx, tx, caseID, read)
		return err
	})
	return file, err
}

// CaseFileWithHeads gives everything recorded about a case, and the heads of its logs with the very entries it is made
// from, in order of log id.
//
// Problem: not_found.
func (l *Library) CaseFileWithHeads(ctx context.Context, caseID string) (casefile.CaseFile, []record.Head, error) {
	var file casefile.CaseFile
	var heads []record.Head
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		if file, err = caseFile(ctx, tx, caseID, addReadings); err != nil {
			return err
		}
		heads, err = headsOf(ctx, tx, caseID)
		return err
	})
	return file, heads, err
}

// inSnapshot runs do on the library as it is at one moment.
func (l *Library) inSnapshot(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := l.reader.BeginTx(ctx, nil)
	if err != nil {
		return l.options.explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	return l.options.explain(unlessCalledOff(ctx, do(tx)))
}

func caseFile(ctx context.Context, tx querier, caseID string, read messageReader) (file casefile.CaseFile, err error) {
	cases, err := things[casefile.Case](ctx, tx, "kind = ? AND id = ?", string(record.KindCase), caseID)
	if err != nil {
		return file, err
	}
	if len(cases) == 0 {
		return file, problem.New(problem.NotFound, problem.Values{"kind": string(record.KindCase), "value": caseID})
	}
	file.Case, file.Entry = cases[0].Value, cases[0].Entry
	labels, err := labelsOf(ctx, tx, caseID)
	if err != nil {
		return file, err
	}
	steps := []func() error{
		readInto(ctx, &file.Parties, tx, record.KindParty, caseID),
		readInto(ctx, &file.People, tx, record.KindPerson, caseID),
		readInto(ctx, &file.Contacts, tx, record.KindContact, caseID),
		readInto(ctx, &file.Promises, tx, record.KindPromise, caseID),
		readInto(ctx, &file.Settlements, tx, record.KindSettlement, caseID),
		readInto(ctx, &file.Evidence, tx, record.KindEvidence, caseID),
		func() (err error) {
			file.Withdrawn, err = withdrawnOf(ctx, tx, caseID, labels)
			return
		},
		func() (err error) {
			file.Exhibits, err = exhibitsOf(ctx, tx, caseID, labels, file.Withdrawn)
			return
		},
		readInto(ctx, &file.Messages, tx, record.KindMessage, caseID),
		readInto(ctx, &file.Expenses, tx, record.KindExpense, caseID),
		readInto(ctx, &file.Contradictions, tx, record.KindContradiction, caseID),
		readInto(ctx, &file.Joins, tx, record.KindJoin, caseID),
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return file, err
		}
	}
	return file, read(ctx, tx, file.Messages)
}

func (l *Library) knownOf(ctx context.Context, tx *sql.Tx, caseID string) (known Known, err error) {
	cases, err := things[casefile.Case](ctx, tx, "kind = ? AND id = ?", string(record.KindCase), caseID)
	if err != nil {
		return known, err
	}
	if len(cases) == 0 {
		return known, problem.New(problem.NotFound, problem.Values{"kind": string(record.KindCase), "value": caseID})
	}
	known.Case = cases[0].Value
	parties, err := ofCase[casefile.Party](ctx, tx, record.KindParty, caseID)
	if err != nil {
		return known, err
	}
	for _, party := range parties {
		known.Parties = append(known.Parties, party.Value)
	}
	people, err := ofCase[casefile.Person](ctx, tx, record.KindPerson, caseID)
	if err != nil {
		return known, err
	}
	for _, person := range people {
		known.People = append(known.People, person.Value)
	}
	known.Letter, known.Exhibits, err = l.numbersOfOwn(ctx, tx, caseID)
	return known, err
}

// Thing gives one thing of a kind by its id, if it counts.
//
// Problem: not_found.
func Thing[T any](ctx context.Context, l *Library, kind record.Kind, id string) (casefile.Recorded[T], error) {
	found, err := things[T](ctx, l.reader, "kind = ? AND id = ?", string(kind), id)
	if err != nil {
		return casefile.Recorded[T]{}, l.options.explain(err)
	}
	if len(found) == 0 {
		return casefile.Recorded[T]{}, problem.New(problem.NotFound, problem.Values{"kind": string(kind), "value": id})
	}
	return found[0], nil
}

// EvidenceWith gives the evidence of a case that has the bytes of a SHA-256, in the order of the record.
func (l *Library) EvidenceWith(ctx context.Context, caseID, sha256 string) ([]casefile.Recorded[casefile.Evidence], error) {
	found, err := things[casefile.Evidence](ctx, l.reader,
		"kind = ? AND case_id = ? AND json_extract(body, '$.sha256') = ?", string(record.KindEvidence), caseID, sha256)
	return found, l.options.explain(err)
}

// messagesWith are the messages that name a content, by its SHA-256 in hex. A cross join keeps the order: by the content.
func messagesWith(sum string) string {
	return "content_use CROSS JOIN message_source s ON s.message_id = content_use.entry_id WHERE " + namesContent("content_use", "unhex("+sum+")")
}

// HasMessage reports whether a case has a message with these bytes. One that was taken back is there: it is not to come in
// again as new.
func (l *Library) HasMessage(ctx context.Context, caseID, sha256 string) (bool, error) {
	var found bool
	err := l.reader.QueryRowContext(ctx,
		"SELECT EXISTS (SELECT 1 FROM "+messagesWith("?1")+" AND s.case_id = ?2)", sha256, caseID).Scan(&found)
	return found, l.options.explain(err)
}

// KeyNames gives the names of the keys that the signatures of a case's emails need, as far as these are read, in order.
func (l *Library) KeyNames(ctx context.Context, caseID string) ([]string, error) {
	names, err := texts(ctx, l.reader, `SELECT DISTINCT name.value FROM thing JOIN reading ON reading.message_id = thing.id,
		json_each(reading.body, '$.KeyNames') AS name
		WHERE thing.kind = ? AND thing.case_id = ? AND thing.counts ORDER BY 1`, string(record.KindMessage), caseID)
	return names, l.options.explain(err)
}

// HasMessages says which of several contents are messages that a case has, as [Library.HasMessage] does for one.
func (l *Library) HasMessages(ctx context.Context, caseID string, sums []string) (map[string]bool, error) {
	has, err := hasMessages(ctx, l.reader, caseID, sums)
	return has, l.options.explain(err)
}

func hasMessages(ctx context.Context, from querier, caseID string, sums []string) (map[string]bool, error) {
	found, err := texts(ctx, from, `SELECT value FROM json_each(?)
		WHERE EXISTS (SELECT 1 FROM `+messagesWith("value")+` AND s.case_id = ?)`, jsonList(sums), caseID)
	has := make(map[string]bool, len(sums))
	for _, sum := range found {
		has[sum] = true
	}
	return has, err
}

// ImportedUIDs gives the UIDs that a case already has of a mailbox, those of messages that were taken back among them, under its current UIDVALIDITY (RFC 9051, section
// 2.3.1.1).
func (l *Library) ImportedUIDs(ctx context.Context, caseID string, source casefile.MessageSource) (map[int64]bool, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT uid FROM message_source
		WHERE case_id = ? AND host = ? AND user = ? AND mailbox = ? AND uid_validity = ?`,
		caseID, source.Host, source.User, source.Mailbox, source.UIDValidity)
	if err != nil {
		return nil, l.options.explain(err)
	}
	defer func() { _ = rows.Close() }()
	uids := map[int64]bool{}
	for rows.Next() {
		var uid int64
		if err := rows.Scan(&uid); err != nil {
			return nil, err
		}
		uids[uid] = true
	}
	return uids, rows.Err()
}

// ofCase gives what of a kind counts in a case, in order.
func ofCase[T any](ctx context.Context, from querier, kind record.Kind, caseID string) ([]casefile.Recorded[T], error) {
	return things[T](ctx, from,
		"case_id = ? AND kind = ? ORDER BY happened_at, recorded_at, log_id, sequence", caseID, string(kind))
}

// readInto is a step that fills a list with what ofCase gives.
func readInto[T any](ctx context.Context, list *[]casefile.Recorded[T], from querier, kind record.Kind, caseID string) func() error {
	return func() (err error) {
		*list, err = ofCase[T](ctx, from, kind, caseID)
		return err
	}
}

// things gives what counts of what the condition selects.
func things[T any](ctx context.Context, from querier, where string, args ...any) ([]casefile.Recorded[T], error) {
	rows, err := from.QueryContext(ctx, `SELECT json_set(body, '$.id', id), recorded_at, log_id, sequence, leaf_hash, corrections
		FROM thing WHERE counts AND `+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	list := []casefile.Recorded[T]{}
	for rows.Next() {
		var body, recordedAt, corrections string
		var one casefile.Recorded[T]
		if err := rows.Scan(&body, &recordedAt, &one.Entry.LogID, &one.Entry.Sequence, &one.Entry.Leaf, &corrections); err != nil {
			return nil, err
		}
		if one.Value, err = decode[T]([]byte(body)); err != nil {
			return nil, err
		}
		if one.Entry.RecordedAt, err = time.Parse(record.TimeLayout, recordedAt); err != nil {
			return nil, err
		}
		if one.Entry.Corrections, err = decodeCorrections(corrections); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

func decodeCorrections(text string) ([]casefile.Correction, error) {
	var stored []storedCorrection
	if err := json.Unmarshal([]byte(text), &stored); err != nil {
		return nil, err
	}
	var corrections []casefile.Correction
	for _, s := range stored {
		recordedAt, err := time.Parse(record.TimeLayout, s.RecordedAt)
		if err != nil {
			return nil, err
		}
		s.Correction.ID, s.Correction.LogID, s.Correction.RecordedAt = s.ID, s.LogID, recordedAt
		corrections = append(corrections, s.Correction)
	}
	return corrections, nil
}
