package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/mail/files"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
)

// SearchMailFiles looks for emails in files and folders, as SearchMailbox does in a mailbox. A file that can't be read is
// left to the import to tell.
//
// Its progress goes by bytes, and counts what was found.
//
// Problems: file_not_found and not_a_message where nothing that was named can be read, cancelled.
func (c *Casework) SearchMailFiles(ctx context.Context, r *MailReview, paths []string, progress func(Progress)) error {
	r.paths, r.bytes = paths, files.Size(ctx, paths)
	return c.walkFiles(ctx, r, r.terms, progress)
}

func (c *Casework) walkFiles(ctx context.Context, r *MailReview, terms []MailTerm, progress func(Progress)) error {
	all := r.Search.Everything && r.Count() == 0
	var position int64
	var failed error
	told := Progress{What: "searching", Total: r.bytes}
	err := files.Walk(ctx, r.paths, files.Receiver{
		Message: func(file files.File) error {
			position++
			mail, err := c.mailInFile(ctx, r, file.Body, terms, all)
			mail.Places = []MailPlace{{Position: position}}
			if err == nil && (all || len(mail.Why) > 0) && r.wasSentInTime(mail, terms) {
				r.add(mail)
			}
			return err
		},
		Failed:  func(_ string, why error) { failed = errors.Join(failed, why) },
		Skipped: func(string, files.Skip) {},
		Read: func(bytes int64) {
			const step = 1 << 20
			if bytes-told.Done >= step {
				told.Done, told.Count = min(bytes, told.Total), r.Count()
				report(progress, told)
			}
		},
	})
	if err == nil && position == 0 && failed != nil {
		return problem.From(failed)
	}
	return err
}

// mailInFile reads the header of an email, and tells which terms it meets and whether the case has it. With text, all of
// it is read where it must be.
func (c *Casework) mailInFile(ctx context.Context, r *MailReview, body io.Reader, terms []MailTerm, all bool) (MailCandidate, error) {
	reading, whole := readHeader(body)
	mail := candidateOfReading(reading)
	for _, term := range terms {
		if term.meets(mail) {
			mail.because([]MailTerm{term})
		}
	}
	sought := termsInText(r.Search, terms)
	if len(mail.Why) == 0 && !all && len(sought) == 0 {
		return mail, nil // and the body is left alone
	}
	digest, size := sha256.New(), &counting{}
	var text bytes.Buffer
	into := io.MultiWriter(digest, size)
	if len(sought) > 0 {
		into = io.MultiWriter(digest, size, &text)
	}
	if _, err := io.Copy(into, whole); err != nil {
		return mail, err
	}
	mail.Size = size.bytes
	if len(sought) > 0 {
		said := fold(message.Read(&text).Text)
		for _, term := range sought {
			if strings.Contains(said, fold(term.Text)) {
				mail.because([]MailTerm{term})
			}
		}
	}
	has, err := c.library.HasMessage(ctx, r.Search.CaseID, hex.EncodeToString(digest.Sum(nil)))
	if has {
		mail.State = MailKnown
	}
	return mail, err
}

func candidateOfReading(reading casefile.Reading) MailCandidate {
	return MailCandidate{
		MessageID: reading.MessageID, Answers: append(reading.References, reading.InReplyTo...), From: reading.From,
		To: append(reading.To, reading.Cc...), Subject: reading.Subject, Date: reading.Date, State: MailNew,
	}
}

// termsInText are the terms that are looked for in the texts of emails.
func termsInText(search MailSearch, terms []MailTerm) []MailTerm {
	if !search.Text {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(terms), func(t MailTerm) bool { return t.Kind != TermReference && t.Kind != TermWords })
}

// wasSentInTime is whether an email is of the days that were chosen. One that does not say when it was sent is.
func (r *MailReview) wasSentInTime(mail MailCandidate, terms []MailTerm) bool {
	at := mail.at()
	if at.IsZero() || !isBounded(terms) {
		return true
	}
	day := at.Format(time.DateOnly)
	return (r.Search.Since == "" || day >= r.Search.Since) && (r.Search.Until == "" || day <= r.Search.Until)
}

// counting counts bytes.
type counting struct{ bytes int64 }

func (c *counting) Write(content []byte) (int, error) {
	c.bytes += int64(len(content))
	return len(content), nil
}

// SizeOfFiles is how many bytes files and those in folders have together.
func SizeOfFiles(ctx context.Context, paths []string) int64 { return files.Size(ctx, paths) }
