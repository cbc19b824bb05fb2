package imap

import (
	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"constancia/internal/mail/provider"
	"constancia/internal/problem"
)

// xoauth2 is how Google and Microsoft take a token, which is older than the standard and has no RFC.
const xoauth2 = "XOAUTH2"

// signInWithToken signs in with the access token: by XOAUTH2, which all take that have either, else by OAUTHBEARER
// (RFC 7628).
func (c *Client) signInWithToken(caps goimap.CapSet) error {
	token := c.account.Token.Reveal()
	switch {
	case caps.Has(goimap.AuthCap(xoauth2)):
		return c.library.Authenticate(&bearer{user: c.account.User, token: token})
	case caps.Has(goimap.AuthCap(sasl.OAuthBearer)):
		return c.library.Authenticate(&onlyOnce{sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{
			Username: c.account.User, Token: token, Host: c.account.Host, Port: c.account.Port,
		})})
	}
	return c.account.refused(violation("it takes no token"), "AUTHENTICATE")
}

// bearerOf is what is sent of a token.
func bearerOf(user, token string) string {
	return "user=" + user + "\x01auth=Bearer " + token + "\x01\x01"
}

// bearer is the mechanism XOAUTH2.
type bearer struct{ user, token string }

// Start gives the whole of it.
func (b *bearer) Start() (mechanism string, first []byte, err error) {
	return xoauth2, []byte(bearerOf(b.user, b.token)), nil
}

// Next answers what comes in place of a yes: the reason for a no, as JSON. The server says no by the usual way after an
// empty answer.
func (*bearer) Next([]byte) ([]byte, error) { return []byte{}, nil }

// onlyOnce is OAUTHBEARER, which answers a reason for a no with a single ^A (RFC 7628, section 3.2.3).
type onlyOnce struct{ sasl.Client }

func (*onlyOnce) Next([]byte) ([]byte, error) { return []byte{1}, nil }

// tokenProblem tells what it means that a token was refused: by the server's words, else that leave has ended.
func (c *Client) tokenProblem(answer *goimap.Error) error {
	if means, known := provider.WhatServerMeans(answer.Text); known {
		return c.account.meant(answer, means)
	}
	return c.account.meant(answer, problem.OAuthExpired)
}
