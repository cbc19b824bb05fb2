package app

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"
)

// Link is an address that stands in what somebody wrote. The page can show it, and have it opened by its id.
type Link struct {
	ID      string `json:"id"`
	Address string `json:"address"`
}

// links remember addresses by ids: the page can have opened only what stood in something on record.
type links struct {
	mu        sync.Mutex
	addresses map[string]string // by id
	ids       map[string]string // by address
}

// written finds what could be an address in a text.
var written = regexp.MustCompile(`(?i)\b(?:https?://|mailto:)[^\s<>"“”«»]+`)

// find lists the addresses in a text, each once, in their order.
func (l *links) find(text string) []Link {
	found := []Link{}
	for _, address := range written.FindAllString(text, -1) {
		address = strings.TrimRight(address, ".,;:!?)]}'’…")
		link := Link{ID: l.id(address), Address: address}
		if link.ID != "" && !slices.Contains(found, link) {
			found = append(found, link)
		}
	}
	return found
}

// id gives an address an id to have it opened by; empty for one that is never opened.
func (l *links) id(address string) string {
	if !leadsOut(address) {
		return ""
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.addresses == nil {
		l.addresses, l.ids = map[string]string{}, map[string]string{}
	}
	if l.ids[address] == "" {
		id := uuid.NewString()
		l.ids[address], l.addresses[id] = id, address
	}
	return l.ids[address]
}

func (l *links) address(id string) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	address, ok := l.addresses[id]
	if !ok {
		return "", notFound("link", id)
	}
	return address, nil
}

// leadsOut reports whether an address is one for a browser or a mail program. Anything else could start a program.
func leadsOut(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch parsed.Scheme {
	case "http", "https":
		return parsed.Host != ""
	case "mailto":
		return parsed.Opaque != ""
	}
	return false
}
