package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/markup"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
	"constancia/internal/raster"
	"constancia/internal/record"
)

// OpenedMessage is an email as somebody reads it.
type OpenedMessage struct {
	Message casefile.Message
	Reading casefile.Reading
	// Passages are its text, taken apart.
	Passages []message.Passage
	// Original is its HTML, fit to be looked at; empty where it has none.
	Original markup.Page
	// Evidence are the pieces of evidence that its attachments are, by part.
	Evidence map[string]casefile.Evidence
}

// HasOriginal is whether it was sent with a look of its own.
func (m OpenedMessage) HasOriginal() bool { return m.Reading.HTML != "" }

// OpenMessage reads an email of a case from its stored bytes. It asks nobody, and runs and loads nothing.
//
// Problems: not_found, content_missing, content_damaged.
func (c *Casework) OpenMessage(ctx context.Context, caseID, messageID string) (OpenedMessage, error) {
	opened := OpenedMessage{}
	var err error
	if opened.Message, err = c.messageOf(ctx, caseID, messageID); err != nil {
		return opened, err
	}
	if opened.Reading, err = c.library.ReadMessage(ctx, opened.Message); err != nil {
		return opened, err
	}
	if opened.Evidence, err = c.library.EvidenceOfMessage(ctx, messageID); err != nil {
		return opened, err
	}
	opened.Passages = message.Passages(opened.Reading.Text, opened.Reading.Subject)
	opened.Original = markup.Clean(opened.Reading.HTML, picturesIn(opened.Reading.Attachments))
	return opened, nil
}

// messageOf gives an email by its id, of its own case only; the case may be left out.
func (c *Casework) messageOf(ctx context.Context, caseID, messageID string) (casefile.Message, error) {
	found, err := library.Thing[casefile.Message](ctx, c.library, record.KindMessage, messageID)
	if err == nil && caseID != "" && found.Value.CaseID != caseID {
		err = problem.New(problem.NotFound, problem.Values{"kind": string(record.KindMessage), "value": messageID})
	}
	found.Value.ID = messageID
	return found.Value, err
}

// picturesIn gives the pictures that came with an email, as far as a window can show them. Of two with one Content-ID the
// first counts, as mail programs have it.
func picturesIn(attachments []casefile.Attachment) markup.Pictures {
	return func(contentID string) (markup.Picture, bool) {
		for _, one := range attachments {
			if !strings.EqualFold(one.ContentID, contentID) || contentID == "" {
				continue
			}
			// A view takes memory by the size that a picture claims.
			if raster.RequireShowable(bytes.NewReader(one.Content)) != nil {
				return markup.Picture{}, false
			}
			return markup.Picture{MediaType: one.MediaType, Content: one.Content}, true
		}
		return markup.Picture{}, false
	}
}

// SavedMessage is what was written of an email.
type SavedMessage struct {
	SHA256 string `json:"sha256"` // lower-case hex
	Size   int64  `json:"size"`   // bytes
}

// SaveMessage writes an email into a file, byte for byte as it was received. What stood at the path is replaced. The hash
// is that of the bytes that were written.
//
// Problems: not_found, content_missing, content_damaged, file_unwritable, disk_full.
func (c *Casework) SaveMessage(ctx context.Context, messageID, path string) (SavedMessage, error) {
	email, err := c.messageOf(ctx, "", messageID)
	if err != nil {
		return SavedMessage{}, err
	}
	content, err := c.library.OpenContent(ctx, email.SHA256)
	if err != nil {
		return SavedMessage{}, err
	}
	defer func() { _ = content.Close() }()
	hash := sha256.New()
	var saved SavedMessage
	err = writeWhole(path, true, func(w io.Writer) (err error) {
		saved.Size, err = io.Copy(io.MultiWriter(w, hash), content)
		return err
	})
	saved.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return saved, err
}

// SaveEvidence writes a piece of evidence into a file, byte for byte as it is kept. What stood at the path is replaced.
//
// Problems: not_found, content_missing, content_damaged, file_unwritable, disk_full.
func (c *Casework) SaveEvidence(ctx context.Context, caseID, evidenceID, path string) error {
	evidence, err := c.EvidenceOf(ctx, caseID, evidenceID)
	if err != nil {
		return err
	}
	content, err := c.library.OpenContent(ctx, evidence.SHA256)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	return writeWhole(path, true, func(w io.Writer) error {
		_, err := io.Copy(w, content)
		return err
	})
}
