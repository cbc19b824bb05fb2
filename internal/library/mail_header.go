package library

import (
	"context"
	"database/sql"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// MailHeader is what of a message of a case is needed to tell whether another one belongs to it.
type MailHeader struct {
	ID string
	// Counts is false for one that was taken back.
	Counts bool
	// ContactID is the contact that it is, too, or empty.
	ContactID string
	// Reading has the header fields only. It is empty while the message waits to be read.
	Reading casefile.Reading

	received time.Time
}

// MailHeaders lists the messages of a case, those that were taken back among them, by when they were sent, or else received.
func (l *Library) MailHeaders(ctx context.Context, caseID string) ([]MailHeader, error) {
	headers, err := collect(ctx, l.reader, scanMailHeader, `
		SELECT t.id, t.counts, t.happened_at, COALESCE(t.body ->> '$.contact', ''), COALESCE(json_remove(r.body, '$.Text', '$.HTML', '$.Attachments'), '{}')
		FROM thing t LEFT JOIN reading r ON r.message_id = t.id
		WHERE t.kind = ? AND t.case_id = ? ORDER BY t.happened_at, t.recorded_at, t.log_id, t.sequence`,
		string(record.KindMessage), caseID)
	sortByTime(headers, func(header MailHeader) time.Time { return sentAt(header.Reading.Date, header.received) })
	return headers, l.options.explain(err)
}

func scanMailHeader(rows *sql.Rows) (header MailHeader, err error) {
	var body, received string
	if err = rows.Scan(&header.ID, &header.Counts, &received, &header.ContactID, &body); err != nil {
		return header, err
	}
	if header.received, err = time.Parse(instantLayout, received); err != nil {
		return header, err
	}
	header.Reading, err = decode[casefile.Reading]([]byte(body))
	return header, err
}

// SameMessageIDs gives the messages of a case that count and share their Message-ID with another one, by it, each in the
// order of the record; those of one Message-ID when that is not empty.
func (l *Library) SameMessageIDs(ctx context.Context, caseID, messageID string) (map[string][]casefile.Message, error) {
	type found struct {
		name    string
		message casefile.Message
	}
	all, err := collect(ctx, l.reader, func(rows *sql.Rows) (one found, err error) {
		var body string
		if err = rows.Scan(&one.name, &one.message.ID, &body); err != nil {
			return one, err
		}
		id := one.message.ID
		one.message, err = decode[casefile.Message]([]byte(body))
		one.message.ID = id
		return one, err
	}, `WITH named AS (
			SELECT r.body ->> '$.MessageID' AS name, t.id, t.body, t.recorded_at, t.log_id, t.sequence
			FROM thing t JOIN reading r ON r.message_id = t.id WHERE t.kind = ?1 AND t.case_id = ?2 AND t.counts)
		SELECT name, id, body FROM named
		WHERE name <> '' AND (?3 = '' OR name = ?3) AND name IN (SELECT name FROM named GROUP BY name HAVING count(*) > 1)
		ORDER BY recorded_at, log_id, sequence`, string(record.KindMessage), caseID, messageID)
	groups := map[string][]casefile.Message{}
	for _, one := range all {
		groups[one.name] = append(groups[one.name], one.message)
	}
	return groups, l.options.explain(err)
}
