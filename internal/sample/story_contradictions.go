package sample

import (
	"crypto/sha256"
	"encoding/hex"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// contradiction is a question that got answers which can't all be true; the question is under its key, and what was said
// is what the contacts have word for word.
type contradiction struct {
	key, recorded string
	contacts      []string
}

var contradictions = []contradiction{
	{key: "contradiction-01", recorded: "2026-04-08 21:45", contacts: []string{"call-08", "call-09"}},
}

func (c contradiction) tell(w *words) casefile.Recorded[casefile.Contradiction] {
	told := casefile.Contradiction{ID: c.key, CaseID: caseKey, Question: w.text(c.key + ".question"), Note: w.text(c.key + ".note")}
	for _, key := range c.contacts {
		told.Answers = append(told.Answers, casefile.Answer{EntryID: key, Said: w.text(key + ".verbatim")})
	}
	return recorded(c.recorded, told)
}

// written are the messages whose answers to contradiction-02 can't both be true: the carrier's and, later, the store's.
var written = []string{"mail-10", "mail-12"}

// WrittenContradiction is the one between messages of [Mailbox], to be pinned once they are imported. [Story] is without it.
// Its answers tell the messages by the SHA-256 of their bytes, in lower-case hex.
func WrittenContradiction(language i18n.Language) casefile.Contradiction {
	w := wordsOf(language)
	told := casefile.Contradiction{
		CaseID: caseKey, Question: w.text("contradiction-02.question"), Note: w.text("contradiction-02.note"),
	}
	for _, key := range written {
		told.Answers = append(told.Answers, casefile.Answer{EntryID: messageSHA256(w, key), Said: w.text(key + ".said")})
	}
	return told
}

func messageSHA256(w *words, key string) string {
	sum := sha256.Sum256(messageOf(key).write(w))
	return hex.EncodeToString(sum[:])
}
