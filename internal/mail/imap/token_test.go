package imap_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

const aToken = "ya29.secreta-4471"

// initial reads the first answer of a mechanism, which stands in the command where the server allows that (SASL-IR).
func (p *peer) initial(mechanism string) (tag, response string) {
	line, err := p.lines.ReadString('\n')
	if err != nil {
		return "", ""
	}
	words := strings.Fields(line)
	if len(words) < 3 || words[1] != "AUTHENTICATE" || words[2] != mechanism {
		p.t.Errorf("client said %q, want AUTHENTICATE %s", line, mechanism)
		return words[0], ""
	}
	if len(words) == 3 {
		p.say("+ \n")
		if line, err = p.lines.ReadString('\n'); err != nil {
			return words[0], ""
		}
		words = append(words, strings.TrimSpace(line))
	}
	raw, err := base64.StdEncoding.DecodeString(words[3])
	if err != nil {
		p.t.Errorf("client answered %q", words[3])
	}
	return words[0], string(raw)
}

func TestATokenSignsInByWhatTheServerTakes(t *testing.T) {
	for name, test := range map[string]struct{ capabilities, mechanism, want string }{
		"XOAUTH2 at once":        {"SASL-IR AUTH=PLAIN AUTH=XOAUTH2", "XOAUTH2", "user=begona\x01auth=Bearer " + aToken + "\x01\x01"},
		"XOAUTH2 when asked":     {"AUTH=XOAUTH2", "XOAUTH2", "user=begona\x01auth=Bearer " + aToken + "\x01\x01"},
		"the older before":       {"SASL-IR AUTH=OAUTHBEARER AUTH=XOAUTH2", "XOAUTH2", "user=begona\x01auth=Bearer " + aToken + "\x01\x01"},
		"the standard otherwise": {"SASL-IR AUTH=OAUTHBEARER", "OAUTHBEARER", "n,a=begona,\x01host=127.0.0.1\x01port=PORT\x01auth=Bearer " + aToken + "\x01\x01"},
	} {
		t.Run(name, func(t *testing.T) {
			got := make(chan string, 1)
			account := scripted(t, imap.TLS, func(p *peer) {
				p.say("* OK [CAPABILITY IMAP4rev1 %s] hola\n", test.capabilities)
				tag, response := p.initial(test.mechanism)
				got <- response
				p.say("%s OK [CAPABILITY IMAP4rev1] adelante\n", tag)
				p.farewell()
			})
			account.Password, account.Token = secret.Text{}, secret.NewText(aToken)
			client, err := imap.Connect(t.Context(), account)
			if err != nil {
				t.Fatal(err)
			}
			if err := client.Close(); err != nil {
				t.Error(err)
			}
			response := <-got
			if before, after, found := strings.Cut(test.want, "PORT"); found {
				if !strings.HasPrefix(response, before) || !strings.HasSuffix(response, after) {
					t.Errorf("client answered %q", response)
				}
			} else if response != test.want {
				t.Errorf("client answered %q", response)
			}
		})
	}
}

func TestARefusedTokenIsToldWithoutSayingIt(t *testing.T) {
	reason := base64.StdEncoding.EncodeToString([]byte(`{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}`))
	for name, test := range map[string]struct {
		capabilities, mechanism, answer string
		want                            problem.Code
	}{
		"with a reason, by XOAUTH2":     {"SASL-IR AUTH=XOAUTH2", "XOAUTH2", "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", problem.OAuthExpired},
		"with a reason, by OAUTHBEARER": {"SASL-IR AUTH=OAUTHBEARER", "OAUTHBEARER", "NO SASL authentication failed", problem.OAuthExpired},
		"IMAP is off":                   {"SASL-IR AUTH=XOAUTH2", "XOAUTH2", "NO User is authenticated but not connected.", problem.IMAPSwitchedOff},
		"it repeats the token":          {"SASL-IR AUTH=XOAUTH2", "XOAUTH2", "NO " + aToken + " is wrong", problem.OAuthExpired},
		"it is busy":                    {"SASL-IR AUTH=XOAUTH2", "XOAUTH2", "NO [UNAVAILABLE] " + aToken, problem.ServerRefused},
	} {
		t.Run(name, func(t *testing.T) {
			account := scripted(t, imap.TLS, func(p *peer) {
				p.say("* OK [CAPABILITY IMAP4rev1 %s] hola\n", test.capabilities)
				tag, _ := p.initial(test.mechanism)
				p.say("+ %s\n", reason)
				_, _ = p.lines.ReadString('\n') // the client's empty answer
				p.say("%s %s\n", tag, test.answer)
				p.linger()
			})
			account.Password, account.Token = secret.Text{}, secret.NewText(aToken)
			_, err := imap.Connect(t.Context(), account)
			if problem.From(err).Code != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			wantUnsaid(t, err, "4471", base64.StdEncoding.EncodeToString([]byte(aToken)))
		})
	}
}

func TestAServerThatTakesNoTokenIsToldSoAndGetsNone(t *testing.T) {
	account := scripted(t, imap.TLS, func(p *peer) {
		p.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hola\n")
		if line, err := p.lines.ReadString('\n'); err == nil {
			t.Errorf("client said %q", line)
		}
	})
	account.Token = secret.NewText(aToken)
	_, err := imap.Connect(t.Context(), account)
	if problem.From(err).Code != problem.ServerRefused {
		t.Errorf("got %v", err)
	}
}
