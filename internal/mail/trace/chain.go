package trace

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"constancia/internal/mail/message"
)

// Link is what one forwarder found and sealed for those after it (RFC 8617): its three fields of one number. It is shown
// as claimed: the seal is not held against anybody's key here.
type Link struct {
	// Number counts the forwarders from 1 (i=).
	Number int `json:"number"`
	// Domain and Selector are those of the seal (d=, s=).
	Domain   string `json:"domain"`
	Selector string `json:"selector,omitempty"`
	// Before is what the forwarder says of the links before its own (cv=): none, pass or fail.
	Before string `json:"before"`
	// SealedAt is RFC 3339 in UTC, or empty (t=).
	SealedAt string `json:"sealed_at,omitempty"`
	// Authentication is what it found.
	Authentication Authentication `json:"authentication"`
	// Missing are the fields that should be there and are not.
	Missing []string `json:"missing,omitempty"`
	// Raw are its fields as they stand, unfolded, with their names.
	Raw []string `json:"raw"`
}

// linkFields are the fields of a link, in the order of RFC 8617, section 4.1.
var linkFields = []string{"ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"}

// links are gathered by their number.
type links map[int]map[string]string

// add takes one field. The first one of a kind and number counts; a number beyond the limit is none.
func (l *links) add(name string, field message.Field) {
	number := instance(field.Value)
	if number < 1 || number > maxLinks {
		return
	}
	if *l == nil {
		*l = links{}
	}
	if (*l)[number] == nil {
		(*l)[number] = map[string]string{}
	}
	if _, twice := (*l)[number][name]; !twice {
		(*l)[number][name] = field.Value
	}
}

// instance is the number of a field (i=), zero when it has none.
func instance(value string) int {
	for _, part := range splitAt(value, ';') {
		if pairs, _ := readPairs(part); len(pairs) > 0 && strings.EqualFold(pairs[0].name, "i") {
			number, err := strconv.Atoi(pairs[0].value)
			if err != nil {
				return 0
			}
			return number
		}
	}
	return 0
}

// list gives the links in order.
func (l links) list() []Link {
	found := []Link{}
	for number, fields := range maps.All(l) {
		link := Link{Number: number, Authentication: Authentication{Results: []Result{}}}
		for _, name := range linkFields {
			value, is := fields[strings.ToLower(name)]
			if !is {
				link.Missing = append(link.Missing, name)
				continue
			}
			link.Raw = append(link.Raw, name+": "+value)
			link.take(name, value)
		}
		found = append(found, link)
	}
	slices.SortFunc(found, func(a, b Link) int { return cmp.Compare(a.Number, b.Number) })
	return found
}

// take reads one field of a link.
func (l *Link) take(name, value string) {
	switch name {
	case "ARC-Authentication-Results":
		// “i=1;” stands before what is an Authentication-Results field.
		_, rest, _ := strings.Cut(value, ";")
		l.Authentication = readAuthentication(strings.TrimSpace(rest))
	case "ARC-Seal":
		tags := tagsOf(value)
		l.Domain, l.Selector = strings.ToLower(tags["d"]), tags["s"]
		l.Before = strings.ToLower(tags["cv"])
		if seconds, err := strconv.ParseInt(tags["t"], 10, 64); err == nil && seconds > 0 && seconds < 1<<36 {
			l.SealedAt = time.Unix(seconds, 0).UTC().Format(time.RFC3339)
		}
	}
}

// tagsOf reads a list of tags (RFC 6376, section 3.2), the first of each name. Blanks mean nothing in those that are read
// here.
func tagsOf(value string) map[string]string {
	tags := map[string]string{}
	for part := range strings.SplitSeq(value, ";") {
		name, text, is := strings.Cut(part, "=")
		name = strings.TrimSpace(name)
		if _, twice := tags[name]; is && !twice {
			tags[name] = cut(strings.Join(strings.Fields(text), ""))
		}
	}
	return tags
}
