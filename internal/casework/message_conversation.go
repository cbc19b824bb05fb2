package casework

import (
	"context"
	"slices"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/conversation"
)

// ConversationMessage is an email among those that answer one another.
type ConversationMessage struct {
	ID string
	// Reading has the header fields only.
	Reading casefile.Reading
}

// ConversationOf lists the emails of a case that belong to one, itself among them, the first one first. Those that were
// taken back are left out.
//
// Problem: not_found.
func (c *Casework) ConversationOf(ctx context.Context, caseID, messageID string) ([]ConversationMessage, error) {
	if _, err := c.messageOf(ctx, caseID, messageID); err != nil {
		return nil, err
	}
	messages, err := c.library.MailHeaders(ctx, caseID)
	if err != nil {
		return nil, err
	}
	messages = slices.DeleteFunc(messages, func(one library.MailHeader) bool { return !one.Counts })
	headers := make([]conversation.Header, len(messages))
	for i, one := range messages {
		headers[i] = conversationHeader(one.Reading)
	}
	for _, places := range conversation.Group(headers) {
		if !slices.ContainsFunc(places, func(at int) bool { return messages[at].ID == messageID }) {
			continue
		}
		of := make([]ConversationMessage, len(places))
		for i, at := range places {
			of[i] = ConversationMessage{ID: messages[at].ID, Reading: messages[at].Reading}
		}
		return of, nil
	}
	return []ConversationMessage{}, nil
}

func conversationHeader(reading casefile.Reading) conversation.Header {
	header := conversation.Header{
		ID: reading.MessageID, Answers: slices.Concat(reading.References, reading.InReplyTo), Subject: reading.Subject}
	for _, one := range reading.From {
		header.From = append(header.From, one.Address)
	}
	for _, one := range slices.Concat(reading.To, reading.Cc) {
		header.To = append(header.To, one.Address)
	}
	if at, undated := time.Parse(time.RFC3339, reading.Date); undated == nil {
		header.At = at
	}
	return header
}
