package casework_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/mail/imap"
	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// newMailbox is the mailbox of a Dovecot as a person types it who accepts the server's key.
func newMailbox(t *testing.T, server dovecottest.Server) casework.NewMailbox {
	t.Helper()
	pin, err := imap.ParsePin(server.Pin)
	if err != nil {
		t.Fatal(err)
	}
	return casework.NewMailbox{Address: server.User, Account: imap.Account{
		Host: server.Host, Port: server.Port, Security: imap.TLS, Password: secret.NewText(server.Password), Pin: pin,
	}}
}

func TestAMailboxIsKeptOnceItsSignInSucceeded(t *testing.T) {
	server := dovecottest.Start(t, realMail(12))
	w := begin(t)
	var told []string
	added, err := w.AddMailbox(t.Context(), newMailbox(t, server), func(p casework.Progress) { told = append(told, p.What) })
	if err != nil {
		t.Fatal(err)
	}
	if added.Messages != 12 || added.Kept || fmt.Sprint(told) != "[connecting counting]" {
		t.Errorf("%d messages, kept: %v, told %v", added.Messages, added.Kept, told)
	}
	again, err := w.AddMailbox(t.Context(), newMailbox(t, server), nil)
	if err != nil || again.ID != added.ID {
		t.Errorf("a second time it is %s, %v; want %s", again.ID, err, added.ID)
	}
	mailboxes, err := w.Mailboxes(t.Context())
	if err != nil || len(mailboxes) != 1 {
		t.Fatalf("%d mailboxes, %v", len(mailboxes), err)
	}
	got := mailboxes[0]
	if got.ID != added.ID || got.Address != server.User || got.User != server.User || got.Pin != server.Pin ||
		got.SignIn != casework.ByPassword || !got.HasSecret {
		t.Errorf("it is %+v", got)
	}

	account, err := w.OpenMailbox(t.Context(), added.ID)
	if err != nil {
		t.Fatal(err)
	}
	result := w.importMail(casework.IMAPImport{CaseID: w.caseID, Account: account})
	if result.Imported != 12 {
		t.Errorf("imported %d", result.Imported)
	}

	if left, err := w.ForgetMailbox(t.Context(), added.ID); err != nil || left != "" {
		t.Fatal(left, err)
	}
	if _, err := w.OpenMailbox(t.Context(), added.ID); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("forgotten, it says %v", err)
	}
}

func TestAMailboxWhoseSignInFailsIsNotKept(t *testing.T) {
	server := dovecottest.Start(t, nil)
	w := begin(t)
	tests := map[string]struct {
		change func(*casework.NewMailbox)
		want   problem.Code
	}{
		"another password":              {func(n *casework.NewMailbox) { n.Account.Password = secret.NewText("otra") }, problem.SignInRefused},
		"no password":                   {func(n *casework.NewMailbox) { n.Account.Password = secret.Text{} }, problem.Missing},
		"no address":                    {func(n *casework.NewMailbox) { n.Address = "begona" }, problem.NotAnAddress},
		"an authority nobody knows":     {func(n *casework.NewMailbox) { n.Account.Pin = imap.Pin{} }, problem.CertificateUntrusted},
		"another key than the pinned":   {func(n *casework.NewMailbox) { n.Account.Pin[0]++ }, problem.CertificateMismatch},
		"a provider without passwords":  {func(n *casework.NewMailbox) { n.Address, n.Account = "elena@hotmail.com", imap.Account{} }, problem.PasswordsRefused},
		"a provider without IMAP":       {func(n *casework.NewMailbox) { n.Address, n.Account = "elena@tuta.com", imap.Account{} }, problem.NoIMAP},
		"a domain that is not the list": {func(n *casework.NewMailbox) { n.Address, n.Account = "elena@taller.example", imap.Account{} }, problem.MailServerUnknown},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			typed := newMailbox(t, server)
			test.change(&typed)
			_, err := w.AddMailbox(t.Context(), typed, nil)
			if got := problem.From(err); got.Code != test.want {
				t.Errorf("it says %v, want %s", err, test.want)
			}
			if mailboxes, err := w.Mailboxes(t.Context()); err != nil || len(mailboxes) > 0 {
				t.Errorf("%d mailboxes are kept, %v", len(mailboxes), err)
			}
		})
	}
}

func TestAnUntrustedCertificateIsShownWithAllThatIsNeededToCompareIt(t *testing.T) {
	server := dovecottest.Start(t, nil)
	typed := newMailbox(t, server)
	typed.Account.Pin = imap.Pin{}
	_, err := begin(t).AddMailbox(t.Context(), typed, nil)
	shown := problem.From(err).Values
	if shown["fingerprint"] != server.Pin || len(shown["certificate"]) != 64 || shown["why"] != "authority" ||
		shown["subject"] == "" || shown["issuer"] == "" || shown["from"] >= shown["until"] {
		t.Errorf("it shows %v", shown)
	}
}

func TestWithoutAKeyringThePasswordIsRememberedForTheSessionAndNowhereElse(t *testing.T) {
	server := dovecottest.Start(t, nil)
	directory, state := t.TempDir(), t.TempDir()
	w := &work{t: t, now: time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)}
	first, err := casework.Open(t.Context(), casework.Options{Directory: directory, State: state, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	w.Casework = first
	added, err := w.AddMailbox(t.Context(), newMailbox(t, server), nil)
	if err != nil {
		t.Fatal(err)
	}
	w.must(w.Close())
	w.openIn(directory, state)
	_, err = w.OpenMailbox(t.Context(), added.ID)
	if got := problem.From(err); got.Code != problem.MailboxNeedsSecret || got.Values["mailbox"] != server.User {
		t.Fatalf("the next day it says %v", err)
	}
	if mailboxes, err := w.Mailboxes(t.Context()); err != nil || mailboxes[0].HasSecret {
		t.Errorf("%+v, %v", mailboxes, err)
	}
	for _, folder := range []string{directory, state} {
		err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			if strings.Contains(string(content), "secreta") {
				t.Errorf("the password stands in %s", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}

	if _, err := w.RenewMailbox(t.Context(), added.ID, secret.NewText("otra"), nil); problem.From(err).Code != problem.SignInRefused {
		t.Errorf("another password: %v", err)
	}
	if _, err := w.RenewMailbox(t.Context(), added.ID, secret.NewText(server.Password), nil); err != nil {
		t.Fatal(err)
	}
	if account, err := w.OpenMailbox(t.Context(), added.ID); err != nil || account.Password.Reveal() != server.Password {
		t.Errorf("typed again: %v", err)
	}
}
