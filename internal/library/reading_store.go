package library

import (
	"context"
	"database/sql"

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

// firstReading is that of a message that has none.
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
	acts := make([][]Draft, len(read))
	for i, one := range read {
		if one.prepared == nil {
			if err := l.PrepareReading(&one.MessageRead); err != nil {
				return err
			}
		}
		acts[i] = one.Drafts
		if err := one.show(ctx, tx, rows); err != nil {
			return err
		}
	}
	if err := l.appendThrough(interrupted, tx, rows, acts...); err != nil {
		return err
	}
	return rows.write(ctx, tx)
}

// show gathers what the views of a message say from now on. Empty is what the message does not say.
func (f firstReading) show(ctx context.Context, tx *sql.Tx, rows *gatheredRows) error {
	err := rows.add(ctx, tx, &intoReading, f.MessageID, f.Reading.Reader, f.Reading.Date, string(f.prepared.form), f.prepared.text)
	if err != nil {
		return err
	}
	wordsRow, err := insertWords(ctx, tx, rows, wordsOf(f.Reading, f.MessageID, f.caseID))
	if err != nil {
		return err
	}
	return showAsRead(ctx, tx, rows, f.MessageID, f.Reading, wordsRow)
}
