package mailserver

import (
	"slices"
	"strings"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// Search searches the open mailbox (RFC 3501, section 6.4.4; the results of RFC 4731). Texts are looked for in what a
// person reads: encoded words decoded, upper and lower case alike.
func (s *session) Search(
	kind imapserver.NumKind, criteria *goimap.SearchCriteria, _ *goimap.SearchOptions,
) (*goimap.SearchData, error) {
	var numbers goimap.SeqSet
	var uids goimap.UIDSet
	data := &goimap.SearchData{}
	for _, e := range s.selected.entries() {
		if !s.selected.meets(e, criteria) {
			continue
		}
		number := e.number
		if kind == imapserver.NumKindUID {
			number = uint32(e.uid)
		}
		numbers.AddNum(e.number)
		uids.AddNum(e.uid)
		data.Count++
		data.Max = number
		if data.Min == 0 {
			data.Min = number
		}
	}
	data.All = numbers
	if kind == imapserver.NumKindUID {
		data.All = uids
	}
	return data, nil
}

// meets is whether a message meets all criteria.
func (v *view) meets(e entry, c *goimap.SearchCriteria) bool {
	for _, set := range c.SeqNum {
		if !v.holds(set, e) {
			return false
		}
	}
	for _, set := range c.UID {
		if !v.holds(set, e) {
			return false
		}
	}
	for i := range c.Not {
		if v.meets(e, &c.Not[i]) {
			return false
		}
	}
	for i := range c.Or {
		if !v.meets(e, &c.Or[i][0]) && !v.meets(e, &c.Or[i][1]) {
			return false
		}
	}
	return e.hasFlagsAndSize(c) && e.isDated(c) && e.says(c)
}

// hasFlagsAndSize compares flags and size.
func (s *stored) hasFlagsAndSize(c *goimap.SearchCriteria) bool {
	size := int64(len(s.raw))
	return !slices.ContainsFunc(c.Flag, func(flag goimap.Flag) bool { return !s.has(flag) }) &&
		!slices.ContainsFunc(c.NotFlag, s.has) &&
		(c.Larger == 0 || size > c.Larger) && (c.Smaller == 0 || size < c.Smaller)
}

// isDated compares days: those of arrival, and those the sender wrote. Time and offset don't count (RFC 3501, section
// 6.4.4), so each day is the one where it was written down.
func (s *stored) isDated(c *goimap.SearchCriteria) bool {
	if !between(day(s.internalDate), c.Since, c.Before) {
		return false
	}
	if c.SentSince.IsZero() && c.SentBefore.IsZero() {
		return true
	}
	sent, _, ok := strings.Cut(s.reading().Date, "T")
	return ok && between(sent, c.SentSince, c.SentBefore)
}

// day is a date in a form that compares as text.
func day(at time.Time) string { return at.Format(time.DateOnly) }

// between is whether a day is since one day and before another; zero days bound nothing.
func between(date string, since, before time.Time) bool {
	return (since.IsZero() || date >= day(since)) && (before.IsZero() || date < day(before))
}

// says looks for texts in the message.
func (s *stored) says(c *goimap.SearchCriteria) bool {
	for _, wanted := range c.Header {
		if !s.headerSays(wanted.Key, wanted.Value) {
			return false
		}
	}
	for _, part := range c.Body {
		if !contains(s.reading().Text, part) {
			return false
		}
	}
	for _, part := range c.Text {
		if !s.headerSays("", part) && !contains(s.reading().Text, part) {
			return false
		}
	}
	return true
}

// headerSays is whether a field of a name, or any for "", holds a text. The empty text is in every such field.
func (s *stored) headerSays(name, part string) bool {
	header, _ := splitHeader(s.raw)
	return slices.ContainsFunc(fields(header), func(f field) bool {
		return (name == "" || strings.EqualFold(f.name, name)) && contains(f.text(), part)
	})
}

func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
