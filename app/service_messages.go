package app

import (
	"strings"
	"unicode/utf8"

	"constancia/internal/casework"
)

// Messages are what the page does with emails.
type Messages struct{ desk *desk }

// Open reads an email as text. Its original look is kept for the frame that shows it.
func (s *Messages) Open(caseID, messageID string) (view MessageView, err error) {
	defer guard(&err)
	opened, err := s.desk.openMessage(s.desk.ctx, caseID, messageID)
	if err != nil {
		return MessageView{}, err
	}
	return s.desk.messageView(opened), nil
}

// Trace tells what servers wrote on an email, and gives its header.
func (s *Messages) Trace(messageID string) (trace MessageTrace, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return MessageTrace{}, err
	}
	details, err := work.MessageDetails(s.desk.ctx, messageID)
	if err != nil {
		return MessageTrace{}, err
	}
	return s.desk.traceView(details), nil
}

// Conversation lists the emails of a case that belong to one, itself among them, the first one first.
func (s *Messages) Conversation(caseID, messageID string) (emails []MessageSummary, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	found, err := work.ConversationOf(s.desk.ctx, caseID, messageID)
	if err != nil {
		return nil, err
	}
	emails = make([]MessageSummary, len(found))
	for i, one := range found {
		wall, _, _ := wallsOf(one.Reading.Date, s.desk.location())
		emails[i] = MessageSummary{ID: one.ID, From: namesOf(one.Reading.From), Subject: one.Reading.Subject, Wall: wall}
	}
	return emails, nil
}

// Signatures holds the signatures of an email against the keys of those who signed, and says of each what it shows. It asks
// the domain name system, which learns which domains wrote to the person.
func (s *Messages) Signatures(messageID string) (sentences []string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	signatures, err := work.CheckSignatures(s.desk.ctx, messageID)
	if err != nil {
		return nil, err
	}
	return s.desk.sentences(signatures), nil
}

// Save asks where to, and writes the email there byte for byte as it was received.
func (s *Messages) Save(caseID, messageID string) (saved SavedFile, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return SavedFile{}, err
	}
	opened, err := s.desk.openMessage(s.desk.ctx, caseID, messageID)
	if err != nil {
		return SavedFile{}, err
	}
	texts := s.desk.texts()
	name := opened.Reading.Subject
	if strings.TrimSpace(name) == "" {
		name = texts.Text("page.message.title")
	}
	path, err := s.desk.dialogs.saveFile(texts.Text("page.message.save"), savedName(name, ".eml"))
	if err != nil || path == "" {
		return SavedFile{}, err
	}
	written, err := work.SaveMessage(s.desk.ctx, messageID, path)
	return SavedFile{Path: path, SHA256: written.SHA256}, err
}

// SaveAttachment asks where to, and writes an attachment there as it is kept.
func (s *Messages) SaveAttachment(caseID, evidenceID string) (saved SavedFile, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return SavedFile{}, err
	}
	evidence, err := work.EvidenceOf(s.desk.ctx, caseID, evidenceID)
	if err != nil {
		return SavedFile{}, err
	}
	path, err := s.desk.dialogs.saveFile(s.desk.texts().Text("page.message.save_attachment"), savedName(evidence.FileName, ""))
	if err != nil || path == "" {
		return SavedFile{}, err
	}
	return SavedFile{Path: path, SHA256: evidence.SHA256}, work.SaveEvidence(s.desk.ctx, caseID, evidenceID, path)
}

// savedName makes a name that somebody else chose one for a file: every system takes it, and it ends as it is said to.
func savedName(name, ending string) string {
	return strings.TrimPrefix(copyName(strings.TrimRight(name, ". ")+ending), "copy ")
}

// longestText is how much of an email's text the page is given, in bytes.
const longestText = 400_000

// passageViews are the passages of an email, as far as the page is given them, and whether that is not all.
func passageViews(opened casework.OpenedMessage) (views []PassageView, isCut bool) {
	room := longestText
	views = []PassageView{}
	for _, one := range opened.Passages {
		text := one.Text
		if len(text) > room {
			text, isCut = strings.ToValidUTF8(text[:room], ""), true
		}
		room -= len(text)
		views = append(views, PassageView{Kind: string(one.Kind), Text: text, Introduction: one.Introduction, Folds: one.Folds})
		if isCut {
			break
		}
	}
	return views, isCut
}

// longestHeader is how much of an email's header the page is given, in bytes.
const longestHeader = 200_000

func headerOf(details casework.MessageDetails) (header string, isCut bool) {
	var out strings.Builder
	for _, field := range details.Fields {
		out.WriteString(field.Name + ": " + field.Value + "\n")
		if out.Len() > longestHeader {
			text := out.String()[:longestHeader]
			for !utf8.ValidString(text) {
				text = text[:len(text)-1]
			}
			return text, true
		}
	}
	return out.String(), false
}
