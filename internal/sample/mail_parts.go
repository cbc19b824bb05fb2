package sample

import (
	"bytes"
	"encoding/base64"
	"mime"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// header is header fields in order, folded (RFC 5322, section 2.2.3).
type header struct{ bytes.Buffer }

const foldAt = 76

func (h *header) add(name, value string) {
	line := name + ":"
	for word := range strings.FieldsSeq(value) {
		if len(line)+1+len(word) > foldAt {
			h.WriteString(line + "\r\n")
			line = ""
		}
		line += " " + word
	}
	h.WriteString(line + "\r\n")
}

func (h *header) bytes() []byte { return h.Bytes() }

// charset is how letters become bytes.
type charset string

const (
	utf8   charset = "utf-8"
	latin1 charset = "iso-8859-1"
)

// encode turns a text into bytes of the charset. The sample's own texts fit: one that does not is a bug.
func (c charset) encode(text string) []byte {
	if c == utf8 {
		return []byte(text)
	}
	encoded, err := charmap.ISO8859_1.NewEncoder().String(text)
	if err != nil {
		panic("sample: not in " + string(c) + ": " + text)
	}
	return []byte(encoded)
}

// words writes a header text as encoded words where it has to (RFC 2047): B for UTF-8, Q for the older charset.
func (c charset) words(text string) string {
	if c == utf8 {
		return mime.BEncoding.Encode(string(c), text)
	}
	return mime.QEncoding.Encode(string(c), string(c.encode(text)))
}

func (c charset) mailbox(m mailbox) string {
	name := c.words(m.name)
	if name == m.name {
		name = `"` + name + `"`
	}
	return name + " <" + m.address + ">"
}

// transfer is a content transfer encoding (RFC 2045, section 6).
type transfer string

const (
	quotedPrintable transfer = "quoted-printable"
	base64Lines     transfer = "base64"
	eightBit        transfer = "8bit"
)

func (t transfer) encode(content []byte) []byte {
	var out bytes.Buffer
	switch t {
	case quotedPrintable:
		writer := quotedprintable.NewWriter(&out)
		if _, err := writer.Write(content); err != nil {
			panic(err) // a buffer takes every write
		}
		if err := writer.Close(); err != nil {
			panic(err)
		}
	case base64Lines:
		encoded := base64.StdEncoding.EncodeToString(content)
		for len(encoded) > foldAt {
			out.WriteString(encoded[:foldAt] + "\r\n")
			encoded = encoded[foldAt:]
		}
		out.WriteString(encoded)
	case eightBit:
		out.Write(content)
	}
	if !bytes.HasSuffix(out.Bytes(), []byte("\r\n")) {
		out.WriteString("\r\n")
	}
	return out.Bytes()
}

// part is a body part (RFC 2045): its header, and its content as it travels.
type part struct {
	header  *header
	content []byte
}

func newPart(contentType string, t transfer, content []byte) part {
	h := &header{}
	h.add("Content-Type", contentType)
	h.add("Content-Transfer-Encoding", string(t))
	return part{h, t.encode(content)}
}

// textPart is a text with the line ends of mail. subtype is "plain", "html" or "plain; format=flowed".
func textPart(subtype, text string, c charset, t transfer) part {
	name, parameter, _ := strings.Cut(subtype, ";")
	if parameter != "" {
		parameter = ";" + parameter
	}
	lines := strings.ReplaceAll(text, "\n", "\r\n") + "\r\n"
	return newPart("text/"+name+"; charset="+string(c)+parameter, t, c.encode(lines))
}

func attachment(name, mediaType string, content []byte) part {
	p := newPart(mediaType+`; name="`+name+`"`, base64Lines, content)
	p.header.add("Content-Disposition", `attachment; filename="`+name+`"`)
	return p
}

// inlinePicture is a picture that the HTML beside it shows in its place (RFC 2392).
func inlinePicture(id, name, mediaType string, content []byte) part {
	p := newPart(mediaType+`; name="`+name+`"`, base64Lines, content)
	p.header.add("Content-ID", "<"+id+">")
	p.header.add("Content-Disposition", `inline; filename="`+name+`"`)
	return p
}

// multipart joins parts (RFC 2046, section 5.1). name makes the boundary, which no text of the sample has.
func multipart(subtype, name string, parts ...part) part {
	boundary := "=_" + subtype + "_" + name
	var content bytes.Buffer
	for _, p := range parts {
		content.WriteString("--" + boundary + "\r\n")
		content.Write(p.header.bytes())
		content.WriteString("\r\n")
		content.Write(p.content)
	}
	content.WriteString("--" + boundary + "--\r\n")
	h := &header{}
	h.add("Content-Type", "multipart/"+subtype+`; boundary="`+boundary+`"`)
	return part{h, content.Bytes()}
}
