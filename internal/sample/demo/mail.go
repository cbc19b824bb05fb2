package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strconv"

	"constancia/internal/casework"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/sample"
)

// importMail brings the messages from and to the companies of the case, as a person would ask for them: company by
// company.
func (d *demonstration) importMail(ctx context.Context) error {
	file, err := d.casework.CaseFile(ctx, d.Case)
	if err != nil {
		return err
	}
	var searches []casework.IMAPImport
	for _, party := range file.Parties {
		for _, domain := range party.Value.Domains {
			searches = append(searches, casework.IMAPImport{From: domain}, casework.IMAPImport{To: domain})
		}
	}
	for _, search := range searches {
		search.CaseID, search.Account = d.Case, d.account()
		brought, err := d.casework.ImportIMAP(ctx, search, d.Report)
		if err != nil {
			return err
		}
		d.Import.Imported += brought.Imported
		d.Import.Already += brought.Already
		d.Import.Defective += brought.Defective
		d.Import.Failed += brought.Failed
		d.Import.Failures = append(d.Import.Failures, brought.Failures...)
	}
	return nil
}

// checkMail compares each stored message with the one of the same Message-ID that the server holds, and holds that
// everything of the dispute came, and nothing else.
func (d *demonstration) checkMail(ctx context.Context) error {
	d.report(Checking)
	file, err := d.casework.CaseFile(ctx, d.Case)
	if err != nil {
		return err
	}
	served := map[string][]byte{}
	for _, raw := range d.server.Messages("INBOX") {
		served[messageID(raw)] = raw
	}
	awaited := map[string]bool{}
	for _, mail := range sample.Mailbox(d.Language) {
		awaited[messageID(mail.Raw)] = mail.InDispute
	}
	for _, message := range file.Messages {
		stored, err := d.read(ctx, message.Value.SHA256)
		if err != nil {
			return err
		}
		id := messageID(stored)
		if !bytes.Equal(stored, served[id]) || !awaited[id] {
			return problem.New(problem.ContentDamaged, problem.Values{"sha256": message.Value.SHA256})
		}
		delete(awaited, id)
	}
	missing := 0
	for _, inDispute := range awaited {
		if inDispute {
			missing++
		}
	}
	if missing > 0 {
		return problem.New(problem.ImportIncomplete, problem.Values{"failed": strconv.Itoa(missing)})
	}
	return nil
}

// messageID is a message's Message-ID, empty for one that can't be read.
func messageID(raw []byte) string {
	message, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	return message.Header.Get("Message-Id")
}

func (d *demonstration) read(ctx context.Context, sum string) ([]byte, error) {
	content, err := d.casework.OpenContent(ctx, sum)
	if err != nil {
		return nil, err
	}
	stored, err := io.ReadAll(content)
	return stored, errors.Join(err, content.Close())
}

// writeDrafts puts the dossier in the case's language into a draft, once as a file and once on the server, and reads it
// back from both.
func (d *demonstration) writeDrafts(ctx context.Context) error {
	d.report(Drafting)
	dossier := d.dossier(d.Language)
	mail := casework.DraftMail{
		CaseID: d.Case, Dossier: dossier, To: "direccion@montalbeda.example", Language: d.Language,
	}
	if err := d.casework.WriteDraft(ctx, mail, d.Draft); err != nil {
		return err
	}
	saved, err := os.ReadFile(d.Draft)
	if err != nil {
		return problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": d.Draft})
	}
	if err := carries(saved, dossier); err != nil {
		return err
	}
	place, err := d.casework.AppendDraft(ctx, mail, d.account())
	if err != nil {
		return err
	}
	d.DraftMailbox = place.Mailbox
	appended, err := d.fetch(ctx, place)
	if err != nil {
		return err
	}
	return carries(appended, dossier)
}

// fetch reads a message from the server.
func (d *demonstration) fetch(ctx context.Context, place casework.Appended) (raw []byte, err error) {
	client, err := imap.Connect(ctx, d.account())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, client.Close()) }()
	missing, err := client.Fetch(ctx, place.Mailbox, []uint32{uint32(place.UID)}, func(fetched imap.Fetched) (err error) {
		raw, err = io.ReadAll(fetched.Body)
		return err
	})
	if err == nil && len(missing) > 0 {
		err = fmt.Errorf("the draft is not in %s", place.Mailbox)
	}
	return raw, err
}

// carries reports an error unless the file at path is attached to the message, byte for byte.
func carries(raw []byte, path string) error {
	dossier, err := os.ReadFile(path)
	if err != nil {
		return problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
	}
	attached, err := attachment(raw)
	if err != nil || !bytes.Equal(attached, dossier) {
		want, got := sha256.Sum256(dossier), sha256.Sum256(attached)
		return problem.Wrap(err, problem.DossierFailedSelfCheck, problem.Values{
			"path": filepath.Base(path), "detail": hex.EncodeToString(got[:]) + " ≠ " + hex.EncodeToString(want[:])})
	}
	return nil
}

// attachment is the content of a message's attachment, read with nothing of the product's own.
func attachment(raw []byte) ([]byte, error) {
	message, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	parts := multipart.NewReader(message.Body, parameters["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, fmt.Errorf("no attachment: %w", err)
		}
		if part.FileName() != "" {
			return io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		}
	}
}
