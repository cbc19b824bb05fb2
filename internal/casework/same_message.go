package casework

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/mail/dkim"
	"constancia/internal/problem"
)

// SameMessage are emails of a case that go by one Message-ID (RFC 5322, section 3.6.4) and are not the same bytes: copies
// that came by different ways, or a conflict.
type SameMessage struct {
	MessageID string `json:"message_id"`
	// Copies are the emails, the first on record first.
	Copies []MessageCopy `json:"copies"`
	// Conflict says that they do not all say the same: one Message-ID stands for one text, and somebody made another.
	Conflict bool `json:"conflict"`
}

// MessageCopy is one of several emails with one Message-ID.
type MessageCopy struct {
	ID string `json:"id"`
	// Body is the hash of what it says, see [dkim.BodyHash]; empty where that can't be told.
	Body string `json:"body,omitempty"`
}

// SameMessages finds the emails of a case that go by one Message-ID.
//
// Problem: not_found.
func (c *Casework) SameMessages(ctx context.Context, caseID string) ([]SameMessage, error) {
	if _, err := c.library.CaseFileWithoutMail(ctx, caseID); err != nil {
		return nil, err
	}
	return c.sameMessages(ctx, caseID, "")
}

// sameMessages finds those of one Message-ID, or of all when it is empty.
func (c *Casework) sameMessages(ctx context.Context, caseID, messageID string) ([]SameMessage, error) {
	groups, err := c.library.SameMessageIDs(ctx, caseID, messageID)
	if err != nil {
		return nil, err
	}
	same := []SameMessage{}
	for messageID, messages := range groups {
		one := SameMessage{MessageID: messageID}
		for _, message := range messages {
			body, err := c.bodyHash(ctx, message)
			if err != nil {
				return nil, err
			}
			one.Copies = append(one.Copies, MessageCopy{message.ID, body})
		}
		one.Conflict = differ(one.Copies)
		same = append(same, one)
	}
	slices.SortFunc(same, func(a, b SameMessage) int { return cmp.Compare(a.MessageID, b.MessageID) })
	return same, nil
}

// differ is whether two copies say different things, as far as that can be told.
func differ(copies []MessageCopy) bool {
	known := slices.DeleteFunc(slices.Clone(copies), func(c MessageCopy) bool { return c.Body == "" })
	return slices.ContainsFunc(known, func(c MessageCopy) bool { return c.Body != known[0].Body })
}

// bodyHash is empty for a message whose bytes are lost, which checking the contents names, or have no end of a header.
func (c *Casework) bodyHash(ctx context.Context, message casefile.Message) (string, error) {
	body, err := c.library.OpenContent(ctx, message.SHA256)
	if err == nil {
		defer func() { _ = body.Close() }()
		var sum string
		if sum, err = dkim.BodyHash(body); err == nil {
			return sum, nil
		}
	}
	lost := errors.Is(err, problem.New(problem.ContentMissing, nil)) || errors.Is(err, problem.New(problem.ContentDamaged, nil))
	if lost || errors.Is(err, dkim.ErrHeaderTooLarge) {
		return "", nil
	}
	return "", err
}
