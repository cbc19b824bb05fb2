package dossier

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// isSaid reports whether a promise is told in the words in which it was made.
func (c *compiler) isSaid(promise casefile.Promise) bool {
	return saidIn(c.verbatim[promise.ContactID], promise.What) || saidIn(c.verbatim[promise.MessageID], promise.What)
}

// saidOf are the words noted as said where a promise was made, and on what they rest. exact says that the promise itself is
// told in words that are on record.
func (c *compiler) saidOf(promise casefile.Promise, exact bool) (said, heard string) {
	for _, contact := range c.file.Contacts {
		if contact.Value.ID == promise.ContactID && contact.Value.Verbatim != "" {
			if exact {
				return "", c.heard(contact)
			}
			return contact.Value.Verbatim, c.heard(contact)
		}
	}
	if exact {
		return "", c.words.Text("dossier.said.email")
	}
	return "", ""
}

// heard says on what words rest that a contact has as said: when they were noted and from what, and who heard them, if it
// was not the complainant. A log of calls, or a letter about one, shows that it took place, not what was said in it.
func (c *compiler) heard(contact casefile.Recorded[casefile.Contact]) string {
	who := ""
	if name := contact.Value.MadeBy; name != "" {
		who = c.words.Text("dossier.said.heard_by", i18n.Values{"name": name})
	}
	spoken := contact.Value.Channel == casefile.Phone || contact.Value.Channel == casefile.InPerson
	if basis := contact.Value.Basis; spoken && (basis == casefile.PhoneLog || basis == casefile.CompanyDocument) {
		contact.Value.Basis = ""
	}
	return capitalised(joinFilled(" · ", who, c.provenance(contact)))
}

// verbatims are the words of others that a case holds, by the ids of contacts and messages: what was noted as said word for
// word, and what emails say.
func verbatims(file casefile.CaseFile) map[string]string {
	said := map[string]string{}
	for _, contact := range file.Contacts {
		if contact.Value.Verbatim != "" {
			said[contact.Value.ID] = contact.Value.Verbatim
		}
	}
	for _, message := range file.Messages {
		said[message.Value.ID] = message.Value.Reading.Text
		if id := message.Value.ContactID; said[id] == "" && id != "" {
			said[id] = message.Value.Reading.Text
		}
	}
	return said
}

// saidIn reports whether words stand in a text, whole and in their order. Case, white space, the form of quotation marks,
// and a full stop at the end make no difference.
func saidIn(text, words string) bool {
	words = strings.TrimRight(plainWords(words), ".… ")
	if words == "" || text == "" {
		return false
	}
	text = plainWords(text)
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, size := utf8.DecodeRuneInString(text[at+len(words):])
		if !isWord(before) && (size == 0 || !isWord(after)) {
			return true
		}
		from = at + size + 1
		for from < len(text) && !utf8.RuneStart(text[from]) {
			from++
		}
		if from >= len(text) {
			return false
		}
	}
}

var quotationMarks = strings.NewReplacer("«", "", "»", "", "“", "", "”", "", "\"", "", "’", "'", "‘", "'")

func plainWords(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(quotationMarks.Replace(text))), " ")
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
