package app

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"constancia/internal/casework"
)

// Mail is what the page does to find emails and take them into a case.
type Mail struct{ desk *desk }

// Start gives what is known before emails are looked for.
func (s *Mail) Start(caseID string) (start MailStart, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return MailStart{}, err
	}
	suggestions, err := work.SuggestMail(s.desk.ctx, caseID)
	if err != nil {
		return MailStart{}, err
	}
	start.Suggestions = make([]MailSuggestion, len(suggestions))
	for i, one := range suggestions {
		start.Suggestions[i] = MailSuggestion{
			Kind: string(one.Kind), Text: one.Text, Reason: string(one.Reason), Company: one.Company, Label: one.Label, Day: one.Day,
			Count: one.Count, Likely: one.Likely,
		}
	}
	plan, err := work.UnfinishedMail(s.desk.ctx, caseID)
	if err != nil {
		return MailStart{}, err
	}
	if plan != nil {
		start.Unfinished = &UnfinishedMail{Total: plan.Total, MailboxID: plan.MailboxID}
	}
	watches, err := s.watches(work, caseID)
	if len(watches) > 0 {
		start.Watch = &watches[0]
	}
	return start, err
}

// ChooseFiles asks for files with the system's dialog.
func (s *Mail) ChooseFiles() (files MailFiles, err error) {
	defer guard(&err)
	paths, err := s.desk.dialogs.openFiles(s.desk.texts().Text("page.find.choose_files"))
	if err != nil {
		return MailFiles{}, err
	}
	return s.desk.mailFiles.add(s.desk.ctx, paths), nil
}

// ChooseFolder asks for a folder with the system's dialog.
func (s *Mail) ChooseFolder() (files MailFiles, err error) {
	defer guard(&err)
	path, err := s.desk.dialogs.openFolder(s.desk.texts().Text("page.find.choose_folder"))
	if err != nil || path == "" {
		return MailFiles{Names: []string{}}, err
	}
	return s.desk.mailFiles.add(s.desk.ctx, []string{path}), nil
}

// Dropped gives what fell on the window, as it was: a folder of emails is one thing.
func (s *Mail) Dropped(selectionID string) (files MailFiles, err error) {
	defer guard(&err)
	paths, err := s.desk.selections.asGiven(selectionID)
	if err != nil {
		return MailFiles{}, err
	}
	return s.desk.mailFiles.add(s.desk.ctx, paths), nil
}

// Search starts the job that looks for emails, and returns its id, which is the review's as well: Found gives what was
// found so far.
func (s *Mail) Search(input MailSearchInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	search := casework.MailSearch{
		CaseID: input.CaseID, Since: input.Since, Until: input.Until, Text: input.Text, ThrownAway: input.ThrownAway,
		Everything: input.Everything && input.SelectionID != "",
	}
	for _, term := range input.Terms {
		search.Terms = append(search.Terms, casework.MailTerm{Kind: casework.MailTermKind(term.Kind), Text: term.Text})
	}
	review, err := work.NewMailReview(s.desk.ctx, search)
	if err != nil {
		return "", err
	}
	var paths []string
	if input.SelectionID != "" {
		if paths, err = s.desk.mailFiles.get(input.SelectionID); err != nil {
			return "", err
		}
	}
	return s.desk.searching(review, func(ctx context.Context, report func(casework.Progress)) error {
		if paths != nil {
			return work.SearchMailFiles(ctx, review, paths, report)
		}
		return work.SearchMailbox(ctx, review, input.MailboxID, report)
	}), nil
}

// searching starts a job that fills a review, and remembers the review by the job's id.
func (d *desk) searching(review *casework.MailReview, search func(context.Context, func(casework.Progress)) error) string {
	id := d.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		return "", search(ctx, report)
	})
	d.mail.keep(id, review)
	return id
}

// Found gives a part of what was found so far.
func (s *Mail) Found(reviewID string, first, limit int) (found MailFound, err error) {
	defer guard(&err)
	review, err := s.desk.mail.find(reviewID)
	if err != nil {
		return MailFound{}, err
	}
	return foundOf(review.Page(first, limit)), nil
}

// Preview gives the text of an email that was found.
func (s *Mail) Preview(reviewID, emailID string) (preview MailPreview, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return MailPreview{}, err
	}
	review, err := s.desk.mail.find(reviewID)
	if err != nil {
		return MailPreview{}, err
	}
	reading, err := work.PreviewMail(s.desk.ctx, review, emailID)
	if err != nil {
		return MailPreview{}, err
	}
	preview = MailPreview{Text: reading.Text, Attachments: []AttachmentView{}}
	for _, part := range reading.Attachments {
		preview.Attachments = append(preview.Attachments, AttachmentView{FileName: part.FileName, MediaType: part.MediaType})
	}
	return preview, nil
}

// Widen starts the job that looks for the other emails of a conversation, and returns its id.
func (s *Mail) Widen(reviewID, conversationID string) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	review, err := s.desk.mail.find(reviewID)
	if err != nil {
		return "", err
	}
	return s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		_, err := work.WidenMail(ctx, review, conversationID, report)
		return "", err
	}), nil
}

// Import starts the job that takes emails into the case, and returns its id. Outcome says what came of it.
func (s *Mail) Import(input MailImportInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	review, err := s.desk.mail.find(input.ReviewID)
	if err != nil {
		return "", err
	}
	named := make(map[string]bool, len(input.EmailIDs))
	for _, id := range input.EmailIDs {
		named[id] = true
	}
	plan, err := review.Plan(func(id string) bool { return named[id] != input.All })
	if err != nil {
		return "", err
	}
	return s.desk.importing(work, plan), nil
}

// Resume goes on with an import that was cut off, as a job.
func (s *Mail) Resume(caseID string) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	plan, err := work.UnfinishedMail(s.desk.ctx, caseID)
	if err != nil {
		return "", err
	}
	if plan == nil {
		return "", notFound("search", caseID)
	}
	return s.desk.importing(work, *plan), nil
}

// importing starts the job of a plan. What came of it is known before its last report.
func (d *desk) importing(work *casework.Casework, plan casework.MailPlan) string {
	started := make(chan string, 1)
	id := d.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		result, err := work.ImportPlanned(ctx, plan, report)
		d.mail.finish(<-started, result)
		return "", err
	})
	started <- id
	return id
}

// ForgetUnfinished leaves an import that was cut off at what it has brought.
func (s *Mail) ForgetUnfinished(caseID string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	return work.ForgetUnfinishedMail(s.desk.ctx, caseID)
}

// maxFailures is how many emails that could not be taken in are told of one by one.
const maxFailures = 100

// Outcome says what came of an import, also of one that ended early.
func (s *Mail) Outcome(caseID, jobID string) (outcome MailOutcome, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return MailOutcome{}, err
	}
	result, err := s.desk.mail.result(jobID)
	if err != nil {
		return MailOutcome{}, err
	}
	same, err := work.SameEvents(s.desk.ctx, caseID)
	outcome = MailOutcome{
		Imported: result.Imported, Already: result.Already, Defective: result.Defective, Failed: result.Failed,
		Failures: []string{}, EntryIDs: append([]string{}, result.Acts...), Same: make([]SameEvent, len(same)),
	}
	for _, failed := range result.Failures[:min(len(result.Failures), maxFailures)] {
		text, _ := json.Marshal(failureOf(failed.Problem)) // strings only: it can't fail
		outcome.Failures = append(outcome.Failures, string(text))
	}
	for i, one := range same {
		outcome.Same[i] = SameEvent(one)
	}
	return outcome, err
}

// Link says that an email and a contact are the same, and returns what to take back to part them.
func (s *Mail) Link(messageID, contactID string) (id string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return work.LinkMessage(s.desk.ctx, messageID, contactID)
}

// Cancel stops a job. What it brought stays.
func (s *Mail) Cancel(jobID string) (err error) {
	defer guard(&err)
	s.desk.jobs.stop(jobID)
	return nil
}

// ReviewWaiting begins a review of what waits for a watched case, and returns its id.
func (s *Mail) ReviewWaiting(caseID string) (reviewID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	review, err := work.ReviewWaitingMail(s.desk.ctx, caseID)
	if err != nil {
		return "", err
	}
	reviewID = uuid.NewString()
	s.desk.mail.keep(reviewID, review)
	return reviewID, nil
}

func foundOf(page casework.MailPage) MailFound {
	found := MailFound{
		Conversations: make([]MailConversation, len(page.Conversations)), Total: page.Total, Emails: page.Emails, New: page.New,
	}
	for i, one := range page.Conversations {
		view := MailConversation{ID: one.ID, Subject: one.Subject, New: one.New, Emails: make([]MailEmail, len(one.Emails)), Why: termsOf(one.Why)}
		view.From = append([]string{}, casework.Writers(one.Emails)...)
		slices.Reverse(view.From)
		for j, mail := range one.Emails {
			view.Emails[j] = emailOf(mail)
		}
		found.Conversations[i] = view
	}
	return found
}
