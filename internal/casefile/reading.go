package casefile

import "strings"

// Reading is what a reader made of a message's bytes: a view, made anew whenever the reader gets better. It never stands
// in the log.
type Reading struct {
	// Reader names the reader and its version, so that a newer one knows what to read again.
	Reader string
	// Header fields (RFC 5322), decoded.
	MessageID  string
	InReplyTo  []string
	References []string
	From       []Mailbox
	To         []Mailbox
	Cc         []Mailbox
	Subject    string
	// Date is the Date field, RFC 3339 with the sender's offset; empty when it can't be read.
	Date string
	// Text is the message as plain text: its text/plain part, else its HTML as text.
	Text string
	// HTML is the text/html part as sent, not yet safe to show. Empty when there is none, and in a reading that was stored:
	// whoever shows it reads the message's bytes.
	HTML string
	// KeyNames are the names under which the keys of its DKIM signatures are published (RFC 6376, section 3.6.2.1).
	KeyNames []string `json:",omitempty"`
	// Attachments are the parts that are not the text itself, embedded images among them.
	Attachments []Attachment
	// Defects are what could not be read, as codes with a place: "bad_base64 2.1".
	Defects []string
}

// Mailbox is a name and an address (RFC 5322, section 3.4).
type Mailbox struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address"`
}

// String is the mailbox as it is shown: the name and the address, or the one of them that is there.
func (m Mailbox) String() string {
	switch {
	case m.Name == "":
		return m.Address
	case m.Address == "":
		return m.Name
	}
	return m.Name + " <" + m.Address + ">"
}

// MailboxList is a list of mailboxes as it is shown, with commas between them.
func MailboxList(mailboxes []Mailbox) string {
	texts := make([]string, len(mailboxes))
	for i, mailbox := range mailboxes {
		texts[i] = mailbox.String()
	}
	return strings.Join(texts, ", ")
}

// Attachment is a part of a message with its content decoded.
type Attachment struct {
	// Part is its place in the message, as IMAP counts parts: "2.1" (RFC 9051, section 6.4.5).
	Part string
	// FileName is the name it was sent with, cleaned for display: never a path.
	FileName  string
	MediaType string
	ContentID string // without angle brackets
	// Inline is whether the text shows it in its place.
	Inline bool
	// Size is the length of the decoded content, bytes.
	Size    int64
	Content []byte `json:"-"`
}
