package imap

import (
	"context"
	"slices"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// maxCounted is how many mailboxes are asked for their number of messages.
const maxCounted = 1000

// Count is how many messages an account holds: in the mailbox of all mail where the server has one (RFC 6154), else in
// all of its mailboxes but those of drafts, spam and what was thrown away. A server that can't count them all at once
// (LIST-STATUS, RFC 5819) is asked about the INBOX alone, so that nobody waits.
func (c *Client) Count(ctx context.Context) (messages int64, err error) {
	err = c.run(ctx, func() error {
		if !c.library.Caps().Has(goimap.CapListStatus) {
			status, err := c.library.Status("INBOX", &goimap.StatusOptions{NumMessages: true}).Wait()
			if err == nil {
				messages = numberIn(status)
			}
			return err
		}
		messages, err = c.sum(c.library.List("", "*", &goimap.ListOptions{
			ReturnSpecialUse: c.library.Caps().Has(goimap.CapSpecialUse),
			ReturnStatus:     &goimap.StatusOptions{NumMessages: true},
		}))
		return err
	})
	return messages, err
}

// sum adds up what a list of mailboxes tells.
func (c *Client) sum(list *imapclient.ListCommand) (messages int64, err error) {
	all, counted := int64(-1), 0
	for mailbox := list.Next(); mailbox != nil; mailbox = list.Next() {
		if mailbox.Status == nil {
			continue
		}
		if counted++; counted > maxCounted {
			continue // what is left is drained, so that the connection can go on
		}
		switch {
		case slices.Contains(mailbox.Attrs, goimap.MailboxAttrAll):
			all = numberIn(mailbox.Status)
		case !slices.ContainsFunc(mailbox.Attrs, isAside):
			messages += numberIn(mailbox.Status)
		}
	}
	return max(all, messages), list.Close()
}

// isAside tells whether a mailbox is for what nobody looks for.
func isAside(attribute goimap.MailboxAttr) bool {
	return attribute == goimap.MailboxAttrDrafts || attribute == goimap.MailboxAttrJunk || attribute == goimap.MailboxAttrTrash
}

func numberIn(status *goimap.StatusData) int64 {
	if status.NumMessages == nil {
		return 0
	}
	return int64(*status.NumMessages)
}
