package sample

import "constancia/internal/casefile"

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
