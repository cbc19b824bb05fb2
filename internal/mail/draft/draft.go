// Package draft writes an email that the person has not sent yet: a short text and a file attached, as an RFC 5322
// message. The person's own mail program shows it, and there they press Send.
package draft

import (
	"fmt"
	"io"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/emersion/go-message/mail"

	"constancia/internal/casefile"
	"constancia/internal/problem"
)

// Draft is an email to be.
type Draft struct {
	// From may be empty in a draft that is saved as a file: the mail program fills it in.
	From    casefile.Mailbox
	To      []casefile.Mailbox
	Subject string
	// Text is plain text. Its lines may end either way.
	Text string
	Date time.Time
	// MessageID is without angle brackets.
	MessageID  string
	Attachment Attachment
	// Unsent marks a message that is saved as a file: mail programs that know the mark open it for writing instead of
	// reading. A message in a mailbox of drafts must not have it.
	Unsent bool
}

// Attachment is a file that goes with a draft. One without a Body is none.
type Attachment struct {
	FileName  string
	MediaType string // application/octet-stream when empty
	Body      io.Reader
}

// Write writes the draft, lines ending with CRLF. The attachment is passed on as it is read. Whatever the fields hold, it
// stays text: line ends in them don't make new fields.
func Write(w io.Writer, d Draft) error {
	header, err := d.header()
	if err != nil {
		return err
	}
	message, err := gomail.CreateWriter(w, header)
	if err != nil {
		return fmt.Errorf("write the draft's header: %w", err)
	}
	if err := writeText(message, d.Text); err != nil {
		return fmt.Errorf("write the draft's text: %w", err)
	}
	if d.Attachment.Body != nil {
		if err := writeAttachment(message, d.Attachment); err != nil {
			return fmt.Errorf("write the draft's attachment: %w", err)
		}
	}
	return message.Close()
}

// header makes the message's header section.
func (d Draft) header() (gomail.Header, error) {
	var header gomail.Header
	var from []*gomail.Address
	if d.From.Address != "" {
		var err error
		if from, err = addresses("from", []casefile.Mailbox{d.From}); err != nil {
			return header, err
		}
	}
	to, err := addresses("to", d.To)
	if err != nil {
		return header, err
	}
	// The library writes the field that is set last first.
	if d.Unsent {
		header.Set("X-Unsent", "1")
	}
	header.Set("MIME-Version", "1.0")
	header.SetMessageID(token(d.MessageID))
	header.SetSubject(oneLine(d.Subject))
	if len(to) > 0 {
		header.SetAddressList("To", to)
	}
	if len(from) > 0 {
		header.SetAddressList("From", from)
	}
	header.SetDate(d.Date)
	return header, nil
}

// addresses makes addresses of mailboxes. What is no address is refused: it is not for a mail program to guess whom the
// person meant.
func addresses(field string, mailboxes []casefile.Mailbox) ([]*gomail.Address, error) {
	var list []*gomail.Address
	for _, mailbox := range mailboxes {
		parsed, err := mail.ParseAddress(mailbox.Address)
		if err != nil || parsed.Address != mailbox.Address || strings.ContainsFunc(mailbox.Address, unicode.IsControl) {
			return nil, problem.Wrap(err, problem.NotAnAddress, problem.Values{"field": field, "value": mailbox.Address})
		}
		list = append(list, &gomail.Address{Name: oneLine(mailbox.Name), Address: mailbox.Address})
	}
	return list, nil
}

func writeText(message *gomail.Writer, text string) error {
	var header gomail.InlineHeader
	header.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	header.Set("Content-Transfer-Encoding", "quoted-printable")
	part, err := message.CreateSingleInline(header)
	if err != nil {
		return err
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.TrimRight(strings.ToValidUTF8(text, "\uFFFD"), "\n") + "\n"
	if _, err := io.WriteString(part, strings.ReplaceAll(text, "\n", "\r\n")); err != nil {
		return err
	}
	return part.Close()
}

func writeAttachment(message *gomail.Writer, attachment Attachment) error {
	name := fileName(attachment.FileName)
	mediaType := attachment.MediaType
	if _, _, err := mime.ParseMediaType(mediaType); err != nil || mediaType == "" {
		mediaType = "application/octet-stream"
	}
	var header gomail.AttachmentHeader
	// Most programs read the name of RFC 2231. Some old ones read only an encoded word in Content-Type, which no
	// standard has, and which harms nobody.
	header.Set("Content-Type", withParameter(mediaType, "name", mime.QEncoding.Encode("utf-8", name)))
	header.Set("Content-Disposition", withParameter("attachment", "filename", name))
	header.Set("Content-Transfer-Encoding", "base64")
	part, err := message.CreateAttachment(header)
	if err != nil {
		return err
	}
	if _, err := io.Copy(part, attachment.Body); err != nil {
		return err
	}
	return part.Close()
}

// withParameter adds a parameter, in the form of RFC 2231 where it is not ASCII.
func withParameter(value, name, content string) string {
	return mime.FormatMediaType(value, map[string]string{name: content})
}

// fileName makes a name that is nobody's path.
func fileName(name string) string {
	name = strings.Map(func(c rune) rune {
		if c == '/' || c == '\\' {
			return '_'
		}
		return c
	}, oneLine(name))
	if name == "" {
		return "dossier"
	}
	return name
}

// oneLine makes text fit for a header field.
func oneLine(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case c == utf8.RuneError:
			return -1
		case unicode.IsControl(c) || c == '\u2028' || c == '\u2029':
			return ' '
		}
		return c
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// token keeps of a message id what may stand in one.
func token(id string) string {
	return strings.Map(func(c rune) rune {
		if c <= ' ' || c >= 0x7f || c == '<' || c == '>' {
			return -1
		}
		return c
	}, id)
}
