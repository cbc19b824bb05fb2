package imap_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/imap"
	"constancia/internal/secret"
)

// peer is the server's side of a connection, which a test plays by hand.
type peer struct {
	net.Conn
	t     *testing.T
	lines *bufio.Reader
}

// say sends protocol text; its lines may end with LF.
func (p *peer) say(text string, values ...any) {
	text = strings.ReplaceAll(fmt.Sprintf(text, values...), "\n", "\r\n")
	_, _ = p.Write([]byte(text)) // a client that gave up is what some tests are about
}

// expect reads the client's next command, which must start with the given words after its tag, and gives the tag. It is
// empty when the client has left.
func (p *peer) expect(words string) string {
	line, err := p.lines.ReadString('\n')
	if err != nil {
		return ""
	}
	tag, command, _ := strings.Cut(strings.TrimSpace(line), " ")
	if !strings.HasPrefix(command, words) {
		p.t.Errorf("client said %q, want %q", line, words)
	}
	return tag
}

// signIn plays the greeting and the sign-in.
func (p *peer) signIn(capabilities string) {
	capabilities = strings.TrimSpace("IMAP4rev1 " + capabilities)
	p.say("* OK [CAPABILITY %s] hola\n", capabilities)
	p.say("%s OK [CAPABILITY %s] adelante\n", p.expect("LOGIN"), capabilities)
}

// examine plays the opening of a mailbox with three messages.
func (p *peer) examine() {
	tag := p.expect("EXAMINE")
	p.say("* 3 EXISTS\n* OK [UIDVALIDITY 1] .\n* OK [UIDNEXT 4] .\n%s OK .\n", tag)
}

// facts plays the facts of messages 1 to 3.
func (p *peer) facts() {
	tag := p.expect("UID FETCH 1:3 (UID")
	for i := 1; i <= 3; i++ {
		p.say("* %d FETCH (UID %d INTERNALDATE \"02-Mar-2026 10:05:00 -0600\" RFC822.SIZE 4)\n", i, i)
	}
	p.say("%s OK .\n", tag)
}

// farewell plays the end of a session.
func (p *peer) farewell() {
	p.say("%s OK .\n", p.expect("LOGOUT"))
}

// linger keeps the connection open until the client leaves.
func (p *peer) linger() {
	for {
		if _, err := p.lines.ReadString('\n'); err != nil {
			return
		}
	}
}

// certificate is a certificate for loopback, and a pool that trusts it.
func certificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	return server.TLS.Certificates[0], pool
}

// scripted runs a server that plays the script on each connection, and gives its account.
func scripted(t *testing.T, security imap.Security, script func(*peer)) imap.Account {
	t.Helper()
	keys, pool := certificate(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if security == imap.TLS {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{keys}, MinVersion: tls.VersionTLS12})
	}
	played := make(chan struct{})
	go func() {
		defer close(played)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			script(&peer{Conn: conn, t: t, lines: bufio.NewReader(conn)})
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		select {
		case <-played:
		case <-time.After(10 * time.Second):
			t.Error("the client still holds its connection")
		}
	})
	return imap.Account{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, Security: security, RootCAs: pool,
		User: "begona", Password: secret.NewText("secreta-4471"), Silence: 5 * time.Second,
	}
}
