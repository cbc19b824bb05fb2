package casework

import (
	"context"
	"errors"
	"sync"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

// mailSession is a session with a mail server that is kept between one act and the next: signing in takes longer than most
// of what is asked.
type mailSession struct {
	mu      sync.Mutex
	account func(context.Context) (imap.Account, error) // nil while there is no server
	client  *imap.Client
}

// use does something in the session, one thing at a time. A session that has ended meanwhile is begun anew, once.
func (s *mailSession) use(ctx context.Context, do func(imap.Account, *imap.Client) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	account, err := s.account(ctx)
	if err != nil {
		return err
	}
	if s.client != nil {
		if err := do(account, s.client); err == nil || !hasEnded(err) {
			return s.after(err)
		}
		s.drop()
	}
	if s.client, err = imap.Connect(ctx, account); err != nil {
		return err
	}
	return s.after(do(account, s.client))
}

// hasEnded is whether the server is gone, as it may be after a while.
func hasEnded(err error) bool {
	return errors.Is(err, problem.New(problem.ServerCut, nil)) || errors.Is(err, problem.New(problem.ServerSilent, nil)) ||
		errors.Is(err, problem.New(problem.ServerRefused, nil))
}

// after drops the session behind an error: what the server goes on to say may belong to what was asked before.
func (s *mailSession) after(err error) error {
	if err != nil {
		s.drop()
	}
	return err
}

func (s *mailSession) drop() {
	if s.client != nil {
		_ = s.client.Close() // nothing more is wanted of it
		s.client = nil
	}
}

func (s *mailSession) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop()
}
