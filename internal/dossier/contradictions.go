package dossier

import (
	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Contradiction sets answers to one question side by side that can't all be true.
type Contradiction struct {
	Question string
	Answers  []Answer // two at least
	Note     string
}

func (c *compiler) contradictions() []Contradiction {
	var contradictions []Contradiction
	for _, entry := range c.file.Contradictions {
		told := Contradiction{Question: entry.Value.Question, Note: entry.Value.Note}
		for _, answer := range entry.Value.Answers {
			told.Answers = append(told.Answers, c.answerOf(answer))
		}
		contradictions = append(contradictions, told)
	}
	return contradictions
}

// answerOf is an answer with who gave it, and when.
func (c *compiler) answerOf(answer casefile.Answer) Answer {
	told := Answer{Text: answer.Said, Exact: saidIn(c.verbatim[answer.EntryID], answer.Said), Row: c.tags[answer.EntryID]}
	for _, contact := range c.file.Contacts {
		if contact.Value.ID == answer.EntryID {
			from := c.contactAnswer(contact.Value)
			told.Date, told.Who = from.Date, from.Who
			if told.Exact {
				told.Source = c.heard(contact)
			} else {
				told.Source = from.Source
			}
		}
	}
	for _, message := range c.file.Messages {
		if message.Value.ID != answer.EntryID {
			continue
		}
		told.Who = c.sender(message.Value)
		told.Source = c.words.Text("dossier.said.email")
		if !told.Exact {
			told.Source = capitalised(c.words.Text("dossier.told.noted", i18n.Values{"channel": c.channel(casefile.Email)}))
		}
		if at, known := messageDate(message.Value.Reading); known {
			told.Date = c.words.ShortDate(at)
		}
	}
	return told
}
