package provider

import (
	"cmp"
	"strings"

	"constancia/internal/problem"
)

// sayings are what servers say when they refuse, as a part of it in lower case, and what that means. They are tried in
// their order: what says more goes first. Whoever says one of them, it means the same.
var sayings = []struct {
	words string
	means problem.Code
}{
	// Gmail and Google Workspace.
	{"application-specific password required", problem.AppPasswordNeeded},
	{"invalidsecondfactor", problem.AppPasswordNeeded},
	{"your account is not enabled for imap use", problem.IMAPSwitchedOff},
	{"imap access is disabled for your domain", problem.IMAPForbidden},
	{"log in via your web browser", problem.WebSignInNeeded},
	{"web login required", problem.WebSignInNeeded},
	{"account exceeded command or bandwidth limits", problem.TooManyRequests},

	// Outlook.com and Microsoft 365. A mailbox that is "not connected" is one whose IMAP is off, or not on yet.
	{"basicauthblocked", problem.PasswordsRefused},
	{"basic authentication is disabled", problem.PasswordsRefused},
	{"user is authenticated but not connected", problem.IMAPSwitchedOff},

	// Zoho and GMX. Yandex does not say which of the two it is.
	{"you are yet to enable imap for your account", problem.IMAPSwitchedOff},
	{"invalid credentials or imap is disabled", problem.SignInOrIMAPOff},
	{"imap access is disabled", problem.IMAPSwitchedOff},

	// Yahoo, AOL, and others.
	{"rate limit", problem.TooManyRequests},
	{"too many login", problem.TooManyRequests},
	{"too many failed", problem.TooManyRequests},

	// Gmail, Dovecot, and others.
	{"too many simultaneous connections", problem.TooManyConnections},
	{"too many concurrent connections", problem.TooManyConnections},
	{"too many connections", problem.TooManyConnections},
	{"maximum number of connections", problem.TooManyConnections},

	// A server that takes a password in no way at all.
	{"logindisabled", problem.PasswordsRefused},
}

// WhatServerMeans tells what a server's words mean, if they are known: a response code in brackets and a sentence, as it
// says them.
func WhatServerMeans(words string) (problem.Code, bool) {
	words = strings.ToLower(words)
	for _, saying := range sayings {
		if strings.Contains(words, saying.words) {
			return saying.means, true
		}
	}
	return "", false
}

// WhatRefusalMeans tells what it means that a server refused a password: by its words, else by whose server it is, since
// most say no more than that the password is wrong.
func WhatRefusalMeans(host, words string) problem.Code {
	if means, known := WhatServerMeans(words); known {
		return means
	}
	provider, known := OfServer(host)
	switch {
	case !known:
		return problem.SignInRefused
	case provider.SignIn == OAuth:
		return problem.PasswordsRefused
	case provider.SignIn == AppPassword:
		return problem.AppPasswordRefused
	case provider.IMAPOff:
		return problem.SignInOrIMAPOff
	}
	return problem.SignInRefused
}

// NameOf is what to call a server that a user signs in to: its provider's name, else its own.
func NameOf(host, user string) string {
	own, known := Of(user)
	if known && strings.EqualFold(own.Host, host) {
		return own.Name
	}
	provider, _ := OfServer(host)
	return cmp.Or(provider.Name, host)
}
