package casework_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// leaveGiver is a service on loopback that gives leave, counts how often it was renewed, and takes it back. ended has it
// refuse to renew.
type leaveGiver struct {
	*httptest.Server
	renewed atomic.Int64
	revoked atomic.Bool
	ended   atomic.Bool
}

func giveLeave(t *testing.T) *leaveGiver {
	g := &leaveGiver{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if g.ended.Load() {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_grant"}`)
			return
		}
		refresh := "refresh-secreta-0"
		if r.FormValue("grant_type") == "refresh_token" {
			if want := fmt.Sprintf("refresh-secreta-%d", g.renewed.Load()); r.FormValue("refresh_token") != want {
				t.Errorf("renewed with %q, want %q", r.FormValue("refresh_token"), want)
			}
			refresh = fmt.Sprintf("refresh-secreta-%d", g.renewed.Add(1))
		}
		// It ends at once, so that each opening has it renewed.
		_, _ = fmt.Fprintf(w, `{"access_token":"access-secreta","token_type":"Bearer","expires_in":1,"refresh_token":%q}`, refresh)
	})
	mux.HandleFunc("POST /revoke", func(http.ResponseWriter, *http.Request) { g.revoked.Store(true) })
	g.Server = httptest.NewServer(mux)
	t.Cleanup(g.Close)
	return g
}

// tokenMailbox is a mail server on loopback that takes XOAUTH2 and has 7 messages.
func tokenMailbox(t *testing.T) imap.Account {
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
			go serveTokens(conn)
		}
	}()
	pool := x509.NewCertPool()
	pool.AddCert(keys.Certificate())
	return imap.Account{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, Security: imap.TLS, RootCAs: pool}
}

func serveTokens(conn net.Conn) {
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

func newOAuthMailbox(t *testing.T, service *leaveGiver, answer string) casework.NewOAuthMailbox {
	account := tokenMailbox(t)
	return casework.NewOAuthMailbox{
		Address: "elena@correo.example", Account: account, ClientSecret: secret.NewText("client-secreta"),
		Client: casework.OAuthClient{
			ID: "own", AuthURL: service.URL + "/authorize", TokenURL: service.URL + "/token", RevokeURL: service.URL + "/revoke", Scopes: []string{"mail"}},
		Browser: casework.Browser{Language: i18n.Catalan, Open: func(address string) error {
			asked, err := url.Parse(address)
			if err != nil {
				return err
			}
			query := asked.Query()
			go func() {
				response, err := http.Get(query.Get("redirect_uri") + "?" + answer + "&state=" + query.Get("state"))
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = response.Body.Close() }()
				page, err := io.ReadAll(response.Body)
				if err != nil || !strings.Contains(string(page), `<html lang="ca">`) || !strings.Contains(string(page), "Pots tancar") {
					t.Errorf("the browser shows %s, %v", page, err)
				}
			}()
			return nil
		}},
	}
}

func TestAMailboxIsReadByTheProvidersLeaveUntilThatIsGivenBack(t *testing.T) {
	service := giveLeave(t)
	w := begin(t)
	n := newOAuthMailbox(t, service, "code=one")
	added, err := w.AuthorizeMailbox(t.Context(), n, nil)
	if err != nil {
		t.Fatal(err)
	}
	if added.Messages != 7 {
		t.Errorf("%d messages", added.Messages)
	}
	for range 2 { // what is renewed takes the place of what was
		account, err := w.OpenMailbox(t.Context(), added.ID)
		if err != nil || account.Token.Reveal() != "access-secreta" || !account.Password.Empty() {
			t.Fatalf("opened: %+v, %v", account, err)
		}
	}
	if service.renewed.Load() != 2 {
		t.Errorf("renewed %d times", service.renewed.Load())
	}
	mailboxes, err := w.Mailboxes(t.Context())
	if err != nil || len(mailboxes) != 1 || mailboxes[0].SignIn != casework.ByOAuth || mailboxes[0].Client.ID != "own" {
		t.Errorf("%+v, %v", mailboxes, err)
	}
	if text := fmt.Sprintf("%+v", mailboxes); strings.Contains(text, "secreta") {
		t.Errorf("what is kept tells %s", text)
	}

	service.ended.Store(true)
	if _, err := w.OpenMailbox(t.Context(), added.ID); !errors.Is(err, problem.New(problem.OAuthExpired, nil)) {
		t.Errorf("leave has ended, and it says %v", err)
	}
	service.ended.Store(false)
	if left, err := w.ForgetMailbox(t.Context(), added.ID); err != nil || left != "" || !service.revoked.Load() {
		t.Errorf("forgotten: left with %q, given back: %v, %v", left, service.revoked.Load(), err)
	}
}

func TestAProviderThatDoesNotAnswerKeepsNobodyFromForgetting(t *testing.T) {
	service := giveLeave(t)
	w := begin(t)
	added, err := w.AuthorizeMailbox(t.Context(), newOAuthMailbox(t, service, "code=one"), nil)
	if err != nil {
		t.Fatal(err)
	}
	service.Close()
	if left, err := w.ForgetMailbox(t.Context(), added.ID); err != nil || left != "127.0.0.1" {
		t.Errorf("left with %q, %v", left, err)
	}
	if mailboxes, err := w.Mailboxes(t.Context()); err != nil || len(mailboxes) > 0 {
		t.Errorf("%d mailboxes, %v", len(mailboxes), err)
	}
}

func TestWithoutLeaveNoMailboxIsKept(t *testing.T) {
	tests := map[string]struct {
		answer string
		change func(*casework.NewOAuthMailbox)
		want   problem.Code
	}{
		"the person says no":     {"error=access_denied", func(*casework.NewOAuthMailbox) {}, problem.OAuthDenied},
		"no client id":           {"", func(n *casework.NewOAuthMailbox) { n.Client.ID = "" }, problem.Missing},
		"an unknown service":     {"", func(n *casework.NewOAuthMailbox) { n.Client.Service = "other" }, problem.NotAChoice},
		"no address":             {"", func(n *casework.NewOAuthMailbox) { n.Address = "elena" }, problem.NotAnAddress},
		"a server nobody knows":  {"", func(n *casework.NewOAuthMailbox) { n.Account = imap.Account{} }, problem.MailServerUnknown},
		"a page over plain HTTP": {"", func(n *casework.NewOAuthMailbox) { n.Client.AuthURL = "http://correo.example/" }, problem.NotAWebAddress},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			n := newOAuthMailbox(t, giveLeave(t), test.answer)
			test.change(&n)
			_, err := w.AuthorizeMailbox(t.Context(), n, nil)
			if problem.From(err).Code != test.want {
				t.Errorf("it says %v, want %s", err, test.want)
			}
			if mailboxes, err := w.Mailboxes(t.Context()); err != nil || len(mailboxes) > 0 {
				t.Errorf("%d mailboxes, %v", len(mailboxes), err)
			}
		})
	}
}
