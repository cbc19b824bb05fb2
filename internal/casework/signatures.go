package casework

import (
	"context"
	"errors"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/dkim"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// MessageSignature is a DKIM signature of an email (RFC 6376), held against the email’s stored bytes.
type MessageSignature struct {
	dkim.Signature
	// Aligned says that the one who signed is the owner of the domain that the email says it is from.
	Aligned bool `json:"aligned"`
	// Expired says that it had expired when it was checked; mail servers had judged it long before.
	Expired bool `json:"expired,omitempty"`
}

// Fits is whether the signed fields and the signed text are those that the key’s owner signed.
func (s MessageSignature) Fits() bool { return s.Verdict == dkim.Fits }

// CheckSignatures holds the signatures of an email against its stored bytes and the keys of those who signed. It asks the
// domain name system for these, and tells it so which domains wrote to the person.
//
// Problems: not_found, content_missing, content_damaged.
func (c *Casework) CheckSignatures(ctx context.Context, messageID string) ([]MessageSignature, error) {
	message, err := library.Thing[casefile.Message](ctx, c.library, record.KindMessage, messageID)
	if err != nil {
		return nil, err
	}
	message.Value.ID = messageID
	reading, err := c.library.ReadMessage(ctx, message.Value)
	if err != nil {
		return nil, err
	}
	body, err := c.library.OpenContent(ctx, message.Value.SHA256)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	signatures, err := dkim.Check(ctx, body, c.lookupTXT)
	switch {
	case ctx.Err() != nil:
		return nil, problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	case errors.Is(err, dkim.ErrHeaderTooLarge):
		return []MessageSignature{}, nil // no server would have signed such a thing
	case err != nil:
		return nil, err
	}
	checked := make([]MessageSignature, len(signatures))
	for i, one := range signatures {
		checked[i] = MessageSignature{Signature: one, Expired: one.Expired(c.Now())}
		for _, from := range reading.From {
			checked[i].Aligned = checked[i].Aligned || dkim.Aligned(one.Domain, from.Address)
		}
	}
	return checked, nil
}
