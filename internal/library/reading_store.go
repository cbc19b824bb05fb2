package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"constancia/internal/casefile"
)

// MessageRead is what a reader made of a message, with the entries that follow from it, such as attachments that become
// evidence.
type MessageRead struct {
	MessageID string
	Reading   casefile.Reading
	Drafts    []Draft

	prepared *preparedReading // nil when nobody did it yet
}

// preparedReading is a reading as it is stored.
type preparedReading struct {
	form []byte
	text string
}

// PrepareReading makes of a reading what can be made before [Library.StoreReadings] keeps others from writing. Several can
// be prepared at once.
func (l *Library) PrepareReading(read *MessageRead) error {
	form, err := storedForm(read.Reading)
	if err != nil {
		return err
	}
	for i, draft := range read.Drafts {
		if read.Drafts[i].prepared, err = l.prepare(draft); err != nil {
			return err
		}
	}
	read.prepared = &preparedReading{form, storedText(read.Reading)}
	return nil
}

// StoreReadings keeps what a reader made of messages. A reading and the entries that follow from it come together or not
// at all, so that one which was cut off is simply done again; those of each message are an act of their own. All are
// written in one transaction: a commit costs more than several readings. Where another process was quicker, and the same
// reader's reading is there already, or where a message counts no longer, nothing is done for that message.
func (l *Library) StoreReadings(ctx context.Context, read ...MessageRead) error {
	return l.appending(ctx, func(tx *sql.Tx) error {
		found, err := readersOf(ctx, tx, read)
		if err != nil {
			return err
		}
		var first []firstReading
		for _, one := range read {
			before, counts := found[one.MessageID]
			delete(found, one.MessageID) // stored once
			switch {
			case !counts || before.reader == one.Reading.Reader:
			case before.reader == "":
				first = append(first, firstReading{one, before.caseID})
			default:
				if err := l.storeAgain(ctx, tx, one); err != nil {
					return err
				}
			}
		}
		return l.storeFirst(ctx, tx, first)
	})
}

// readBefore is who made the reading that a message has, empty where it has none, and its case.
type readBefore struct{ caseID, reader string }

// readersOf gives that of the messages that count.
func readersOf(ctx context.Context, tx *sql.Tx, read []MessageRead) (map[string]readBefore, error) {
	ids := make([]string, len(read))
	for i, one := range read {
		ids[i] = one.MessageID
	}
	found := make(map[string]readBefore, len(read))
	_, err := collect(ctx, tx, func(rows *sql.Rows) (id string, err error) {
		var one readBefore
		err = rows.Scan(&id, &one.caseID, &one.reader)
		found[id] = one
		return id, err
	}, `SELECT t.id, t.case_id, coalesce((SELECT reader FROM reading WHERE message_id = t.id), '')
		FROM json_each(?) asked CROSS JOIN thing t ON t.id = asked.value WHERE t.counts`, jsonList(ids))
	return found, err
}

// storeAgain keeps a reading in place of one that another reader made.
func (l *Library) storeAgain(ctx context.Context, tx *sql.Tx, one MessageRead) error {
	if err := l.append(ctx, tx, one.Drafts); err != nil {
		return err
	}
	return storeReading(context.WithoutCancel(ctx), tx, one.MessageID, one.Reading)
}

// firstReading is that of a message that has none: it is found by no word, and stands on the timeline where it was received.
type firstReading struct {
	MessageRead
	caseID string
}

// storeFirst keeps such readings. What comes of all of them is written together: a statement for each costs more than what it
// writes.
func (l *Library) storeFirst(interrupted context.Context, tx *sql.Tx, read []firstReading) error {
	if len(read) == 0 {
		return nil
	}
	ctx := context.WithoutCancel(interrupted)
	rows, err := gatherRows(ctx, tx)
	if err != nil {
		return err
	}
	acts, shown := make([][]Draft, len(read)), make([]shownReading, len(read))
	for i, one := range read {
		if one.prepared == nil {
			if err := l.PrepareReading(&one.MessageRead); err != nil {
				return err
			}
		}
		acts[i] = one.Drafts
		if shown[i], err = one.show(ctx, tx, rows); err != nil {
			return err
		}
	}
	if err := l.appendThrough(interrupted, tx, rows, acts...); err != nil {
		return err
	}
	if err := rows.write(ctx, tx); err != nil {
		return err
	}
	list, err := json.Marshal(shown)
	if err != nil {
		return err
	}
	for _, statement := range showingReadings {
		if _, err := tx.ExecContext(ctx, statement, string(list)); err != nil {
			return err
		}
	}
	return nil
}

// shownReading is what the views of a message have from what was read of it. Empty is what it does not say.
type shownReading struct {
	ID, Happened, Day, Wall, Senders, Receivers string
	WordsRow                                    int64
}

// showingReadings have the views of messages say what a list of such is.
var showingReadings = []string{
	"DELETE FROM unread WHERE message_id IN (SELECT value ->> '$.ID' FROM json_each(?))",
	`UPDATE thing SET happened_at = said.value ->> '$.Happened' FROM json_each(?) said
		WHERE thing.id = said.value ->> '$.ID' AND said.value ->> '$.Happened' NOT IN ('', thing.happened_at)`,
	`UPDATE moment SET senders = said.value ->> '$.Senders', receivers = said.value ->> '$.Receivers', words_row = said.value ->> '$.WordsRow',
		day = coalesce(nullif(said.value ->> '$.Day', ''), day), wall = coalesce(nullif(said.value ->> '$.Wall', ''), wall)
		FROM json_each(?) said WHERE moment.id = said.value ->> '$.ID'`,
}

// show gathers the rows of a reading, and gives what else the message's views say from now on.
func (f firstReading) show(ctx context.Context, tx *sql.Tx, rows *gatheredRows) (shownReading, error) {
	var m moment
	m.add(f.Reading)
	shown := shownReading{ID: f.MessageID, Day: m.day, Wall: m.wall, Senders: m.senders, Receivers: m.receivers}
	if at := sent(f.Reading, time.Time{}); !at.IsZero() {
		shown.Happened = formatInstant(at)
	}
	err := rows.add(ctx, tx, &intoReading, f.MessageID, f.Reading.Reader, f.Reading.Date, string(f.prepared.form), f.prepared.text)
	if err != nil {
		return shown, err
	}
	shown.WordsRow, err = insertWords(ctx, tx, rows, wordsOf(f.Reading, f.MessageID, f.caseID))
	return shown, err
}
