package casework

import (
	"context"
	"time"

	"constancia/internal/i18n"
)

// quietFor is after how many days without a contact a person is asked whether all is on record.
const quietFor = 30

// DossierOutdated says in a language what looks out of date in a case that goes on, before a dossier of it is made: that the
// day for an answer, which page one names, has passed; that nothing was recorded for long.
//
// Problem: not_found.
func (c *Casework) DossierOutdated(ctx context.Context, caseID string, words *i18n.Texts) ([]string, error) {
	file, err := c.library.CaseFile(ctx, caseID)
	if err != nil || file.Case.Closed() {
		return nil, err
	}
	var told []string
	say := func(key, day string, days int64) {
		if at, err := time.Parse(time.DateOnly, day); err == nil {
			told = append(told, words.Count(key, days, i18n.Values{"date": words.Date(at)}))
		}
	}
	if by := file.Case.AnswerBy; by != nil {
		if days, past := by.Past(c.Now()); past && days > 0 {
			say("dossier.outdated.answer_by", by.Date, days)
		}
	}
	if last, days := file.Quiet(c.Now()); days > quietFor {
		say("dossier.outdated.last_contact", last, days)
	}
	return told, nil
}
