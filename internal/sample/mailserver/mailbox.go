package mailserver

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	goimap "github.com/emersion/go-imap/v2"

	"constancia/internal/casefile"
	"constancia/internal/mail/message"
)

// firstUID is the UID of a mailbox's first message. It is not 1, so that a program that takes sequence numbers for UIDs
// is found out.
const firstUID goimap.UID = 101

const inbox = "INBOX"

// mailbox holds messages. They only become more, so that the message with the sequence number n is the same always, and
// has the UID firstUID+n-1.
type mailbox struct {
	name   string
	drafts bool
	// uidValidity is the time of the start: the drafts of an earlier run are gone, and their UIDs are used again.
	uidValidity uint32

	mutex    sync.Mutex
	messages []*stored
}

// stored is a message of a mailbox. It never changes.
type stored struct {
	raw          []byte
	internalDate time.Time
	flags        []goimap.Flag
	reading      func() casefile.Reading // read once, when a search needs it
}

func newStored(raw []byte, internalDate time.Time, flags []goimap.Flag) *stored {
	return &stored{
		raw: raw, internalDate: internalDate, flags: flags,
		reading: sync.OnceValue(func() casefile.Reading { return message.Read(bytes.NewReader(raw)) }),
	}
}

// errNUL is what keeps a message from being sent: a literal can't hold it (RFC 3501, section 9, CHAR8).
var errNUL = errors.New("a message holds a NUL, which IMAP can't carry")

// open makes the mailboxes a server starts with.
func open(mailboxes []Mailbox, now time.Time) ([]*mailbox, error) {
	var opened []*mailbox
	for _, given := range mailboxes {
		m := &mailbox{name: given.Name, drafts: given.Drafts, uidValidity: uint32(now.Unix())}
		if strings.EqualFold(m.name, inbox) {
			m.name = inbox
		}
		if _, exists := find(opened, m.name); exists || m.name == "" {
			return nil, fmt.Errorf("the mailbox name %q is empty or used twice", given.Name)
		}
		for _, one := range given.Messages {
			if bytes.IndexByte(one.Raw, 0) >= 0 {
				return nil, fmt.Errorf("mailbox %q: %w", given.Name, errNUL)
			}
			m.add(newStored(bytes.Clone(one.Raw), one.InternalDate, nil))
		}
		opened = append(opened, m)
	}
	return opened, nil
}

// find finds a mailbox by its name. The inbox's name may be written in any case (RFC 3501, section 5.1).
func find(mailboxes []*mailbox, name string) (*mailbox, bool) {
	for _, m := range mailboxes {
		if m.name == name || m.name == inbox && strings.EqualFold(name, inbox) {
			return m, true
		}
	}
	return nil, false
}

// add adds a message and gives its UID.
func (m *mailbox) add(message *stored) goimap.UID {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.messages = append(m.messages, message)
	return firstUID + goimap.UID(len(m.messages)) - 1
}

// held are the messages there are now. What is added later doesn't show in it.
func (m *mailbox) held() []*stored {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return slices.Clip(m.messages)
}

// raw gives copies of the messages' bytes.
func (m *mailbox) raw() [][]byte {
	all := [][]byte{}
	for _, message := range m.held() {
		all = append(all, bytes.Clone(message.raw))
	}
	return all
}

// status tells of the mailbox without opening it (RFC 3501, section 6.3.10).
func (m *mailbox) status() *goimap.StatusData {
	var size int64
	var unseen, none uint32
	var noBytes int64
	held := m.held()
	for _, message := range held {
		size += int64(len(message.raw))
		if !message.has(goimap.FlagSeen) {
			unseen++
		}
	}
	count := uint32(len(held))
	return &goimap.StatusData{
		Mailbox:        m.name,
		UIDNext:        firstUID + goimap.UID(count),
		UIDValidity:    m.uidValidity,
		NumMessages:    &count,
		NumUnseen:      &unseen,
		NumRecent:      &none,
		NumDeleted:     &none,
		DeletedStorage: &noBytes,
		Size:           &size,
	}
}

func (s *stored) has(flag goimap.Flag) bool {
	return slices.ContainsFunc(s.flags, func(one goimap.Flag) bool { return strings.EqualFold(string(one), string(flag)) })
}
