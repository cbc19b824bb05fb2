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
// domain name system for the keys that were not answered lately, which tells it which domains wrote to the person, and
// keeps the answers on record. Where nobody can be asked, the kept answers do.
//
// Problems: not_found, content_missing, content_damaged, cancelled.
func (c *Casework) CheckSignatures(ctx context.Context, messageID string) ([]MessageSignature, error) {
	message, err := c.message(ctx, messageID)
	if err != nil {
		return nil, err
	}
	reading, err := c.library.ReadMessage(ctx, message)
	if err != nil {
		return nil, err
	}
	due, err := c.keysDue(ctx, message.CaseID, reading.KeyNames)
	if err != nil {
		return nil, err
	}
	if _, err := c.keepKeys(ctx, message.CaseID, due); err != nil {
		return nil, err
	}
	return c.signaturesOf(ctx, message, reading.From)
}

func (c *Casework) message(ctx context.Context, id string) (casefile.Message, error) {
	found, err := library.Thing[casefile.Message](ctx, c.library, record.KindMessage, id)
	found.Value.ID = id
	return found.Value, err
}

// signaturesOf holds the signatures of an email against the keys that are on record, and asks nobody. Of a key that was
// replaced under its name, each that is on record gets its turn.
func (c *Casework) signaturesOf(ctx context.Context, message casefile.Message, from []casefile.Mailbox) ([]MessageSignature, error) {
	known, err := c.keyRecords(ctx, message.CaseID)
	if err != nil {
		return nil, err
	}
	var checked []MessageSignature
	for turn := 0; ; turn++ {
		more := false
		signatures, err := c.checkSignatures(ctx, message, func(_ context.Context, name string) (dkim.Answer, error) {
			answers := known[name]
			if len(answers) == 0 {
				return dkim.Answer{}, errNotAsked
			}
			more = more || len(answers) > turn+1
			one := answers[min(turn, len(answers)-1)]
			return dkim.Answer{Texts: one.Texts, Resolver: one.Resolver, AskedAt: one.AskedAt}, nil
		})
		if err != nil {
			return nil, err
		}
		for i, one := range signatures {
			if turn == 0 {
				checked = append(checked, c.told(one, from))
			} else if !checked[i].Fits() && one.Verdict == dkim.Fits {
				checked[i] = c.told(one, from)
			}
		}
		if !more {
			return append([]MessageSignature{}, checked...), nil
		}
	}
}

// errNotAsked says that nobody was asked for a key yet.
var errNotAsked = errors.New("not asked yet")

func (c *Casework) told(signature dkim.Signature, from []casefile.Mailbox) MessageSignature {
	told := MessageSignature{Signature: signature, Expired: signature.Expired(c.Now())}
	for _, mailbox := range from {
		told.Aligned = told.Aligned || dkim.Aligned(signature.Domain, mailbox.Address)
	}
	return told
}

func (c *Casework) checkSignatures(ctx context.Context, message casefile.Message, lookup dkim.Lookup) ([]dkim.Signature, error) {
	body, err := c.library.OpenContent(ctx, message.SHA256)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	signatures, err := dkim.Check(ctx, body, lookup)
	switch {
	case ctx.Err() != nil:
		return nil, problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	case errors.Is(err, dkim.ErrHeaderTooLarge):
		return nil, nil // no server would have signed such a thing
	}
	return signatures, err
}
