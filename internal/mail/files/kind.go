package files

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// kind is what a file is, as its first bytes tell.
type kind int

const (
	kindOther kind = iota
	kindMessage
	kindEMLX
	kindMbox
	kindGzip
	kindZip
	kindTar
	kindOutlook // .msg or .pst, which nothing but Outlook reads well
)

// startSize is how much of a file is looked at to tell what it is.
const startSize = 16 << 10

// kindOf tells what a file is. Its name only helps where the content is not enough.
func kindOf(name string, start []byte) kind {
	extension := strings.ToLower(path.Ext(name))
	switch {
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		return kindGzip
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return kindZip
	case len(start) > 262 && string(start[257:262]) == "ustar":
		return kindTar
	case bytes.HasPrefix(start, []byte("!BDN")):
		return kindOutlook
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) && (extension == ".msg" || extension == ".oft"):
		return kindOutlook
	case isMbox(start):
		return kindMbox
	case isEMLX(start):
		return kindEMLX
	case isMessage(start, extension == ".eml"):
		return kindMessage
	}
	return kindOther
}

// isMbox is whether a file starts as an mbox does: with the line that parts its messages, followed by a header.
func isMbox(start []byte) bool {
	line, rest, found := bytes.Cut(start, []byte("\n"))
	return found && isSeparator(line) && isMessage(rest, true)
}

// isEMLX is whether a file starts as Apple Mail writes its messages: with their length in a line of its own.
func isEMLX(start []byte) bool {
	line, rest, found := bytes.Cut(start, []byte("\n"))
	_, isLength := lengthLine(line)
	return found && isLength && isMessage(rest, true)
}

// messageFields are fields of which a message has one at least. Other files may look like a header, too.
var messageFields = []string{"from", "to", "date", "subject", "message-id", "received", "return-path", "delivered-to"}

// isMessage is whether bytes start with a header section that has fields of mail: one where something else says, too,
// that it is mail, and else two, since a line like "Date: 2 March" stands in front of many a text.
func isMessage(start []byte, expected bool) bool {
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	var found []string
	for number, line := range bytes.Split(start, []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			return false
		}
		if line[0] == ' ' || line[0] == '\t' {
			if number == 0 {
				return false
			}
			continue
		}
		name, _, isField := bytes.Cut(line, []byte(":"))
		if number == 0 && (!isField || bytes.ContainsAny(name, " \t<{[")) {
			return false
		}
		field := strings.ToLower(strings.TrimSpace(string(name)))
		if !isField || !slices.Contains(messageFields, field) || slices.Contains(found, field) {
			continue
		}
		if found = append(found, field); expected || len(found) == 2 {
			return true
		}
	}
	return false
}
