package library

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Drafts of contacts lie in the library beside the log, so that a draft goes in the very transaction that puts its
// contact on record. Each change is durable when it returns.

// AddContactDraft keeps a draft with all its notes.
func (l *Library) AddContactDraft(ctx context.Context, draft casefile.ContactDraft) error {
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			"INSERT INTO contact_draft (draft_id, case_id, began_at, ended_at, typed) VALUES (?, ?, ?, ?, ?)",
			draft.ID, draft.CaseID, draft.BeganAt.Format(record.TimeLayout), timeOrNull(draft.EndedAt), string(draft.Typed))
		for place, note := range draft.Notes {
			if err != nil {
				break
			}
			_, err = tx.ExecContext(ctx,
				"INSERT INTO contact_draft_note (draft_id, number, noted_at, text) VALUES (?, ?, ?, ?)",
				draft.ID, place+1, note.At.Format(record.TimeLayout), note.Text)
		}
		return err
	})
}

// ChangeContactDraft keeps what was typed of a draft by now, and the case it belongs to once that is chosen.
//
// Problem: not_found.
func (l *Library) ChangeContactDraft(ctx context.Context, id, caseID string, typed []byte) error {
	return l.changeDraft(ctx, id,
		"UPDATE contact_draft SET typed = ?2, case_id = iif(?3 = '', case_id, ?3) WHERE draft_id = ?1", string(typed), caseID)
}

// EndContactDraft keeps when the contact ended; nil says that it goes on.
//
// Problem: not_found.
func (l *Library) EndContactDraft(ctx context.Context, id string, at *time.Time) error {
	return l.changeDraft(ctx, id, "UPDATE contact_draft SET ended_at = ?2 WHERE draft_id = ?1", timeOrNull(at))
}

// AddDraftNote keeps a note behind the draft's others, and gives its number.
//
// Problem: not_found.
func (l *Library) AddDraftNote(ctx context.Context, id string, note casefile.DraftNote) (number int64, err error) {
	err = l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `INSERT INTO contact_draft_note (draft_id, number, noted_at, text)
			SELECT ?1, 1 + coalesce((SELECT max(number) FROM contact_draft_note WHERE draft_id = ?1), 0), ?2, ?3
			FROM contact_draft WHERE draft_id = ?1 RETURNING number`, id, note.At.Format(record.TimeLayout), note.Text).Scan(&number)
		if errors.Is(err, sql.ErrNoRows) {
			return noDraft(id)
		}
		return err
	})
	return number, err
}

// ChangeDraftNote keeps another text of a note, under the clock it has.
//
// Problem: not_found.
func (l *Library) ChangeDraftNote(ctx context.Context, id string, number int64, text string) error {
	return l.changeDraft(ctx, id, "UPDATE contact_draft_note SET text = ?3 WHERE draft_id = ?1 AND number = ?2", number, text)
}

// DropDraftNote forgets a note.
//
// Problem: not_found.
func (l *Library) DropDraftNote(ctx context.Context, id string, number int64) error {
	return l.changeDraft(ctx, id, "DELETE FROM contact_draft_note WHERE draft_id = ?1 AND number = ?2", number)
}

func timeOrNull(at *time.Time) any {
	if at == nil {
		return nil
	}
	return at.Format(record.TimeLayout)
}

// DropContactDraft forgets a draft and its notes.
//
// Problem: not_found.
func (l *Library) DropContactDraft(ctx context.Context, id string) error {
	return l.changeDraft(ctx, id, dropDraft)
}

const dropDraft = "DELETE FROM contact_draft WHERE draft_id = ?1"

// changeDraft runs a statement that changes one row when the draft is there.
func (l *Library) changeDraft(ctx context.Context, id, statement string, values ...any) error {
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, statement, append([]any{id}, values...)...)
		if err != nil {
			return err
		}
		changed, err := result.RowsAffected()
		if err == nil && changed == 0 {
			err = noDraft(id)
		}
		return err
	})
}

func noDraft(id string) error {
	return problem.New(problem.NotFound, problem.Values{"kind": "draft", "value": id})
}

// ContactDraft gives one draft.
//
// Problem: not_found.
func (l *Library) ContactDraft(ctx context.Context, id string) (casefile.ContactDraft, error) {
	draft, err := draftOf(ctx, l.reader, id)
	return draft, l.options.explain(err)
}

func draftOf(ctx context.Context, from querier, id string) (casefile.ContactDraft, error) {
	drafts, err := draftsWhere(ctx, from, "draft_id = ?", id)
	if err == nil && len(drafts) == 0 {
		err = noDraft(id)
	}
	if err != nil {
		return casefile.ContactDraft{}, err
	}
	return drafts[0], nil
}

// ContactDrafts lists the drafts of a case, of all cases when caseID is empty, the one begun first first.
func (l *Library) ContactDrafts(ctx context.Context, caseID string) ([]casefile.ContactDraft, error) {
	var drafts []casefile.ContactDraft
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		drafts, err = draftsWhere(ctx, tx, "?1 = '' OR case_id = ?1", caseID)
		return err
	})
	return drafts, err
}

// LookUp tells what is known of a case inside a transaction.
//
// Problem: not_found.
type LookUp func(caseID string) (Known, error)

// AppendDraft appends what build makes of a draft, and forgets the draft: both happen, or neither, and of two who save
// one draft only the first does.
//
// Problems: not_found, and those of Append.
func (l *Library) AppendDraft(ctx context.Context, id string, build func(casefile.ContactDraft, LookUp) ([]Draft, error)) error {
	return l.appending(ctx, func(tx *sql.Tx) error {
		draft, err := draftOf(ctx, tx, id)
		if err != nil {
			return err
		}
		drafts, err := build(draft, func(caseID string) (Known, error) { return l.knownOf(ctx, tx, caseID) })
		if err != nil {
			return err
		}
		if err := l.append(ctx, tx, drafts); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, dropDraft, id)
		return err
	})
}

func draftsWhere(ctx context.Context, from querier, where string, args ...any) ([]casefile.ContactDraft, error) {
	rows, err := from.QueryContext(ctx, "SELECT draft_id, case_id, began_at, ended_at, typed FROM contact_draft WHERE "+where+
		" ORDER BY began_at, draft_id", args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	drafts := []casefile.ContactDraft{}
	for rows.Next() {
		var draft casefile.ContactDraft
		var began, typed string
		var ended sql.NullString
		if err := rows.Scan(&draft.ID, &draft.CaseID, &began, &ended, &typed); err != nil {
			return nil, err
		}
		draft.Typed = []byte(typed)
		if draft.BeganAt, err = time.Parse(record.TimeLayout, began); err != nil {
			return nil, err
		}
		if ended.Valid {
			at, err := time.Parse(record.TimeLayout, ended.String)
			if err != nil {
				return nil, err
			}
			draft.EndedAt = &at
		}
		drafts = append(drafts, draft)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for i := range drafts {
		if drafts[i].Notes, err = draftNotes(ctx, from, drafts[i].ID); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

func draftNotes(ctx context.Context, from querier, id string) ([]casefile.DraftNote, error) {
	rows, err := from.QueryContext(ctx, "SELECT number, noted_at, text FROM contact_draft_note WHERE draft_id = ? ORDER BY number", id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	notes := []casefile.DraftNote{}
	for rows.Next() {
		var note casefile.DraftNote
		var at string
		if err := rows.Scan(&note.Number, &at, &note.Text); err != nil {
			return nil, err
		}
		if note.At, err = time.Parse(record.TimeLayout, at); err != nil {
			return nil, err
		}
		notes = append(notes, note)
	}
	return notes, rows.Err()
}
