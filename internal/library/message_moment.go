package library

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// A message is a thing as soon as it is recorded. When it was sent, and by whom, is known once it is read: only then it gets
// words, and becomes a moment. Until then it is among those that wait to be read.

var (
	intoUnread   = insertionInto("unread", "message_id, day, wall, about")
	outOfUnread  = changeBy("id", "DELETE FROM unread WHERE message_id IN (SELECT id FROM said)")
	momentAsRead = changeBy("id, day, wall, senders, receivers, words_row", "INSERT INTO moment (id, "+momentColumns+", words_row) SELECT said.id, "+
		strings.NewReplacer(
			"day, wall", "coalesce(nullif(said.day, ''), unread_moment.day), coalesce(nullif(said.wall, ''), unread_moment.wall)",
			"senders, receivers", "said.senders, said.receivers",
		).Replace(momentColumns)+", said.words_row FROM said CROSS JOIN unread_moment ON unread_moment.id = said.id")
)

// showMessage makes anew what the views say of a message beside the thing.
func showMessage(ctx context.Context, tx *sql.Tx, e placed, body *payload) error {
	m, err := momentOf(e.Header.Kind, body, e.Header.RecordedAt)
	if err != nil {
		return err
	}
	id := e.Header.EntryID
	if e.isNew {
		return e.rows.add(ctx, tx, &intoUnread, id, m.day, m.wall, m.about)
	}
	if err := m.waitToBeRead(ctx, tx, id); err != nil {
		return err
	}
	reading, found, err := readingOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if !found { // then it is found by no word
		_, err := storeWords(ctx, tx, words{id: id}, false)
		return err
	}
	return showThatReading(ctx, tx, id, reading)
}

// waitToBeRead has a message wait to be read.
func (m moment) waitToBeRead(ctx context.Context, tx *sql.Tx, messageID string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM moment WHERE id = ?", messageID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, intoUnread.one()+` ON CONFLICT (message_id) DO UPDATE SET
		day = excluded.day, wall = excluded.wall, about = excluded.about`, messageID, m.day, m.wall, m.about)
	return err
}

// waitAgain has a message wait to be read unless it does.
func waitAgain(ctx context.Context, tx *sql.Tx, messageID string) error {
	var body, recordedAt string
	err := tx.QueryRowContext(ctx, `SELECT body, recorded_at FROM thing
		WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM unread WHERE message_id = ?1)`, messageID).Scan(&body, &recordedAt)
	if err != nil {
		return ignoreNoRows(err)
	}
	m, err := momentOf(record.KindMessage, &payload{text: []byte(body)}, recordedAt)
	if err != nil {
		return err
	}
	return m.waitToBeRead(ctx, tx, messageID)
}

// showThatReading makes what was read of a message that waits to be read part of its views.
func showThatReading(ctx context.Context, tx *sql.Tx, messageID string, reading casefile.Reading) error {
	var caseID string
	var counts bool
	err := tx.QueryRowContext(ctx, "SELECT case_id, counts FROM thing WHERE id = ?", messageID).Scan(&caseID, &counts)
	if err != nil {
		return err
	}
	row, err := storeWords(ctx, tx, wordsOf(reading, messageID, caseID), counts)
	if err != nil {
		return err
	}
	return showAsRead(ctx, tx, nil, messageID, reading, row)
}

// showAsRead makes a message that waits to be read, and counts, a moment. What it does not say itself stays as it was.
func showAsRead(ctx context.Context, tx *sql.Tx, rows *gatheredRows, messageID string, reading casefile.Reading, wordsRow int64) error {
	day, wall := "", ""
	if at := sentAt(reading.Date, time.Time{}); !at.IsZero() {
		when := casefile.WhenOfMail(at)
		day, wall = when.Date(), when.Wall
	}
	senders, receivers := addressList(reading.From), addressList(reading.To)+addressList(reading.Cc)
	return errors.Join(
		rows.add(ctx, tx, &momentAsRead, messageID, day, wall, senders, receivers, wordsRow),
		rows.add(ctx, tx, &outOfUnread, messageID))
}

func addressList(mailboxes []casefile.Mailbox) string {
	list := ""
	for _, mailbox := range mailboxes {
		list += " " + strings.ToLower(mailbox.Address) + " "
	}
	return list
}

// receivedAt is when the server had a message, or else the time given.
func receivedAt(message casefile.Message, otherwise time.Time) time.Time {
	return sentAt(message.Source.InternalDate, otherwise)
}

// sentAt is when a message says that it was sent, as it stands in a reading, or else the time given.
func sentAt(date string, otherwise time.Time) time.Time {
	if at, undated := time.Parse(time.RFC3339, date); undated == nil {
		return at
	}
	return otherwise
}
