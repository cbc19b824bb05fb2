package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// ReadMessage makes the reading of a message's stored bytes; nothing is written.
func (l *Library) ReadMessage(ctx context.Context, m casefile.Message) (casefile.Reading, error) {
	body, err := l.OpenContent(ctx, m.SHA256)
	if err != nil {
		return casefile.Reading{}, err
	}
	defer func() { _ = body.Close() }()
	reading := l.options.ReadMessage(body)
	for i := range reading.Attachments {
		reading.Attachments[i].Size = int64(len(reading.Attachments[i].Content))
	}
	return reading, nil
}

// Unread lists the messages of a case that wait to be read, in the order they were recorded; all cases when caseID is
// empty.
func (l *Library) Unread(ctx context.Context, caseID string) ([]casefile.Message, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT t.id, t.body FROM thing t LEFT JOIN reading r ON r.message_id = t.id
		WHERE t.kind = ? AND (? = '' OR t.case_id = ?) AND (r.reader IS NULL OR r.reader <> ?)
		ORDER BY t.recorded_at, t.log_id, t.sequence`, string(record.KindMessage), caseID, caseID, l.options.Reader)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var messages []casefile.Message
	for rows.Next() {
		var id, body string
		if err := rows.Scan(&id, &body); err != nil {
			return nil, err
		}
		message, err := decode[casefile.Message]([]byte(body))
		if err != nil {
			return nil, err
		}
		message.ID = id
		messages = append(messages, message)
	}
	return messages, rows.Err()
}

func storeReading(ctx context.Context, tx *sql.Tx, messageID string, reading casefile.Reading) error {
	body, err := json.Marshal(reading)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO reading (message_id, reader, body) VALUES (?, ?, ?)
		ON CONFLICT (message_id) DO UPDATE SET reader = excluded.reader, body = excluded.body`,
		messageID, reading.Reader, string(body))
	if err != nil {
		return err
	}
	if date, err := time.Parse(time.RFC3339, reading.Date); err == nil {
		_, err := tx.ExecContext(ctx, "UPDATE thing SET happened_at = ? WHERE id = ?",
			date.UTC().Format(instantLayout), messageID)
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE words SET title = ?, text = ? WHERE id = ?",
		reading.Subject, lines(addresses(reading), reading.Text, attachmentNames(reading)), messageID)
	return err
}

func addresses(reading casefile.Reading) string {
	var texts []string
	for _, list := range [][]casefile.Mailbox{reading.From, reading.To, reading.Cc} {
		for _, mailbox := range list {
			texts = append(texts, mailbox.Name+" "+mailbox.Address)
		}
	}
	return strings.Join(texts, "\n")
}

func attachmentNames(reading casefile.Reading) string {
	var names []string
	for _, attachment := range reading.Attachments {
		names = append(names, attachment.FileName)
	}
	return strings.Join(names, "\n")
}
