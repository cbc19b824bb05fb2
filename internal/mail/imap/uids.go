package imap

import (
	"context"
	"slices"
)

// SearchUIDs finds the messages that [Client.Search] finds, and gives their UIDs with the mailbox's UIDVALIDITY. Headers
// are fetched only where the server can't search for what is asked.
func (c *Client) SearchUIDs(ctx context.Context, mailbox string, criteria Criteria) (uids []uint32, uidValidity uint32, err error) {
	err = c.run(ctx, func() error {
		opened, err := c.examine(mailbox)
		if err != nil {
			return err
		}
		found, local, err := c.searchUIDs(criteria, opened)
		uids, uidValidity = found, opened.UIDValidity
		if err != nil || local == (Criteria{}) {
			return err
		}
		uids = nil
		for chunk := range slices.Chunk(found, headersPerFetch) {
			c.guard.begin()
			candidates, err := c.fetchHeaders(ctx, chunk, uidValidity)
			if err != nil {
				return err
			}
			for _, candidate := range candidates {
				if local.match(candidate) {
					uids = append(uids, candidate.UID)
				}
			}
		}
		return nil
	})
	return uids, uidValidity, err
}
