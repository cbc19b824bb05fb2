package casework

import (
	"sync"

	"constancia/internal/mail/oauth"
	"constancia/internal/secret"
)

// sessionSecrets are secrets of mailboxes as they are remembered until the library is closed.
type sessionSecrets struct {
	mu     sync.Mutex
	values map[string]secret.Text // by the mailbox's id
	tokens map[string]oauth.Token // by the mailbox's id
}

func (s *sessionSecrets) put(id string, value secret.Text) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values == nil {
		s.values = map[string]secret.Text{}
	}
	s.values[id] = value
}

func (s *sessionSecrets) get(id string) secret.Text {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[id]
}

func (s *sessionSecrets) remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values, id)
	delete(s.tokens, id)
}

func (s *sessionSecrets) putToken(id string, token oauth.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tokens == nil {
		s.tokens = map[string]oauth.Token{}
	}
	s.tokens[id] = token
}

func (s *sessionSecrets) token(id string) oauth.Token {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens[id]
}

// mailboxSecret is the name of a mailbox's secret in the keyring.
func mailboxSecret(id string) string { return "mailbox-" + id }

// keepSecret keeps the secret of a mailbox: in the keyring if it takes it, and in memory in any case, so that nobody has
// to unlock a keyring twice.
func (c *Casework) keepSecret(id string, value secret.Text) (kept bool, err error) {
	c.session.put(id, value)
	return c.secrets.Entrust(mailboxSecret(id), []byte(value.Reveal()))
}

// secretOf is the secret of a mailbox; empty when the person has to be asked for it.
func (c *Casework) secretOf(id string) (secret.Text, error) {
	if value := c.session.get(id); !value.Empty() {
		return value, nil
	}
	value, found, err := c.secrets.Get(mailboxSecret(id))
	if err != nil || !found {
		return secret.Text{}, err
	}
	text := secret.NewText(string(value))
	c.session.put(id, text)
	return text, nil
}

// hasSecret tells whether a secret is there, without asking the keyring for it.
func (c *Casework) hasSecret(id string) bool {
	return !c.session.get(id).Empty() || c.secrets.Place(mailboxSecret(id)) != (secret.Place{})
}

func (c *Casework) forgetSecret(id string) error {
	if err := c.secrets.Delete(mailboxSecret(id)); err != nil {
		return err
	}
	c.session.remove(id)
	return nil
}
