package mailserver_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/sample/mailserver"
	"constancia/internal/secret"
)

// mexico is the offset the sample story is told in.
var mexico = time.FixedZone("", -6*3600)

// odd are messages as no standard wants them, and as they are found.
var odd = map[string]string{
	"bare line feeds":     "Subject: uno\nFrom: a@rivera.example\n\nDos l\u00edneas\nsin retorno\n",
	"no final line end":   "Subject: dos\r\n\r\nNada al final",
	"8-bit bytes":         "Subject: tres\r\n\r\nReclamaci\xf3n \xff\xfe\x80\r\n",
	"mixed line ends":     "Subject: cuatro\r\nTo: b@correo.example\n\r\n\rCR\r\r\nfin\n\r\n\r\n",
	"no header":           "\r\nsolo texto\r\n",
	"no body":             "Subject: seis\r\nFrom: a@rivera.example",
	"looks like protocol": "Subject: trampa\r\n\r\n)\r\n* BYE {100}\r\n* 9 FETCH (UID 9 BODY[] {3}\r\n(((\r\nA1 OK\r\n",
	"a broken multipart":  "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type text/plain\r\n\r\nhola\r\n",
	"an empty multipart":  "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n",
	"an empty inner part": "Content-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed\r\n\r\n",
	"a long line":         "Subject: nueve\r\n\r\n" + strings.Repeat("\u00e1", 200_000),
	"trailing blanks":     "Subject: diez \t\r\n folded\t \r\n\r\ntexto  \r\n\r\n\r\n",
}

// story are three messages with a sender, a subject and a day of their own.
var story = []mailserver.Message{
	{
		Raw: []byte("From: =?utf-8?q?Atenci=C3=B3n_a_clientes?= <atencion@almacenesrivera.example>\r\n" +
			"To: begona@correo.example\r\nCc: archivo@correo.example\r\n" +
			"Subject: =?iso-8859-1?q?Su_reclamaci=F3n_?=\r\n =?iso-8859-1?q?A-20911?=\r\n" +
			"Message-ID: <m1@almacenesrivera.example>\r\nDate: Mon, 02 Mar 2026 10:05:00 -0600\r\n\r\n" +
			"En 48 horas la llamamos.\r\n"),
		InternalDate: time.Date(2026, 3, 2, 23, 5, 7, 0, mexico),
	},
	{
		Raw: []byte("From: Avisos <avisos@paquetesdelnorte.example>\nTo: begona@correo.example\n" +
			"Subject: Su env\xc3\xado va en camino\nDate: Wed, 04 Mar 2026 09:00:00 -0600\n\nHola"),
		InternalDate: time.Date(2026, 3, 4, 9, 0, 30, 0, mexico),
	},
	{
		Raw: []byte("From: begona@correo.example\r\nTo: atencion@almacenesrivera.example\r\n" +
			"Subject: Re: A-20911\r\nDate: Fri, 06 Mar 2026 18:30:00 -0600\r\n\r\nNadie llam\xf3.\r\n"),
		InternalDate: time.Date(2026, 3, 6, 18, 30, 1, 0, mexico),
	},
}

const password = "una contrase\u00f1a \"con\" comillas"

// start runs a server with the story in INBOX, the odd messages in a mailbox of their own, and one of drafts.
func start(t *testing.T) *mailserver.Server {
	t.Helper()
	var oddities []mailserver.Message
	for _, raw := range odd {
		oddities = append(oddities, mailserver.Message{Raw: []byte(raw), InternalDate: story[0].InternalDate})
	}
	server, err := mailserver.Start(t.Context(), mailserver.Options{
		User: "begona@correo.example", Password: password,
		Mailboxes: []mailserver.Mailbox{
			{Name: "INBOX", Messages: story},
			{Name: "Facturaci\u00f3n", Messages: oddities},
			{Name: "Papelera"},
			{Name: "Mis textos", Drafts: true},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// account is the account of the server, trusted by its pin.
func account(server *mailserver.Server) imap.Account {
	return imap.Account{
		Host: server.Host, Port: server.Port, Security: imap.TLS, User: "begona@correo.example",
		Password: secret.NewText(password), Pin: server.SPKI, Silence: 10 * time.Second,
	}
}

func connect(t *testing.T, account imap.Account) *imap.Client {
	t.Helper()
	client, err := imap.Connect(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Error(err)
		}
	})
	return client
}

func TestTheAppFindsTheMessagesThatMeetAllCriteria(t *testing.T) {
	client := connect(t, account(start(t)))
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name     string
		criteria imap.Criteria
		want     []uint32
	}{
		{"everything", imap.Criteria{}, []uint32{101, 102, 103}},
		{"part of a sender's address, in capitals", imap.Criteria{From: "PAQUETESDELNORTE"}, []uint32{102}},
		{"a sender's name that is encoded", imap.Criteria{From: "atenci\u00f3n a"}, []uint32{101}},
		{"a subject in two encoded words", imap.Criteria{Subject: "RECLAMACI\u00d3N A-20911"}, []uint32{101}},
		{"a subject in plain UTF-8", imap.Criteria{Subject: "env\u00edo"}, []uint32{102}},
		{"a recipient", imap.Criteria{To: "rivera"}, []uint32{103}},
		{"a day, as written where the message arrived", imap.Criteria{Since: day(3)}, []uint32{102, 103}},
		{"the day of arrival itself", imap.Criteria{Since: day(2), Subject: "A-20911"}, []uint32{101, 103}},
		{"nothing", imap.Criteria{From: "rivera", Subject: "env\u00edo"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, err := client.Search(t.Context(), "INBOX", test.criteria)
			var uids []uint32
			for _, candidate := range found {
				uids = append(uids, candidate.UID)
			}
			if err != nil || !slices.Equal(uids, test.want) {
				t.Errorf("found %v, want %v (%v)", uids, test.want, err)
			}
		})
	}
}

func TestACandidateTellsWhatItsHeaderSays(t *testing.T) {
	client := connect(t, account(start(t)))
	found, err := client.Search(t.Context(), "INBOX", imap.Criteria{From: "rivera"})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d found, %v", len(found), err)
	}
	c := found[0]
	if c.Subject != "Su reclamaci\u00f3n A-20911" || c.From[0].Name != "Atenci\u00f3n a clientes" || len(c.To) != 2 ||
		c.MessageID != "m1@almacenesrivera.example" || c.Date != "2026-03-02T10:05:00-06:00" ||
		c.Size != int64(len(story[0].Raw)) || c.UIDValidity == 0 {
		t.Errorf("%+v", c)
	}
	if !c.InternalDate.Equal(story[0].InternalDate) || c.InternalDate.Format("-07:00") != "-06:00" {
		t.Errorf("arrived %v, want %v with its offset", c.InternalDate, story[0].InternalDate)
	}
}

func TestTheAppFetchesEveryMessageByteForByte(t *testing.T) {
	server := start(t)
	client := connect(t, account(server))
	for _, mailbox := range []string{"INBOX", "Facturaci\u00f3n"} {
		want := server.Messages(mailbox)
		var uids []uint32
		for i := range want {
			uids = append(uids, 101+uint32(i))
		}
		missing, err := client.Fetch(t.Context(), mailbox, uids, func(m imap.Fetched) error {
			got, err := io.ReadAll(m.Body)
			if raw := want[m.UID-101]; !bytes.Equal(got, raw) || m.AnnouncedSize != int64(len(raw)) {
				t.Errorf("%s %d: announced %d, %q instead of %q", mailbox, m.UID, m.AnnouncedSize, got, raw)
			}
			return err
		})
		if err != nil || len(missing) > 0 {
			t.Errorf("%s: %v missing, %v", mailbox, missing, err)
		}
	}
	var served []string
	for _, raw := range server.Messages("Facturaci\u00f3n") {
		served = append(served, string(raw))
	}
	for name, raw := range odd {
		if !slices.Contains(served, raw) {
			t.Errorf("the message with %s is not as it was given", name)
		}
	}
}

func TestADraftIsKeptWholeAndReadBack(t *testing.T) {
	server := start(t)
	client := connect(t, account(server))
	draft := "From: begona@correo.example\r\nSubject: Mi constancia\r\n\r\n" +
		strings.Repeat("Adjunto el expediente.\r\n", 100_000) + "sin final"
	for i := range 2 {
		place, err := client.AppendDraft(t.Context(), strings.NewReader(draft), int64(len(draft)))
		if err != nil || place.Mailbox != "Mis textos" || place.UID != 101+uint32(i) || place.UIDValidity == 0 {
			t.Fatalf("%+v, %v", place, err)
		}
		var got []byte
		missing, err := client.Fetch(t.Context(), place.Mailbox, []uint32{place.UID}, func(m imap.Fetched) error {
			var err error
			got, err = io.ReadAll(m.Body)
			return err
		})
		if err != nil || len(missing) > 0 || string(got) != draft {
			t.Errorf("%d bytes instead of %d, %v missing, %v", len(got), len(draft), missing, err)
		}
	}
	if kept := server.Messages("Mis textos"); len(kept) != 2 || string(kept[1]) != draft {
		t.Errorf("the server keeps %d drafts", len(kept))
	}
}

func TestTheAppTellsWhyItCannotConnect(t *testing.T) {
	server := start(t)
	tests := []struct {
		name   string
		change func(*imap.Account)
		want   problem.Code
	}{
		{"a wrong password", func(a *imap.Account) { a.Password = secret.NewText("otra") }, problem.SignInRefused},
		{"a wrong user", func(a *imap.Account) { a.User = "nadie@correo.example" }, problem.SignInRefused},
		{"another key than the pinned one", func(a *imap.Account) { a.Pin[0] ^= 1 }, problem.CertificateMismatch},
		{"no pin", func(a *imap.Account) { a.Pin = imap.Pin{} }, problem.CertificateUntrusted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed := account(server)
			test.change(&changed)
			_, err := imap.Connect(t.Context(), changed)
			if !errors.Is(err, problem.New(test.want, nil)) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestSeveralSessionsWorkAtOnce(t *testing.T) {
	server := start(t)
	done := make(chan error)
	const sessions = 8
	for range sessions {
		go func() { done <- appendAndCount(t, server) }()
	}
	for range sessions {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if kept := server.Messages("Mis textos"); len(kept) != sessions {
		t.Errorf("%d drafts of %d were kept", len(kept), sessions)
	}
}

func appendAndCount(t *testing.T, server *mailserver.Server) error {
	client, err := imap.Connect(t.Context(), account(server))
	if err != nil {
		return err
	}
	const draft = "Subject: a la vez\r\n\r\n"
	_, appended := client.AppendDraft(t.Context(), strings.NewReader(draft), int64(len(draft)))
	found, err := client.Search(t.Context(), "INBOX", imap.Criteria{})
	if err == nil && len(found) != len(story) {
		err = errors.New("a session found another story")
	}
	return errors.Join(appended, err, client.Close())
}

func TestTheCertificateIsForLoopbackAndItsKeyIsThePin(t *testing.T) {
	server := start(t)
	for _, host := range []string{"127.0.0.1", "localhost"} {
		if err := server.Certificate.VerifyHostname(host); err != nil {
			t.Error(err)
		}
	}
	if late := server.Certificate.NotBefore; time.Since(late) < 59*time.Minute {
		t.Errorf("valid only since %v", late)
	}
	if client := connect(t, account(server)); client.Key() != server.SPKI {
		t.Errorf("the client saw the key %v", client.Key())
	}
}
