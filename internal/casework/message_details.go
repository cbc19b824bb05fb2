package casework

import (
	"context"
	"io"

	"constancia/internal/casefile"
	"constancia/internal/mail/message"
	"constancia/internal/mail/trace"
)

// MessageDetails is what is known of an email beside what it says.
type MessageDetails struct {
	// Source is where its bytes came from.
	Source casefile.MessageSource `json:"source"`
	// Sightings are where the same bytes were met once more.
	Sightings []casefile.MessageSource `json:"sightings"`
	// Fields is its header as it stands, unfolded, nothing decoded.
	Fields []message.Field `json:"fields"`
	// Trace is what mail servers wrote on it on its way: claimed by them, or by whoever sent it.
	trace.Trace
	// Signatures are its DKIM signatures, held against the keys that are on record: see [Casework.CheckSignatures].
	Signatures []MessageSignature `json:"signatures"`
	// Same are the emails of the case with its Message-ID, itself among them; nil when it is the only one.
	Same *SameMessage `json:"same,omitempty"`
}

// MessageDetails reads the header of an email and what servers wrote in it, from the stored bytes. It asks nobody.
//
// Problems: not_found, content_missing, content_damaged.
func (c *Casework) MessageDetails(ctx context.Context, messageID string) (MessageDetails, error) {
	found, err := c.message(ctx, messageID)
	if err != nil {
		return MessageDetails{}, err
	}
	body, err := c.library.OpenContent(ctx, found.SHA256)
	if err != nil {
		return MessageDetails{}, err
	}
	defer func() { _ = body.Close() }()
	reading, whole := readHeader(body)
	fields := message.Fields(whole)
	// A large content is held against its hash at its end only: nothing is told of a damaged one.
	if _, err := io.Copy(io.Discard, whole); err != nil {
		return MessageDetails{}, err
	}
	details := MessageDetails{Source: found.Source, Fields: fields, Trace: trace.Read(fields)}
	if details.Sightings, err = c.sightingsOf(ctx, found); err != nil {
		return details, err
	}
	if details.Signatures, err = c.signaturesOf(ctx, found, reading.From); err != nil || reading.MessageID == "" {
		return details, err
	}
	same, err := c.sameMessages(ctx, found.CaseID, reading.MessageID)
	if len(same) > 0 {
		details.Same = &same[0]
	}
	return details, err
}
