// Package conversation puts emails together that answer one another, by what their headers say (RFC 5322, section 3.6.4),
// without their texts. It decides nothing else, and reads and writes nothing.
package conversation

import (
	"slices"
	"strings"
	"time"
)

// Header is what of an email is looked at.
type Header struct {
	// ID is the Message-ID, and Answers are the ids of In-Reply-To and References, all without angle brackets.
	ID      string
	Answers []string
	Subject string
	// From and To are addresses; To has those of Cc, too.
	From, To []string
	// At is the Date field; zero when it can't be read.
	At time.Time
}

const (
	// maxAnswers is how many ids of one email are followed: the first ones, which name the beginning, and the last.
	maxAnswers = 100
	// subjectReach is how long after an email another one may answer it that names it by its subject alone.
	subjectReach = 60 * 24 * time.Hour
	// shortestSubject is how many characters a subject has at least that tells anything: not "Hola", not "Order".
	shortestSubject = 8
)

// Group puts emails together, and gives their places in the list: each conversation in the order of its emails' dates, the
// conversations in the order in which they first come up.
//
// Emails are of one conversation when one names the other, or both name the same third one, which need not be there. Some
// programs write replies that name nothing. Such a one is put to an email with the same subject only when its own subject
// says that it is a reply, and it goes to who wrote that other one: a subject alone says little.
func Group(headers []Header) [][]int {
	g := newGroups(len(headers))
	byID := map[string]int{}
	for i, header := range headers {
		for _, id := range append(bounded(header.Answers), header.ID) {
			if id == "" {
				continue
			}
			if first, known := byID[id]; known {
				g.join(first, i)
			} else {
				byID[id] = i
			}
		}
	}
	g.joinBySubject(headers)
	return g.lists(headers)
}

// bounded leaves out the middle of what is too long to be honest.
func bounded(answers []string) []string {
	if len(answers) <= maxAnswers {
		return slices.Clone(answers)
	}
	return append(slices.Clone(answers[:maxAnswers/2]), answers[len(answers)-maxAnswers/2:]...)
}

// joinBySubject puts replies that name nothing to the last email that they can answer.
func (g groups) joinBySubject(headers []Header) {
	bySubject := map[string][]int{}
	for i, header := range headers {
		if base, _ := BaseSubject(header.Subject); len([]rune(base)) >= shortestSubject {
			bySubject[base] = append(bySubject[base], i)
		}
	}
	for i, header := range headers {
		base, isReply := BaseSubject(header.Subject)
		if !isReply || len(header.Answers) > 0 || header.At.IsZero() {
			continue
		}
		last := -1
		for _, other := range bySubject[base] {
			if header.canAnswer(headers[other]) && (last < 0 || headers[other].At.After(headers[last].At)) {
				last = other
			}
		}
		if last >= 0 {
			g.join(last, i)
		}
	}
}

// canAnswer is whether an email goes to who wrote an earlier one.
func (h Header) canAnswer(earlier Header) bool {
	age := h.At.Sub(earlier.At)
	return !earlier.At.IsZero() && age > 0 && age <= subjectReach &&
		slices.ContainsFunc(earlier.From, func(writer string) bool {
			return slices.ContainsFunc(h.To, func(to string) bool { return strings.EqualFold(to, writer) })
		})
}

// marks are what programs put before the subject of a reply or of something passed on, in the languages they speak.
var marks = []string{"re", "fw", "fwd", "rv", "r", "aw", "wg", "tr", "rif", "i", "res", "enc", "sv", "vs", "antw", "doorst"}

// BaseSubject is a subject without what programs put before it, in lower case, and whether something was put there
// (RFC 5256, section 2.1).
func BaseSubject(subject string) (base string, isReply bool) {
	base = strings.Join(strings.Fields(strings.ToLower(subject)), " ")
	for {
		before, after, found := strings.Cut(base, ":")
		mark, _, _ := strings.Cut(before, "[") // Re[2]: Order
		if !found || !slices.Contains(marks, strings.TrimSpace(mark)) {
			return base, isReply
		}
		base, isReply = strings.TrimSpace(after), true
	}
}

// groups are sets of places that grow together (union by the smaller place, with halved paths).
type groups struct{ parent []int }

func newGroups(count int) groups {
	g := groups{parent: make([]int, count)}
	for i := range g.parent {
		g.parent[i] = i
	}
	return g
}

func (g groups) find(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

func (g groups) join(a, b int) {
	a, b = g.find(a), g.find(b)
	g.parent[max(a, b)] = min(a, b)
}

func (g groups) lists(headers []Header) [][]int {
	place := map[int]int{}
	var lists [][]int
	for i := range headers {
		root := g.find(i)
		at, known := place[root]
		if !known {
			at = len(lists)
			place[root] = at
			lists = append(lists, nil)
		}
		lists[at] = append(lists[at], i)
	}
	for _, list := range lists {
		slices.SortStableFunc(list, func(a, b int) int { return headers[a].At.Compare(headers[b].At) })
	}
	return lists
}
