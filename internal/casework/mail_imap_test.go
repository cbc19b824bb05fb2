package casework_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/mail/imap"
	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// realMail makes messages as different as those of a real mailbox: from a few bytes to more than a mebibyte, with and
// without attachments, with bytes above 127, with lines that look like protocol. Some are broken.
func realMail(count int) [][]byte {
	random := rand.New(rand.NewPCG(3, 4))
	messages := make([][]byte, count)
	for i := range messages {
		text := fmt.Sprintf("Estimada señora: su envío %d.\r\n* BAD this is no answer\r\n.\r\n", i) + strings.Repeat("Lo sentimos. ", random.IntN(3000))
		attachment := ""
		if i%3 == 0 {
			attachment = fmt.Sprintf("%%PDF-1.7 %d ", i) + strings.Repeat("x", random.IntN(40_000))
		}
		messages[i] = email(fmt.Sprintf("Envío %d", i), text, attachment)
	}
	messages[7] = email("Fotos", "Dos fotos", strings.Repeat("picture", 200_000))
	messages[8] = []byte("\r\nNo header at all\r\n")
	messages[9] = []byte("Subject: =?utf-8?B?broken\r\nContent-Type: multipart/mixed; boundary=nowhere\r\n\r\n\xff\xfe\r\n")
	return messages
}

func importOf(server dovecottest.Server, caseID string) casework.IMAPImport {
	return casework.IMAPImport{CaseID: caseID, Account: imap.Account{
		Host: server.Host, Port: server.Port, Security: imap.TLS, User: server.User,
		Password: secret.NewText(server.Password), CAFile: server.CAFile, Silence: 10 * time.Second,
	}}
}

func (w *work) importMail(n casework.IMAPImport) casework.ImportResult {
	w.t.Helper()
	result, err := w.ImportIMAP(w.t.Context(), n, nil)
	if err != nil {
		w.t.Fatalf("failed to import: %v", err)
	}
	return result
}

// onDisk are the messages as the server has them on disk.
func onDisk(t *testing.T, server dovecottest.Server) [][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(server.MaildirPath, "cur", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var messages [][]byte
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		messages = append(messages, content)
	}
	return messages
}

func TestTwoHundredMessagesOfARealServerAreEachByteForByteWhatItHasOnDisk(t *testing.T) {
	skipWhenShort(t)
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, realMail(200))
	w := begin(t)
	n := importOf(server, w.caseID)
	result := w.importMail(n)
	if result.Imported != 200 || result.Already != 0 || result.Failed != 0 || result.Defective < 1 {
		t.Errorf("the import says %+v", result)
	}
	disk := onDisk(t, server)
	if len(disk) != 200 {
		t.Fatalf("the server has %d messages on disk", len(disk))
	}
	w.requireStored(disk...)
	messages := w.file().Messages
	for _, message := range messages {
		s := message.Value.Source
		if s.Kind != "imap" || s.Host != server.Host || s.Port != int64(server.Port) || s.User != server.User || s.SPKI != server.Pin ||
			s.Mailbox != "INBOX" || s.UIDValidity == 0 || s.UID == 0 || s.InternalDate == "" || s.AnnouncedSize != message.Value.Size ||
			s.Program != casework.Program || s.FetchedAt != "2026-03-20T12:00:00Z" {
			t.Errorf("it comes from %+v", s)
		}
	}
	if evidence := len(w.file().Evidence); evidence != 67 { // every third, and the photos; two of them were replaced
		t.Errorf("%d attachments became evidence", evidence)
	}
	w.requireHolds()

	entries := w.entries()
	again := w.importMail(n)
	requireCounts(t, again, 0, 200, 0, 0)
	if w.entries() != entries {
		t.Error("the second import adds entries")
	}
	if names, err := filepath.Glob(filepath.Join(server.MaildirPath, "cur", "*:2,S")); err != nil || len(names) != 200 {
		t.Errorf("the server's mailbox was changed: %d, %v", len(names), err)
	}
}

func TestASearchOnTheServerBringsOnlyWhatItFinds(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, realMail(12))
	w := begin(t)
	n := importOf(server, w.caseID)
	n.Subject = "Envío 1" // 1, 10 and 11
	found, err := w.FindMail(t.Context(), n, nil)
	if err != nil || len(found) != 3 || found[1].Subject != "Envío 10" || found[1].From != "Corral <ayuda@corral.example>" ||
		found[1].Date != "2026-03-02T10:05:00+01:00" || found[1].Size == 0 || found[1].Already {
		t.Errorf("it finds %+v, %v", found, err)
	}
	if count := len(w.file().Messages); count != 0 {
		t.Errorf("searching brought %d messages", count)
	}
	requireCounts(t, w.importMail(n), 3, 0, 0, 0)
	if found, err = w.FindMail(t.Context(), n, nil); err != nil || !found[0].Already || !found[2].Already {
		t.Errorf("afterwards it finds %+v, %v", found, err)
	}
	n.Subject, n.From = "", "nobody@elsewhere.example"
	requireCounts(t, w.importMail(n), 0, 0, 0, 0)
	n.From, n.Since = "corral", "2026-03-02"
	requireCounts(t, w.importMail(n), 7, 3, 0, 0) // two have no sender
	w.requireHolds()
}

func TestWhatGoesWrongWithTheServerIsNamedAndWritesNothing(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, realMail(12))
	w := begin(t)
	tests := []struct {
		name   string
		change func(*casework.IMAPImport)
		want   problem.Code
	}{
		{"a certificate that nobody vouches for", func(n *casework.IMAPImport) { n.Account.CAFile = "" }, problem.CertificateUntrusted},
		{"another key than the confirmed one", func(n *casework.IMAPImport) { n.Account.Pin = imap.Pin{1} }, problem.CertificateMismatch},
		{"a wrong password", func(n *casework.IMAPImport) { n.Account.Password = secret.NewText("wrong") }, problem.SignInRefused},
		{"a mailbox that is not there", func(n *casework.IMAPImport) { n.Mailbox = "Archive" }, problem.MailboxNotFound},
		{"a server that is not there", func(n *casework.IMAPImport) { n.Account.Port = closedPort(t) }, problem.ServerUnreachable},
		{"a day that is none", func(n *casework.IMAPImport) { n.Since = "yesterday" }, problem.NotADate},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := importOf(server, w.caseID)
			test.change(&n)
			before := w.entries()
			for what, act := range map[string]func() error{
				"importing": func() error { _, err := w.ImportIMAP(t.Context(), n, nil); return err },
				"searching": func() error { _, err := w.FindMail(t.Context(), n, nil); return err },
			} {
				err := act()
				requireProblem(t, err, test.want)
				if strings.Contains(fmt.Sprintf("%v %+v", err, problem.From(err).Values), server.Password) {
					t.Errorf("%s tells the password", what)
				}
			}
			if w.entries() != before {
				t.Error("something was written")
			}
		})
	}
	w.requireHolds()
}

func closedPort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}

// cuttingProxy passes connections on to a port, and cuts each once the server has sent so many bytes in all. It returns
// its own port.
func cuttingProxy(t *testing.T, port int, after int64) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var connections sync.WaitGroup
	t.Cleanup(func() {
		_ = listener.Close()
		connections.Wait()
	})
	connections.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err != nil {
				_ = client.Close()
				return
			}
			closeBoth := func() { _, _ = client.Close(), server.Close() }
			connections.Go(func() { defer closeBoth(); _, _ = io.Copy(server, client) })
			connections.Go(func() { defer closeBoth(); _, _ = io.CopyN(client, server, after) })
		}
	})
	return listener.Addr().(*net.TCPAddr).Port
}

func TestAnImportThatTheServerCutIsTakenUpWhereItStopped(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	messages := realMail(60)
	server := dovecottest.Start(t, messages)
	w := begin(t)
	n := importOf(server, w.caseID)
	var size int64
	for _, message := range messages {
		size += int64(len(message))
	}
	stored := 0
	for _, part := range []int64{4, 2} { // after a quarter, then after half of all bytes
		cut := n
		cut.Account.Port = cuttingProxy(t, server.Port, size/part)
		_, err := w.ImportIMAP(t.Context(), cut, nil)
		requireProblem(t, err, problem.ServerCut)
		now := len(w.file().Messages)
		if now < stored || now == 60 {
			t.Errorf("%d messages are stored, %d were before", now, stored)
		}
		stored = now
		w.requireHolds()
	}
	if stored == 0 {
		t.Error("nothing was stored before the cut")
	}
	rest := w.importMail(n)
	if rest.Imported != int64(60-stored) || rest.Already != int64(stored) || rest.Failed != 0 {
		t.Errorf("after %d the rest says %+v", stored, rest)
	}
	w.requireStored(onDisk(t, server)...)
	w.requireHolds()
}

func TestADossierGoesIntoTheDraftsAndComesBackWhole(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, nil)
	w := begin(t)
	dossier := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0, 0xff, '\r', '\n'}, 100_000)...)
	path := save(t, t.TempDir(), "Dossier señora Vidal.pdf", dossier)
	n := importOf(server, w.caseID)
	appended, err := w.AppendDraft(t.Context(), casework.DraftMail{CaseID: w.caseID, Dossier: path, To: "jefe@corral.example", Language: "es"}, n.Account)
	if err != nil {
		t.Fatal(err)
	}
	if appended.Mailbox != "Borradores" || appended.UID == 0 || appended.UIDValidity == 0 {
		t.Errorf("it lies in %+v", appended)
	}
	n.Mailbox = appended.Mailbox
	requireCounts(t, w.importMail(n), 1, 0, 0, 0)
	sum := sha256.Sum256(dossier)
	evidence := w.file().Evidence
	if len(evidence) != 1 || evidence[0].Value.SHA256 != hex.EncodeToString(sum[:]) || evidence[0].Value.FileName != "Dossier señora Vidal.pdf" {
		t.Errorf("the attachment comes back as %+v", evidence)
	}
	reading := w.file().Messages[0].Value.Reading
	if reading.To[0].Address != "jefe@corral.example" || reading.From[0].Address != "dolores@example.org" || !strings.Contains(reading.Subject, "The parcel that never came") {
		t.Errorf("the draft reads as %+v", reading)
	}
}
