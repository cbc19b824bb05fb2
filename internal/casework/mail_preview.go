package casework

import (
	"context"
	"errors"
	"io"

	"constancia/internal/casefile"
	"constancia/internal/mail/files"
	"constancia/internal/mail/imap"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
)

// longestPreview is how much of an email is read to look at its text, in bytes: what is behind it is an attachment.
const longestPreview = 1 << 20

// errRead ends what brings emails when the one that was wanted is there.
var errRead = errors.New("the email was read")

// PreviewMail reads an email that was found, without keeping anything of it.
//
// Problems: not_found where it is gone meanwhile, and those of the server or the files.
func (c *Casework) PreviewMail(ctx context.Context, r *MailReview, candidateID string) (casefile.Reading, error) {
	mail, err := r.candidate(candidateID)
	if err != nil {
		return casefile.Reading{}, err
	}
	var reading *casefile.Reading
	read := func(body io.Reader) {
		made := message.Read(io.LimitReader(body, longestPreview))
		reading = &made
	}
	place := mail.Places[0]
	if r.paths != nil {
		err = atPosition(ctx, r.paths, place.Position, read)
	} else {
		err = r.session.use(ctx, func(_ imap.Account, client *imap.Client) error {
			_, err := client.Fetch(ctx, place.Mailbox, []uint32{place.UID}, func(fetched imap.Fetched) error {
				if fetched.UIDValidity != place.UIDValidity {
					return errRead // the number is another email's now
				}
				if read(fetched.Body); fetched.AnnouncedSize > longestPreview {
					return errRead
				}
				return nil
			})
			return err
		})
	}
	if errors.Is(err, errRead) {
		err = nil
	}
	if err == nil && reading == nil {
		err = problem.New(problem.NotFound, problem.Values{"kind": "message", "value": candidateID})
	}
	if err != nil {
		return casefile.Reading{}, err
	}
	return *reading, nil
}

// atPosition reads one email of files.
func atPosition(ctx context.Context, paths []string, position int64, read func(io.Reader)) error {
	var at int64
	return files.Walk(ctx, paths, files.Receiver{
		Message: func(file files.File) error {
			if at++; at < position {
				return nil
			}
			read(file.Body)
			return errRead
		},
		Failed:  func(string, error) {},
		Skipped: func(string, files.Skip) {},
	})
}
