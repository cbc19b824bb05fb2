package markup

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"
)

// Link is where words of an email lead.
type Link struct {
	Address string // as it stands there, without the blanks that browsers pass over
	// Words are what stands for it, on one line; empty when that is nothing or the address itself.
	Words string
	// Deceives says that its words name a host, and that it leads to somebody else's: Named is the one they name, and
	// Leads the one it leads to.
	Deceives     bool
	Named, Leads string
}

// maxWords is how much is kept of what stands for a link, bytes.
const maxWords = 300

// link notes a link; its words follow.
func (s *survey) link(token html.Token) {
	s.open = -1
	address := tidyAddress(attribute(token, "href"))
	if address == "" || strings.HasPrefix(address, "#") || len(s.links) == maxFound {
		return
	}
	s.open = len(s.links)
	s.links = append(s.links, Link{Address: strings.ToValidUTF8(address, "�")})
}

// words adds to what stands for the link that is open.
func (s *survey) words(text string) {
	if s.open < 0 {
		return
	}
	link := &s.links[s.open]
	if len(link.Words) >= maxWords {
		return
	}
	link.Words = cut(strings.Join(strings.Fields(link.Words+" "+text), " "), maxWords)
	link.Named, link.Leads, link.Deceives = deceives(link.Words, link.Address)
}

func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}

// aHost finds what looks like the name of a host, alone, in an address or behind an @.
var aHost = whenNeeded(`(?i)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}`)

// deceives is whether words name a host, and an address leads to one that belongs to somebody else. What ends like a file
// or a name, and not like a domain, is none.
func deceives(words, address string) (named, leads string, differs bool) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", "", false
	}
	leads = hostOf(parsed)
	if at := strings.LastIndex(parsed.Opaque, "@"); parsed.Scheme == "mailto" && at >= 0 {
		leads, _, _ = strings.Cut(strings.ToLower(parsed.Opaque[at+1:]), "?")
	}
	if leads == "" {
		return "", "", false
	}
	for _, one := range aHost().FindAllString(words, 5) {
		host := hostOf(&url.URL{Host: one})
		if suffix, isKnown := publicsuffix.PublicSuffix(host); !isKnown || suffix == host {
			continue
		}
		if owner(host) == owner(leads) {
			return "", "", false
		}
		named = host
	}
	if named == "" {
		return "", "", false
	}
	return named, leads, true
}

// owner is the part of a host's name that somebody registered.
func owner(host string) string {
	registered, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return registered
}
