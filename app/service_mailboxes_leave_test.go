package app

import (
	"bufio"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"constancia/internal/problem"
)

// ownService gives leave to whoever comes with the code "one", for what is asked for as "mail".
func ownService(t *testing.T) *httptest.Server {
	t.Helper()
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/token" || r.FormValue("code") != "one" || r.FormValue("client_id") != "own" || r.FormValue("code_verifier") == "" {
			t.Errorf("it is asked %s %v", r.URL, r.Form)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"access","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh"}`)
	}))
	t.Cleanup(service.Close)
	return service
}

// ownMailServer takes tokens, holds 7 emails, and has a certificate that nobody vouches for, with a key of that
// fingerprint.
func ownMailServer(t *testing.T) (port, fingerprint string) {
	t.Helper()
	keys := httptest.NewTLSServer(nil)
	defer keys.Close()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: keys.TLS.Certificates, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answerTokens(conn)
		}
	}()
	key := sha256.Sum256(keys.Certificate().RawSubjectPublicKeyInfo)
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port), hex.EncodeToString(key[:])
}

func answerTokens(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] hola\r\n")
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		tag, command, _ := strings.Cut(lines.Text(), " ")
		if strings.HasPrefix(command, "STATUS") {
			_, _ = io.WriteString(conn, "* STATUS INBOX (MESSAGES 7)\r\n")
		}
		_, _ = io.WriteString(conn, tag+" OK hecho\r\n")
	}
}

func TestLeaveOfAServiceOfTheirOwnOpensAMailboxWhoseCertificateThePersonAccepted(t *testing.T) {
	service := ownService(t)
	port, fingerprint := ownMailServer(t)
	s := newScene(t)
	s.browsed = make(chan string, 1)
	mailboxes := &Mailboxes{desk: s.desk}
	input := OAuthInput{
		Mailbox:      MailboxInput{Address: "elena@taller.example", Host: "127.0.0.1", Port: port},
		AuthorizeURL: service.URL + "/authorize", TokenURL: " " + service.URL + "/token ", Scopes: "mail  offline", ClientID: "own",
	}
	job, err := mailboxes.Authorize(input)
	if err != nil {
		t.Fatal(err)
	}
	if report := s.finish(job); report.State != jobFailed || !strings.Contains(report.Failure, string(problem.CertificateUntrusted)) ||
		!strings.Contains(report.Failure, fingerprint) || len(s.browsed) > 0 {
		t.Fatalf("it ends with %+v, and the browser was opened %d times", report, len(s.browsed))
	}
	input.Mailbox.Pin = fingerprint
	if job, err = mailboxes.Authorize(input); err != nil {
		t.Fatal(err)
	}
	opened := s.opensInBrowser()
	query := opened.Query()
	if !strings.HasPrefix(opened.String(), service.URL+"/authorize?") || query.Get("scope") != "mail offline" || query.Get("code_challenge") == "" {
		t.Errorf("the browser is sent to %s", opened)
	}
	response, err := http.Get(query.Get("redirect_uri") + "?code=one&state=" + query.Get("state"))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if report := s.finish(job); report.State != jobDone {
		t.Fatalf("it ends with %+v", report)
	}
	connected, err := mailboxes.Connected(job)
	if err != nil || connected.Messages != 7 || connected.Address != "elena@taller.example" {
		t.Errorf("got %+v, %v", connected, err)
	}
	list, err := mailboxes.List()
	if err != nil || len(list) != 1 || list[0].SignIn != "oauth" || !list[0].HasSecret {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestAServiceOfTheirOwnIsAskedOverAProtectedConnectionOnly(t *testing.T) {
	_, err := (&Mailboxes{desk: newScene(t).desk}).Authorize(OAuthInput{
		Mailbox: MailboxInput{Address: "elena@taller.example", Host: "correo.taller.example"}, AuthorizeURL: "http://taller.example/", ClientID: "own"})
	fields := failureOf(err).Fields
	if fields["authorize_url"].Code != problem.NotAWebAddress || fields["token_url"].Code != problem.Missing {
		t.Errorf("got %+v", fields)
	}
}
