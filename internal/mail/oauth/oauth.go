// Package oauth asks a mail provider for leave to read a mailbox: the authorization code flow of OAuth 2 (RFC 6749,
// section 4.1) with PKCE (RFC 7636), in the person's own browser and with an answer on loopback (RFC 8252). The program
// never sees the person's password; what it gets is a token that it can renew and give back (RFC 7009).
//
// There is no client id of the program's own. Google and Microsoft give anybody one for themselves, and only with that
// does anything here begin.
//
// Errors are [problem.Problem]s. None holds a code, a token or a secret, not even where the provider repeats it.
package oauth

import (
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Service is where a provider gives leave.
type Service struct {
	// ID is google, microsoft, or empty for one that the person named.
	ID   string
	Name string
	// AuthURL is what the browser opens, TokenURL gives tokens, and RevokeURL takes them back; empty where nothing does.
	AuthURL, TokenURL, RevokeURL string
	Scopes                       []string
	// more is what its browser page is told besides.
	more []oauth2.AuthCodeOption
	// host is the name of loopback that it takes; empty is 127.0.0.1.
	host string
}

// Host is the name of the computer whose page the browser opens.
func (s Service) Host() string { return hostOf(s.AuthURL) }

// Services are those that are known, as they document themselves.
func Services() []Service {
	return []Service{
		{
			ID: "google", Name: "Google",
			AuthURL:   "https://accounts.google.com/o/oauth2/v2/auth",
			TokenURL:  "https://oauth2.googleapis.com/token",
			RevokeURL: "https://oauth2.googleapis.com/revoke",
			Scopes:    []string{"https://mail.google.com/"},
			// Only so does it give a token that can be renewed, a second time, too.
			more: []oauth2.AuthCodeOption{oauth2.AccessTypeOffline, oauth2.SetAuthURLParam("prompt", "consent")},
		},
		{
			ID: "microsoft", Name: "Microsoft",
			AuthURL:  "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
			TokenURL: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
			Scopes:   []string{"https://outlook.office.com/IMAP.AccessAsUser.All", "offline_access"},
			host:     "localhost", // the one for which it leaves the port open
		},
	}
}

// ServiceOf is the service with an id.
func ServiceOf(id string) (Service, bool) {
	for _, one := range Services() {
		if one.ID == id {
			return one, true
		}
	}
	return Service{}, false
}

// Client is who asks: an id that the person got from the service for themselves, and the secret that came with it, if
// any. A secret that every copy of a program has keeps nobody out (RFC 8252, section 8.5), but Google wants it.
type Client struct {
	Service Service
	ID      string
	Secret  secret.Text
	// HTTP asks for tokens; nil is a client with a time limit.
	HTTP *http.Client
}

// Token is leave to read a mailbox. The access part opens it for a while; the refresh part gets another.
type Token struct {
	Access, Refresh secret.Text
	// Expires is when the access part ends; zero when that is not known.
	Expires time.Time
}

// check refuses a client that can't be tried at all, and addresses over which a token would travel unprotected.
func (c Client) check() error {
	if c.ID == "" {
		return problem.New(problem.Missing, problem.Values{"field": "client_id"})
	}
	addresses := []string{c.Service.AuthURL, c.Service.TokenURL}
	if c.Service.RevokeURL != "" {
		addresses = append(addresses, c.Service.RevokeURL)
	}
	for _, address := range addresses {
		if err := CheckAddress(address); err != nil {
			return err
		}
	}
	return nil
}

// CheckAddress refuses an address over which a token would travel unprotected.
//
// Problem: not_a_web_address.
func CheckAddress(address string) error {
	if !isProtected(address) {
		return problem.New(problem.NotAWebAddress, problem.Values{"value": address})
	}
	return nil
}

// isProtected is whether an address is one over HTTPS, or on this computer.
func isProtected(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" {
		return false
	}
	name := parsed.Hostname()
	return parsed.Scheme == "https" || parsed.Scheme == "http" && (name == "127.0.0.1" || name == "localhost" || name == "::1")
}

// patience is how long a service may take to answer.
const patience = 30 * time.Second

func (c Client) http() *http.Client {
	client := http.Client{Timeout: patience}
	if c.HTTP != nil {
		client = *c.HTTP
	}
	// A token is asked for where it was said, and nowhere else.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

func (c Client) config(redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.ID, ClientSecret: c.Secret.Reveal(), RedirectURL: redirect, Scopes: c.Service.Scopes,
		Endpoint: oauth2.Endpoint{AuthURL: c.Service.AuthURL, TokenURL: c.Service.TokenURL, AuthStyle: oauth2.AuthStyleInParams},
	}
}
