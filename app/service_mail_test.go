package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/problem"
)

// savedMail puts emails into a folder, as a mail program saves them.
func savedMail(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range map[string]string{
		"pedido.eml": "From: Iberluz <ayuda@iberluz.example>\r\nTo: yo@example.org\r\nSubject: Contrato C-88\r\n" +
			"Date: Mon, 02 Mar 2026 10:05:00 +0100\r\nMessage-ID: <a@iberluz.example>\r\n\r\nSu alta est\xc3\xa1 en marcha.\r\n",
		"respuesta.eml": "From: yo@example.org\r\nTo: ayuda@iberluz.example\r\nSubject: Re: Contrato C-88\r\n" +
			"Date: Tue, 03 Mar 2026 10:05:00 +0100\r\nMessage-ID: <b@example.org>\r\nIn-Reply-To: <a@iberluz.example>\r\n\r\nSigo sin l\xc3\xadnea.\r\n",
		"otra.eml": "From: Otra <x@otra.example>\r\nTo: yo@example.org\r\nSubject: Ofertas\r\n" +
			"Date: Wed, 04 Mar 2026 10:05:00 +0100\r\nMessage-ID: <c@otra.example>\r\n\r\nNada.\r\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// searched chooses a folder of emails, and waits until they were looked through.
func (s *scene) searched(caseID string, everything bool, terms ...MailTerm) string {
	s.t.Helper()
	return s.searchedIn(savedMail(s.t), caseID, everything, terms...)
}

// searchedIn is [scene.searched] in a folder that is there.
func (s *scene) searchedIn(folder, caseID string, everything bool, terms ...MailTerm) string {
	s.t.Helper()
	s.opens = []string{folder}
	files, err := (&Mail{s.desk}).ChooseFolder()
	if err != nil || len(files.Names) != 1 || files.Size == 0 {
		s.t.Fatalf("got %+v, %v", files, err)
	}
	id, err := (&Mail{s.desk}).Search(MailSearchInput{CaseID: caseID, SelectionID: files.SelectionID, Terms: terms, Everything: everything})
	if err != nil {
		s.t.Fatal(err)
	}
	if report := s.finish(id); report.State != jobDone {
		s.t.Fatalf("the search ends with %+v", report)
	}
	return id
}

func TestThePageSuggestsFindsChoosesAndTakesBackEmails(t *testing.T) {
	s := newScene(t)
	mail, caseID := &Mail{s.desk}, s.newCase()
	start, err := mail.Start(caseID)
	if err != nil || len(start.Suggestions) != 2 || start.Suggestions[0].Text != "Iberluz" || start.Suggestions[1].Text != "C-88" {
		t.Fatalf("got %+v, %v", start, err)
	}
	review := s.searched(caseID, true, MailTerm{Kind: "reference", Text: "C-88"})
	found, err := mail.Found(review, 0, 10)
	if err != nil || found.Total != 2 || found.Emails != 3 || found.New != 3 {
		t.Fatalf("got %+v, %v", found, err)
	}
	talk := found.Conversations[1]
	if talk.Subject != "Contrato C-88" || len(talk.Emails) != 2 || !slices.Equal(talk.From, []string{"Iberluz", "yo@example.org"}) ||
		!slices.Equal(talk.Why, []MailTerm{{Kind: "reference", Text: "C-88"}}) || talk.Emails[1].Wall != "2026-03-03T10:05" {
		t.Errorf("got %+v", talk)
	}
	preview, err := mail.Preview(review, talk.Emails[0].ID)
	if err != nil || preview.Text != "Su alta está en marcha." && preview.Text != "Su alta está en marcha.\n" {
		t.Errorf("it reads %q, %v", preview.Text, err)
	}
	job, err := mail.Import(MailImportInput{ReviewID: review, All: true, EmailIDs: []string{found.Conversations[0].Emails[0].ID}})
	if err != nil {
		t.Fatal(err)
	}
	if report := s.finish(job); report.State != jobDone {
		t.Fatalf("the import ends with %+v", report)
	}
	outcome, err := mail.Outcome(caseID, job)
	if err != nil || outcome.Imported != 2 || outcome.Already != 0 || outcome.Failed != 0 || len(outcome.EntryIDs) != 1 {
		t.Fatalf("got %+v, %v", outcome, err)
	}
	again := s.searched(caseID, true)
	if found, err = mail.Found(again, 0, 10); err != nil || found.New != 1 || found.Conversations[1].Emails[0].State != "known" {
		t.Errorf("afterwards %+v, %v", found, err)
	}
	if _, err := (&Entries{s.desk}).Undo(outcome.EntryIDs); err != nil {
		t.Fatal(err)
	}
	if messages := len(s.timeline(caseID)); messages != 0 {
		t.Errorf("%d are left", messages)
	}
}

func TestAnEmailThatWasLoggedAsAContactIsOfferedAsOneWithIt(t *testing.T) {
	s := newScene(t)
	mail, caseID := &Mail{s.desk}, s.newCase()
	contact := contactIn(caseID)
	contact.Channel, contact.Direction, contact.When, contact.Promises = "email", "incoming", "2026-03-02T10:00", nil
	if _, err := (&Contacts{s.desk}).Log(contact); err != nil {
		t.Fatal(err)
	}
	job, err := mail.Import(MailImportInput{ReviewID: s.searched(caseID, true), All: true})
	if err != nil {
		t.Fatal(err)
	}
	s.finish(job)
	outcome, err := mail.Outcome(caseID, job)
	if err != nil || len(outcome.Same) != 1 || outcome.Same[0].Subject != "Contrato C-88" {
		t.Fatalf("got %+v, %v", outcome, err)
	}
	if _, err := mail.Link(outcome.Same[0].MessageID, outcome.Same[0].ContactID); err != nil {
		t.Fatal(err)
	}
	if outcome, err = mail.Outcome(caseID, job); err != nil || len(outcome.Same) != 0 {
		t.Errorf("afterwards %+v, %v", outcome.Same, err)
	}
}

func TestAnEmailThatCannotBeTakenInIsToldOfWithTheReason(t *testing.T) {
	s := newScene(t)
	mail, caseID, folder := &Mail{s.desk}, s.newCase(), savedMail(t)
	if err := os.WriteFile(filepath.Join(folder, "copia.zip"), []byte("PK\x03\x04 and no more"), 0o600); err != nil {
		t.Fatal(err)
	}
	job, err := mail.Import(MailImportInput{ReviewID: s.searchedIn(folder, caseID, true), All: true})
	if err != nil {
		t.Fatal(err)
	}
	s.finish(job)
	outcome, err := mail.Outcome(caseID, job)
	if err != nil || outcome.Imported != 3 || outcome.Failed != 1 || len(outcome.Failures) != 1 ||
		!strings.Contains(outcome.Failures[0], string(problem.MailArchiveUnreadable)) || !strings.Contains(outcome.Failures[0], "copia.zip") {
		t.Errorf("got %+v, %v", outcome, err)
	}
}

func TestADroppedFolderOfEmailsIsOneThing(t *testing.T) {
	s := newScene(t)
	folder := savedMail(t)
	s.dropped([]string{folder})
	files, err := (&Mail{s.desk}).Dropped(s.told[0].ID)
	if err != nil || !slices.Equal(files.Names, []string{filepath.Base(folder)}) {
		t.Errorf("got %+v, %v", files, err)
	}
	if _, err := (&Mail{s.desk}).Dropped("none"); problem.From(err).Code != problem.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestNothingIsChosenWhereThePersonThoughtBetterOfIt(t *testing.T) {
	s := newScene(t)
	s.opens = nil
	if files, err := (&Mail{s.desk}).ChooseFiles(); err != nil || files.SelectionID != "" {
		t.Errorf("got %+v, %v", files, err)
	}
}

func TestAWatchedCaseTellsThePageThatItWasLookedFor(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	watches := &Watches{s.desk}
	if err := watches.Begin(caseID, "gone", ""); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		views, err := watches.Read()
		if err != nil || len(views) != 1 || views[0].CaseTitle != "Fibra que nunca llegó" {
			t.Fatalf("got %+v, %v", views, err)
		}
		if views[0].Looked != "" && views[0].Failure != "" {
			break // the mailbox is not there, and that is told
		}
		if time.Now().After(deadline) {
			t.Fatalf("nobody looked: %+v", views)
		}
	}
	if err := watches.Stop(caseID); err != nil {
		t.Fatal(err)
	}
	if views, err := watches.Read(); err != nil || len(views) != 0 {
		t.Errorf("afterwards %+v, %v", views, err)
	}
}
