package dossier

import (
	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Email is a message as it was received.
type Email struct {
	Tag     Tag
	Subject string
	// Fields are the header fields, decoded.
	Fields []Field
	// Text is the body. It may hold the quoted messages of a thread.
	Text        string
	Attachments []EmailAttachment
	MessageID   string
	SHA256      string
	// Source says where the bytes came from.
	Source string
	// Signatures say what the signatures of the sender's mail servers show; none when they were not checked.
	Signatures []string
	Defects    []string
}

// Field is a name and what it holds.
type Field struct{ Name, Value string }

// EmailAttachment is a file that came with a message.
//
// Within says that it is not kept as a file of its own; empty of others.
type EmailAttachment struct {
	Name string
	Type string
	// Exhibit is set when it was made one.
	Exhibit Tag
	Within  string
}

// emails lists every message of the case, by date.
func (c *compiler) emails() []Email {
	var emails []Email
	for _, entry := range c.file.Messages {
		emails = append(emails, c.email(entry.Value))
	}
	return emails
}

func (c *compiler) email(message casefile.MessageView) Email {
	reading := message.Reading
	email := Email{
		Tag: c.tags[message.ID], Subject: c.subject(reading), Text: reading.Text, MessageID: reading.MessageID,
		SHA256: message.SHA256, Source: c.source(message.Source), Defects: reading.Defects,
		Signatures: c.options.Signatures[message.ID],
	}
	add := func(key, value string) {
		if value != "" {
			email.Fields = append(email.Fields, Field{c.words.Text(key), value})
		}
	}
	add("dossier.email.from", casefile.MailboxList(reading.From))
	add("dossier.email.to", casefile.MailboxList(reading.To))
	add("dossier.email.cc", casefile.MailboxList(reading.Cc))
	add("dossier.email.date", c.emailDate(reading))
	if c.isPress() {
		email.Source, email.Defects, email.Signatures = "", nil, nil // they name mail servers
	}
	for _, attachment := range reading.Attachments {
		email.Attachments = append(email.Attachments, c.attachment(message.ID, attachment))
	}
	return email
}

// emailDate tells the sender's date with the sender's offset; when it can't be read, that it can't.
func (c *compiler) emailDate(reading casefile.Reading) string {
	at, known := messageDate(reading)
	if !known {
		return c.words.Text("dossier.email.no_date")
	}
	return c.words.DateTime(at) + " " + at.Format("-07:00")
}

func (c *compiler) attachment(messageID string, attachment casefile.Attachment) EmailAttachment {
	shown := EmailAttachment{Name: attachment.FileName, Type: attachment.MediaType}
	switch {
	case c.isPress():
		shown.Name = c.words.Text("dossier.press.attachment")
	case shown.Name == "":
		shown.Name = c.words.Text("dossier.unnamed")
	}
	if !c.isPress() {
		shown.Within = c.words.Text("dossier.email.attachment_within")
	}
	for _, evidence := range c.file.Evidence {
		if evidence.Value.MessageID == messageID && evidence.Value.Attachment == attachment.Part {
			shown.Exhibit, shown.Within = c.tags[evidence.Value.ID], ""
		}
	}
	return shown
}

func (c *compiler) source(source casefile.MessageSource) string {
	if source.Kind == "imap" {
		return c.words.Text("dossier.email.source_imap", i18n.Values{
			"host": source.Host, "mailbox": source.Mailbox, "uid": source.UID})
	}
	return c.words.Text("dossier.email.source_file", i18n.Values{"name": source.FileName})
}
