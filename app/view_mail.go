package app

import (
	"encoding/json"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

func termsOf(terms []casework.MailTerm) []MailTerm {
	views := make([]MailTerm, len(terms))
	for i, term := range terms {
		views[i] = MailTerm{Kind: string(term.Kind), Text: term.Text}
	}
	return views
}

func emailOf(mail casework.MailCandidate) MailEmail {
	return MailEmail{
		ID: mail.ID, From: casefile.MailboxList(mail.From), To: casefile.MailboxList(mail.To), Subject: mail.Subject,
		Wall: wallOf(mail.Date), Size: mail.Size, State: string(mail.State), EntryID: mail.EntryID,
	}
}

// watches tells how cases are watched; only the one with an id when that is given. A case that is gone is passed over.
func (s *Mail) watches(work *casework.Casework, caseID string) ([]MailWatchView, error) {
	watches, err := work.MailWatches(s.desk.ctx)
	if err != nil {
		return nil, err
	}
	cases, err := work.Cases(s.desk.ctx)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, one := range cases {
		titles[one.ID] = one.Title
	}
	views := []MailWatchView{}
	for _, watch := range watches {
		title, isThere := titles[watch.CaseID]
		if !isThere || caseID != "" && watch.CaseID != caseID {
			continue
		}
		view := MailWatchView{
			CaseID: watch.CaseID, CaseTitle: title, MailboxID: watch.MailboxID, Waiting: int64(len(watch.Waiting)),
			From: append([]string{}, casework.Writers(watch.Waiting)...),
		}
		if at, err := time.Parse(time.RFC3339, watch.Looked); err == nil {
			view.Looked = at.In(s.desk.location()).Format(wallMinute)
		}
		if watch.Failure != nil {
			text, _ := json.Marshal(failureOf(problem.New(watch.Failure.Code, watch.Failure.Values))) // strings only: it can't fail
			view.Failure = string(text)
		}
		views = append(views, view)
	}
	return views, nil
}
