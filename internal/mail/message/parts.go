package message

import (
	"bytes"
	"slices"
	"strings"

	"constancia/internal/casefile"
)

// part is an entity of a message: the message itself, or a part of a multipart (RFC 2046).
type part struct {
	head  header
	body  []byte
	place string // as IMAP counts parts; empty for the message itself
	depth int
	root  bool // whether it is a message, and no part of one
	// parent is the subtype of the multipart it stands in: mixed, alternative, related, digest.
	parent string
}

// entity reads a part and those within it. It gives the pieces of text it holds, and keeps the rest as attachments.
func (r *reading) entity(p part) []body {
	if r.parts++; r.parts > maxParts {
		r.defect(defectTooManyParts, "")
		return nil
	}
	kind := parseContentType(p.head.get("Content-Type"))
	if kind.value == "" && p.parent == "digest" {
		kind.value = "message/rfc822" // RFC 2046, section 5.1.5
	}
	subtype, isMultipart := strings.CutPrefix(kind.value, "multipart/")
	if !isMultipart {
		return r.leaf(p, kind)
	}
	if p.depth >= maxNesting {
		r.defect(defectTooDeep, p.place)
		return r.leaf(p, contentType{value: "application/octet-stream"})
	}
	boundary := kind.parameters["boundary"]
	if boundary == "" {
		boundary = guessBoundary(p.body)
		r.defect(defectNoBoundary, p.place)
	}
	pieces, finished := splitParts(p.body, boundary)
	if len(pieces) == 0 {
		r.defect(defectNoBoundary, p.place)
		return r.leaf(p, contentType{value: "text/plain"})
	}
	if !finished {
		r.defect(defectUnfinished, p.place)
	}
	return r.children(p, subtype, pieces)
}

// children reads the parts of a multipart.
func (r *reading) children(parent part, subtype string, pieces [][]byte) []body {
	forms := make([][]body, 0, len(pieces))
	for i, piece := range pieces {
		head, content := splitHeader(piece)
		child := part{head: head, body: content, place: childPlace(parent.place, i+1), depth: parent.depth + 1,
			parent: subtype}
		r.noteHeader(head, child.place)
		forms = append(forms, r.entity(child))
		if r.parts > maxParts {
			break
		}
	}
	if subtype == "alternative" {
		return alternatives(forms)
	}
	return slices.Concat(forms...)
}

// alternatives joins the forms of one text (RFC 2046, section 5.1.4): the first plain one and the last with HTML, since
// they stand from the plainest to the richest.
func alternatives(forms [][]body) []body {
	var joined body
	for _, form := range forms {
		var plains []string
		var htmls []body
		for _, piece := range form {
			if piece.plain != "" {
				plains = append(plains, piece.plain)
			}
			if piece.html != "" {
				htmls = append(htmls, piece)
			}
		}
		if joined.plain == "" {
			joined.plain = strings.Join(plains, "\n\n")
		}
		switch len(htmls) {
		case 0:
		case 1:
			joined.html, joined.unfit = htmls[0].html, htmls[0].unfit
		default:
			joined.html, joined.unfit = joinHTML(htmls), false
		}
	}
	if joined == (body{}) {
		return nil
	}
	return []body{joined}
}

// leaf reads a part that holds no others.
func (r *reading) leaf(p part, kind contentType) []body {
	place := p.place
	if p.root {
		place = childPlace(place, 1) // a message that is no multipart has itself as its first part
	}
	disposition := parseContentType(p.head.get("Content-Disposition"))
	content := r.decodeTransfer(p, place)
	mediaType := cleanMediaType(kind.value)
	isText := mediaType == "text/plain" || mediaType == "text/html"
	name := disposition.parameters["filename"]
	if name == "" {
		name = kind.parameters["name"]
	}
	if isText && disposition.value != "attachment" && (name == "" || p.root) {
		return r.text(place, mediaType, kind, content)
	}
	r.attachments = append(r.attachments, casefile.Attachment{
		Part:      place,
		FileName:  attachmentName(name, place, mediaType, content),
		MediaType: mediaType,
		ContentID: strings.Trim(decodeField(p.head.get("Content-ID")), "<> "),
		Inline:    disposition.value == "inline" && p.parent == "related" && strings.HasPrefix(mediaType, "image/"),
		Size:      int64(len(content)),
		Content:   content,
	})
	r.noteUnopened(place, mediaType, name, kind)
	if isMessageType(mediaType) {
		return r.enclosed(p, place, content)
	}
	return nil
}

// noteUnopened notes what is packed so that the texts and files in it are not shown.
func (r *reading) noteUnopened(place, mediaType, name string, kind contentType) {
	switch {
	case strings.HasSuffix(mediaType, "/ms-tnef"), strings.HasSuffix(mediaType, "/vnd.ms-tnef"), strings.EqualFold(name, "winmail.dat"):
		r.defect(defectUnopened, place)
	case strings.HasSuffix(mediaType, "pkcs7-mime") && strings.EqualFold(kind.parameters["smime-type"], "signed-data"):
		r.defect(defectUnopened, place)
	case strings.HasSuffix(mediaType, "pkcs7-mime"), mediaType == "application/pgp-encrypted":
		r.defect(defectEncrypted, place)
	}
}

// text reads a part that is the message's text, or a piece of it.
func (r *reading) text(place, mediaType string, kind contentType, content []byte) []body {
	if len(content) > maxHTML {
		content = content[:maxHTML]
		r.defect(defectTextCut, place)
	}
	label := kind.parameters["charset"]
	if label == "" && mediaType == "text/html" {
		label = htmlCharset(content)
	}
	text, ok := fromCharset(label, content)
	if !ok {
		r.defect(defectBadCharset, place)
	}
	if mediaType == "text/html" && r.textAlone && strings.ContainsFunc(text, staysShown) {
		return []body{{html: text, unfit: true}}
	}
	text = paragraphs(text)
	if mediaType == "text/html" {
		return []body{{html: text}}
	}
	if strings.EqualFold(kind.parameters["format"], "flowed") {
		text = unflow(text, strings.EqualFold(kind.parameters["delsp"], "yes"))
	}
	return []body{{plain: strings.Trim(tidyLines(text), "\n")}}
}

// decodeTransfer undoes the Content-Transfer-Encoding (RFC 2045, section 6).
func (r *reading) decodeTransfer(p part, place string) []byte {
	encoding, _, _ := strings.Cut(strings.ToLower(p.head.get("Content-Transfer-Encoding")), ";")
	content, ok := p.body, true
	code := defectBadBase64
	switch strings.Trim(encoding, ` "'`) {
	case "base64":
		content, ok = decodeBase64(p.body)
	case "quoted-printable":
		code = defectBadQuoted
		content, ok = decodeQuoted(p.body, true)
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit":
	default:
		code, ok = defectBadEncoding, false
	}
	if !ok {
		r.defect(code, place)
	}
	return content
}

// splitParts cuts a multipart's body at its boundary (RFC 2046, section 5.1.1). The line end before a boundary belongs
// to the boundary. finished is whether the last boundary was there; without it, the rest is the last part.
func splitParts(content []byte, boundary string) (pieces [][]byte, finished bool) {
	if boundary == "" {
		return nil, false
	}
	delimiter := []byte("--" + strings.TrimRight(boundary, " \t"))
	start := -1 // of the part that is open
	for at := 0; at < len(content); {
		line, rest := cutLine(content[at:])
		next := len(content) - len(rest)
		if rest == nil {
			next = len(content)
		}
		if after, is := bytes.CutPrefix(line, delimiter); is {
			after = bytes.TrimRight(after, " \t")
			isLast := isClosing(after)
			if isLast || len(after) == 0 {
				if start >= 0 {
					pieces = append(pieces, trimLineEnd(content[start:max(start, at)]))
				}
				if isLast {
					return pieces, true
				}
				if len(pieces) > maxParts {
					return pieces, false
				}
				start = next
			}
		}
		at = next
	}
	if start >= 0 && start < len(content) {
		pieces = append(pieces, content[start:])
	}
	return pieces, false
}

// isClosing is whether what follows a boundary makes it the last one. Some programs leave rubbish behind it; what could go
// on with a longer boundary is none.
func isClosing(after []byte) bool {
	rubbish, is := bytes.CutPrefix(after, []byte("--"))
	if !is || len(rubbish) == 0 {
		return is
	}
	c := rubbish[0]
	isAlphanumeric := c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	return !isAlphanumeric && !bytes.ContainsRune([]byte("'()+_,-./:=? "), rune(c)) // RFC 2046, section 5.1.1
}

// guessBoundary finds the boundary of a multipart that doesn't name it: the first line that starts with two hyphens and
// is followed by a header.
func guessBoundary(content []byte) string {
	for range 200 {
		if len(content) == 0 {
			return ""
		}
		var line []byte
		line, content = cutLine(content)
		token, is := bytes.CutPrefix(bytes.TrimRight(line, " \t"), []byte("--"))
		if !is || len(token) == 0 || len(token) > 200 {
			continue
		}
		next, _ := cutLine(content)
		if _, _, isField := parseField(next); isField {
			return string(token)
		}
	}
	return ""
}

func trimLineEnd(piece []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(piece, []byte("\n")), []byte("\r"))
}
