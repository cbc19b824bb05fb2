package imap_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

func TestAnAccountThatIsPrintedDoesNotShowItsPassword(t *testing.T) {
	account := imap.Account{Host: "correo.example", Port: 993, User: "begona", Password: secret.NewText("secreta-4471")}
	asJSON, err := json.Marshal(account)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		string(asJSON), fmt.Sprintf("%v %+v %#v", account, account, account), fmt.Sprintf("%v %+v %#v", &account, &account, &account),
	} {
		if strings.Contains(text, "secreta-4471") || !strings.Contains(text, "hidden") {
			t.Errorf("it reads %q", text)
		}
	}
}

func TestAServerThatRepeatsThePasswordDoesNotGetItIntoAnError(t *testing.T) {
	const password = `secreta "4471"`
	forms := map[string]string{
		"where it is cut":    strings.Repeat("no ", 63) + password,
		"as it is":           password,
		"in quotes":          `"secreta \"4471\""`,
		"alone, as base64":   base64.StdEncoding.EncodeToString([]byte(password)),
		"as it was sent":     base64.StdEncoding.EncodeToString([]byte("\x00begona\x00" + password)),
		"far into its words": strings.Repeat("no ", 60) + password,
	}
	moments := map[string]struct {
		security imap.Security
		script   func(p *peer, words string)
		want     problem.Code
	}{
		"before there is TLS": {imap.StartTLS, func(p *peer, words string) { p.say("* BYE %s\n", words) }, problem.ServerRefused},
		"instead of TLS": {imap.StartTLS, func(p *peer, words string) {
			p.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] hola\n")
			p.say("%s NO %s\n", p.expect("STARTTLS"), words)
		}, problem.ServerRefusedTLS},
		"as its greeting": {imap.TLS, func(p *peer, words string) { p.say("* BYE %s\n", words) }, problem.ServerRefused},
		"as no greeting":  {imap.TLS, func(p *peer, words string) { p.say("%s\n", words); p.linger() }, problem.ServerOdd},
		"when it is busy": {imap.TLS, func(p *peer, words string) {
			p.say("* OK [CAPABILITY IMAP4rev1] hola\n")
			p.say("%s NO [UNAVAILABLE] %s\n", p.expect("LOGIN"), words)
		}, problem.ServerRefused},
		"when it refuses the sign-in": {imap.TLS, func(p *peer, words string) {
			p.say("* OK [CAPABILITY IMAP4rev1] hola\n")
			p.say("%s NO [AUTHENTICATIONFAILED] %s\n", p.expect("LOGIN"), words)
		}, problem.SignInRefused},
		"when it has no such mailbox": {imap.TLS, func(p *peer, words string) {
			p.signIn("")
			p.say("%s NO %s\n", p.expect("EXAMINE"), words)
		}, problem.MailboxNotFound},
		"when it does not know the command": {imap.TLS, func(p *peer, words string) {
			p.signIn("")
			p.say("%s BAD %s\n", p.expect("EXAMINE"), words)
		}, problem.ServerOdd},
		"when it takes leave": {imap.TLS, func(p *peer, words string) {
			p.signIn("")
			p.examine()
			p.say("* BYE %s\n", words)
		}, problem.ServerRefused},
		"where a number is due": {imap.TLS, func(p *peer, words string) {
			p.signIn("")
			p.examine()
			p.say("* 1 FETCH (UID %s)\n", words)
			p.linger()
		}, problem.ServerOdd},
	}
	for moment, test := range moments {
		for form, words := range forms {
			t.Run(moment+" "+form, func(t *testing.T) {
				account := scripted(t, test.security, func(p *peer) { test.script(p, words) })
				account.Password = secret.NewText(password)
				err := converse(t, account)
				if problem.From(err).Code != test.want {
					t.Errorf("got %v, want %s", err, test.want)
				}
				wantUnsaid(t, err, "4471", "secreta", words)
			})
		}
	}
}

// converse signs in and fetches a message.
func converse(t *testing.T, account imap.Account) error {
	client, err := imap.Connect(t.Context(), account)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	_, err = client.Fetch(t.Context(), "INBOX", []uint32{1}, func(m imap.Fetched) error {
		_, err := io.Copy(io.Discard, m.Body)
		return err
	})
	return err
}

// wantUnsaid fails when an error, or any error that it wraps, says one of the words.
func wantUnsaid(t *testing.T, err error, words ...string) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		for _, text := range []string{err.Error(), fmt.Sprintf("%v %+v %#v", err, err, err), fmt.Sprint(problem.From(err).Values)} {
			for _, word := range words {
				if strings.Contains(text, word) {
					t.Errorf("%T says %q: %q", err, word, text)
				}
			}
		}
	}
}

func TestAServersOwnWordsAreKeptWhenTheySayNoPassword(t *testing.T) {
	for name, password := range map[string]secret.Text{"with a password": secret.NewText("secreta-4471"), "without one": {}} {
		account := scripted(t, imap.TLS, func(p *peer) { p.say("* BYE vuelva más tarde\n") })
		account.Password = password
		_, err := imap.Connect(t.Context(), account)
		if got := problem.From(err).Values["detail"]; !strings.Contains(got, "vuelva más tarde") {
			t.Errorf("%s: the words are %q", name, got)
		}
	}
}
