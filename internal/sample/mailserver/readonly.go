package mailserver

import (
	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// errReadOnly refuses what would change something.
var errReadOnly = no(goimap.ResponseCodeNoPerm, "This server is for reading; only drafts can be appended")

// Create is refused.
func (s *session) Create(string, *goimap.CreateOptions) error { return errReadOnly }

// Delete is refused.
func (s *session) Delete(string) error { return errReadOnly }

// Rename is refused.
func (s *session) Rename(string, string, *goimap.RenameOptions) error { return errReadOnly }

// Subscribe has nothing to do: all mailboxes are subscribed.
func (s *session) Subscribe(name string) error {
	if _, ok := find(s.mailboxes, name); !ok {
		return errNoMailbox
	}
	return nil
}

// Unsubscribe is refused.
func (s *session) Unsubscribe(string) error { return errReadOnly }

// Store is refused: no message is ever marked.
func (s *session) Store(*imapserver.FetchWriter, goimap.NumSet, *goimap.StoreFlags, *goimap.StoreOptions) error {
	return errReadOnly
}

// Copy is refused.
func (s *session) Copy(goimap.NumSet, string) (*goimap.CopyData, error) { return nil, errReadOnly }

// Expunge finds nothing to remove, since no message can be marked for it. It is no error: CLOSE comes here too.
func (s *session) Expunge(*imapserver.ExpungeWriter, *goimap.UIDSet) error { return nil }
