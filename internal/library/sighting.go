package library

import (
	"context"
	"database/sql"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// Place is where a message lies: in a mailbox, or in a file.
type Place struct {
	Host, User, Mailbox string // of a file, its name and the archive's member
	UIDValidity, UID    int64  // of a file, its place in an mbox
}

// PlaceOf is the place that a provenance tells of.
func PlaceOf(s casefile.MessageSource) Place {
	if s.Kind == "file" {
		return Place{Mailbox: s.FileName + "/" + s.Member, UID: s.Position}
	}
	return Place{Host: s.Host, User: s.User, Mailbox: s.Mailbox, UIDValidity: s.UIDValidity, UID: s.UID}
}

// SeenAt reports whether a case has a message from a place, or met one there.
func (l *Library) SeenAt(ctx context.Context, caseID string, p Place) (bool, error) {
	var seen bool
	err := l.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM message_source
		WHERE case_id = ? AND host = ? AND user = ? AND mailbox = ? AND uid_validity = ? AND uid = ?)`,
		caseID, p.Host, p.User, p.Mailbox, p.UIDValidity, p.UID).Scan(&seen)
	return seen, l.options.explain(err)
}

// MessagesOf gives the ids of the messages of a case that count and have these bytes, by their SHA-256.
func (l *Library) MessagesOf(ctx context.Context, caseID string, sums []string) (map[string]string, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT value, s.message_id FROM json_each(?)
		CROSS JOIN `+messagesWith("value")+` AND s.case_id = ?
		AND (SELECT counts FROM thing WHERE thing.id = s.message_id)`, jsonList(sums), caseID)
	if err != nil {
		return nil, l.options.explain(err)
	}
	defer func() { _ = rows.Close() }()
	ids := map[string]string{}
	for rows.Next() {
		var sum, id string
		if err := rows.Scan(&sum, &id); err != nil {
			return nil, l.options.explain(err)
		}
		ids[sum] = id
	}
	return ids, l.options.explain(rows.Err())
}

// projectSource makes the view of where a message was seen, from the message's own entry or that of a sighting.
func projectSource(ctx context.Context, tx *sql.Tx, e placed, body *payload) error {
	var place Place
	if e.Header.Kind == record.KindSighting {
		sighting, err := decoded[casefile.Sighting](body)
		if err != nil {
			return err
		}
		place = PlaceOf(sighting.Source)
	} else {
		message, err := decoded[casefile.Message](body)
		if err != nil {
			return err
		}
		place = PlaceOf(message.Source)
	}
	return e.rows.add(ctx, tx, &intoMessageSource,
		e.Header.EntryID, e.caseID, place.Host, place.User, place.Mailbox, place.UIDValidity, place.UID)
}

var intoMessageSource = insertionInto("message_source", "message_id, case_id, host, user, mailbox, uid_validity, uid")
