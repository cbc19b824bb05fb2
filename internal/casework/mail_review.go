package casework

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"constancia/internal/library"
	"constancia/internal/mail/conversation"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

// MailSearch says what is looked for in emails.
type MailSearch struct {
	CaseID string     `json:"case"`
	Terms  []MailTerm `json:"terms"`
	// Since and Until are the first and the last day, YYYY-MM-DD, or empty.
	Since string `json:"since,omitempty"`
	Until string `json:"until,omitempty"`
	// Text looks for numbers and words in the whole of each email, not in its subject alone. It is slow.
	Text bool `json:"text,omitempty"`
	// ThrownAway looks into spam and what was thrown away, too.
	ThrownAway bool `json:"thrown_away,omitempty"`
	// Everything finds what meets no term, too: somebody who saved ten emails wants these. It is for files only.
	Everything bool `json:"everything,omitempty"`
}

// MailReview is what a search found, for the person to choose from. It is safe for concurrent use, and grows while the
// search goes on.
type MailReview struct {
	Search MailSearch
	// MailboxID is the mailbox that was searched, or empty, and paths are the files.
	MailboxID string
	paths     []string
	bytes     int64 // of the files

	since, before time.Time
	terms         []MailTerm // with what stands for emails of the case

	mu         sync.Mutex
	candidates []MailCandidate
	places     map[MailPlace]int // in candidates
	byIdentity map[string]int
	known      map[string]knownMail // by Message-ID
	// from is how far each folder had been looked through before, and searched how far it is now.
	from, searched map[string]imap.Searched
	conversations  []MailConversation // nil when they have to be put together anew

	session mailSession
}

// NewMailReview begins a search; nobody is asked for anything yet.
//
// Problems: not_found, not_a_date, not_a_choice, missing for a search without a term.
func (c *Casework) NewMailReview(ctx context.Context, search MailSearch) (*MailReview, error) {
	r := &MailReview{
		Search: search, places: map[MailPlace]int{}, byIdentity: map[string]int{}, known: map[string]knownMail{},
		searched: map[string]imap.Searched{},
	}
	if _, err := c.library.CaseFileOfContacts(ctx, search.CaseID); err != nil {
		return nil, err
	}
	var err error
	if r.since, err = dayOf("since", search.Since); err != nil {
		return nil, err
	}
	if r.before, err = dayOf("until", search.Until); err != nil {
		return nil, err
	}
	if !r.before.IsZero() {
		r.before = r.before.AddDate(0, 0, 1)
	}
	headers, err := c.library.MailHeaders(ctx, search.CaseID)
	if err != nil {
		return nil, err
	}
	r.know(headers)
	for i, term := range search.Terms {
		if search.Terms[i], err = term.clean(); err != nil {
			return nil, err
		}
	}
	r.terms = withConversations(search.Terms, headers)
	if len(r.terms) == 0 && !search.Everything {
		return nil, problem.New(problem.Missing, problem.Values{"field": "terms"})
	}
	return r, nil
}

func dayOf(field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, problem.Wrap(err, problem.NotADate, problem.Values{"field": field, "value": text})
	}
	return day, nil
}

// knownMail is an email that the case has, or had.
type knownMail struct {
	entryID string
	state   MailState
}

// know notes which emails the case has.
func (r *MailReview) know(headers []library.MailHeader) {
	for _, header := range headers {
		id := header.Reading.MessageID
		if id == "" || r.known[id].state == MailKnown {
			continue
		}
		r.known[id] = knownMail{header.ID, MailTakenBack}
		if header.Counts {
			r.known[id] = knownMail{header.ID, MailKnown}
		}
	}
}

// mostConversations is how many conversations of the case are looked for on: the last ones, in which something may still
// come.
const mostConversations = 40

// withConversations puts the beginnings of the case's conversations in the place of what stands for all of them.
func withConversations(terms []MailTerm, headers []library.MailHeader) []MailTerm {
	all := slices.Clone(terms)
	at := slices.IndexFunc(all, func(t MailTerm) bool { return t.Kind == TermReplies })
	if at < 0 {
		return all
	}
	all = slices.Delete(all, at, at+1)
	found := 0
	for _, header := range slices.Backward(headers) {
		begun := header.Reading.MessageID
		if len(header.Reading.References) > 0 {
			begun = header.Reading.References[0]
		}
		term := MailTerm{Kind: TermConversation, Text: begun}
		if !header.Counts || begun == "" || slices.Contains(all, term) {
			continue
		}
		if found++; found > mostConversations {
			break
		}
		all = append(all, term)
	}
	return all
}

// add takes an email that was found, or one more place of it.
func (r *MailReview) add(mail MailCandidate) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conversations = nil
	if known, is := r.known[mail.MessageID]; is {
		mail.State, mail.EntryID = known.state, known.entryID // it tells what was taken back, too
	}
	place := mail.Places[0]
	at, seen := r.places[place]
	if !seen {
		if same := mail.same(); same != "" {
			at, seen = r.byIdentity[same]
		}
		if seen {
			r.candidates[at].Places = append(r.candidates[at].Places, place)
		}
	}
	if seen {
		known := &r.candidates[at]
		known.because(mail.Why)
		if mail.State != MailNew {
			known.State = mail.State
		}
	} else {
		at = len(r.candidates)
		mail.ID = strconv.Itoa(at)
		r.candidates = append(r.candidates, mail)
		if same := mail.same(); same != "" {
			r.byIdentity[same] = at
		}
	}
	r.places[place] = at
}

// Count is how many emails were found.
func (r *MailReview) Count() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return int64(len(r.candidates))
}

// MailPage is a part of what was found.
type MailPage struct {
	Conversations []MailConversation
	// Total is how many conversations there are, with so many Emails, of which New can be taken in.
	Total, Emails, New int64
}

// Page gives limit conversations behind the first ones; those with the latest emails come first.
func (r *MailReview) Page(first, limit int) MailPage {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.grouped()
	page := MailPage{Total: int64(len(all)), Emails: int64(len(r.candidates))}
	for _, one := range all {
		page.New += one.New
	}
	first = min(max(first, 0), len(all))
	page.Conversations = slices.Clone(all[first:min(first+max(limit, 0), len(all))])
	return page
}

// grouped puts the emails together. The caller holds the mutex.
func (r *MailReview) grouped() []MailConversation {
	if r.conversations != nil {
		return r.conversations
	}
	headers := make([]conversation.Header, len(r.candidates))
	for i, mail := range r.candidates {
		headers[i] = mail.header()
	}
	all := make([]MailConversation, 0, len(headers))
	for _, places := range conversation.Group(headers) {
		all = append(all, r.conversation(places))
	}
	slices.SortStableFunc(all, func(a, b MailConversation) int {
		return b.Emails[len(b.Emails)-1].at().Compare(a.Emails[len(a.Emails)-1].at())
	})
	r.conversations = all
	return all
}

func (r *MailReview) conversation(places []int) MailConversation {
	one := MailConversation{ID: strconv.Itoa(slices.Min(places)), Subject: r.candidates[places[0]].Subject}
	for _, place := range places {
		mail := r.candidates[place]
		one.Emails = append(one.Emails, mail)
		for _, why := range mail.Why {
			if !slices.Contains(one.Why, why) {
				one.Why = append(one.Why, why)
			}
		}
		if mail.State == MailNew {
			one.New++
		}
	}
	return one
}

// candidate gives an email that was found.
//
// Problem: not_found.
func (r *MailReview) candidate(id string) (MailCandidate, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at, err := strconv.Atoi(id)
	if err != nil || at < 0 || at >= len(r.candidates) {
		return MailCandidate{}, problem.New(problem.NotFound, problem.Values{"kind": "message", "value": id})
	}
	return r.candidates[at], nil
}

// Close ends the session with the server, if there is one.
func (r *MailReview) Close() { r.session.close() }
