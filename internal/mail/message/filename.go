package message

import (
	"path"
	"strings"
	"unicode/utf8"
)

// maxFileName is the length of a file name in bytes, which file systems share.
const maxFileName = 200

// extensions are what a part without a name gets.
var extensions = map[string]string{
	"application/pdf": ".pdf", "application/pkcs7-signature": ".p7s", "application/pgp-signature": ".asc",
	"application/zip": ".zip", "image/gif": ".gif", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp",
	"application/pkcs7-mime": ".p7m", "application/pgp-encrypted": ".asc", "image/heic": ".heic",
	"message/global": ".eml", "message/rfc822": ".eml", "text/csv": ".csv",
	"text/html": ".html", "text/plain": ".txt",
}

// usualNames are those of parts that mail programs make themselves, and never name.
var usualNames = map[string]string{
	"message/delivery-status": "delivery-status.txt", "message/disposition-notification": "disposition-notification.txt",
	"text/calendar": "calendar.ics", "text/rfc822-headers": "headers.txt",
}

// attachmentName is the name an attachment is shown under. A part without one gets its message's subject when it is a
// message, and else its place.
func attachmentName(name, place, mediaType string, content []byte) string {
	if clean := CleanFileName(name); clean != "" {
		return clean
	}
	extension := extensions[mediaType]
	if isMessageType(mediaType) {
		head, _ := splitHeader(content)
		if subject := CleanFileName(decodeField(head.get("Subject"))); subject != "" {
			return CleanFileName(subject + extension)
		}
	}
	if usual := usualNames[mediaType]; usual != "" {
		return usual
	}
	if extension == "" {
		extension = ".bin"
	}
	return "part-" + place + extension
}

// CleanFileName makes a name that somebody else gave fit to be shown: its last element, without controls and without
// characters that mean something in a path. It is empty when nothing is left.
func CleanFileName(name string) string {
	name = strings.ReplaceAll(line(name), `\`, "/")
	if strings.HasSuffix(name, "/") {
		name = strings.TrimRight(name, "/")
	}
	name = path.Base("/" + name)
	name = strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/<>:"|?*`, c) {
			return '_'
		}
		return c
	}, name)
	name = strings.Trim(name, " ")
	name = strings.TrimRight(name, ". ")
	if strings.Trim(name, "._ ") == "" {
		return ""
	}
	return shortenName(name)
}

// shortenName shortens a name in its middle, so that its extension stays.
func shortenName(name string) string {
	if len(name) <= maxFileName {
		return name
	}
	extension := path.Ext(name)
	if len(extension) > 20 {
		extension = ""
	}
	keep := maxFileName - len(extension)
	for keep > 0 && !utf8.RuneStart(name[keep]) {
		keep--
	}
	return strings.TrimRight(name[:keep], ". ") + extension
}

// cleanMediaType gives a media type in lower case; what is none is plain text when nothing was said, else bytes.
func cleanMediaType(value string) string {
	if value == "" || value == "text" {
		return "text/plain" // RFC 2045, section 5.2
	}
	kind, subtype, found := strings.Cut(value, "/")
	if !found || !isToken(kind) || !isToken(subtype) {
		return "application/octet-stream"
	}
	return value
}

// isToken is whether a word is a token of RFC 2045, section 5.1.
func isToken(word string) bool {
	if word == "" || len(word) > 100 {
		return false
	}
	for _, c := range []byte(word) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?=`, c) >= 0 {
			return false
		}
	}
	return true
}
