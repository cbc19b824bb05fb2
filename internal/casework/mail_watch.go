package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

// MailWatch is a search that is done again and again: for what comes in about a case. It is kept on this computer, outside
// the record, and brings nothing by itself.
type MailWatch struct {
	CaseID    string     `json:"case"`
	MailboxID string     `json:"mailbox"`
	Search    MailSearch `json:"search"`
	// Looked is when it was looked for the last time, RFC 3339 in UTC; empty for never yet.
	Looked string `json:"looked,omitempty"`
	// Failure is why the last try failed; nil when it did not.
	Failure *MailFailure `json:"failure,omitempty"`
	// Folders are how far each folder was looked through.
	Folders map[string]imap.Searched `json:"folders,omitempty"`
	// Waiting are the emails that were found, and that nobody has decided about.
	Waiting []MailCandidate `json:"waiting,omitempty"`
}

// MailFailure is a problem as it is kept.
type MailFailure struct {
	Code   problem.Code   `json:"code"`
	Values problem.Values `json:"values,omitempty"`
}

// watchSetting stands before a case's id in the name of the setting that holds its watch.
const watchSetting = "mail.watch:"

// WatchMail has new emails looked for that belong to a case: what a review looked for, behind what it has seen, else what
// is likely. A watch that is there is begun anew.
//
// Problems: not_found, missing when there is nothing to look for.
func (c *Casework) WatchMail(ctx context.Context, caseID, mailboxID string, r *MailReview) error {
	watch := MailWatch{CaseID: caseID, MailboxID: mailboxID, Search: MailSearch{CaseID: caseID}}
	if r != nil {
		r.mu.Lock()
		watch.Search, watch.Folders = r.Search, maps.Clone(r.searched)
		r.mu.Unlock()
	} else {
		suggestions, err := c.SuggestMail(ctx, caseID)
		if err != nil {
			return err
		}
		for _, one := range suggestions {
			if one.Likely {
				watch.Search.Terms = append(watch.Search.Terms, one.MailTerm)
			}
		}
	}
	watch.Search.Until = "" // new emails are later than any day that was chosen
	if len(watch.Search.Terms) == 0 {
		return problem.New(problem.Missing, problem.Values{"field": "terms"})
	}
	c.watching.Lock()
	defer c.watching.Unlock()
	return c.putWatch(ctx, watch)
}

// StopWatchingMail looks no longer for new emails of a case.
func (c *Casework) StopWatchingMail(ctx context.Context, caseID string) error {
	c.watching.Lock()
	defer c.watching.Unlock()
	return c.library.PutSetting(ctx, watchSetting+caseID, "")
}

// MailWatches lists the cases that are watched, with what waits of each: what was taken into the case meanwhile waits no
// longer.
func (c *Casework) MailWatches(ctx context.Context) ([]MailWatch, error) {
	kept, err := c.library.Settings(ctx, watchSetting)
	if err != nil {
		return nil, err
	}
	watches := make([]MailWatch, 0, len(kept))
	for _, caseID := range slices.Sorted(maps.Keys(kept)) {
		watch, err := readWatch(kept[caseID])
		if err != nil {
			return nil, err
		}
		if err := c.dropKnown(ctx, &watch); err != nil {
			return nil, err
		}
		watches = append(watches, watch)
	}
	return watches, nil
}

// WatchedMailboxes are the mailboxes in which new emails are looked for, each once.
func (c *Casework) WatchedMailboxes(ctx context.Context) ([]string, error) {
	kept, err := c.library.Settings(ctx, watchSetting)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, text := range kept {
		watch, err := readWatch(text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, watch.MailboxID) {
			ids = append(ids, watch.MailboxID)
		}
	}
	return ids, nil
}

// dropKnown leaves out of what waits what the case has, or had.
func (c *Casework) dropKnown(ctx context.Context, watch *MailWatch) error {
	if len(watch.Waiting) == 0 {
		return nil
	}
	headers, err := c.library.MailHeaders(ctx, watch.CaseID)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, header := range headers {
		known[header.Reading.MessageID] = true
	}
	watch.Waiting = slices.DeleteFunc(watch.Waiting, func(mail MailCandidate) bool {
		return mail.MessageID != "" && known[mail.MessageID]
	})
	return nil
}

// LookForMail looks for new emails of a watched case, and keeps what it found as waiting. What went wrong is kept, too.
//
// Problems: not_found for a case that is not watched, and those of SearchMailbox.
func (c *Casework) LookForMail(ctx context.Context, caseID string, progress func(Progress)) (MailWatch, error) {
	watch, err := c.watch(ctx, caseID)
	if err != nil {
		return watch, err
	}
	r, err := c.NewMailReview(ctx, watch.Search)
	if err == nil {
		defer r.Close()
		r.from = watch.Folders
		err = c.SearchMailbox(ctx, r, watch.MailboxID, progress)
	}
	if errors.Is(err, problem.New(problem.Cancelled, nil)) {
		return watch, err
	}
	c.watching.Lock()
	defer c.watching.Unlock()
	// Meanwhile the person may have said something else.
	now, gone := c.watch(ctx, caseID)
	if gone != nil {
		return now, gone
	}
	now.Looked, now.Failure = c.Now().UTC().Format(time.RFC3339), nil
	if err != nil {
		found := problem.From(err)
		now.Failure = &MailFailure{Code: found.Code, Values: found.Values}
	}
	if r != nil {
		now.take(r)
	}
	if err := c.putWatch(ctx, now); err != nil {
		return now, err
	}
	return now, errors.Join(err, c.dropKnown(ctx, &now))
}

// mostWaiting is how many emails wait at most: a search that finds more is a poor one, and is done again by the person.
const mostWaiting = 500

// take adds what was found, and notes how far was looked.
func (w *MailWatch) take(r *MailReview) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if w.Folders == nil {
		w.Folders = map[string]imap.Searched{}
	}
	maps.Copy(w.Folders, r.searched)
	for _, mail := range r.candidates {
		waits := slices.ContainsFunc(w.Waiting, func(known MailCandidate) bool {
			return slices.ContainsFunc(known.Places, func(place MailPlace) bool { return slices.Contains(mail.Places, place) })
		})
		if mail.State == MailNew && !waits && len(w.Waiting) < mostWaiting {
			w.Waiting = append(w.Waiting, mail)
		}
	}
}

// DismissMail lets what waits for a case wait no longer; it is not offered again.
//
// Problem: not_found.
func (c *Casework) DismissMail(ctx context.Context, caseID string) error {
	c.watching.Lock()
	defer c.watching.Unlock()
	watch, err := c.watch(ctx, caseID)
	if err != nil {
		return err
	}
	watch.Waiting = nil
	return c.putWatch(ctx, watch)
}

// ReviewWaitingMail is a review of what waits for a case; nobody is asked for anything.
//
// Problem: not_found.
func (c *Casework) ReviewWaitingMail(ctx context.Context, caseID string) (*MailReview, error) {
	watch, err := c.watch(ctx, caseID)
	if err != nil {
		return nil, err
	}
	r, err := c.NewMailReview(ctx, watch.Search)
	if err != nil {
		return nil, err
	}
	r.MailboxID = watch.MailboxID
	r.session.account = func(ctx context.Context) (imap.Account, error) { return c.OpenMailbox(ctx, watch.MailboxID) }
	for _, mail := range watch.Waiting {
		r.add(mail)
	}
	return r, nil
}

// WaitForMail waits until something may have come into a mailbox that is watched, for as long as a server can be asked to
// wait; where it can't, for less.
//
// Problems: not_found, mailbox_needs_secret, cancelled, and those of the server.
func (c *Casework) WaitForMail(ctx context.Context, mailboxID string) error {
	account, err := c.OpenMailbox(ctx, mailboxID)
	if err != nil {
		return err
	}
	client, err := imap.Connect(ctx, account)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }() // what was asked for was told
	if !client.CanWait() {
		return pause(ctx, imap.LongestWait/2)
	}
	folders, err := foldersOf(ctx, client, false)
	if err != nil || len(folders) == 0 {
		return err
	}
	seen, err := c.seenIn(ctx, mailboxID, folders[0])
	if err != nil {
		return err
	}
	_, err = client.WaitForNews(ctx, folders[0], seen)
	return err
}

func pause(ctx context.Context, long time.Duration) error {
	select {
	case <-ctx.Done():
		return problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	case <-time.After(long):
		return nil
	}
}

// seenIn is how far all watches of a mailbox have looked through a folder.
func (c *Casework) seenIn(ctx context.Context, mailboxID, folder string) (seen imap.Searched, err error) {
	watches, err := c.MailWatches(ctx)
	for _, watch := range watches {
		looked, ok := watch.Folders[folder]
		if ok && watch.MailboxID == mailboxID && (seen.UIDValidity == 0 || looked.Last < seen.Last) {
			seen = looked
		}
	}
	return seen, err
}

func (c *Casework) watch(ctx context.Context, caseID string) (MailWatch, error) {
	text, err := c.library.Setting(ctx, watchSetting+caseID)
	if err == nil && text == "" {
		err = problem.New(problem.NotFound, problem.Values{"kind": "watch", "value": caseID})
	}
	if err != nil {
		return MailWatch{}, err
	}
	return readWatch(text)
}

func readWatch(text string) (watch MailWatch, err error) {
	if err = json.Unmarshal([]byte(text), &watch); err != nil {
		err = fmt.Errorf("failed to read what is watched: %w", err)
	}
	return watch, err
}

func (c *Casework) putWatch(ctx context.Context, watch MailWatch) error {
	text, err := json.Marshal(watch)
	if err != nil {
		return fmt.Errorf("failed to write what is watched: %w", err)
	}
	return c.library.PutSetting(ctx, watchSetting+watch.CaseID, string(text))
}

// Writers are the names of those who wrote emails, each once, the last first.
func Writers(mails []MailCandidate) []string {
	var names []string
	for _, mail := range slices.Backward(mails) {
		for _, writer := range mail.From {
			name := strings.TrimSpace(writer.Name)
			if name == "" {
				name = writer.Address
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
