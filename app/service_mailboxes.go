package app

import (
	"context"
	"strings"
	"sync"

	"constancia/internal/casework"
	"constancia/internal/mail/provider"
	"constancia/internal/mail/provider/discover"
	"constancia/internal/secret"
)

// Mailboxes are what the page does with mail accounts.
type Mailboxes struct {
	desk *desk

	mu        sync.Mutex
	connected map[string]MailboxConnected // by the job's id
	found     map[string]MailServerView   // by the job's id
}

// List gives the mailboxes that are known.
func (s *Mailboxes) List() (views []MailboxView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	mailboxes, err := work.Mailboxes(s.desk.ctx)
	if err != nil {
		return nil, err
	}
	views = make([]MailboxView, len(mailboxes))
	for i, one := range mailboxes {
		views[i] = MailboxView{ID: one.ID, Address: one.Address, Server: one.Host, SignIn: string(one.SignIn), HasSecret: one.HasSecret}
	}
	return views, nil
}

// Server says what the table of providers knows about an address, also while it is being typed. Nobody is asked.
func (s *Mailboxes) Server(address string) (view MailServerView, err error) {
	defer guard(&err)
	address = strings.TrimSpace(address)
	domain, wrong := provider.DomainOf(address)
	if wrong != nil {
		return s.serverView(discover.Found{}), nil
	}
	found := discover.Found{Domain: domain}
	if known, ok := provider.Of(address); ok {
		found.Provider, found.User, found.Origin = known, known.UserOf(address), "table"
	}
	return s.serverView(found), nil
}

// Ask starts the job that asks the domain of an address where its mail server is: that tells the network the domain.
func (s *Mailboxes) Ask(address string) (jobID string, err error) {
	defer guard(&err)
	address = strings.TrimSpace(address)
	if _, err := provider.DomainOf(address); err != nil {
		return "", err
	}
	return s.start(func(ctx context.Context, id string, report func(casework.Progress)) error {
		report(casework.Progress{What: "asking"})
		found, err := casework.FindMailServer(ctx, address)
		if err == nil {
			s.keep(func() { s.found[id] = s.serverView(found) })
		}
		return err
	}), nil
}

// Asked is what a job of Ask found, this once.
func (s *Mailboxes) Asked(jobID string) (view MailServerView, err error) {
	defer guard(&err)
	s.mu.Lock()
	defer s.mu.Unlock()
	view, ok := s.found[jobID]
	if !ok {
		return view, notFound("mailbox", jobID)
	}
	delete(s.found, jobID)
	return view, nil
}

// Connect starts the job that signs in to a mailbox and keeps it when that succeeds.
func (s *Mailboxes) Connect(input MailboxInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	typed, err := input.read()
	if err != nil {
		return "", err
	}
	return s.signIn(typed.Address, func(ctx context.Context, report func(casework.Progress)) (casework.MailboxAdded, error) {
		return work.AddMailbox(ctx, typed, report)
	}), nil
}

// Authorize starts the job that asks for leave in the person's browser, signs in, and keeps the mailbox when that
// succeeds.
func (s *Mailboxes) Authorize(input OAuthInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	typed, err := input.read()
	if err != nil {
		return "", err
	}
	typed.Browser = s.browser()
	return s.signIn(typed.Address, func(ctx context.Context, report func(casework.Progress)) (casework.MailboxAdded, error) {
		return work.AuthorizeMailbox(ctx, typed, report)
	}), nil
}

// Reauthorize starts the job that asks for leave again, for a known mailbox.
func (s *Mailboxes) Reauthorize(id string) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	browser := s.browser()
	return s.signIn("", func(ctx context.Context, report func(casework.Progress)) (casework.MailboxAdded, error) {
		return work.ReauthorizeMailbox(ctx, id, browser, report)
	}), nil
}

func (s *Mailboxes) browser() casework.Browser {
	return casework.Browser{Open: s.desk.open.address, Language: s.desk.texts().Language()}
}

// Renew starts the job that signs in to a known mailbox with another password.
func (s *Mailboxes) Renew(id, password string) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return s.signIn("", func(ctx context.Context, report func(casework.Progress)) (casework.MailboxAdded, error) {
		return work.RenewMailbox(ctx, id, secret.NewText(password), report)
	}), nil
}

// Connected is what came of a job of Connect or Renew, this once.
func (s *Mailboxes) Connected(jobID string) (connected MailboxConnected, err error) {
	defer guard(&err)
	s.mu.Lock()
	defer s.mu.Unlock()
	connected, ok := s.connected[jobID]
	if !ok {
		return connected, notFound("mailbox", jobID)
	}
	delete(s.connected, jobID)
	return connected, nil
}

// Forget forgets a mailbox and its secret. What was imported stays. left is the name of the service where the person may
// end leave themselves; empty when there is nothing to end.
func (s *Mailboxes) Forget(id string) (left string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return work.ForgetMailbox(s.desk.ctx, id)
}

// signIn starts a job that ends with a mailbox. A watch that could not open it tries again at once.
func (s *Mailboxes) signIn(address string, work func(context.Context, func(casework.Progress)) (casework.MailboxAdded, error)) string {
	return s.start(func(ctx context.Context, id string, report func(casework.Progress)) error {
		added, err := work(ctx, report)
		if err == nil {
			s.keep(func() {
				s.connected[id] = MailboxConnected{ID: added.ID, Address: address, Messages: added.Messages, Kept: added.Kept}
			})
			s.desk.watcher.ring()
		}
		return err
	})
}

// start starts a job that knows its own id.
func (s *Mailboxes) start(work func(ctx context.Context, id string, report func(casework.Progress)) error) string {
	named := make(chan string, 1)
	jobID := s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		return "", work(ctx, <-named, report)
	})
	named <- jobID
	return jobID
}

func (s *Mailboxes) keep(put func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.connected == nil {
		s.connected, s.found = map[string]MailboxConnected{}, map[string]MailServerView{}
	}
	put()
}
