package cli_test

import (
	"bufio"
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"constancia/internal/problem"
)

// parrot is the server's side of a connection on which everything that it says repeats the password.
type parrot struct {
	net.Conn
	lines *bufio.Reader
	tag   string
	// password is what the client sent for one, as it came and without its quotes.
	password string
}

// hear reads the client's next command.
func (p *parrot) hear() {
	line, _ := p.lines.ReadString('\n') // a client that left needs no answer
	tag, command, _ := strings.Cut(strings.TrimSpace(line), " ")
	p.tag = tag
	if sent, ok := strings.CutPrefix(command, "LOGIN "); ok {
		p.password = sent + " " + strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(sent)
	}
}

func (p *parrot) say(words string)    { _, _ = fmt.Fprintf(p, "%s\r\n", words) }
func (p *parrot) answer(words string) { p.say(p.tag + " " + words + " " + p.password) }

func (p *parrot) signIn() {
	p.hear()
	p.say(p.tag + " OK [CAPABILITY IMAP4rev1] come in")
	p.hear()
}

// tricks are what a parrot does, and what the person is told of it.
var tricks = map[string]struct {
	play func(*parrot)
	want problem.Code
}{
	"busy":              {func(p *parrot) { p.hear(); p.answer("NO [UNAVAILABLE] not now,") }, problem.ServerRefused},
	"refusing":          {func(p *parrot) { p.hear(); p.answer("NO [AUTHENTICATIONFAILED] wrong:") }, problem.SignInRefused},
	"confused":          {func(p *parrot) { p.hear(); p.answer("BAD what is") }, problem.SignInRefused},
	"leaving":           {func(p *parrot) { p.hear(); p.say("* BYE that was " + p.password) }, problem.ServerRefused},
	"babbling":          {func(p *parrot) { p.hear(); p.say("* " + p.password) }, problem.ServerCut},
	"without a mailbox": {func(p *parrot) { p.signIn(); p.answer("NO there is no") }, problem.MailboxNotFound},
	"of few words":      {func(p *parrot) { p.signIn(); p.answer("BAD no such command:") }, problem.ServerOdd},
	"bad at counting":   {func(p *parrot) { p.signIn(); p.say("* " + p.password + " EXISTS") }, problem.ServerCut},
}

// serveParrot starts a mail server that plays a trick on each connection, until the test ends. It gives its port and
// the file of its certificate.
func serveParrot(t *testing.T, certificate string, play func(*parrot)) (port string) {
	t.Helper()
	keys := httptest.NewTLSServer(nil)
	defer keys.Close()
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: keys.Certificate().Raw})
	if err := os.WriteFile(certificate, text, 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp4", "127.0.0.1:0", &tls.Config{Certificates: keys.TLS.Certificates, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			p := &parrot{Conn: conn, lines: bufio.NewReader(conn)}
			p.say("* OK [CAPABILITY IMAP4rev1] hello")
			play(p)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		<-ended
	})
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}
