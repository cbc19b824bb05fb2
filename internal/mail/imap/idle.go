package imap

import (
	"context"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// LongestWait is how long the server is asked to tell of news before it is asked anew: servers may take leave of whoever
// has said nothing for half an hour (RFC 2177).
const LongestWait = 28 * time.Minute

// news is a bell that the server rings.
type news chan struct{}

func newNews() news { return make(news, 1) }

func (n news) ring() {
	select {
	case n <- struct{}{}:
	default: // it rings already
	}
}

// handler rings when the number of messages changes.
func (n news) handler() *imapclient.UnilateralDataHandler {
	return &imapclient.UnilateralDataHandler{Mailbox: func(data *imapclient.UnilateralDataMailbox) {
		if data.NumMessages != nil {
			n.ring()
		}
	}}
}

// CanWait is whether the server tells of news by itself (IDLE, RFC 2177).
func (c *Client) CanWait() bool { return c.library.Caps().Has(goimap.CapIdle) }

// WaitForNews waits until a message may have come into a mailbox since it was looked through, and says whether that is so.
// It waits [LongestWait] at most.
//
// Problems: cancelled, mailbox_not_found, and those of the connection.
func (c *Client) WaitForNews(ctx context.Context, mailbox string, since Searched) (came bool, err error) {
	err = c.run(ctx, func() error {
		select {
		case <-c.news: // of another mailbox
		default:
		}
		opened, err := c.examine(mailbox)
		if err != nil {
			return err
		}
		if opened.UIDValidity != since.UIDValidity || uint32(opened.UIDNext) > since.Last+1 {
			came = true
			return nil
		}
		came, err = c.idle(ctx)
		return err
	})
	return came, err
}

// idle asks the server to tell of news. While it has none it may be silent.
func (c *Client) idle(ctx context.Context) (came bool, err error) {
	idling, err := c.library.Idle()
	if err != nil {
		return false, err
	}
	c.guard.end()
	longest := time.NewTimer(LongestWait)
	defer longest.Stop()
	select {
	case <-c.news:
		came = true
	case <-longest.C:
	case <-ctx.Done():
	case <-c.library.Closed():
	}
	c.guard.begin()
	if err := idling.Close(); err != nil {
		return came, err
	}
	return came, idling.Wait()
}
