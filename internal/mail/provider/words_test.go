package provider_test

import (
	"testing"

	"constancia/internal/mail/provider"
	"constancia/internal/problem"
)

// The words are those that the servers send, with their response code before them.
func TestAServersRefusalMeansWhatItsWordsSay(t *testing.T) {
	for _, c := range []struct {
		host, words string
		want        problem.Code
	}{
		{"imap.gmail.com", "[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)", problem.AppPasswordNeeded},
		{"imap.gmail.com", "[AUTHENTICATIONFAILED] Invalid credentials (Failure)", problem.AppPasswordRefused},
		{"imap.gmail.com", "[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)", problem.IMAPSwitchedOff},
		{"imap.gmail.com", "[ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)", problem.IMAPForbidden},
		{"imap.gmail.com", "[ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)", problem.WebSignInNeeded},
		{"imap.gmail.com", "[WEBALERT https://accounts.google.com/signin/continue] Web login required.", problem.WebSignInNeeded},
		{"imap.gmail.com", "[ALERT] Too many simultaneous connections. (Failure)", problem.TooManyConnections},
		{"imap.gmail.com", "Account exceeded command or bandwidth limits.", problem.TooManyRequests},

		{"outlook.office365.com", "LOGIN failed.", problem.PasswordsRefused},
		{"outlook.office365.com", "AUTHENTICATE failed.", problem.PasswordsRefused},
		{"outlook.office365.com", "Basic authentication is disabled.", problem.PasswordsRefused},
		{"outlook.office365.com", "LOGINDISABLED", problem.PasswordsRefused},
		{"outlook.office365.com", "User is authenticated but not connected.", problem.IMAPSwitchedOff},

		{"imap.mail.me.com", "[AUTHENTICATIONFAILED] Authentication Failed", problem.AppPasswordRefused},
		{"imap.mail.yahoo.com", "[AUTHENTICATIONFAILED] LOGIN Invalid credentials", problem.AppPasswordRefused},
		{"imap.aol.com", "[LIMIT] LOGIN Rate limit hit.", problem.TooManyRequests},
		{"imap.fastmail.com", "Incorrect username, password or access token.", problem.AppPasswordRefused},
		{"imap.zoho.eu", "[ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure)", problem.IMAPSwitchedOff},
		{"imap.gmx.net", "IMAP access is disabled", problem.IMAPSwitchedOff},
		{"imap.web.de", "[AUTHENTICATIONFAILED] Authentication failed", problem.SignInOrIMAPOff},
		{"imap.yandex.com", "[AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled", problem.SignInOrIMAPOff},
		{"posteo.de", "[AUTHENTICATIONFAILED] Authentication failed.", problem.SignInRefused},

		// A server of somebody's own, and one that listens on this computer.
		{"correo.taller.example", "[AUTHENTICATIONFAILED] Authentication failed.", problem.SignInRefused},
		{"correo.taller.example", "[UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)", problem.TooManyConnections},
		{"correo.taller.example", "[ALERT] Application-specific password required", problem.AppPasswordNeeded},
		{"127.0.0.1", "no such user", problem.SignInRefused},
		{"correo.taller.example", "", problem.SignInRefused},
	} {
		if got := provider.WhatRefusalMeans(c.host, c.words); got != c.want {
			t.Errorf("%s says %q: it means %s, want %s", c.host, c.words, got, c.want)
		}
	}
}

func TestWordsThatNobodyKnowsMeanNothing(t *testing.T) {
	for _, words := range []string{"", "vuelva más tarde", "[UNAVAILABLE] Temporary authentication failure", "connections"} {
		if code, known := provider.WhatServerMeans(words); known {
			t.Errorf("%q means %s", words, code)
		}
	}
}
