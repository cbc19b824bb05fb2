package imap

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"constancia/internal/casefile"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
)

const (
	// MaxMatches is how many messages a search may find. More than that nobody reviews.
	MaxMatches = 50_000

	headersPerFetch = 200
	maxHeaderBytes  = 256 << 10 // of one message
)

// Criteria say which messages are looked for: those that meet all that are given.
type Criteria struct {
	From    string // part of a sender's name or address
	To      string // part of a recipient's name or address
	Subject string // part of the subject
	// Since is the first day, as the server counts its days, on which a message arrived.
	Since time.Time
}

// Candidate is a message that meets the criteria, by what its header says.
type Candidate struct {
	UID         uint32
	UIDValidity uint32
	MessageID   string
	// Answers are the Message-IDs of what it answers: In-Reply-To and References.
	Answers []string
	From    []casefile.Mailbox
	To      []casefile.Mailbox
	Subject string
	// Date is the Date field, RFC 3339 with the sender's offset; empty when it can't be read.
	Date string
	// InternalDate is when the server got the message.
	InternalDate time.Time
	// Size is the size the server announces, in bytes.
	Size int64
}

// Search finds the messages of a mailbox that meet the criteria, oldest UID first. It fetches their headers only.
func (c *Client) Search(ctx context.Context, mailbox string, criteria Criteria) ([]Candidate, error) {
	var found []Candidate
	err := c.run(ctx, func() error {
		opened, err := c.examine(mailbox)
		if err != nil {
			return err
		}
		uids, local, err := c.searchUIDs(criteria, opened)
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(uids, headersPerFetch) {
			c.guard.begin()
			candidates, err := c.fetchHeaders(ctx, chunk, opened.UIDValidity)
			if err != nil {
				return err
			}
			found = append(found, slices.DeleteFunc(candidates, func(candidate Candidate) bool {
				return !local.match(candidate)
			})...)
		}
		return nil
	})
	return found, err
}

// searchUIDs searches on the server. Not every server searches for words that are not ASCII; then it searches for the
// rest, and local holds what has to be looked for here.
func (c *Client) searchUIDs(criteria Criteria, opened *goimap.SelectData) (uids []uint32, local Criteria, err error) {
	data, err := c.library.UIDSearch(criteria.onServer(), nil).Wait()
	var answer *goimap.Error
	if errors.As(err, &answer) && answer.Type != goimap.StatusResponseTypeBye && !criteria.isASCII() {
		local = criteria
		data, err = c.library.UIDSearch(criteria.asciiOnly().onServer(), nil).Wait()
	}
	if err != nil {
		return nil, local, err
	}
	uids, err = listUIDs(data.All, uint32(opened.UIDNext))
	return uids, local, err
}

// listUIDs walks the ranges of a search's answer and takes those below the next UID. The server may claim any range, so
// the ranges are never expanded beyond what a search may find.
func listUIDs(all goimap.NumSet, next uint32) ([]uint32, error) {
	set, _ := all.(goimap.UIDSet)
	var uids []uint32
	for _, r := range set {
		first, last := uint32(r.Start), uint32(r.Stop)
		if next > 0 {
			last = min(last, next-1)
		}
		if first == 0 || last < first {
			continue
		}
		if uint64(last)-uint64(first) >= uint64(MaxMatches-len(uids)) {
			return nil, tooMany()
		}
		for uid := first; ; uid++ {
			uids = append(uids, uid)
			if uid == last {
				break
			}
		}
	}
	return uids, nil
}

func tooMany() error {
	return problem.New(problem.TooManyMessages, problem.Values{"limit": strconv.Itoa(MaxMatches)})
}

// headerSection is what is fetched of a candidate.
var headerSection = &goimap.FetchItemBodySection{
	Specifier:    goimap.PartSpecifierHeader,
	HeaderFields: []string{"Date", "From", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References"},
	Peek:         true,
}

// fetchHeaders fetches the headers of some messages. Those that went away in between are left out.
func (c *Client) fetchHeaders(ctx context.Context, uids []uint32, uidValidity uint32) ([]Candidate, error) {
	fetch := c.library.Fetch(uidSet(uids), &goimap.FetchOptions{
		UID: true, InternalDate: true, RFC822Size: true, BodySection: []*goimap.FetchItemBodySection{headerSection},
	})
	var candidates []Candidate
	for fetched := fetch.Next(); fetched != nil; fetched = fetch.Next() {
		candidate, complete, err := c.readCandidate(ctx, fetched)
		if err != nil {
			return nil, err // and fetch is left alone, see literal
		}
		if complete && len(candidates) < len(uids) {
			candidate.UIDValidity = uidValidity
			candidates = append(candidates, candidate)
		}
	}
	if err := fetch.Close(); err != nil {
		return nil, err
	}
	slices.SortFunc(candidates, func(a, b Candidate) int { return cmp.Compare(a.UID, b.UID) })
	return candidates, nil
}

// readCandidate takes the items of one message as they come, in any order. It is complete with its UID and its header.
func (c *Client) readCandidate(ctx context.Context, fetched *imapclient.FetchMessageData) (candidate Candidate, complete bool, err error) {
	hasHeader := false
	for item := fetched.Next(); item != nil; item = fetched.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			candidate.UID = uint32(item.UID)
		case imapclient.FetchItemDataInternalDate:
			candidate.InternalDate = item.Time
		case imapclient.FetchItemDataRFC822Size:
			candidate.Size = item.Size
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			header := newLiteral(item.Literal, func(err error) error { return c.explain(ctx, err) })
			candidate.takeHeader(message.Read(io.LimitReader(header, maxHeaderBytes)))
			if err := header.skip(); err != nil {
				return candidate, false, err
			}
			hasHeader = true
		}
	}
	return candidate, hasHeader && candidate.UID != 0, nil
}

func (candidate *Candidate) takeHeader(read casefile.Reading) {
	candidate.MessageID, candidate.Date, candidate.Subject = read.MessageID, read.Date, read.Subject
	candidate.From, candidate.To = read.From, append(read.To, read.Cc...)
	candidate.Answers = append(read.References, read.InReplyTo...)
}

// onServer gives the criteria as the server is asked for them.
func (c Criteria) onServer() *goimap.SearchCriteria {
	asked := &goimap.SearchCriteria{Since: c.Since}
	for _, field := range []struct{ key, value string }{{"From", c.From}, {"To", c.To}, {"Subject", c.Subject}} {
		if field.value != "" {
			value := strings.ReplaceAll(field.value, "\x00", "")
			asked.Header = append(asked.Header, goimap.SearchCriteriaHeaderField{Key: field.key, Value: value})
		}
	}
	return asked
}

func (c Criteria) isASCII() bool { return isASCII(c.From) && isASCII(c.To) && isASCII(c.Subject) }

// asciiOnly leaves out what is not ASCII.
func (c Criteria) asciiOnly() Criteria {
	for _, text := range []*string{&c.From, &c.To, &c.Subject} {
		if !isASCII(*text) {
			*text = ""
		}
	}
	return c
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return c > 0x7f })
}

// match looks for the criteria in a header that was fetched. The date is left to the server.
func (c Criteria) match(candidate Candidate) bool {
	return contains(candidate.Subject, c.Subject) &&
		anyContains(candidate.From, c.From) && anyContains(candidate.To, c.To)
}

func anyContains(mailboxes []casefile.Mailbox, part string) bool {
	return part == "" || slices.ContainsFunc(mailboxes, func(m casefile.Mailbox) bool {
		return contains(m.Name+" <"+m.Address+">", part)
	})
}

func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

func uidSet(uids []uint32) goimap.UIDSet {
	var set goimap.UIDSet
	for _, uid := range uids {
		set.AddNum(goimap.UID(uid))
	}
	return set
}
