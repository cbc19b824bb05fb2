package casework

import (
	"context"
	"io"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/message"
	"constancia/internal/mail/trace"
	"constancia/internal/record"
)

// MessageDetails is what is known of an email beside what it says.
type MessageDetails struct {
	// Source is where its bytes came from.
	Source casefile.MessageSource `json:"source"`
	// Fields is its header as it stands, unfolded, nothing decoded.
	Fields []message.Field `json:"fields"`
	// Trace is what mail servers wrote on it on its way: claimed by them, or by whoever sent it.
	trace.Trace
}

// MessageDetails reads the header of an email and what servers wrote in it, from the stored bytes. It asks nobody.
//
// Problems: not_found, content_missing, content_damaged.
func (c *Casework) MessageDetails(ctx context.Context, messageID string) (MessageDetails, error) {
	found, err := library.Thing[casefile.Message](ctx, c.library, record.KindMessage, messageID)
	if err != nil {
		return MessageDetails{}, err
	}
	body, err := c.library.OpenContent(ctx, found.Value.SHA256)
	if err != nil {
		return MessageDetails{}, err
	}
	defer func() { _ = body.Close() }()
	fields := message.Fields(body)
	// A large content is held against its hash at its end only: nothing is told of a damaged one.
	if _, err := io.Copy(io.Discard, body); err != nil {
		return MessageDetails{}, err
	}
	return MessageDetails{Source: found.Value.Source, Fields: fields, Trace: trace.Read(fields)}, nil
}
