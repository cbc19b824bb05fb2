package imap

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// What one command asks for: each costs the time that an answer takes to come, and servers refuse lines that are too long.
// One command is under way at a time: with several, a server that answers the later first waits for a reader who waits
// for the earlier.
const (
	messagesPerFetch = 2000
	rangesPerFetch   = 200 // of UIDs that follow each other
)

// Fetched is a message as the server gives it.
type Fetched struct {
	UID         uint32
	UIDValidity uint32
	// InternalDate is when the server got the message.
	InternalDate time.Time
	// AnnouncedSize is the size the server announced, in bytes. What comes may differ; some servers only estimate.
	AnnouncedSize int64
	// Body gives the message's bytes. It ends with io.EOF only when all of them were there; when the connection ends
	// before, it gives the problem.
	Body io.Reader
}

// Fetch fetches the messages with the given UIDs and gives each to receive, one at a time, without marking them as read
// (BODY.PEEK[] under EXAMINE). What receive leaves of a body is passed over. A message that doesn't come is asked for
// again; missing are those that still didn't, mostly because they were deleted meanwhile. An error of receive ends the
// session and is returned as it is.
func (c *Client) Fetch(ctx context.Context, mailbox string, uids []uint32, receive func(Fetched) error) (missing []uint32, err error) {
	err = c.run(ctx, func() error {
		opened, err := c.examine(mailbox)
		if err != nil {
			return err
		}
		for chunk := range fetchable(uids) {
			f := &fetching{client: c, ctx: ctx, uidValidity: opened.UIDValidity, receive: receive}
			if err := f.chunk(chunk); err != nil {
				return err
			}
			missing = append(missing, f.missing...)
		}
		return nil
	})
	return missing, err
}

// fetchable cuts a list of UIDs into what one command may ask for.
func fetchable(uids []uint32) iter.Seq[[]uint32] {
	return func(yield func([]uint32) bool) {
		first, ranges := 0, 0
		for i, uid := range uids {
			if i == first || uid != uids[i-1]+1 {
				ranges++
			}
			if ranges > rangesPerFetch || i-first == messagesPerFetch {
				if !yield(uids[first:i]) {
					return
				}
				first, ranges = i, 1
			}
		}
		if first < len(uids) {
			yield(uids[first:])
		}
	}
}

// fetching is the state of fetching some messages.
type fetching struct {
	client      *Client
	ctx         context.Context
	uidValidity uint32
	receive     func(Fetched) error
	facts       map[uint32]facts
	received    map[uint32]bool
	missing     []uint32
}

// facts are what is known of a message before its bytes come.
type facts struct {
	internalDate time.Time
	size         int64
}

var wholeMessage = []*goimap.FetchItemBodySection{{Peek: true}}

// chunk fetches some messages. First their facts, so that they are known when the bytes come, whatever order the server
// gives its items in; then the bytes. A server may slip in an answer nobody asked for in the middle, which the library
// takes for the one that was due. So what came is compared with what was asked for, and what didn't come is fetched
// again, alone.
func (f *fetching) chunk(uids []uint32) error {
	f.facts, f.received = map[uint32]facts{}, map[uint32]bool{}
	if err := f.fetchFacts(uids); err != nil {
		return err
	}
	present := slices.DeleteFunc(slices.Clone(uids), func(uid uint32) bool { return !f.isPresent(uid) })
	if err := f.fetchBodies(present); err != nil {
		return err
	}
	for _, uid := range uids {
		if f.isPresent(uid) && !f.received[uid] {
			if err := f.fetchBodies([]uint32{uid}); err != nil {
				return err
			}
		}
		if !f.received[uid] {
			f.missing = append(f.missing, uid)
		}
	}
	return nil
}

func (f *fetching) isPresent(uid uint32) bool {
	_, is := f.facts[uid]
	return is
}

func (f *fetching) fetchFacts(uids []uint32) error {
	asked := make(map[uint32]bool, len(uids))
	for _, uid := range uids {
		asked[uid] = true
	}
	f.client.guard.begin()
	fetch := f.client.library.Fetch(uidSet(uids), &goimap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true})
	for fetched := fetch.Next(); fetched != nil; fetched = fetch.Next() {
		uid := uint32(0)
		known := facts{}
		for item := fetched.Next(); item != nil; item = fetched.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataUID:
				uid = uint32(item.UID)
			case imapclient.FetchItemDataInternalDate:
				known.internalDate = item.Time
			case imapclient.FetchItemDataRFC822Size:
				known.size = item.Size
			}
		}
		if asked[uid] {
			f.facts[uid] = known
		}
	}
	return fetch.Close()
}

// fetchBodies fetches the bytes of messages.
func (f *fetching) fetchBodies(uids []uint32) error {
	if len(uids) == 0 {
		return nil
	}
	f.client.guard.begin()
	fetch := f.client.library.Fetch(uidSet(uids), &goimap.FetchOptions{UID: true, BodySection: wholeMessage})
	for fetched := fetch.Next(); fetched != nil; fetched = fetch.Next() {
		if err := f.takeBody(fetched); err != nil {
			return err // and fetch is left alone, see literal
		}
	}
	return fetch.Close()
}

// takeBody gives the bytes of one message to the receiver. What was not asked for is passed over.
func (f *fetching) takeBody(fetched *imapclient.FetchMessageData) error {
	uid := uint32(0)
	for item := fetched.Next(); item != nil; item = fetched.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = uint32(item.UID)
		case imapclient.FetchItemDataBodySection:
			isWhole := item.Literal != nil && item.MatchCommand(wholeMessage[0])
			if !isWhole || !f.isPresent(uid) || f.received[uid] || item.Literal.Size() == 0 && f.facts[uid].size > 0 {
				continue
			}
			if err := f.give(uid, item.Literal); err != nil {
				return err
			}
		}
	}
	return nil
}

// give gives one message to the receiver and passes over what it leaves.
func (f *fetching) give(uid uint32, sent goimap.LiteralReader) error {
	known := f.facts[uid]
	body := newLiteral(sent, func(err error) error { return f.client.explain(f.ctx, err) })
	err := f.receive(Fetched{
		UID: uid, UIDValidity: f.uidValidity, InternalDate: known.internalDate, AnnouncedSize: known.size, Body: body,
	})
	if err != nil {
		// The rest of what was asked for is not wanted any more. With the connection closed it ends at once.
		_ = f.client.guard.abort()
		_ = body.skip()
		return ofReceiver{err}
	}
	if err := body.skip(); err != nil {
		return err
	}
	f.received[uid] = true
	f.client.guard.begin() // the limits are meant for each message, the more so after a slow receiver
	return nil
}

// ofReceiver is an error of the receiver of messages, which is nothing the connection could explain.
type ofReceiver struct{ error }
