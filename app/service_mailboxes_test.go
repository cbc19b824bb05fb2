package app

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
)

// opensInBrowser waits for what is shown in the system's browser.
func (s *scene) opensInBrowser() *url.URL {
	s.t.Helper()
	select {
	case address := <-s.browsed:
		opened, err := url.Parse(address)
		if err != nil {
			s.t.Fatal(err)
		}
		return opened
	case <-time.After(time.Minute):
		s.t.Fatal("no browser was opened")
		return nil
	}
}

func TestAMailboxIsConnectedListedAndForgotten(t *testing.T) {
	server := dovecottest.Start(t, nil)
	s := newScene(t)
	mailboxes := &Mailboxes{desk: s.desk}
	input := MailboxInput{Address: server.User, Password: server.Password, Host: server.Host, Port: strconv.Itoa(server.Port)}
	job, err := mailboxes.Connect(input)
	if err != nil {
		t.Fatal(err)
	}
	report := s.finish(job)
	if report.State != jobFailed || !strings.Contains(report.Failure, string(problem.CertificateUntrusted)) || !strings.Contains(report.Failure, server.Pin) {
		t.Fatalf("a certificate that nobody vouches for: %+v", report)
	}
	input.Pin = server.Pin
	if job, err = mailboxes.Connect(input); err != nil {
		t.Fatal(err)
	}
	if report := s.finish(job); report.State != jobDone {
		t.Fatalf("with the key accepted: %+v", report)
	}
	connected, err := mailboxes.Connected(job)
	if err != nil || connected.Address != server.User || connected.Kept {
		t.Errorf("got %+v, %v", connected, err)
	}
	if _, err := mailboxes.Connected(job); err == nil {
		t.Error("it is told twice")
	}
	list, err := mailboxes.List()
	if err != nil || len(list) != 1 || list[0].ID != connected.ID || !list[0].HasSecret || list[0].SignIn != "password" {
		t.Errorf("got %+v, %v", list, err)
	}
	if left, err := mailboxes.Forget(connected.ID); err != nil || left != "" {
		t.Error(left, err)
	}
	if list, err := mailboxes.List(); err != nil || len(list) != 0 {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestTheServerOfAnAddressIsKnownAsItIsTyped(t *testing.T) {
	mailboxes := &Mailboxes{desk: newScene(t).desk}
	for address, want := range map[string]MailServerView{
		"elena":                {},
		"elena@gma":            {},
		"elena@gmail.com":      {Domain: "gmail.com", Provider: "Gmail", SignIn: "app_password", Host: "imap.gmail.com", Service: "google"},
		" elena@hotmail.com ":  {Domain: "hotmail.com", Provider: "Outlook.com", SignIn: "oauth", Host: "outlook.office365.com", Service: "microsoft"},
		"elena@taller.example": {Domain: "taller.example"},
		"elena@tuta.com":       {Domain: "tuta.com", Provider: "Tuta", SignIn: "no_imap"},
	} {
		got, err := mailboxes.Server(address)
		if err != nil || got.Domain != want.Domain || got.Provider != want.Provider || got.SignIn != want.SignIn ||
			got.Host != want.Host || got.Service != want.Service || len(got.Files) == 0 {
			t.Errorf("%q: got %+v, %v", address, got, err)
		}
	}
	gmail, _ := mailboxes.Server("elena@gmail.com")
	if gmail.Help == nil || gmail.Before[1].Link == nil {
		t.Fatalf("Gmail's pages are not there: %+v", gmail)
	}
	if err := (&Window{desk: mailboxes.desk}).OpenLink(gmail.Before[1].Link.ID); err != nil {
		t.Error(err)
	}
}

func TestEachFieldOfAMailboxThatIsWrongIsTold(t *testing.T) {
	mailboxes := &Mailboxes{desk: newScene(t).desk}
	_, err := mailboxes.Connect(MailboxInput{Address: "elena", Host: "correo.example:993", Port: "99999", Pin: "nothing"})
	got := failureOf(err).Fields
	for field, want := range map[string]problem.Code{
		"address": problem.NotAnAddress, "password": problem.Missing, "host": problem.NotAServer, "port": problem.NotANumber, "pin": problem.NotAChoice,
	} {
		if got[field].Code != want {
			t.Errorf("%s: %v, want %s", field, got[field], want)
		}
	}
	if _, err := mailboxes.Authorize(OAuthInput{Mailbox: MailboxInput{Address: "elena@gmail.com"}, Service: "google"}); failureOf(err).Fields["client_id"].Code != problem.Missing {
		t.Errorf("without a client id: %v", err)
	}
}

func TestLeaveIsAskedForInTheBrowserAndANoIsToldAsOne(t *testing.T) {
	s := newScene(t)
	s.browsed = make(chan string, 1)
	mailboxes := &Mailboxes{desk: s.desk}
	job, err := mailboxes.Authorize(OAuthInput{Mailbox: MailboxInput{Address: "elena@gmail.com"}, Service: "google", ClientID: "own"})
	if err != nil {
		t.Fatal(err)
	}
	opened := s.opensInBrowser()
	query := opened.Query()
	if opened.Host != "accounts.google.com" || query.Get("client_id") != "own" || query.Get("login_hint") != "elena@gmail.com" {
		t.Errorf("the browser is sent to %s", opened)
	}
	response, err := http.Get(query.Get("redirect_uri") + "?error=access_denied&state=" + query.Get("state"))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if report := s.finish(job); report.State != jobFailed || !strings.Contains(report.Failure, string(problem.OAuthDenied)) {
		t.Errorf("got %+v", report)
	}
}

func TestAWaitForTheBrowserCanBeCalledOff(t *testing.T) {
	s := newScene(t)
	s.browsed = make(chan string, 1)
	job, err := (&Mailboxes{desk: s.desk}).Authorize(OAuthInput{Mailbox: MailboxInput{Address: "elena@hotmail.com"}, Service: "microsoft", ClientID: "own"})
	if err != nil {
		t.Fatal(err)
	}
	if host := s.opensInBrowser().Host; host != "login.microsoftonline.com" {
		t.Errorf("the browser is sent to %s", host)
	}
	s.jobs.stop(job)
	if report := s.finish(job); report.State != jobCancelled {
		t.Errorf("got %+v", report)
	}
}
