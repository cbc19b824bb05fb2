package mailserver

import (
	"bytes"
	"crypto/subtle"
	"io"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

const (
	delimiter = '/'
	// appendLimit is the largest draft that is taken, bytes (RFC 7889).
	appendLimit = 64 << 20
)

// account is who may sign in.
type account struct{ user, password string }

// session is a connection of a mail program. The library calls its methods one after the other.
type session struct {
	account   account
	mailboxes []*mailbox
	selected  *view // nil while no mailbox is open
}

// The interfaces a session fulfills: the library asks for the second at run time.
var (
	_ imapserver.Session            = (*session)(nil)
	_ imapserver.SessionAppendLimit = (*session)(nil)
)

func no(code goimap.ResponseCode, text string) error {
	return &goimap.Error{Type: goimap.StatusResponseTypeNo, Code: code, Text: text}
}

var errNoMailbox = no(goimap.ResponseCodeNonExistent, "No such mailbox")

// Close has nothing to release.
func (s *session) Close() error { return nil }

// Login signs in. AUTHENTICATE PLAIN comes here too.
func (s *session) Login(user, password string) error {
	right := subtle.ConstantTimeCompare([]byte(user), []byte(s.account.user)) &
		subtle.ConstantTimeCompare([]byte(password), []byte(s.account.password))
	if right != 1 {
		return imapserver.ErrAuthFailed
	}
	return nil
}

// Select opens a mailbox (SELECT and EXAMINE). Either way nothing in it can be changed, and no flag can be set.
func (s *session) Select(name string, _ *goimap.SelectOptions) (*goimap.SelectData, error) {
	m, ok := find(s.mailboxes, name)
	if !ok {
		return nil, errNoMailbox
	}
	s.selected = &view{mailbox: m, messages: m.held()}
	count := uint32(len(s.selected.messages))
	data := &goimap.SelectData{
		Flags:       []goimap.Flag{goimap.FlagSeen, goimap.FlagAnswered, goimap.FlagFlagged, goimap.FlagDeleted, goimap.FlagDraft},
		NumMessages: count,
		UIDNext:     firstUID + goimap.UID(count),
		UIDValidity: m.uidValidity,
	}
	for _, e := range s.selected.entries() {
		if !e.has(goimap.FlagSeen) {
			data.FirstUnseenSeqNum = e.number
			break
		}
	}
	return data, nil
}

// Unselect closes the mailbox.
func (s *session) Unselect() error {
	s.selected = nil
	return nil
}

// List lists mailboxes. Those of drafts say so even when they are not asked (RFC 6154, section 2).
func (s *session) List(w *imapserver.ListWriter, reference string, patterns []string, options *goimap.ListOptions) error {
	if len(patterns) == 0 { // asks for the delimiter (RFC 3501, section 6.3.8)
		return w.WriteList(&goimap.ListData{Attrs: []goimap.MailboxAttr{goimap.MailboxAttrNoSelect}, Delim: delimiter})
	}
	for _, m := range s.mailboxes {
		if options.SelectSpecialUse && !m.drafts || !matches(m.name, reference, patterns) {
			continue
		}
		if err := w.WriteList(m.list(options)); err != nil {
			return err
		}
	}
	return nil
}

func matches(name, reference string, patterns []string) bool {
	for _, pattern := range patterns {
		if imapserver.MatchList(name, delimiter, reference, pattern) {
			return true
		}
	}
	return false
}

// list describes the mailbox. There is nothing to subscribe to: all are.
func (m *mailbox) list(options *goimap.ListOptions) *goimap.ListData {
	data := &goimap.ListData{Mailbox: m.name, Delim: delimiter}
	if options.ReturnSubscribed || options.SelectSubscribed {
		data.Attrs = append(data.Attrs, goimap.MailboxAttrSubscribed)
	}
	if m.drafts {
		data.Attrs = append(data.Attrs, goimap.MailboxAttrDrafts)
	}
	return data
}

// Status tells of a mailbox without opening it.
func (s *session) Status(name string, _ *goimap.StatusOptions) (*goimap.StatusData, error) {
	m, ok := find(s.mailboxes, name)
	if !ok {
		return nil, errNoMailbox
	}
	data := m.status()
	limit := s.AppendLimit()
	data.AppendLimit = &limit
	return data, nil
}

// AppendLimit is the largest message that can be appended, bytes.
func (s *session) AppendLimit() uint32 { return appendLimit }

// Append keeps a draft as it comes. The library gives a literal that was cut as if it had been whole, so the bytes are
// counted.
func (s *session) Append(name string, literal goimap.LiteralReader, options *goimap.AppendOptions) (*goimap.AppendData, error) {
	m, ok := find(s.mailboxes, name)
	if !ok {
		return nil, no(goimap.ResponseCodeTryCreate, "No such mailbox")
	}
	if !m.drafts {
		return nil, no(goimap.ResponseCodeNoPerm, "Only drafts can be appended, to a mailbox of drafts")
	}
	raw, err := io.ReadAll(literal)
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) != literal.Size() {
		return nil, io.ErrUnexpectedEOF
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, no(goimap.ResponseCodeCannot, errNUL.Error())
	}
	arrived := options.Time
	if arrived.IsZero() {
		arrived = time.Now()
	}
	uid := m.add(newStored(raw, arrived, options.Flags))
	return &goimap.AppendData{UIDValidity: m.uidValidity, UID: uid}, nil
}

// Poll tells of messages that arrived in the open mailbox.
func (s *session) Poll(w *imapserver.UpdateWriter, _ bool) error {
	if s.selected == nil {
		return nil
	}
	now := s.selected.mailbox.held()
	if len(now) == len(s.selected.messages) {
		return nil
	}
	s.selected.messages = now
	return w.WriteNumMessages(uint32(len(now)))
}

// Idle waits. What arrives meanwhile is told after the program's next command.
func (s *session) Idle(_ *imapserver.UpdateWriter, stop <-chan struct{}) error {
	<-stop
	return nil
}
