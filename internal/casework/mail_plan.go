package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/mail/files"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// MailPlan is what somebody chose to take into a case. It is kept on this computer until it is done, so that an import
// that was cut off goes on where it was.
type MailPlan struct {
	CaseID string `json:"case"`
	// MailboxID is the mailbox they are in; empty for files, and for an account that is not kept.
	MailboxID string        `json:"mailbox,omitempty"`
	Folders   []MailFolder  `json:"folders,omitempty"`
	Files     *MailFilePlan `json:"files,omitempty"`
	// Total is how many emails were chosen.
	Total int64 `json:"total"`

	account func(context.Context) (imap.Account, error)
}

// MailFolder are emails of one folder of a mailbox.
type MailFolder struct {
	Name        string   `json:"name"`
	UIDValidity uint32   `json:"uid_validity"`
	UIDs        []uint32 `json:"uids"`
	// Identities are of the same emails, for a server that numbers them anew meanwhile: see [identity].
	Identities []string `json:"identities,omitempty"`
	// Received are when the server got them (RFC 3339, in UTC), which tells apart what shares an identity.
	Received []string `json:"received,omitempty"`
}

// MailFilePlan are emails of files, by their place among all.
type MailFilePlan struct {
	Paths     []string `json:"paths"`
	Bytes     int64    `json:"bytes"`
	Positions []int64  `json:"positions"`
}

// Plan makes a plan of the emails that can be taken in, and that chosen says are.
//
// Problem: missing for none.
func (r *MailReview) Plan(chosen func(id string) bool) (MailPlan, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	plan := MailPlan{CaseID: r.Search.CaseID, MailboxID: r.MailboxID, account: r.session.account}
	if r.paths != nil {
		plan.Files = &MailFilePlan{Paths: r.paths, Bytes: r.bytes}
	}
	for _, mail := range r.candidates {
		if mail.State != MailNew || !chosen(mail.ID) {
			continue
		}
		plan.Total++
		place := mail.Places[0]
		if plan.Files != nil {
			plan.Files.Positions = append(plan.Files.Positions, place.Position)
			continue
		}
		at := slices.IndexFunc(plan.Folders, func(f MailFolder) bool {
			return f.Name == place.Mailbox && f.UIDValidity == place.UIDValidity
		})
		if at < 0 {
			at = len(plan.Folders)
			plan.Folders = append(plan.Folders, MailFolder{Name: place.Mailbox, UIDValidity: place.UIDValidity})
		}
		folder := &plan.Folders[at]
		folder.UIDs = append(folder.UIDs, place.UID)
		folder.Identities = append(folder.Identities, identity(mail.MessageID, mail.Subject, mail.Date, mail.Size))
		folder.Received = append(folder.Received, mail.Received)
	}
	if plan.Total == 0 {
		return plan, problem.New(problem.Missing, problem.Values{"field": "emails"})
	}
	return plan, nil
}

// planSetting stands before a case's id in the name of the setting that holds its plan.
const planSetting = "mail.plan:"

// UnfinishedMail is what is left of an import that was cut off; nil when there is none.
func (c *Casework) UnfinishedMail(ctx context.Context, caseID string) (*MailPlan, error) {
	text, err := c.library.Setting(ctx, planSetting+caseID)
	if err != nil || text == "" {
		return nil, err
	}
	var plan MailPlan
	if err := json.Unmarshal([]byte(text), &plan); err != nil {
		return nil, fmt.Errorf("failed to read what is left of an import: %w", err)
	}
	return &plan, nil
}

// ForgetUnfinishedMail leaves an import at what it has brought.
func (c *Casework) ForgetUnfinishedMail(ctx context.Context, caseID string) error {
	return c.library.PutSetting(ctx, planSetting+caseID, "")
}

// ImportPlanned takes the emails of a plan into its case: each one's bytes as they are, then its reading and its
// attachments. What the case has is not brought again. A connection that is cut is made anew; when the import ends early
// all the same, what is left is kept as UnfinishedMail, and the result counts what was stored.
//
// Problems: those of SearchMailbox, file_changed where files are not what was looked through, disk_full.
func (c *Casework) ImportPlanned(ctx context.Context, plan MailPlan, progress func(Progress)) (ImportResult, error) {
	defer beFrugal()()
	in := c.newIntake(plan.CaseID)
	if plan.MailboxID != "" || plan.Files != nil {
		text, err := json.Marshal(plan)
		if err == nil {
			err = c.library.PutSetting(ctx, planSetting+plan.CaseID, string(text))
		}
		if err != nil {
			return in.result, err
		}
	}
	var already int64
	var err error
	if plan.Files != nil {
		err = c.takeFromFiles(ctx, in, *plan.Files, progress)
	} else {
		already, err = c.takeFromServer(ctx, in, plan, progress)
	}
	result, err := in.finish(ctx, err, progress)
	result.Already += already
	if err == nil {
		err = c.ForgetUnfinishedMail(ctx, plan.CaseID)
	}
	return result, err
}

// takeFromFiles takes the planned emails of files.
func (c *Casework) takeFromFiles(ctx context.Context, in *intake, plan MailFilePlan, progress func(Progress)) error {
	if files.Size(ctx, plan.Paths) != plan.Bytes {
		return problem.New(problem.FileChanged, problem.Values{"path": plan.Paths[0]})
	}
	planned := make(map[int64]bool, len(plan.Positions))
	for _, position := range plan.Positions {
		planned[position] = true
	}
	var position, done int64
	return files.Walk(ctx, plan.Paths, files.Receiver{
		Message: func(file files.File) error {
			if position++; !planned[position] {
				return nil
			}
			report(progress, Progress{What: "fetching", Done: done, Total: int64(len(planned))})
			done++
			return in.add(ctx, file.Body, func() casefile.MessageSource { return sourceOfFile(file) })
		},
		Failed:  in.fail,
		Skipped: func(path string, why files.Skip) { in.skip(path, string(why)) },
	})
}

// mostCuts is how often a connection is made anew within one import without a single email in between.
const mostCuts = 3

// takeFromServer takes the planned emails of a server, and says how many of them the case had.
func (c *Casework) takeFromServer(ctx context.Context, in *intake, plan MailPlan, progress func(Progress)) (already int64, err error) {
	open := plan.account
	if open == nil {
		open = func(ctx context.Context) (imap.Account, error) { return c.OpenMailbox(ctx, plan.MailboxID) }
	}
	taking := &serverTaking{casework: c, in: in, plan: plan, progress: progress, done: map[MailPlace]bool{}}
	for cuts := 1; ; cuts++ {
		before := len(taking.done)
		err := taking.session(ctx, open)
		if err == nil || !hasEnded(err) || ctx.Err() != nil {
			return taking.already, err
		}
		if len(taking.done) > before {
			cuts = 1
		}
		if cuts >= mostCuts {
			return taking.already, err
		}
		select {
		case <-ctx.Done():
			return taking.already, problem.Wrap(ctx.Err(), problem.Cancelled, nil)
		case <-time.After(time.Duration(cuts) * time.Second):
		}
	}
}

// serverTaking takes emails from a server, over several connections where it has to.
type serverTaking struct {
	casework *Casework
	in       *intake
	plan     MailPlan
	progress func(Progress)
	done     map[MailPlace]bool
	already  int64
}

// session takes what is left, in one connection.
func (s *serverTaking) session(ctx context.Context, open func(context.Context) (imap.Account, error)) error {
	account, err := open(ctx)
	if err != nil {
		return err
	}
	client, err := imap.Connect(ctx, account)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }() // all that was asked for is here
	for _, folder := range s.plan.Folders {
		if err := s.folder(ctx, account, client, folder); err != nil {
			return err
		}
	}
	return nil
}

func (s *serverTaking) folder(ctx context.Context, account imap.Account, client *imap.Client, folder MailFolder) error {
	n := IMAPImport{CaseID: s.plan.CaseID, Account: account, Mailbox: folder.Name}
	known, err := s.casework.library.ImportedUIDs(ctx, s.plan.CaseID, casefile.MessageSource{
		Host: account.Host, User: account.User, Mailbox: folder.Name, UIDValidity: int64(folder.UIDValidity)})
	if err != nil {
		return err
	}
	at := func(uid uint32) MailPlace {
		return MailPlace{Mailbox: folder.Name, UIDValidity: folder.UIDValidity, UID: uid}
	}
	var wanted []uint32
	for _, uid := range folder.UIDs {
		switch {
		case s.done[at(uid)]:
		case known[int64(uid)]:
			s.done[at(uid)] = true
			s.already++
		default:
			wanted = append(wanted, uid)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	now, err := s.numberedAnew(ctx, client, folder, wanted)
	if errors.Is(err, problem.New(problem.MailboxNotFound, nil)) {
		s.in.fail(folder.Name, err)
		return nil
	}
	if err != nil {
		return err
	}
	if now != nil {
		for _, uid := range now.gone {
			s.lack(at(uid))
		}
		s.already -= now.again // counted when their bytes are met
		folder.UIDValidity, wanted = now.validity, now.uids
	}
	missing, err := client.Fetch(ctx, folder.Name, wanted, func(fetched imap.Fetched) error {
		report(s.progress, Progress{What: "fetching", Done: int64(len(s.done)), Total: s.plan.Total})
		if fetched.UIDValidity != folder.UIDValidity {
			return problem.New(problem.ServerOdd, problem.Values{"host": account.Host, "detail": "UIDVALIDITY"})
		}
		err := s.in.add(ctx, fetched.Body, func() casefile.MessageSource { return sourceOf(n, client.Key(), fetched) })
		if err == nil {
			s.done[at(fetched.UID)] = true
		}
		return err
	})
	for _, uid := range missing {
		s.lack(at(uid))
	}
	return err
}

// lack notes an email that is there no more.
func (s *serverTaking) lack(place MailPlace) {
	s.done[place] = true
	value := strconv.FormatUint(uint64(place.UID), 10)
	s.in.fail("UID "+value, problem.New(problem.NotFound, problem.Values{"kind": string(record.KindMessage), "value": value}))
}
