package app

import (
	"context"

	"constancia/internal/casework"
)

// Watches are how the page has new emails looked for.
type Watches struct{ desk *desk }

// Read tells how cases are watched, and what waits.
func (s *Watches) Read() (views []MailWatchView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	return (&Mail{s.desk}).watches(work, "")
}

// Begin has new emails looked for that belong to a case: those that a review looked for, else what is likely.
func (s *Watches) Begin(caseID, mailboxID, reviewID string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	var review *casework.MailReview
	if reviewID != "" {
		if review, err = s.desk.mail.find(reviewID); err != nil {
			return err
		}
	}
	if err := work.WatchMail(s.desk.ctx, caseID, mailboxID, review); err != nil {
		return err
	}
	s.desk.watcher.ring()
	return nil
}

// Stop looks no longer for new emails of a case.
func (s *Watches) Stop(caseID string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	if err := work.StopWatchingMail(s.desk.ctx, caseID); err != nil {
		return err
	}
	s.desk.watcher.ring()
	return nil
}

// Look looks for new emails of a case now, as a job.
func (s *Watches) Look(caseID string) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		_, err := work.LookForMail(ctx, caseID, report)
		return "", err
	}), nil
}

// Dismiss lets what waits for a case wait no longer.
func (s *Watches) Dismiss(caseID string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	return work.DismissMail(s.desk.ctx, caseID)
}
