package casework

import (
	"context"
	"errors"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

// SearchMailbox looks for emails in a mailbox, by their headers, and adds them to the review as they are found. Nothing is
// brought, and nothing changes on the server.
//
// Its progress counts the mailbox's folders, and what was found.
//
// Problems: not_found, mailbox_needs_secret, too_many_messages, cancelled, and those of the server and the sign-in.
func (c *Casework) SearchMailbox(ctx context.Context, r *MailReview, mailboxID string, progress func(Progress)) error {
	r.MailboxID = mailboxID
	return c.searchServer(ctx, r, func(ctx context.Context) (imap.Account, error) { return c.OpenMailbox(ctx, mailboxID) }, progress)
}

// SearchAccount looks in the mailbox of an account that is not kept, as SearchMailbox does.
func (c *Casework) SearchAccount(ctx context.Context, r *MailReview, account imap.Account, progress func(Progress)) error {
	return c.searchServer(ctx, r, func(context.Context) (imap.Account, error) { return account, nil }, progress)
}

func (c *Casework) searchServer(
	ctx context.Context, r *MailReview, account func(context.Context) (imap.Account, error), progress func(Progress),
) error {
	r.session.account = account
	return c.look(ctx, r, r.terms, progress)
}

// look looks for terms in every folder that is worth it, since the last time where there was one.
func (c *Casework) look(ctx context.Context, r *MailReview, terms []MailTerm, progress func(Progress)) error {
	report(progress, Progress{What: "searching"})
	var folders []string
	err := r.session.use(ctx, func(_ imap.Account, client *imap.Client) (err error) {
		folders, err = foldersOf(ctx, client, r.Search.ThrownAway)
		return err
	})
	if errors.Is(err, problem.New(problem.ServerOdd, nil)) {
		folders, err = []string{"INBOX"}, nil // a name that nobody can read hides the others
	}
	if err != nil {
		return err
	}
	for i, folder := range folders {
		tell := func() {
			report(progress, Progress{What: "searching", Done: int64(i), Total: int64(len(folders)), Count: r.Count()})
		}
		tell()
		err := c.lookInto(ctx, r, folder, terms, tell)
		if errors.Is(err, problem.New(problem.MailboxNotFound, nil)) {
			continue // it was removed meanwhile, or is one that can't be opened
		}
		if err != nil {
			return err
		}
	}
	report(progress, Progress{What: "searching", Done: int64(len(folders)), Total: int64(len(folders)), Count: r.Count()})
	return nil
}

func foldersOf(ctx context.Context, client *imap.Client, thrownAway bool) ([]string, error) {
	mailboxes, err := client.Mailboxes(ctx)
	return imap.WorthLooking(mailboxes, thrownAway), err
}

// lookInto looks for terms in one folder.
func (c *Casework) lookInto(ctx context.Context, r *MailReview, folder string, terms []MailTerm, tell func()) error {
	return r.session.use(ctx, func(account imap.Account, client *imap.Client) error {
		find := imap.Find{Terms: make([]imap.Term, len(terms))}
		if isBounded(terms) {
			find.Since, find.Before = r.since, r.before
		}
		for i, term := range terms {
			find.Terms[i] = term.onServer(r.Search.Text)
		}
		before := r.searchedIn(folder)
		find.After, find.UIDValidity = before.Last, before.UIDValidity
		var known map[int64]bool
		found := 0
		searched, err := client.Find(ctx, folder, find, func(match imap.Match) (err error) {
			if known == nil {
				known, err = c.library.ImportedUIDs(ctx, r.Search.CaseID, casefile.MessageSource{
					Host: account.Host, User: account.User, Mailbox: folder, UIDValidity: int64(match.UIDValidity)})
				if err != nil {
					return err
				}
			}
			if mail, meant := r.candidateOf(folder, match, terms, known); meant {
				r.add(mail)
			}
			if found++; found%100 == 0 {
				tell()
			}
			return nil
		})
		if err == nil {
			r.noteSearched(folder, searched)
		}
		return err
	})
}

// isBounded is whether the days that were chosen count: a conversation is looked for from its beginning to its end.
func isBounded(terms []MailTerm) bool {
	return len(terms) == 0 || slices.ContainsFunc(terms, func(t MailTerm) bool { return t.Kind != TermConversation })
}

// candidateOf makes a candidate of what the server found, if it is what was meant.
func (r *MailReview) candidateOf(folder string, match imap.Match, terms []MailTerm, known map[int64]bool) (MailCandidate, bool) {
	mail := MailCandidate{
		MessageID: match.MessageID, Answers: match.Answers, From: match.From, To: match.To, Subject: match.Subject,
		Date: match.Date, Size: match.Size, Received: receivedAt(match.InternalDate), State: MailNew,
		Places: []MailPlace{{Mailbox: folder, UIDValidity: match.UIDValidity, UID: match.UID}},
	}
	if known[int64(match.UID)] {
		mail.State = MailKnown
	}
	for _, place := range match.Terms {
		term := terms[place]
		inText := r.Search.Text && (term.Kind == TermReference || term.Kind == TermWords)
		if inText || term.meets(mail) {
			mail.because([]MailTerm{term})
		}
	}
	return mail, len(mail.Why) > 0
}

func (r *MailReview) searchedIn(folder string) imap.Searched {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.from[folder]
}

func (r *MailReview) noteSearched(folder string, searched imap.Searched) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.searched[folder] = searched
}

// mostNamed is how many ids are looked for at once when a search is widened, and mostRounds how often: a reply names all
// before it, so that the first round finds nearly all.
const (
	mostNamed  = 40
	mostRounds = 3
)

// WidenMail looks for the other emails of a conversation, and says how many more were found.
//
// Problems: not_found, and those of SearchMailbox.
func (c *Casework) WidenMail(ctx context.Context, r *MailReview, conversationID string, progress func(Progress)) (int64, error) {
	before := r.Count()
	var asked []MailTerm
	for range mostRounds {
		terms, err := r.named(conversationID, asked)
		if err != nil || len(terms) == 0 {
			return r.Count() - before, err
		}
		asked = append(asked, terms...)
		if r.paths != nil {
			err = c.walkFiles(ctx, r, terms, progress)
		} else {
			err = c.look(ctx, r, terms, progress)
		}
		if err != nil {
			return r.Count() - before, err
		}
	}
	return r.Count() - before, nil
}

// named are the ids that the emails of a conversation have and name, but for those that were asked for.
func (r *MailReview) named(conversationID string, asked []MailTerm) ([]MailTerm, error) {
	mail, err := r.candidate(conversationID)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var terms []MailTerm
	for _, one := range r.grouped() {
		if !slices.ContainsFunc(one.Emails, func(m MailCandidate) bool { return m.ID == mail.ID }) {
			continue
		}
		for _, email := range one.Emails {
			for _, id := range append([]string{email.MessageID}, email.Answers...) {
				term := MailTerm{Kind: TermConversation, Text: id}
				if id != "" && len(terms) < mostNamed && !slices.Contains(asked, term) && !slices.Contains(terms, term) {
					terms = append(terms, term)
				}
			}
		}
	}
	return terms, nil
}
