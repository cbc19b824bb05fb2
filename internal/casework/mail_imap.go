package casework

import (
	"context"
	"slices"
	"strconv"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// IMAPImport says which messages of a mailbox to take into a case: those that meet all criteria that are given.
type IMAPImport struct {
	CaseID  string
	Account imap.Account
	Mailbox string // empty: INBOX
	From    string // part of a sender's name or address
	To      string // part of a recipient's name or address
	Subject string // part of the subject
	Since   string // YYYY-MM-DD, or empty
	// WithoutKeys leaves the keys of signatures to be asked for later: see [Casework.KeepKeys].
	WithoutKeys bool
}

// Candidate is a message that an import would bring.
type Candidate struct {
	UID     int64
	Date    string // RFC 3339 with the sender's offset, or empty
	From    string
	Subject string
	Size    int64 // bytes, as announced
	// Already says that the case has it.
	Already bool
}

// FindMail searches on the server, and brings nothing.
//
// Problems: not_found, not_a_date, too_many_messages, and those of the server and the sign-in.
func (c *Casework) FindMail(ctx context.Context, n IMAPImport, progress func(Progress)) ([]Candidate, error) {
	client, criteria, err := c.openMailbox(ctx, &n, progress)
	if err != nil {
		return nil, err
	}
	defer func() { _ = client.Close() }()
	found, err := client.Search(ctx, n.Mailbox, criteria)
	if err != nil || len(found) == 0 {
		return []Candidate{}, err
	}
	known, err := c.library.ImportedUIDs(ctx, n.CaseID, sourceOfMailbox(n, found[0].UIDValidity))
	if err != nil {
		return nil, err
	}
	candidates := make([]Candidate, len(found))
	for i, one := range found {
		candidates[i] = Candidate{
			UID: int64(one.UID), Date: one.Date, From: casefile.MailboxList(one.From), Subject: one.Subject, Size: one.Size,
			Already: known[int64(one.UID)],
		}
	}
	return candidates, nil
}

// ImportIMAP takes the messages that a search finds into a case: each one's bytes as the server gives them, then its
// reading and its attachments. What the case has is not fetched again, so an import that was cut off is simply repeated.
// When the error is not nil, the result counts what was stored before.
//
// Problems: those of FindMail, server_cut, server_silent, server_odd, disk_full.
func (c *Casework) ImportIMAP(ctx context.Context, n IMAPImport, progress func(Progress)) (ImportResult, error) {
	defer beFrugal()()
	in := c.newIntake(n.CaseID)
	in.withoutKeys = n.WithoutKeys
	client, criteria, err := c.openMailbox(ctx, &n, progress)
	if err != nil {
		return in.result, err
	}
	defer func() { _ = client.Close() }()
	found, uidValidity, err := client.SearchUIDs(ctx, n.Mailbox, criteria)
	if err != nil {
		return in.result, err
	}
	known, err := c.library.ImportedUIDs(ctx, n.CaseID, sourceOfMailbox(n, uidValidity))
	if err != nil {
		return in.result, err
	}
	wanted := slices.DeleteFunc(found, func(uid uint32) bool { return known[int64(uid)] })
	in.result.Already = int64(len(found) - len(wanted))
	var done int64
	missing, err := client.Fetch(ctx, n.Mailbox, wanted, func(fetched imap.Fetched) error {
		report(progress, Progress{What: "fetching", Done: done, Total: int64(len(wanted))})
		done++
		if fetched.UIDValidity != uidValidity {
			return problem.New(problem.ServerOdd, problem.Values{"host": n.Account.Host, "detail": "UIDVALIDITY"})
		}
		return in.add(ctx, fetched.Body, func() casefile.MessageSource { return sourceOf(n, client.Key(), fetched) })
	})
	for _, uid := range missing {
		in.fail("UID "+strconv.FormatUint(uint64(uid), 10), problem.New(problem.NotFound, problem.Values{
			"kind": string(record.KindMessage), "value": strconv.FormatUint(uint64(uid), 10)}))
	}
	return in.finish(ctx, err, progress)
}

// openMailbox signs in to the server of a mailbox, and says what is searched for.
func (c *Casework) openMailbox(ctx context.Context, n *IMAPImport, progress func(Progress)) (_ *imap.Client, criteria imap.Criteria, err error) {
	if n.Mailbox == "" {
		n.Mailbox = "INBOX"
	}
	criteria = imap.Criteria{From: n.From, To: n.To, Subject: n.Subject}
	if n.Since != "" {
		if criteria.Since, err = time.Parse(time.DateOnly, n.Since); err != nil {
			return nil, criteria, problem.Wrap(err, problem.NotADate, problem.Values{"field": "since", "value": n.Since})
		}
	}
	if err := c.library.RequireCase(ctx, n.CaseID); err != nil {
		return nil, criteria, err
	}
	report(progress, Progress{What: "searching"})
	client, err := imap.Connect(ctx, n.Account)
	return client, criteria, err
}

// sourceOfMailbox is what the messages of a mailbox have in common.
func sourceOfMailbox(n IMAPImport, uidValidity uint32) casefile.MessageSource {
	return casefile.MessageSource{Host: n.Account.Host, User: n.Account.User, Mailbox: n.Mailbox, UIDValidity: int64(uidValidity)}
}

func sourceOf(n IMAPImport, key imap.Pin, fetched imap.Fetched) casefile.MessageSource {
	source := casefile.MessageSource{
		Kind: "imap", Host: n.Account.Host, Port: int64(n.Account.Port), User: n.Account.User, SPKI: key.String(),
		Mailbox: n.Mailbox, UIDValidity: int64(fetched.UIDValidity), UID: int64(fetched.UID),
		AnnouncedSize: fetched.AnnouncedSize,
	}
	if !fetched.InternalDate.IsZero() {
		source.InternalDate = fetched.InternalDate.Format(time.RFC3339)
	}
	return source
}
