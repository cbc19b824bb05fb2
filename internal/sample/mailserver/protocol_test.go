package mailserver_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"constancia/internal/sample/mailserver"
)

// conversation speaks IMAP by hand.
type conversation struct {
	t      *testing.T
	conn   net.Conn
	reader *bufio.Reader
	tag    int
}

// call connects without signing in. Any certificate authority but the server's own certificate is unknown to it.
func call(t *testing.T, server *mailserver.Server) *conversation {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate)
	address := net.JoinHostPort("localhost", strconv.Itoa(server.Port))
	dialer := &tls.Dialer{Config: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(t.Context(), "tcp4", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // the server may have closed it
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	c := &conversation{t: t, conn: conn, reader: bufio.NewReader(conn)}
	c.line()
	return c
}

// signedIn connects, signs in and opens the INBOX.
func signedIn(t *testing.T, server *mailserver.Server) *conversation {
	t.Helper()
	c := call(t, server)
	plain := base64.StdEncoding.EncodeToString([]byte("\x00begona@correo.example\x00" + password))
	for _, command := range []string{"AUTHENTICATE PLAIN " + plain, "EXAMINE inbox"} {
		if answer := c.say(command); !strings.Contains(answer, "OK ") {
			t.Fatalf("%s: %s", command, answer)
		}
	}
	return c
}

func (c *conversation) line() string {
	c.t.Helper()
	line, err := c.reader.ReadString('\n')
	if err != nil {
		c.t.Fatal(err)
	}
	return line
}

func (c *conversation) write(text string) {
	c.t.Helper()
	if _, err := fmt.Fprint(c.conn, text); err != nil {
		c.t.Fatal(err)
	}
}

// say sends a command and gives the answer to the end of its tagged line, tags left out, CRLF as it comes.
func (c *conversation) say(command string) string {
	c.t.Helper()
	c.tag++
	tag := fmt.Sprintf("T%04d ", c.tag)
	c.write(tag + command + "\r\n")
	return c.answer(tag)
}

func (c *conversation) answer(tag string) string {
	c.t.Helper()
	var answer strings.Builder
	for {
		line := c.line()
		tagged, isLast := strings.CutPrefix(line, tag)
		answer.WriteString(tagged)
		if isLast {
			return answer.String()
		}
	}
}

func TestFetchGivesThePartsOfAMessageAsTheyStand(t *testing.T) {
	c := signedIn(t, start(t))
	tests := []struct{ items, want string }{
		{"(UID FLAGS RFC822.SIZE)", "* 2 FETCH (UID 102 FLAGS () RFC822.SIZE 148)"},
		{"INTERNALDATE", `* 2 FETCH (INTERNALDATE " 4-Mar-2026 09:00:30 -0600")`},
		{"BODY[TEXT]", "* 2 FETCH (BODY[TEXT] {4}\r\nHola)"},
		{"BODY.PEEK[]<143.100>", "* 2 FETCH (BODY[]<143> {5}\r\n\nHola)"},
		{"BODY.PEEK[]<0.5>", "* 2 FETCH (BODY[]<0> {5}\r\nFrom:)"},
		{"BODY.PEEK[]<4000.5>", "* 2 FETCH (BODY[]<4000> {0}\r\n)"},
		{"BODY.PEEK[HEADER.FIELDS (to x-none)]",
			"* 2 FETCH (BODY[HEADER.FIELDS (\"to\" \"x-none\")] {28}\r\nTo: begona@correo.example\n\r\n)"},
		{"BODY.PEEK[HEADER.FIELDS.NOT (from date subject)]",
			"* 2 FETCH (BODY[HEADER.FIELDS.NOT (\"from\" \"date\" \"subject\")] {28}\r\nTo: begona@correo.example\n\r\n)"},
		{"BODY.PEEK[HEADER]<0.20>", "* 2 FETCH (BODY[HEADER]<0> {20}\r\nFrom: Avisos <avisos)"},
		{"RFC822.HEADER", "* 2 FETCH (RFC822.HEADER {144}\r\n" + strings.TrimSuffix(string(story[1].Raw), "Hola") + ")"},
		{"RFC822", "* 2 FETCH (RFC822 {148}\r\n" + string(story[1].Raw) + ")"},
		{"BODY[1]", "* 2 FETCH (BODY[1] {4}\r\nHola)"},
		{"BODYSTRUCTURE", `* 2 FETCH (BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 4 0 NIL NIL NIL NIL))`},
		{"ENVELOPE", `* 2 FETCH (ENVELOPE ("Wed, 04 Mar 2026 09:00:00 -0600" "=?utf-8?q?Su_env=C3=ADo_va_en_camino?=" ` +
			`(("Avisos" NIL "avisos" "paquetesdelnorte.example")) (("Avisos" NIL "avisos" "paquetesdelnorte.example")) ` +
			`(("Avisos" NIL "avisos" "paquetesdelnorte.example")) ((NIL NIL "begona" "correo.example")) NIL NIL NIL NIL))`},
	}
	for _, test := range tests {
		t.Run(test.items, func(t *testing.T) {
			if got := c.say("FETCH 2 " + test.items); got != test.want+"\r\nOK FETCH completed\r\n" {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestEveryOddMessageCanBeToldAndItsPartsFetched(t *testing.T) {
	c := signedIn(t, start(t))
	c.say("EXAMINE Facturaci&APM-n")
	for _, items := range []string{"ENVELOPE", "BODYSTRUCTURE", "BODY", "BODY[1]", "BODY[1.MIME]", "BODY[2.TEXT]", "BODY[HEADER]", "FULL"} {
		got := c.say("FETCH 1:* " + items)
		if !strings.HasSuffix(got, "OK FETCH completed\r\n") || strings.Count(got, " FETCH (") < len(odd) {
			t.Errorf("%s: %q", items, got)
		}
	}
	if got := c.say("FETCH 1 BINARY[1]"); !strings.HasPrefix(got, "NO ") {
		t.Error(got)
	}
}

func TestFetchTakesAnySetOfNumbers(t *testing.T) {
	c := signedIn(t, start(t))
	tests := []struct{ command, want string }{
		{"FETCH 1:* UID", "101 102 103"},
		{"FETCH * UID", "103"},
		{"FETCH 9:* UID", "103"},
		{"FETCH 3,1 UID", "101 103"},
		{"UID FETCH 102:103 UID", "102 103"},
		{"UID FETCH 900:* UID", "103"},
		{"UID FETCH *:102 UID", "102 103"},
		{"UID FETCH 1:3 UID", ""},
	}
	for _, test := range tests {
		t.Run(test.command, func(t *testing.T) {
			var uids []string
			for line := range strings.SplitSeq(c.say(test.command), "\r\n") {
				if _, rest, is := strings.Cut(line, "FETCH (UID "); is {
					uids = append(uids, strings.TrimSuffix(rest, ")"))
				}
			}
			if got := strings.Join(uids, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSearchUnderstandsTheKeysOfIMAP(t *testing.T) {
	c := signedIn(t, start(t))
	tests := []struct{ keys, want string }{
		{"ALL", " 101 102 103"},
		{"SINCE 4-Mar-2026", " 102 103"},
		{"BEFORE 4-Mar-2026", " 101"},
		{"ON 2-Mar-2026", " 101"},
		{"SENTBEFORE 3-Mar-2026", " 101"},
		{"SENTSINCE 5-Mar-2026", " 103"},
		{"CC ARCHIVO", " 101"},
		{"NOT FROM rivera", " 102 103"},
		{"OR FROM paquetes SUBJECT A-20911", " 101 102 103"},
		{"OR (FROM begona TO rivera) CC archivo", " 101 103"},
		{"HEADER Message-ID m1@", " 101"},
		{`HEADER Message-ID ""`, " 101"},
		{"UID 102:*", " 102 103"},
		{"1:2", " 101 102"},
		{"TEXT nadie", " 103"},
		{"BODY 48", " 101"},
		{"TEXT 48", " 101"},
		{"UNSEEN", " 101 102 103"},
		{"SEEN", ""},
		{"LARGER 300", " 101"},
		{"SMALLER 162", " 102 103"},
		{"CHARSET UTF-8 SUBJECT \"ENV\u00cdO\"", " 102"},
	}
	for _, test := range tests {
		t.Run(test.keys, func(t *testing.T) {
			if got := c.say("UID SEARCH " + test.keys); got != "* SEARCH"+test.want+"\r\nOK UID SEARCH completed\r\n" {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got := c.say("UID SEARCH RETURN (MIN MAX COUNT) ALL"); !strings.Contains(got, "UID MIN 101 MAX 103 COUNT 3\r\n") {
		t.Error(got)
	}
	if got := c.say("SEARCH TO rivera"); !strings.HasPrefix(got, "* SEARCH 3\r\n") {
		t.Error(got)
	}
}

func TestAMailProgramLearnsWhatIsThere(t *testing.T) {
	c := signedIn(t, start(t))
	tests := []struct {
		command string
		want    []string
	}{
		{"CAPABILITY", []string{"IMAP4rev1", "UIDPLUS", "ESEARCH", "LIST-EXTENDED", "SPECIAL-USE", "IDLE", "APPENDLIMIT="}},
		{`LIST "" *`, []string{`LIST () "/" INBOX`, `LIST () "/" "Facturaci&APM-n"`, `LIST (\Drafts) "/" "Mis textos"`}},
		{`LIST (SPECIAL-USE) "" *`, []string{`* LIST (\Drafts) "/" "Mis textos"` + "\r\nOK"}},
		{`LIST "" * RETURN (SPECIAL-USE SUBSCRIBED)`, []string{`LIST (\Subscribed \Drafts) "/" "Mis textos"`}},
		{`LIST "" ""`, []string{`LIST (\Noselect) "/" ""`}},
		{`LSUB "" IN*`, []string{`LSUB (\Subscribed) "/" INBOX` + "\r\nOK"}},
		{"STATUS inbox (MESSAGES UIDNEXT UNSEEN RECENT DELETED DELETED-STORAGE)",
			[]string{"* STATUS INBOX (MESSAGES 3 UIDNEXT 104 UNSEEN 3 DELETED 0 DELETED-STORAGE 0 RECENT 0)"}},
		{"EXAMINE INBOX", []string{"* 3 EXISTS", "[UIDNEXT 104]", "[UIDVALIDITY ", "[PERMANENTFLAGS ()]", "[READ-ONLY]"}},
		{"NOOP", []string{"OK NOOP"}},
		{"CLOSE", []string{"OK CLOSE"}},
		{"EXAMINE Enviados", []string{"NO [NONEXISTENT]"}},
		{"LOGOUT", []string{"* BYE", "OK LOGOUT"}},
	}
	for _, test := range tests {
		got := c.say(test.command)
		for _, part := range test.want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: got %q, which lacks %q", test.command, got, part)
			}
		}
	}
}

func TestNothingButADraftCanBeChanged(t *testing.T) {
	server := start(t)
	c := signedIn(t, server)
	for _, command := range []string{
		`STORE 1 +FLAGS (\Seen)`, `UID STORE 101 +FLAGS.SILENT (\Deleted)`, `COPY 1 "Mis textos"`,
		"CREATE Nuevo", "DELETE Papelera", "RENAME Papelera Otra", "UNSUBSCRIBE INBOX",
	} {
		if got := c.say(command); !strings.HasPrefix(got, "NO [NOPERM]") {
			t.Errorf("%s: %s", command, got)
		}
	}
	if got := c.say("EXPUNGE"); got != "OK EXPUNGE completed\r\n" {
		t.Error(got)
	}
	if got := c.say("FETCH 1 (BODY[TEXT] FLAGS)"); !strings.Contains(got, "FLAGS ()") {
		t.Errorf("reading marked the message: %s", got)
	}
	if len(server.Messages("INBOX")) != 3 {
		t.Error("a message is gone")
	}
}

func TestAppendAnswersWhereTheDraftIs(t *testing.T) {
	tests := []struct{ name, mailbox, draft, want string }{
		{"in drafts", `"Mis textos"`, "Subject: x\n\nsin final", "OK [APPENDUID "},
		{"in another mailbox", "INBOX", "Subject: x\r\n\r\n", "NO [NOPERM]"},
		{"in a mailbox that is not there", "Borradores", "Subject: x\r\n\r\n", "NO [TRYCREATE]"},
		{"with a NUL", `"Mis textos"`, "Subject: \x00\r\n\r\n", "NO [CANNOT]"},
	}
	server := start(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := signedIn(t, server)
			c.write(fmt.Sprintf("A APPEND %s (\\Draft \\Seen) \"02-Mar-2026 10:00:00 -0600\" {%d}\r\n", test.mailbox, len(test.draft)))
			if line := c.line(); !strings.HasPrefix(line, "+ ") {
				t.Fatal(line)
			}
			c.write(test.draft + "\r\n")
			if got := c.answer("A "); !strings.HasPrefix(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	c := signedIn(t, server)
	c.say(`SELECT "Mis textos"`)
	got := c.say("UID FETCH 101:* (FLAGS INTERNALDATE)")
	if want := `* 1 FETCH (UID 101 FLAGS (\Draft \Seen) INTERNALDATE " 2-Mar-2026 10:00:00 -0600")`; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestADraftThatIsCutIsNotKept(t *testing.T) {
	server := start(t)
	c := signedIn(t, server)
	c.write("A APPEND \"Mis textos\" {1000}\r\n")
	c.line()
	c.write("Subject: cortado\r\n\r\n")
	if err := c.conn.(*tls.Conn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	for { // the server closes the connection when it is through with it
		line, err := c.reader.ReadString('\n')
		if err != nil {
			break
		}
		if strings.HasPrefix(line, "A OK") {
			t.Error(line)
		}
	}
	if kept := server.Messages("Mis textos"); len(kept) != 0 {
		t.Errorf("kept %q", kept)
	}
}

func TestASessionIsToldOfADraftThatAnotherAppends(t *testing.T) {
	server := start(t)
	c := signedIn(t, server)
	c.say(`EXAMINE "Mis textos"`)
	other := signedIn(t, server)
	other.write("A APPEND \"Mis textos\" {4+}\r\na: b\r\n")
	other.answer("A ")
	if got := c.say("UID SEARCH ALL"); !strings.HasPrefix(got, "* SEARCH\r\n") {
		t.Errorf("a message nobody told of was found: %q", got)
	}
	c.write("I IDLE\r\n")
	c.line()
	c.write("DONE\r\n")
	c.answer("I ")
	if got := c.say("FETCH 1 BODY[]"); !strings.HasPrefix(got, "* 1 FETCH (BODY[] {4}\r\na: b)") {
		t.Errorf("got %q", got)
	}
}

func TestNobodyReadsWithoutSigningIn(t *testing.T) {
	server := start(t)
	c := call(t, server)
	for _, command := range []string{"EXAMINE INBOX", `LIST "" *`, "FETCH 1 BODY[]", "SEARCH ALL", "STATUS INBOX (MESSAGES)"} {
		if got := c.say(command); !strings.HasPrefix(got, "BAD ") {
			t.Errorf("%s: %s", command, got)
		}
	}
	for _, command := range []string{"LOGIN begona@correo.example wrong", `LOGIN "" ""`} {
		if got := c.say(command); !strings.HasPrefix(got, "NO [AUTHENTICATIONFAILED]") {
			t.Errorf("%s: %s", command, got)
		}
	}
	c.write(fmt.Sprintf("A LOGIN begona@correo.example {%d+}\r\n%s\r\n", len(password), password))
	if got := c.answer("A "); !strings.HasPrefix(got, "OK ") {
		t.Error(got)
	}
}

func TestStartRefusesWhatItCouldNotServe(t *testing.T) {
	tests := map[string]mailserver.Options{
		"no password": {User: "begona"},
		"a NUL in a message": {User: "b", Password: "p", Mailboxes: []mailserver.Mailbox{
			{Name: "INBOX", Messages: []mailserver.Message{{Raw: []byte("Subject: \x00\r\n")}}},
		}},
		"one name twice": {User: "b", Password: "p", Mailboxes: []mailserver.Mailbox{{Name: "INBOX"}, {Name: "Inbox"}}},
		"no name":        {User: "b", Password: "p", Mailboxes: []mailserver.Mailbox{{}}},
	}
	for name, options := range tests {
		t.Run(name, func(t *testing.T) {
			server, err := mailserver.Start(t.Context(), options)
			if err == nil {
				_ = server.Close()
				t.Error("it started")
			}
		})
	}
}

func TestTheServerEndsWithItsContextAndClosesTwiceWithoutHarm(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server, err := mailserver.Start(ctx, mailserver.Options{User: "b", Password: "p"})
	if err != nil {
		t.Fatal(err)
	}
	c := call(t, server)
	cancel()
	if _, err := c.reader.ReadString('\n'); err == nil {
		t.Error("the connection is still open")
	}
	for range 2 {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}
	if conn, err := net.Dial("tcp4", net.JoinHostPort(server.Host, strconv.Itoa(server.Port))); err == nil {
		_ = conn.Close()
		t.Error("the port is still open")
	}
}
