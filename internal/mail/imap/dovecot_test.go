package imap_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/imap"
	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// account is the account of a Dovecot that trusts its certificate by file.
func account(server dovecottest.Server) imap.Account {
	return imap.Account{
		Host: server.Host, Port: server.Port, Security: imap.TLS, User: server.User,
		Password: secret.NewText(server.Password), CAFile: server.CAFile, Silence: 10 * time.Second,
	}
}

func connect(t testing.TB, account imap.Account) *imap.Client {
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

// mailbox makes messages as different as those of a real mailbox: sizes from a few bytes to some hundred kilobytes, bytes
// above 127, lines longer than allowed, one without a header, one that looks like protocol.
func mailbox(count int) [][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	messages := make([][]byte, count)
	for i := range messages {
		var m bytes.Buffer
		sender := []string{"atencion@almacenesrivera.example", "avisos@paquetesdelnorte.example"}[i%2]
		fmt.Fprintf(&m, "From: =?utf-8?q?Atenci=C3=B3n?= <%s>\r\nTo: begona@correo.example\r\n", sender)
		fmt.Fprintf(&m, "Subject: =?iso-8859-1?q?Reclamaci=F3n_A-%d?=\r\n", 20900+i)
		fmt.Fprintf(&m, "Date: Mon, 02 Mar 2026 10:%02d:00 -0600\r\nMessage-ID: <m%d@correo.example>\r\n\r\n", i%60, i)
		for range random.IntN(200) {
			line := make([]byte, random.IntN(2000))
			for j := range line {
				line[j] = byte(32 + random.IntN(223))
			}
			m.Write(line)
			m.WriteString("\r\n")
		}
		messages[i] = m.Bytes()
	}
	messages[7] = []byte("\r\nsin cabecera\r\n")
	messages[8] = []byte("Subject: trampa\r\n\r\n)\r\n* BYE {100}\r\n* 9 FETCH (UID 9 BODY[] {3}\r\n(((\r\nA1 OK\r\n")
	return messages
}

func TestFetchGivesEachMessageByteForByteAsDovecotHasItOnDisk(t *testing.T) {
	server := dovecottest.Start(t, mailbox(200))
	onDisk := map[[32]byte]bool{}
	files, err := filepath.Glob(filepath.Join(server.MaildirPath, "cur", "*"))
	if err != nil || len(files) != 200 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		onDisk[sha256.Sum256(content)] = true
	}
	client := connect(t, account(server))
	candidates, err := client.Search(t.Context(), "INBOX", imap.Criteria{})
	if err != nil || len(candidates) != 200 {
		t.Fatalf("%d candidates, %v", len(candidates), err)
	}
	missing, err := client.Fetch(t.Context(), "INBOX", uids(candidates), func(m imap.Fetched) error {
		content, err := io.ReadAll(m.Body)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		if !onDisk[sum] {
			t.Errorf("message %d is not as it is on disk", m.UID)
		}
		delete(onDisk, sum)
		if m.AnnouncedSize != int64(len(content)) || m.UIDValidity == 0 || m.InternalDate.Year() != 2026 {
			t.Errorf("message %d: announced %d, has %d; UIDVALIDITY %d; internal date %v", m.UID, m.AnnouncedSize,
				len(content), m.UIDValidity, m.InternalDate)
		}
		return nil
	})
	if err != nil || len(missing) > 0 || len(onDisk) > 0 {
		t.Errorf("%d missing, %d never came, %v", len(missing), len(onDisk), err)
	}
	stillUnread, err := filepath.Glob(filepath.Join(server.MaildirPath, "cur", "*:2,S"))
	if err != nil || len(stillUnread) != 200 {
		t.Errorf("flags were changed: %d files as before, %v", len(stillUnread), err)
	}
}

func uids(candidates []imap.Candidate) []uint32 {
	var list []uint32
	for _, candidate := range candidates {
		list = append(list, candidate.UID)
	}
	return list
}

func TestWithDovecot(t *testing.T) {
	server := dovecottest.Start(t, mailbox(40))
	pin, err := imap.ParsePin(server.Pin)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("a search finds what meets all criteria, and tells the header", func(t *testing.T) {
		client := connect(t, account(server))
		tests := []struct {
			name     string
			criteria imap.Criteria
			want     int
		}{
			{"everything", imap.Criteria{}, 40},
			{"sender", imap.Criteria{From: "paquetesdelnorte"}, 19},
			{"sender by name that is not ASCII", imap.Criteria{From: "Atención"}, 38},
			{"recipient", imap.Criteria{To: "begona"}, 38},
			{"subject that is not ASCII", imap.Criteria{Subject: "reclamación A-20911"}, 1},
			{"day", imap.Criteria{Since: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}, 8},
			{"sender and subject that don't meet", imap.Criteria{From: "paquetesdelnorte", Subject: "A-20910"}, 0},
			{"quotes and line ends are text", imap.Criteria{Subject: "\" ALL\r\nA9 LOGOUT\r\n"}, 0},
		}
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				found, err := client.Search(t.Context(), "INBOX", test.criteria)
				if err != nil || len(found) != test.want {
					t.Fatalf("%d found, want %d; %v", len(found), test.want, err)
				}
			})
		}
		found, err := client.Search(t.Context(), "INBOX", imap.Criteria{Subject: "A-20911"})
		if err != nil || len(found) != 1 {
			t.Fatal(len(found), err)
		}
		got := found[0]
		if got.Subject != "Reclamación A-20911" || got.From[0].Name != "Atención" || got.MessageID != "m11@correo.example" ||
			got.Date != "2026-03-02T10:11:00-06:00" || got.UID != 12 || got.Size == 0 || got.InternalDate.IsZero() {
			t.Errorf("header is %+v", got)
		}
	})

	t.Run("STARTTLS, a pin, and names that are not ASCII work", func(t *testing.T) {
		starttls := account(server)
		starttls.Security, starttls.Port = imap.StartTLS, server.StartTLSPort
		starttls.CAFile, starttls.Pin = "", pin
		client := connect(t, starttls)
		if client.Key() != pin {
			t.Errorf("key is %v, want %v", client.Key(), pin)
		}
		if found, err := client.Search(t.Context(), "Facturación", imap.Criteria{}); err != nil || len(found) != 0 {
			t.Errorf("%d found, %v", len(found), err)
		}
		if found, err := client.Search(t.Context(), "INBOX", imap.Criteria{From: "norte"}); err != nil || len(found) != 19 {
			t.Errorf("%d found, %v", len(found), err)
		}
	})

	t.Run("a message that is not there is missing, the others come", func(t *testing.T) {
		client := connect(t, account(server))
		var got []uint32
		missing, err := client.Fetch(t.Context(), "INBOX", []uint32{3, 4000, 5}, func(m imap.Fetched) error {
			got = append(got, m.UID) // and nothing of the body is read
			return nil
		})
		if err != nil || fmt.Sprint(missing) != "[4000]" || fmt.Sprint(got) != "[3 5]" {
			t.Errorf("missing %v, got %v, %v", missing, got, err)
		}
	})

	t.Run("an error of the receiver comes back as it is", func(t *testing.T) {
		client := connect(t, account(server))
		full := errors.New("disk full")
		_, err := client.Fetch(t.Context(), "INBOX", []uint32{1, 2, 3}, func(imap.Fetched) error { return full })
		if !errors.Is(err, full) || problem.From(err).Code != problem.Unexpected {
			t.Errorf("got %v", err)
		}
	})

	t.Run("a draft is put into the drafts and read back whole", func(t *testing.T) {
		client := connect(t, account(server))
		draft := append([]byte("Subject: borrador\r\n\r\n"), bytes.Repeat([]byte("línea del expediente\r\n"), 100_000)...)
		place, err := client.AppendDraft(t.Context(), bytes.NewReader(draft), int64(len(draft)))
		if err != nil || place.Mailbox != "Borradores" || place.UID == 0 {
			t.Fatalf("%+v, %v", place, err)
		}
		var back []byte
		_, err = client.Fetch(t.Context(), place.Mailbox, []uint32{place.UID}, func(m imap.Fetched) (err error) {
			back, err = io.ReadAll(m.Body)
			return err
		})
		if err != nil || !bytes.Equal(back, draft) {
			t.Errorf("read back %d of %d bytes, %v", len(back), len(draft), err)
		}
	})

	t.Run("what is refused is told", func(t *testing.T) {
		other := pin
		other[0]++
		tests := []struct {
			name   string
			change func(*imap.Account)
			want   problem.Code
		}{
			{"wrong password", func(a *imap.Account) { a.Password = secret.NewText("otra") }, problem.SignInRefused},
			{"unknown user", func(a *imap.Account) { a.User = "nadie@correo.example" }, problem.SignInRefused},
			{"nobody vouches for the certificate", func(a *imap.Account) { a.CAFile = "" }, problem.CertificateUntrusted},
			{"not the pinned key", func(a *imap.Account) { a.CAFile, a.Pin = "", other }, problem.CertificateMismatch},
			{"not the pinned key, though vouched for", func(a *imap.Account) { a.Pin = other }, problem.CertificateMismatch},
			{"TLS where STARTTLS is", func(a *imap.Account) { a.Port = server.StartTLSPort }, problem.ServerRefusedTLS},
			{"a CA file that is not there", func(a *imap.Account) { a.CAFile = "/no/hay.pem" }, problem.FileNotFound},
			{"a name nobody has", func(a *imap.Account) { a.Host = "correo.invalid" }, problem.ServerUnknown},
			{"a port nobody listens on", func(a *imap.Account) { a.Port = 1 }, problem.ServerUnreachable},
		}
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				changed := account(server)
				test.change(&changed)
				_, err := imap.Connect(t.Context(), changed)
				got := problem.From(err)
				if got.Code != test.want {
					t.Errorf("got %v, want %s", err, test.want)
				}
				if got.Code == problem.CertificateUntrusted && got.Values["fingerprint"] != server.Pin {
					t.Errorf("fingerprint is %s, want %s", got.Values["fingerprint"], server.Pin)
				}
				if strings.Contains(fmt.Sprintf("%v %+v", err, got), server.Password) {
					t.Error("the password stands in the error")
				}
			})
		}
		client := connect(t, account(server))
		_, err := client.Search(t.Context(), "Nada/Aquí", imap.Criteria{})
		if got := problem.From(err); got.Code != problem.MailboxNotFound || got.Values["mailbox"] != "Nada/Aquí" {
			t.Errorf("got %v", err)
		}
	})

	t.Run("a canceled context ends what is under way", func(t *testing.T) {
		client := connect(t, account(server))
		ctx, cancel := context.WithCancel(t.Context())
		_, err := client.Fetch(ctx, "INBOX", []uint32{1, 2, 3, 4, 5}, func(m imap.Fetched) error {
			cancel()
			_, err := io.Copy(io.Discard, m.Body)
			return err
		})
		if problem.From(err).Code != problem.Cancelled {
			t.Errorf("got %v", err)
		}
	})
}
