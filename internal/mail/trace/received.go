package trace

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"

	"constancia/internal/mail/message"
)

// Hop is one server that a message went through, by what it wrote itself (a Received field).
type Hop struct {
	// From is who handed it over.
	From Host `json:"from"`
	// By is the name the server gives itself.
	By string `json:"by"`
	// With is the protocol: ESMTPS, LMTP, HTTP …; Via the network below it.
	With string `json:"with"`
	Via  string `json:"via,omitempty"`
	// Encrypted says that the server says it was handed over encrypted (RFC 3848). Not every server does.
	Encrypted bool `json:"encrypted,omitempty"`
	// ID is the server's own number for it.
	ID string `json:"id,omitempty"`
	// For is the address it was for.
	For string `json:"for,omitempty"`
	// Time is when the server had it, by its clock: RFC 3339 with its offset, or empty.
	Time string `json:"time"`
	// DelaySeconds is how much later than at the server before, by the clocks of both: negative where they differ, nil
	// where one of them is unknown.
	DelaySeconds *int64 `json:"delay_seconds"`
	// Raw is the whole field, unfolded.
	Raw string `json:"raw"`
}

// Host is a machine as the one that it spoke to wrote it down.
type Host struct {
	// Name is what it called itself (HELO, EHLO), which may be anything.
	Name string `json:"name"`
	// Found is the name that belongs to its address in the domain name system.
	Found string `json:"found,omitempty"`
	// Address is its IP address.
	Address string `json:"address,omitempty"`
}

// inOrder turns the route round, for servers write on top, and counts the time between servers.
func inOrder(route []Hop) {
	slices.Reverse(route)
	for i := 1; i < len(route); i++ {
		before, errBefore := time.Parse(time.RFC3339, route[i-1].Time)
		at, errAt := time.Parse(time.RFC3339, route[i].Time)
		if errBefore == nil && errAt == nil {
			seconds := int64(at.Sub(before) / time.Second)
			route[i].DelaySeconds = &seconds
		}
	}
}

// clauses are the words that begin a part of a Received field.
var clauses = []string{"from", "by", "via", "with", "id", "for"}

// readHop reads a Received field. A clause lasts until the next one's word: “with Microsoft SMTP Server” has no end of
// its own. Each is taken the first time it stands.
func readHop(value string) Hop {
	hop := Hop{Raw: value}
	text, date := cutDate(value)
	if at, ok := message.ParseDate(date); ok {
		hop.Time = at
	}
	found := map[string]*clause{}
	var open *clause
	for _, piece := range split(text) {
		if name := strings.ToLower(piece.text); !piece.comment && !piece.quoted && slices.Contains(clauses, name) && found[name] == nil {
			open = &clause{}
			found[name] = open
			continue
		}
		if open != nil {
			open.add(piece)
		}
	}
	hop.From = found["from"].host()
	hop.By = found["by"].first()
	hop.With, hop.Via = found["with"].all(), found["via"].all()
	hop.ID, hop.For = strings.Trim(found["id"].first(), "<>"), strings.Trim(found["for"].first(), "<>")
	hop.Encrypted = isEncrypted(hop.With, text)
	return hop
}

// cutDate parts a Received field at its last semicolon outside of comments and quotes. Some servers leave that out, and
// write the date at the end of a line of their own.
func cutDate(value string) (text, date string) {
	at := -1
	scan(value, func(i int, c byte, outside bool) {
		if outside && c == ';' {
			at = i
		}
	})
	if at < 0 {
		return value, ""
	}
	return value[:at], value[at+1:]
}

// clause is one part of a Received field.
type clause struct {
	words    []string
	comments []string
}

func (c *clause) add(p piece) {
	if p.comment {
		c.comments = append(c.comments, p.text)
		return
	}
	c.words = append(c.words, p.text)
}

func (c *clause) first() string {
	if c == nil || len(c.words) == 0 {
		return ""
	}
	return cut(c.words[0])
}

func (c *clause) all() string {
	if c == nil {
		return ""
	}
	return cut(strings.Join(c.words, " "))
}

// named is a name that a comment gives for what the sender called itself, as Exim and qmail have it.
var named = regexp.MustCompile(`(?i)^HELO[ =]([^\s)]+)`)

// host reads who handed a message over: “name (found [address])” as RFC 5321 has it, and the forms of qmail, Exim and
// Microsoft.
func (c *clause) host() Host {
	var host Host
	if c == nil {
		return host
	}
	host.Name = c.first()
	for _, comment := range c.comments {
		if is := named.FindStringSubmatch(comment); is != nil {
			if _, isAddress := parseAddress(host.Name); !isAddress {
				host.Found = host.Name
			}
			host.Name = cut(is[1])
			comment = strings.TrimPrefix(comment, is[0])
		}
		host.take(comment)
	}
	// What it called itself is an address in Exim's form alone: elsewhere the comment has the one that was seen.
	host.take(c.first())
	if strings.EqualFold(host.Found, "unknown") {
		host.Found = ""
	}
	return host
}

// take takes an address, and the name before it, from a text.
func (h *Host) take(text string) {
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \t[]()", c) })
	for i, word := range words {
		address, is := parseAddress(word)
		if !is || h.Address != "" {
			continue
		}
		h.Address = address
		if i > 0 && h.Found == "" && strings.Contains(words[i-1], ".") && !strings.ContainsAny(words[i-1], "=@") {
			h.Found = cut(strings.TrimSuffix(words[i-1], "."))
		}
	}
}

// parseAddress reads an IP address as a Received field has it (RFC 5321, section 4.1.3).
func parseAddress(text string) (string, bool) {
	text = strings.Trim(text, "[]")
	if len(text) > 5 && strings.EqualFold(text[:5], "IPv6:") {
		text = text[5:]
	}
	address, err := netip.ParseAddr(text)
	if err != nil || address.Zone() != "" {
		return "", false
	}
	return address.Unmap().String(), true
}

// encrypted are the protocols that RFC 3848 and RFC 6531 name for what came over TLS.
var encrypted = []string{"ESMTPS", "ESMTPSA", "LMTPS", "LMTPSA", "UTF8SMTPS", "UTF8SMTPSA", "UTF8LMTPS", "UTF8LMTPSA", "HTTPS", "SMTPS"}

// saysTLS is how servers tell so that have the protocol's older name.
var saysTLS = regexp.MustCompile(`(?i)\b(?:using|version[ =]|cipher[ =])\s*(?:TLS|SSL)v?[0-9._]`)

func isEncrypted(with, text string) bool {
	protocol, _, _ := strings.Cut(with, " ")
	return slices.Contains(encrypted, strings.ToUpper(protocol)) || saysTLS.MatchString(text)
}
