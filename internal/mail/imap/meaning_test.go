package imap_test

import (
	"testing"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

func TestWhatAServerMeansByItsRefusalIsTold(t *testing.T) {
	refuses := func(answer string) func(*peer) {
		return func(p *peer) {
			p.say("* OK [CAPABILITY IMAP4rev1] hola\n")
			p.say("%s NO "+answer+"\n", p.expect("LOGIN"))
		}
	}
	for name, c := range map[string]struct {
		script func(*peer)
		want   problem.Code
	}{
		"wants an app password": {refuses("[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)"),
			problem.AppPasswordNeeded},
		"has IMAP switched off": {refuses("[ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure)"),
			problem.IMAPSwitchedOff},
		"wants to see the person first": {refuses("[WEBALERT https://accounts.google.com/signin/continue] Web login required."),
			problem.WebSignInNeeded},
		"has a limit on tries":       {refuses("[LIMIT] LOGIN Rate limit hit."), problem.TooManyRequests},
		"has a limit on connections": {refuses("[UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)"), problem.TooManyConnections},
		"says it as its greeting":    {func(p *peer) { p.say("* BYE [ALERT] Too many simultaneous connections. (Failure)\n") }, problem.TooManyConnections},
		"says it in the middle": {func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			p.say("* BYE Account exceeded command or bandwidth limits.\n")
		}, problem.TooManyRequests},
		"only says no": {refuses("[AUTHENTICATIONFAILED] Authentication failed."), problem.SignInRefused},
	} {
		t.Run(name, func(t *testing.T) {
			account := scripted(t, imap.TLS, c.script)
			p := problem.From(converse(t, account))
			if p.Code != c.want {
				t.Fatalf("got %v, want %s", p, c.want)
			}
			if p.Code != problem.SignInRefused && (p.Values["provider"] != account.Host || p.Values["user"] != account.User) {
				t.Errorf("its values are %v", p.Values)
			}
		})
	}
}
