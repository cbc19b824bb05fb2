// Package message reads an email as a person would: who wrote it, when, what it says, what is attached.
//
// It is tolerant, because evidence is not always well made. Mail in the wild has header lines without a colon, parts
// without an end, boundaries nobody announced and base64 with holes; a reader that stops at the first of them hides the
// rest of the message. So [Read] never fails. It takes what can be read and lists what could not as defects.
//
// The bytes themselves are kept elsewhere, unaltered. What stands here is a view of them, named by [Reader], and made
// anew when the reader gets better.
package message

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/mail/dkim"
)

// Reader names this reader and its version. It changes whenever the same bytes would be read differently.
const Reader = "constancia-message/3"

// Limits of one message. What goes beyond is left out and named as a defect; none of them stops the reading.
const (
	maxMessage  = 256 << 20 // bytes read of a message
	maxHeader   = 512 << 10 // bytes of one header section
	maxFields   = 2000      // fields of one header section
	maxField    = 64 << 10  // bytes of a field's value
	maxNesting  = 20        // multiparts and messages within each other
	maxParts    = 1000      // parts of a message, leaves and multiparts
	maxText     = 4 << 20   // bytes of text that are shown
	maxHTML     = 4 << 20   // bytes of HTML that are shown
	maxDefects  = 100
	maxMailbox  = 1000 // addresses of one field
	maxMessages = 500  // message ids of one field
	maxKeys     = 8    // keys of signatures
)

// Defects, as they stand in a [casefile.Reading], followed by the place where there is one.
const (
	defectCut            = "cut"              // the bytes ended early: the source failed
	defectTooLarge       = "too_large"        // beyond the limit of a message
	defectBadHeader      = "bad_header"       // a line that is no field, or a header section that is too long
	defectDoubledField   = "doubled_field"    // a field that may stand once stands twice (RFC 5322, section 3.6)
	defectBadDate        = "bad_date"         // Date can't be read
	defectBadCharset     = "bad_charset"      // unknown, or the bytes don't fit it
	defectBadBase64      = "bad_base64"       // bytes that are no base64
	defectBadQuoted      = "bad_quoted"       // bytes that are no quoted-printable
	defectBadEncoding    = "bad_encoding"     // an unknown Content-Transfer-Encoding
	defectNoBoundary     = "no_boundary"      // a multipart that doesn't say where its parts end
	defectUnfinished     = "unfinished"       // a multipart without its last boundary
	defectTooDeep        = "too_deep"         // multiparts and messages nested beyond the limit
	defectTooManyParts   = "too_many_parts"   // parts beyond the limit
	defectTextCut        = "text_cut"         // text beyond the limit
	defectEncrypted      = "encrypted"        // only the addressee's program can open it
	defectUnopened       = "unopened"         // packed in a way that is not read: winmail.dat, a signature around the text
	defectTooManyDefects = "too_many_defects" // defects beyond the limit
)

// Read reads a message. It never fails: what can't be read is a defect of the reading. All texts of the result are valid
// UTF-8 in normalization form C without control characters. Memory is bounded by the message's size, and that by 256 MiB. A source that has
// a method Len, as [bytes.Reader] has, is read without taking more than it needs. A small [bytes.Buffer] is read where it is, and
// what is attached may be a piece of it.
func Read(raw io.Reader) casefile.Reading { return (&reading{}).read(raw) }

// ReadText reads a message as [Read] does, but leaves the HTML out of the result. An import keeps none, and making it fit to
// be shown takes longer than all else there is to do for most messages.
func ReadText(raw io.Reader) casefile.Reading {
	result := (&reading{textAlone: true}).read(raw)
	result.HTML = ""
	return result
}

func (r *reading) read(raw io.Reader) casefile.Reading {
	content := r.load(raw)
	head, body := splitHeader(content)
	r.noteHeader(head, "")
	result := casefile.Reading{
		Reader:     Reader,
		MessageID:  firstID(head.get("Message-ID")),
		InReplyTo:  messageIDs(head.get("In-Reply-To")),
		References: messageIDs(head.get("References")),
		From:       mailboxes(head.all("From")),
		To:         mailboxes(head.all("To")),
		Cc:         mailboxes(head.all("Cc")),
		Subject:    decodeField(head.get("Subject")),
		Date:       r.date(head),
		KeyNames:   keyNames(head),
	}
	texts := r.entity(part{head: head, body: body, root: true})
	result.Text, result.HTML = r.joinTexts(texts)
	result.Attachments = r.attachments
	if result.Text == "" && result.HTML == "" {
		result.Text = calendarText(result.Attachments)
	}
	markInline(result.Attachments, result.HTML)
	result.Defects = r.defects
	return result
}

// keyNames are the names of the keys that the signatures of a message need.
func keyNames(head header) []string {
	var names []string
	for _, value := range head.all("DKIM-Signature") {
		if name := dkim.KeyName(value); name != "" && !slices.Contains(names, name) && len(names) < maxKeys {
			names = append(names, name)
		}
	}
	return names
}

// reading is the state of one Read.
type reading struct {
	attachments []casefile.Attachment
	defects     []string
	parts       int
	textAlone   bool // whether nobody asked for the HTML
}

// load reads the message's bytes, up to the limit.
func (r *reading) load(raw io.Reader) []byte {
	if inMemory, is := raw.(*bytes.Buffer); is && inMemory.Len() < decodedInPlace { // else it would be changed
		return inMemory.Bytes()
	}
	var content bytes.Buffer
	if known, is := raw.(interface{ Len() int }); is {
		content.Grow(min(max(known.Len(), 0), maxMessage) + bytes.MinRead)
	}
	n, err := io.Copy(&content, io.LimitReader(raw, maxMessage+1))
	if n > maxMessage {
		r.defect(defectTooLarge, "")
		content.Truncate(maxMessage)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		r.defect(defectCut, "")
	}
	return content.Bytes()
}

// defect notes what could not be read, and where.
func (r *reading) defect(code, place string) {
	if len(r.defects) > maxDefects {
		return
	}
	if len(r.defects) == maxDefects {
		code, place = defectTooManyDefects, ""
	}
	text := strings.TrimSpace(code + " " + place)
	for _, known := range r.defects {
		if known == text {
			return
		}
	}
	r.defects = append(r.defects, text)
}

// noteHeader notes the defects of a header section.
func (r *reading) noteHeader(head header, place string) {
	if head.malformed {
		r.defect(defectBadHeader, place)
	}
	if place != "" {
		return
	}
	for _, name := range []string{"From", "Date", "Subject", "Message-ID"} {
		if len(head.all(name)) > 1 {
			r.defect(defectDoubledField, name)
		}
	}
}

func (r *reading) date(head header) string {
	value := head.get("Date")
	if value == "" {
		return ""
	}
	at, ok := parseDate(value)
	if !ok {
		r.defect(defectBadDate, "")
		return ""
	}
	return at
}

// body is a piece of the message's text, in one or both of its forms.
type body struct {
	plain string
	html  string
	// unfit says that the HTML is as it came, and not made fit to be shown yet.
	unfit bool
}

// fit is the HTML, fit to be shown.
func (b body) fit() string {
	if b.unfit {
		return paragraphs(b.html)
	}
	return b.html
}

// A plain text of at most so many bytes that the HTML says so many times over stands there only to say that it is in the
// HTML.
const (
	shortStandIn = 400
	timesLonger  = 2
)

// text is what a piece says, as plain text.
func (b body) text() string {
	plain := strings.TrimSpace(b.plain)
	switch {
	case b.html == "" || len(plain) > shortStandIn:
		return b.plain
	case plain == "":
		return htmlToText(b.fit())
	}
	if text := htmlToText(b.fit()); len(text) > timesLonger*len(plain) {
		return text
	}
	return b.plain
}

// joinTexts makes the message's text and its HTML out of its pieces, in order.
func (r *reading) joinTexts(pieces []body) (plain, html string) {
	var plains []string
	for _, piece := range pieces {
		if text := piece.text(); strings.TrimSpace(text) != "" {
			plains = append(plains, text)
		}
	}
	plain = r.cut(strings.Join(plains, "\n\n"), maxText)
	if r.needsHTML(pieces) {
		html = r.cut(joinHTML(pieces), maxHTML)
	}
	return plain, html
}

// needsHTML is whether the message has HTML that somebody asked for, or that tells something else of it: which pictures it
// shows, or that it is cut.
func (r *reading) needsHTML(pieces []body) bool {
	size, hasHTML := 0, false
	for _, piece := range pieces {
		size += len(piece.plain) + len(piece.html)
		hasHTML = hasHTML || piece.html != ""
	}
	const longestForm = 6 // times its length is a text at most in HTML: "&#34;" for a quotation mark
	named := func(a casefile.Attachment) bool { return a.ContentID != "" }
	return hasHTML && (!r.textAlone || size > maxHTML/longestForm || slices.ContainsFunc(r.attachments, named))
}

func joinHTML(pieces []body) string {
	var htmls []string
	for _, piece := range pieces {
		switch {
		case piece.html != "":
			htmls = append(htmls, piece.fit())
		case strings.TrimSpace(piece.plain) != "":
			htmls = append(htmls, plainAsHTML(piece.plain))
		}
	}
	return strings.Join(htmls, "\n")
}

// cut shortens a text to at most limit bytes of whole characters.
func (r *reading) cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	r.defect(defectTextCut, "")
	return strings.ToValidUTF8(text[:limit], "")
}

// markInline marks the attachments that the HTML shows in their place (RFC 2392).
func markInline(attachments []casefile.Attachment, html string) {
	for i := range attachments {
		id := attachments[i].ContentID
		if id != "" && strings.Contains(html, "cid:"+id) {
			attachments[i].Inline = true
		}
	}
}

// childPlace is the place of the nth part of a multipart, counted from 1 (RFC 9051, section 6.4.5).
func childPlace(place string, n int) string {
	if place == "" {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s.%d", place, n)
}
