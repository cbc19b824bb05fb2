package app

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
)

// watched waits until the watch of the only case has looked and this holds of it.
func (s *scene) watched(holds func(MailWatchView) bool) MailWatchView {
	s.t.Helper()
	for {
		select {
		case <-s.news:
		case <-time.After(time.Minute):
			s.t.Fatal("the watch never came so far")
		}
		watches, err := (&Watches{s.desk}).Read()
		if err != nil || len(watches) != 1 {
			s.t.Fatalf("got %+v, %v", watches, err)
		}
		if holds(watches[0]) {
			return watches[0]
		}
	}
}

func TestAWatchThatLackedThePasswordTriesAgainOnceItIsGiven(t *testing.T) {
	server := dovecottest.Start(t, [][]byte{[]byte("From: Iberluz <ayuda@iberluz.example>\r\nTo: yo@example.org\r\nSubject: Contrato C-88\r\n" +
		"Date: Mon, 02 Mar 2026 10:05:00 +0100\r\nMessage-ID: <a@iberluz.example>\r\n\r\nYa sale.\r\n")})
	s := newScene(t)
	s.news = make(chan MailNews, 1000)
	mailboxes := &Mailboxes{desk: s.desk}
	job, err := mailboxes.Connect(MailboxInput{
		Address: server.User, Password: server.Password, Host: server.Host, Port: strconv.Itoa(server.Port), Pin: server.Pin})
	if err != nil {
		t.Fatal(err)
	}
	s.finish(job)
	connected, err := mailboxes.Connected(job)
	if err != nil {
		t.Fatal(err)
	}
	// Another start of the program: without a keyring nobody remembers the password.
	caseID := s.newCase()
	if err := s.without(func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := (&Watches{s.desk}).Begin(caseID, connected.ID, ""); err != nil {
		t.Fatal(err)
	}
	s.watched(func(watch MailWatchView) bool {
		return strings.Contains(watch.Failure, string(problem.MailboxNeedsSecret))
	})
	if job, err = mailboxes.Renew(connected.ID, server.Password); err != nil {
		t.Fatal(err)
	}
	if report := s.finish(job); report.State != jobDone {
		t.Fatalf("the password is not accepted: %+v", report)
	}
	if watch := s.watched(func(watch MailWatchView) bool { return watch.Failure == "" }); watch.Waiting != 1 || watch.From[0] != "Iberluz" {
		t.Errorf("got %+v", watch)
	}
}
