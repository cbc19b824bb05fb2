package message

import (
	"strings"

	"constancia/internal/casefile"
)

// mailboxes reads the addresses of the given fields (RFC 5322, section 3.4), groups dissolved. What is no address is
// kept as a name, so that nobody who was named is lost.
func mailboxes(values []string) []casefile.Mailbox {
	var found []casefile.Mailbox
	for _, value := range values {
		for _, entry := range splitAddresses(value) {
			if len(found) == maxMailbox {
				return found
			}
			mailbox := readMailbox(entry)
			if mailbox.Name != "" || mailbox.Address != "" {
				found = append(found, mailbox)
			}
		}
	}
	return found
}

// splitAddresses cuts an address list at its commas, and at the colon and semicolon of a group. An encoded word is never
// cut: many programs leave a comma in one.
func splitAddresses(value string) []string {
	var entries []string
	start := 0
	scan := addressScan{}
	words := encodedWord.FindAllStringIndex(value, -1)
	for i := range len(value) {
		c := value[i]
		for len(words) > 0 && words[0][1] <= i {
			words = words[1:]
		}
		if isWord := len(words) > 0 && words[0][0] <= i; isWord || !scan.outside(c) {
			continue
		}
		switch c {
		case ',', ';':
			entries = append(entries, value[start:i])
			start = i + 1
		case ':':
			start = i + 1 // what came before is the group's name
		}
	}
	return append(entries, value[start:])
}

// addressScan follows an address list byte by byte.
type addressScan struct {
	quoted, escaped, angle bool
	comments               int
}

// outside takes the next byte and tells whether it stands outside of quotes, comments and angle brackets.
func (s *addressScan) outside(c byte) bool {
	if s.escaped {
		s.escaped = false
		return false
	}
	switch {
	case c == '\\' && (s.quoted || s.comments > 0):
		s.escaped = true
		return false
	case c == '"' && s.comments == 0:
		s.quoted = !s.quoted
		return false
	case s.quoted:
		return false
	case c == '(':
		s.comments++
		return false
	case c == ')' && s.comments > 0:
		s.comments--
		return false
	case s.comments > 0:
		return false
	case c == '<':
		s.angle = true
		return false
	case c == '>':
		s.angle = false
		return false
	}
	return !s.angle
}

// readMailbox reads one entry of an address list: a name with an address in angle brackets, or an address, which may
// have the name in a comment.
func readMailbox(entry string) casefile.Mailbox {
	var name, comment, address strings.Builder
	scan := addressScan{}
	for i := range len(entry) {
		c := entry[i]
		wasEscaped, wasQuoted, wasAngle, wasComment := scan.escaped, scan.quoted, scan.angle, scan.comments
		scan.outside(c)
		switch {
		case scan.escaped && !wasEscaped: // the backslash itself
		case wasComment > 0 && scan.comments > 0 || wasEscaped && wasComment > 0:
			comment.WriteByte(c)
		case wasComment != scan.comments: // a bracket of a comment
		case wasAngle && scan.angle:
			address.WriteByte(c)
		case wasAngle != scan.angle: // an angle bracket
		case wasQuoted != scan.quoted: // a quote
		default:
			name.WriteByte(c)
		}
	}
	if address.Len() > 0 {
		return casefile.Mailbox{Name: mailboxName(name.String()), Address: cleanAddress(address.String())}
	}
	bare := strings.TrimSpace(name.String())
	if bare == "" || strings.ContainsAny(bare, " \t") && !strings.Contains(bare, "@") || strings.HasPrefix(bare, "=?") {
		return casefile.Mailbox{Name: mailboxName(bare + " " + comment.String())}
	}
	if before, after, spaced := cutLastBlank(bare); spaced && strings.Contains(after, "@") {
		return casefile.Mailbox{Name: mailboxName(before), Address: cleanAddress(after)}
	}
	return casefile.Mailbox{Name: mailboxName(comment.String()), Address: cleanAddress(bare)}
}

func cutLastBlank(text string) (before, after string, found bool) {
	at := strings.LastIndexAny(text, " \t")
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+1:], true
}

// mailboxName decodes a display name.
func mailboxName(raw string) string {
	return strings.Trim(decodeField(raw), ` '"`)
}

// cleanAddress makes an address fit for display: no blanks, no brackets, no route (RFC 5322, section 4.4).
func cleanAddress(raw string) string {
	address := line(fromUnlabelled([]byte(raw)))
	if at := strings.LastIndex(address, ":"); at >= 0 && strings.HasPrefix(address, "@") {
		address = address[at+1:]
	}
	address = strings.TrimPrefix(strings.TrimSpace(address), "mailto:")
	return strings.Join(strings.FieldsFunc(address, func(c rune) bool { return c == ' ' || c == '<' || c == '>' }), "")
}

// messageIDs reads a list of message ids (RFC 5322, section 3.6.4), without angle brackets.
func messageIDs(value string) []string {
	var ids []string
	for len(ids) < maxMessages {
		_, rest, found := strings.Cut(value, "<")
		if !found {
			break
		}
		id, after, closed := strings.Cut(rest, ">")
		if !closed {
			break
		}
		if id = cleanID(id); id != "" {
			ids = append(ids, id)
		}
		value = after
	}
	return ids
}

// firstID reads a single message id, brackets or not.
func firstID(value string) string {
	if ids := messageIDs(value); len(ids) > 0 {
		return ids[0]
	}
	return cleanID(value)
}

func cleanID(raw string) string {
	return strings.ReplaceAll(line(fromUnlabelled([]byte(raw))), " ", "")
}
