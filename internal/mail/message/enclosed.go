package message

import (
	"strings"

	"constancia/internal/casefile"
)

// isMessageType is whether a media type is that of a message (RFC 2046, section 5.2.1; RFC 6532, section 3.7).
func isMessageType(mediaType string) bool {
	return mediaType == "message/rfc822" || mediaType == "message/global"
}

// enclosed reads a message that is enclosed in another. What it says stands in the text behind its header, since it was
// enclosed to be read; what is attached to it is an attachment of the whole.
func (r *reading) enclosed(p part, place string, content []byte) []body {
	if p.depth >= maxNesting {
		r.defect(defectTooDeep, place)
		return nil
	}
	head, rest := splitHeader(content)
	r.noteHeader(head, place)
	pieces := r.entity(part{head: head, body: rest, place: place, depth: p.depth + 1, root: true})
	text := "----\n\n" + enclosedHeader(head)
	for _, piece := range pieces {
		if shown := piece.text(); shown != "" {
			text += "\n" + shown + "\n"
		}
	}
	return []body{{plain: strings.TrimRight(text, "\n")}}
}

// enclosedHeader gives the fields by which a person knows a message, a line each, named as in the message.
func enclosedHeader(head header) string {
	var lines strings.Builder
	for _, one := range []struct{ name, value string }{
		{"From", casefile.MailboxList(mailboxes(head.all("From")))},
		{"To", casefile.MailboxList(mailboxes(head.all("To")))},
		{"Cc", casefile.MailboxList(mailboxes(head.all("Cc")))},
		{"Date", decodeField(head.get("Date"))},
		{"Subject", decodeField(head.get("Subject"))},
	} {
		if one.value != "" {
			lines.WriteString(one.name + ": " + one.value + "\n")
		}
	}
	return lines.String()
}
