package imap

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	goimap "github.com/emersion/go-imap/v2"
)

// Term is one thing that is looked for.
type Term struct {
	// Fields are the header fields one of which holds the text. None is the whole message, which is slow.
	Fields []string
	Text   string
}

// Find says what is looked for in a mailbox: messages that meet one of the terms.
type Find struct {
	Terms []Term
	// Since and Before bound the day on which a message arrived, as the server counts its days; Before is the first day
	// that is too late. Zero is no bound.
	Since, Before time.Time
	// After is the UID behind which messages are looked for, under the given UIDVALIDITY; with another one, all are.
	After, UIDValidity uint32
}

// Match is a message that was found.
type Match struct {
	Candidate
	// Terms are the places of the terms that it meets.
	Terms []int
}

// Searched is how far a mailbox was looked through.
type Searched struct {
	UIDValidity uint32
	// Last is the highest UID there can have been.
	Last uint32
}

// Find finds the messages of a mailbox that meet one of the terms, lowest UID first, and gives each to receive as soon as
// its header is there. Each term is searched for on the server by itself, so that it is known why a message was found. An
// error of receive ends the session and is returned as it is.
//
// Problems: mailbox_not_found, too_many_messages, and those of the connection.
func (c *Client) Find(ctx context.Context, mailbox string, find Find, receive func(Match) error) (searched Searched, err error) {
	err = c.run(ctx, func() error {
		opened, err := c.examine(mailbox)
		if err != nil {
			return err
		}
		searched = Searched{UIDValidity: opened.UIDValidity, Last: max(uint32(opened.UIDNext), 1) - 1}
		if opened.UIDValidity != find.UIDValidity {
			find.After = 0
		}
		if opened.NumMessages == 0 || opened.UIDNext != 0 && searched.Last <= find.After {
			return nil
		}
		terms, uids, err := c.findUIDs(find, opened)
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(uids, headersPerFetch) {
			c.guard.begin()
			candidates, err := c.fetchHeaders(ctx, chunk, opened.UIDValidity)
			if err != nil {
				return err
			}
			for _, candidate := range candidates {
				match := Match{Candidate: candidate, Terms: terms.of(candidate)}
				if len(match.Terms) == 0 {
					continue
				}
				if err := receive(match); err != nil {
					_ = c.guard.abort() // nothing more is wanted
					return ofReceiver{err}
				}
			}
		}
		return nil
	})
	return searched, err
}

// foundTerms are the terms that messages meet.
type foundTerms struct {
	terms []Term
	byUID map[uint32][]int
	// local are the terms for which the server searched more loosely than was asked.
	local map[int]bool
}

// of gives the terms that a message meets.
func (f foundTerms) of(candidate Candidate) []int {
	return slices.DeleteFunc(f.byUID[candidate.UID], func(i int) bool {
		return f.local[i] && !candidate.meets(f.terms[i])
	})
}

// findUIDs searches for each term, and gives the UIDs in ascending order.
func (c *Client) findUIDs(find Find, opened *goimap.SelectData) (foundTerms, []uint32, error) {
	found := foundTerms{terms: find.Terms, byUID: map[uint32][]int{}, local: map[int]bool{}}
	var uids []uint32
	for i, term := range find.Terms {
		c.guard.begin()
		listed, local, err := c.findTerm(find, term, opened)
		if err != nil {
			return found, nil, err
		}
		found.local[i] = local
		for _, uid := range listed {
			if uid <= find.After {
				continue // a range up to "*" holds the last message always
			}
			if found.byUID[uid] == nil {
				uids = append(uids, uid)
			}
			if last := len(found.byUID[uid]) - 1; last < 0 || found.byUID[uid][last] != i {
				found.byUID[uid] = append(found.byUID[uid], i)
			}
		}
		if len(uids) > MaxMatches {
			return found, nil, tooMany()
		}
	}
	slices.Sort(uids)
	return found, uids, nil
}

// findTerm searches for one term. Not every server searches for words that are not ASCII; then it searches for the longest
// word that is, and the header is looked at here.
func (c *Client) findTerm(find Find, term Term, opened *goimap.SelectData) (uids []uint32, local bool, err error) {
	data, err := c.library.UIDSearch(find.onServer(term), nil).Wait()
	var answer *goimap.Error
	if errors.As(err, &answer) && answer.Type != goimap.StatusResponseTypeBye && !isASCII(term.Text) {
		plain := Term{Fields: term.Fields, Text: longestASCII(term.Text)}
		if plain.Text == "" || len(term.Fields) == 0 {
			return nil, false, nil // the server can't look for it
		}
		local = true
		c.guard.begin()
		data, err = c.library.UIDSearch(find.onServer(plain), nil).Wait()
	}
	if err != nil {
		return nil, local, err
	}
	uids, err = listUIDs(data.All, uint32(opened.UIDNext))
	return uids, local, err
}

// onServer gives what the server is asked for one term.
func (f Find) onServer(term Term) *goimap.SearchCriteria {
	text := strings.ReplaceAll(term.Text, "\x00", "")
	asked := goimap.SearchCriteria{}
	if len(term.Fields) == 0 {
		asked.Text = []string{text}
	}
	for i, name := range slices.Backward(term.Fields) {
		field := goimap.SearchCriteria{Header: []goimap.SearchCriteriaHeaderField{{Key: name, Value: text}}}
		if i == len(term.Fields)-1 {
			asked = field
		} else {
			asked = goimap.SearchCriteria{Or: [][2]goimap.SearchCriteria{{field, asked}}}
		}
	}
	asked.Since, asked.Before = f.Since, f.Before
	if f.After > 0 {
		var behind goimap.UIDSet
		behind.AddRange(goimap.UID(f.After+1), 0)
		asked.UID = []goimap.UIDSet{behind}
	}
	return &asked
}

// longestASCII is the longest word of a text that is ASCII and longer than two characters.
func longestASCII(text string) string {
	longest := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r > 0x7f }) {
		if len(word) > max(len(longest), 2) {
			longest = word
		}
	}
	return longest
}

// meets is whether a header holds what is looked for.
func (candidate Candidate) meets(term Term) bool {
	return slices.ContainsFunc(term.Fields, func(name string) bool {
		switch name {
		case "From":
			return anyContains(candidate.From, term.Text)
		case "To", "Cc":
			return anyContains(candidate.To, term.Text)
		case "Subject":
			return contains(candidate.Subject, term.Text)
		}
		return false
	})
}
