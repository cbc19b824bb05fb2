package imap

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	goimap "github.com/emersion/go-imap/v2"

	"constancia/internal/problem"
)

// draftNames are what a mailbox of drafts is called where the server doesn't tell its use.
var draftNames = []string{"drafts", "draft", "borradores", "borrador", "esborranys", "esborrany", "entwürfe", "brouillons",
	"rascunhos", "bozze", "concepten"}

// Place is where a message is on the server.
type Place struct {
	Mailbox     string
	UIDValidity uint32
	UID         uint32
}

// AppendDraft puts a message of the given size in bytes into the account's drafts, where the person's mail program shows
// it. Nothing is sent. Lines must end with CRLF. [Client.Fetch] reads it back.
func (c *Client) AppendDraft(ctx context.Context, raw io.Reader, size int64) (Place, error) {
	var place Place
	err := c.run(ctx, func() error {
		mailbox, err := c.draftsMailbox()
		if err != nil {
			return err
		}
		next, err := c.statusForAppend(mailbox, size)
		if err != nil {
			return err
		}
		data, err := c.append(mailbox, raw, size)
		if err != nil {
			return err
		}
		place = Place{Mailbox: mailbox, UIDValidity: data.UIDValidity, UID: uint32(data.UID)}
		if place.UID != 0 {
			return nil
		}
		place, err = c.newestSince(mailbox, next)
		return err
	})
	return place, err
}

// draftsMailbox finds the mailbox of drafts: by its use (RFC 6154), else by its name. Only mailboxes with a use are listed
// first: among all, there may be one whose name can't be read, which would end the session.
func (c *Client) draftsMailbox() (string, error) {
	caps := c.library.Caps()
	if caps.Has(goimap.CapSpecialUse) && caps.Has(goimap.CapListExtended) {
		byUse, _, err := c.listDrafts(&goimap.ListOptions{SelectSpecialUse: true})
		if err != nil || byUse != "" {
			return byUse, err
		}
	}
	byUse, byName, err := c.listDrafts(nil)
	if err != nil {
		return "", err
	}
	if drafts := cmp.Or(byUse, byName); drafts != "" {
		return drafts, nil
	}
	return "", problem.New(problem.NoDraftsMailbox, problem.Values{"host": c.account.Host})
}

// listDrafts lists mailboxes and gives the first that is for drafts by its use, and the first by its name.
func (c *Client) listDrafts(options *goimap.ListOptions) (byUse, byName string, err error) {
	list := c.library.List("", "*", options)
	for mailbox := list.Next(); mailbox != nil; mailbox = list.Next() {
		switch {
		case slices.Contains(mailbox.Attrs, goimap.MailboxAttrNoSelect),
			slices.Contains(mailbox.Attrs, goimap.MailboxAttrNonExistent):
		case byUse == "" && slices.Contains(mailbox.Attrs, goimap.MailboxAttrDrafts):
			byUse = mailbox.Mailbox
		case byName == "" && isDraftsName(mailbox.Mailbox, mailbox.Delim):
			byName = mailbox.Mailbox
		}
	}
	return byUse, byName, list.Close()
}

// isDraftsName is whether the last element of a mailbox's name is one of those that drafts have.
func isDraftsName(name string, delimiter rune) bool {
	if delimiter != 0 {
		name = name[strings.LastIndex(name, string(delimiter))+1:]
	}
	return slices.Contains(draftNames, strings.ToLower(name))
}

// statusForAppend refuses a message that is larger than the server takes (RFC 7889), before it is sent, and gives the
// mailbox's next UID, by which the message is found again where the server doesn't tell.
func (c *Client) statusForAppend(mailbox string, size int64) (next goimap.UID, err error) {
	limit, perMailbox := c.library.Caps().AppendLimit()
	status, err := c.library.Status(mailbox, &goimap.StatusOptions{
		UIDNext:     true,
		AppendLimit: perMailbox && limit == nil, // else it is the same for all mailboxes
	}).Wait()
	if err != nil {
		return 0, err
	}
	if status.AppendLimit != nil {
		limit = status.AppendLimit
	}
	if limit != nil && size > int64(*limit) {
		return 0, problem.New(problem.MessageTooLarge,
			problem.Values{"host": c.account.Host, "limit": strconv.FormatUint(uint64(*limit), 10)})
	}
	return status.UIDNext, nil
}

func (c *Client) append(mailbox string, raw io.Reader, size int64) (*goimap.AppendData, error) {
	flags := []goimap.Flag{goimap.FlagDraft, goimap.FlagSeen}
	command := c.library.Append(mailbox, size, &goimap.AppendOptions{Flags: flags})
	_, copied := io.Copy(command, raw)
	closed := command.Close()
	if copied != nil || closed != nil {
		// Without all of its bytes the command can't end: the connection is closed, so that Wait does not wait.
		_ = c.guard.abort()
	}
	data, err := command.Wait()
	var answer *goimap.Error
	if errors.As(err, &answer) {
		return nil, c.appendProblem(answer)
	}
	if err := errors.Join(copied, closed, err); err != nil {
		return nil, err
	}
	return data, nil
}

func (c *Client) appendProblem(answer *goimap.Error) error {
	if answer.Code == goimap.ResponseCodeTryCreate || answer.Code == goimap.ResponseCodeNonExistent {
		return problem.Wrap(answer, problem.NoDraftsMailbox, problem.Values{"host": c.account.Host})
	}
	return c.account.answerProblem(answer)
}

// newestSince finds the message that was appended where the server doesn't tell its UID (it lacks UIDPLUS, RFC 4315).
func (c *Client) newestSince(mailbox string, next goimap.UID) (Place, error) {
	opened, err := c.examine(mailbox)
	if err != nil {
		return Place{}, err
	}
	var since goimap.UIDSet
	since.AddRange(max(next, 1), 0)
	data, err := c.library.UIDSearch(&goimap.SearchCriteria{UID: []goimap.UIDSet{since}}, nil).Wait()
	if err != nil {
		return Place{}, err
	}
	uids, err := listUIDs(data.All, uint32(opened.UIDNext))
	if err != nil {
		return Place{}, err
	}
	// A range up to "*" holds the last message always, be it below the range's start.
	if len(uids) == 0 || uids[len(uids)-1] < uint32(next) {
		return Place{}, c.account.odd(violation("the draft is not there"))
	}
	return Place{Mailbox: mailbox, UIDValidity: opened.UIDValidity, UID: uids[len(uids)-1]}, nil
}
