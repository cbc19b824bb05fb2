package casework

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/mail/files"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
)

// FilesImport says which messages of files and folders to take into a case: those that meet all criteria that are given.
// An archive of a whole mailbox holds much that is nobody else's concern.
type FilesImport struct {
	CaseID  string
	Paths   []string
	From    string // part of a sender's name or address
	To      string // part of a recipient's name or address
	Subject string // part of the subject
	Since   string // YYYY-MM-DD, or empty; a message without a date counts as later
	// WithoutKeys leaves the keys of signatures to be asked for later: see [Casework.KeepKeys].
	WithoutKeys bool
}

// FindInFiles looks for messages in files, and brings nothing. A file that can't be read is left to the import to tell.
//
// Problems: not_found, not_a_date, cancelled.
func (c *Casework) FindInFiles(ctx context.Context, n FilesImport, progress func(Progress)) ([]Candidate, error) {
	if err := c.ready(ctx, n); err != nil {
		return nil, err
	}
	var candidates []Candidate
	err := n.walk(ctx, c.newIntake(n.CaseID), progress, func(file files.File) error {
		reading, body := readHeader(file.Body)
		if !n.wants(reading) {
			return nil
		}
		digest := sha256.New()
		size, err := io.Copy(digest, body)
		if err != nil {
			return err
		}
		already, err := c.library.HasMessage(ctx, n.CaseID, hex.EncodeToString(digest.Sum(nil)))
		candidates = append(candidates, Candidate{
			Date: reading.Date, From: casefile.MailboxList(reading.From), Subject: reading.Subject, Size: size, Already: already,
		})
		return err
	})
	return candidates, err
}

// ImportFromFiles takes the messages that are wanted into a case, as ImportFiles does with all.
//
// Problems: not_found, not_a_date, disk_full, cancelled.
func (c *Casework) ImportFromFiles(ctx context.Context, n FilesImport, progress func(Progress)) (ImportResult, error) {
	defer beFrugal()()
	in := c.newIntake(n.CaseID)
	in.withoutKeys = n.WithoutKeys
	if err := c.ready(ctx, n); err != nil {
		return in.result, err
	}
	err := n.walk(ctx, in, progress, func(file files.File) error {
		body := file.Body
		if n.selects() {
			var reading casefile.Reading
			if reading, body = readHeader(body); !n.wants(reading) {
				return nil
			}
		}
		return in.add(ctx, body, func() casefile.MessageSource { return sourceOfFile(file) })
	})
	return in.finish(ctx, err, progress)
}

// ready is whether the case is there and the day is one.
func (c *Casework) ready(ctx context.Context, n FilesImport) error {
	if _, err := time.Parse(time.DateOnly, n.Since); n.Since != "" && err != nil {
		return problem.Wrap(err, problem.NotADate, problem.Values{"field": "since", "value": n.Since})
	}
	return c.library.RequireCase(ctx, n.CaseID)
}

// walk gives each message of the files, tells the progress by their bytes, and notes what fails or is passed over.
func (n FilesImport) walk(ctx context.Context, in *intake, progress func(Progress), take func(files.File) error) error {
	at := Progress{What: "importing", Total: files.Size(ctx, n.Paths)}
	var told int64
	tell := func() {
		told = at.Done
		report(progress, at)
	}
	return files.Walk(ctx, n.Paths, files.Receiver{
		Message: func(file files.File) error {
			tell()
			at.Count++
			return take(file)
		},
		Failed:  in.fail,
		Skipped: func(path string, why files.Skip) { in.skip(path, string(why)) },
		Read: func(bytes int64) {
			const step = 4 << 20
			if at.Done = min(bytes, at.Total); at.Done-told >= step {
				tell()
			}
		},
	})
}

func (n FilesImport) selects() bool {
	return n.From != "" || n.To != "" || n.Subject != "" || n.Since != ""
}

// wants is whether a message meets the criteria.
func (n FilesImport) wants(reading casefile.Reading) bool {
	names := func(wanted string, lists ...[]casefile.Mailbox) bool {
		for _, list := range lists {
			if within(casefile.MailboxList(list), wanted) {
				return true
			}
		}
		return false
	}
	at, undated := time.Parse(time.RFC3339, reading.Date)
	return names(n.From, reading.From) && names(n.To, reading.To, reading.Cc) && within(reading.Subject, n.Subject) &&
		(n.Since == "" || undated != nil || at.Format(time.DateOnly) >= n.Since)
}

func within(text, wanted string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(wanted))
}

// readHeader reads the header section of a message, and gives the whole message back.
func readHeader(body io.Reader) (casefile.Reading, io.Reader) {
	const longest = 64 << 10
	whole := bufio.NewReaderSize(body, longest)
	head, _ := whole.Peek(longest) // an error comes again when the message is read
	for _, end := range []string{"\n\n", "\n\r\n"} {
		if section, _, found := bytes.Cut(head, []byte(end)); found {
			head = section
		}
	}
	return message.Read(bytes.NewReader(head)), whole
}
