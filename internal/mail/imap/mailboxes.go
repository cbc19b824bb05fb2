package imap

import (
	"context"
	"slices"
	"strings"

	goimap "github.com/emersion/go-imap/v2"
)

// Use is what a mailbox is for (RFC 6154).
type Use string

// The uses that matter to somebody who looks for mail. Other mailboxes have none.
const (
	Inbox   Use = "inbox"
	All     Use = "all" // all mail, as on Gmail, but for spam and what was thrown away
	Archive Use = "archive"
	Sent    Use = "sent"
	Drafts  Use = "drafts"
	Junk    Use = "junk"
	Trash   Use = "trash"
	Flagged Use = "flagged" // shows messages that are in other mailboxes
)

// Mailbox is a mailbox of an account.
type Mailbox struct {
	Name string
	Use  Use
}

// maxMailboxes is how many mailboxes are looked at. Nobody files by hand into more.
const maxMailboxes = 500

var uses = []struct {
	attribute goimap.MailboxAttr
	use       Use
	names     []string // where the server tells no use
}{
	{goimap.MailboxAttrAll, All, nil},
	{goimap.MailboxAttrArchive, Archive, []string{"archive", "archives", "archivo", "archivados", "arxiu"}},
	{goimap.MailboxAttrSent, Sent, []string{"sent", "sent items", "sent messages", "sent mail", "enviados", "elementos enviados", "enviats", "elements enviats"}},
	{goimap.MailboxAttrDrafts, Drafts, draftNames},
	{goimap.MailboxAttrJunk, Junk, []string{"junk", "junk e-mail", "junk email", "spam", "bulk mail", "correo no deseado", "no deseado", "correu brossa"}},
	{goimap.MailboxAttrTrash, Trash, []string{"trash", "deleted items", "deleted messages", "deleted", "bin", "papelera", "elementos eliminados", "paperera"}},
	{goimap.MailboxAttrFlagged, Flagged, nil},
}

// Mailboxes lists the mailboxes that can be opened, with what they are for.
func (c *Client) Mailboxes(ctx context.Context) ([]Mailbox, error) {
	var found []Mailbox
	err := c.run(ctx, func() error {
		var options *goimap.ListOptions
		if caps := c.library.Caps(); caps.Has(goimap.CapSpecialUse) && caps.Has(goimap.CapListExtended) {
			options = &goimap.ListOptions{ReturnSpecialUse: true}
		}
		list := c.library.List("", "*", options)
		for one := list.Next(); one != nil; one = list.Next() {
			isClosed := slices.Contains(one.Attrs, goimap.MailboxAttrNoSelect) || slices.Contains(one.Attrs, goimap.MailboxAttrNonExistent)
			if !isClosed && len(found) < maxMailboxes {
				found = append(found, Mailbox{Name: one.Mailbox, Use: useOf(one)})
			}
		}
		return list.Close()
	})
	return found, err
}

// useOf is what a mailbox is for: as the server tells, else by its name.
func useOf(one *goimap.ListData) Use {
	if strings.EqualFold(one.Mailbox, "INBOX") {
		return Inbox
	}
	for _, known := range uses {
		if slices.Contains(one.Attrs, known.attribute) {
			return known.use
		}
	}
	name := one.Mailbox
	if one.Delim != 0 {
		name = name[strings.LastIndex(name, string(one.Delim))+1:]
	}
	for _, known := range uses {
		if slices.Contains(known.names, strings.ToLower(name)) {
			return known.use
		}
	}
	return ""
}

// WorthLooking are the names of the mailboxes in which mail is looked for, the likeliest first: that of all mail where
// there is one, else all but those of drafts and those that only show what is in others. What was thrown away, and what
// was taken for spam, is looked at only when the person wants that, too.
func WorthLooking(mailboxes []Mailbox, thrownAway bool) []string {
	order := []Use{All, Inbox, Sent, Archive, ""}
	if slices.ContainsFunc(mailboxes, func(m Mailbox) bool { return m.Use == All }) {
		order = []Use{All}
	}
	if thrownAway {
		order = append(order, Junk, Trash)
	}
	var names []string
	for _, use := range order {
		for _, mailbox := range mailboxes {
			if mailbox.Use == use {
				names = append(names, mailbox.Name)
			}
		}
	}
	return names
}
