package casework

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
	"constancia/internal/library"
	"constancia/internal/mail/draft"
	"constancia/internal/mail/imap"
	"constancia/internal/record"
)

// DraftMail is an email to prepare: a dossier attached to a short text.
type DraftMail struct {
	CaseID string
	// Dossier is the path of the file to attach.
	Dossier string
	// From is the complainant's address when empty.
	From     string
	To       string
	Language i18n.Language
}

// Appended says where a draft lies on the server.
type Appended struct {
	Mailbox     string `json:"mailbox"`
	UIDValidity int64  `json:"uid_validity"`
	UID         int64  `json:"uid"`
}

// WriteDraft saves the email as a file that a mail program opens ready to send (X-Unsent).
//
// Problems: not_found, file_not_found, not_an_address, file_exists, file_unwritable, disk_full.
func (c *Casework) WriteDraft(ctx context.Context, n DraftMail, out string) error {
	return c.draft(ctx, n, true, func(d draft.Draft) error {
		return writeWhole(out, false, func(w io.Writer) error { return draft.Write(w, d) })
	})
}

// AppendDraft puts the email into the account's drafts. Nothing is sent.
//
// Problems: not_found, file_not_found, not_an_address, no_drafts_mailbox, message_too_large, and those of the server.
func (c *Casework) AppendDraft(ctx context.Context, n DraftMail, account imap.Account) (Appended, error) {
	var appended Appended
	err := c.draft(ctx, n, false, func(d draft.Draft) error {
		// APPEND needs the size beforehand (RFC 9051, section 6.3.12).
		var raw bytes.Buffer
		if err := draft.Write(&raw, d); err != nil {
			return err
		}
		client, err := imap.Connect(ctx, account)
		if err != nil {
			return err
		}
		defer func() { _ = client.Close() }()
		place, err := client.AppendDraft(ctx, &raw, int64(raw.Len()))
		appended = Appended{Mailbox: place.Mailbox, UIDValidity: int64(place.UIDValidity), UID: int64(place.UID)}
		return err
	})
	return appended, err
}

// draft prepares the email and gives it to deliver while the attachment is open.
func (c *Casework) draft(ctx context.Context, n DraftMail, unsent bool, deliver func(draft.Draft) error) error {
	file, heads, err := c.library.CaseFileWithHeads(ctx, n.CaseID)
	if err != nil {
		return err
	}
	o := &operation{}
	to := o.required("to", n.To)
	if to != "" {
		o.address("to", to)
	}
	from := file.Case.Complainant.Email
	if n.From != "" {
		from = o.address("from", n.From)
	}
	if err := o.wrongs(); err != nil {
		return err
	}
	attachment, err := openFile(n.Dossier)
	if err != nil {
		return err
	}
	defer func() { _ = attachment.Close() }()
	name := filepath.Base(n.Dossier)
	texts := i18n.For(n.Language)
	return deliver(draft.Draft{
		From:    casefile.Mailbox{Name: file.Case.Complainant.Name, Address: from},
		To:      []casefile.Mailbox{{Address: to}},
		Subject: texts.Text("draft.subject", i18n.Values{"title": file.Case.Title}),
		Text:    draftText(texts, file.Case, name, c.Now()) + "\n\n" + recordText(texts, heads),
		Date:    c.Now(),
		Attachment: draft.Attachment{
			FileName: name, MediaType: "application/pdf", Body: attachment,
		},
		Unsent: unsent,
	})
}

// recordText names the state of the record, so that whoever receives the email keeps it, too: the fingerprint, and of
// each log its id, how many entries it has, and the root of its tree.
func recordText(texts *i18n.Texts, heads []record.Head) string {
	lines := []string{texts.Text("draft.record", i18n.Values{"fingerprint": library.Fingerprint(heads)})}
	for _, head := range library.LogHeads(heads) {
		lines = append(lines, texts.Text("draft.log", i18n.Values{
			"log": head.LogID, "entries": texts.Count("count.entry", head.Size), "root": head.Root}))
	}
	return strings.Join(lines, "\n")
}

// draftText is the short letter that goes with the dossier.
func draftText(texts *i18n.Texts, c casefile.Case, fileName string, now time.Time) string {
	paragraphs := []string{
		texts.Text("draft.greeting"),
		texts.Text("draft.introduction", i18n.Values{"title": c.Title, "file": fileName}),
	}
	if len(c.Outcome) > 0 {
		paragraphs = append(paragraphs, texts.Text("draft.outcome")+"\n- "+strings.Join(c.Outcome, "\n- "))
	}
	request := texts.Text("draft.request")
	if c.AnswerBy != nil {
		if day, err := time.Parse(time.DateOnly, c.AnswerBy.Date); err == nil {
			request = texts.Text("draft.request_by", i18n.Values{"date": texts.Date(day)})
			if days, past := c.AnswerBy.Past(now); past && days > 0 {
				request = texts.Count("draft.request_past", days, i18n.Values{"date": texts.Date(day)})
			}
		}
	}
	signature := c.Complainant.Name
	for _, line := range []string{c.Complainant.Phone, c.Complainant.Email} {
		if line != "" {
			signature += "\n" + line
		}
	}
	return strings.Join(append(paragraphs, request, texts.Text("draft.closing")+"\n"+signature), "\n\n")
}
