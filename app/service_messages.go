package app

import "constancia/internal/casefile"

// Messages are what the page does with emails.
type Messages struct{ desk *desk }

// Read gives a message as text. Nothing of its HTML reaches the page.
func (s *Messages) Read(caseID, messageID string) (text MessageText, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return MessageText{}, err
	}
	file, err := work.CaseFile(s.desk.ctx, caseID)
	if err != nil {
		return MessageText{}, err
	}
	for _, message := range file.Messages {
		if message.Value.ID == messageID {
			text := textOf(message.Value)
			text.Links = s.desk.links.find(text.Text)
			return text, nil
		}
	}
	return MessageText{}, notFound("message", messageID)
}

func textOf(message casefile.MessageView) MessageText {
	reading := message.Reading
	text := MessageText{
		ID: message.ID, Subject: reading.Subject, From: casefile.MailboxList(reading.From), To: casefile.MailboxList(reading.To),
		Cc: casefile.MailboxList(reading.Cc), Wall: wallOf(reading.Date), Text: reading.Text, SHA256: message.SHA256, Size: message.Size,
		Attachments: []AttachmentView{}, Defects: append([]string{}, reading.Defects...),
	}
	for _, part := range reading.Attachments {
		text.Attachments = append(text.Attachments, AttachmentView{FileName: part.FileName, MediaType: part.MediaType})
	}
	return text
}
