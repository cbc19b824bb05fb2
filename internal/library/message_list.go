package library

import (
	"context"
	"slices"
	"time"

	"constancia/internal/casefile"
)

// addReadings adds what was read of messages, and puts them in the order in which they were sent.
func addReadings(ctx context.Context, from querier, messages []casefile.Recorded[casefile.MessageView]) error {
	for i := range messages {
		reading, _, err := readingOf(ctx, from, messages[i].Value.ID)
		if err != nil {
			return err
		}
		messages[i].Value.Reading = reading
	}
	sortByDate(messages)
	return nil
}

// addDates does so with their dates only.
func addDates(ctx context.Context, from querier, messages []casefile.Recorded[casefile.MessageView]) error {
	for i := range messages {
		err := from.QueryRowContext(ctx, "SELECT date FROM reading WHERE message_id = ?", messages[i].Value.ID).
			Scan(&messages[i].Value.Reading.Date)
		if ignoreNoRows(err) != nil {
			return err
		}
	}
	sortByDate(messages)
	return nil
}

func sortByDate(messages []casefile.Recorded[casefile.MessageView]) {
	sortByTime(messages, func(message casefile.Recorded[casefile.MessageView]) time.Time {
		return sentAt(message.Value.Reading.Date, receivedAt(message.Value.Message, message.Entry.RecordedAt))
	})
}

// sortByTime puts a list in the order of what at says of each, which is asked once. What has the same time stays in its order.
func sortByTime[T any](list []T, at func(T) time.Time) {
	type timed struct {
		place int
		at    time.Time
	}
	order := make([]timed, len(list))
	for i, one := range list {
		order[i] = timed{i, at(one)}
	}
	slices.SortStableFunc(order, func(a, b timed) int { return a.at.Compare(b.at) })
	before := slices.Clone(list)
	for i, one := range order {
		list[i] = before[one.place]
	}
}

// AttachmentsKept gives the parts of a message that are evidence already, or were and were taken back.
func (l *Library) AttachmentsKept(ctx context.Context, messageID string) (map[string]bool, error) {
	kept, err := attachmentsKept(ctx, l.reader, messageID)
	return kept, l.options.explain(err)
}

// EvidenceOfMessage gives the attachments of a message that are evidence and count, by their part.
func (l *Library) EvidenceOfMessage(ctx context.Context, messageID string) (map[string]casefile.Evidence, error) {
	found, err := things[casefile.Evidence](ctx, l.reader, "kind = 'evidence' AND json_extract(body, '$.message') = ?", messageID)
	if err != nil {
		return nil, l.options.explain(err)
	}
	byPart := make(map[string]casefile.Evidence, len(found))
	for _, one := range found {
		byPart[one.Value.Attachment] = one.Value
	}
	return byPart, nil
}

func attachmentsKept(ctx context.Context, from querier, messageID string) (map[string]bool, error) {
	kept, err := texts(ctx, from, `SELECT coalesce(json_extract(body, '$.attachment'), '') FROM thing
		WHERE kind = 'evidence' AND json_extract(body, '$.message') = ?`, messageID)
	parts := make(map[string]bool, len(kept))
	for _, part := range kept {
		parts[part] = true
	}
	return parts, err
}
