package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"constancia/internal/i18n"
	"constancia/internal/mail/imap"
	"constancia/internal/mail/oauth"
	"constancia/internal/mail/provider"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// OAuthClient is the client id that the person got from a service for themselves, and the service: one of
// oauth.Services by its id, or another by its addresses. The secret that may belong to it is not part of it.
type OAuthClient struct {
	ID      string `json:"id"`
	Service string `json:"service,omitempty"`

	AuthURL   string   `json:"auth_url,omitempty"`
	TokenURL  string   `json:"token_url,omitempty"`
	RevokeURL string   `json:"revoke_url,omitempty"`
	Scopes    []string `json:"scopes,omitempty"`
}

// Browser is where the person says yes or no.
type Browser struct {
	// Open shows an address in it.
	Open func(address string) error
	// Language is what its last page speaks.
	Language i18n.Language
}

// NewOAuthMailbox is a mailbox that is read by the provider's leave. The account's host may be left out where the address
// tells it.
type NewOAuthMailbox struct {
	Address      string
	Account      imap.Account
	Client       OAuthClient
	ClientSecret secret.Text
	Browser      Browser
}

// CheckServiceAddress refuses an address of a service over which a token would travel unprotected.
//
// Problem: not_a_web_address.
func CheckServiceAddress(address string) error { return oauth.CheckAddress(address) }

// leave is the secret of such a mailbox, as it is kept.
type leave struct {
	Refresh      string `json:"refresh"`
	ClientSecret string `json:"client_secret,omitempty"`
}

// AuthorizeMailbox asks for leave in the person's browser, signs in, and keeps the mailbox when that succeeds.
//
// Problems: not_an_address, missing, not_a_choice, mail_server_unknown, those of oauth.Client.Authorize, and those of the
// server and the sign-in.
func (c *Casework) AuthorizeMailbox(ctx context.Context, n NewOAuthMailbox, progress func(Progress)) (MailboxAdded, error) {
	domain, err := provider.DomainOf(n.Address)
	if err != nil {
		return MailboxAdded{}, err
	}
	account := n.Account
	if account.Host == "" {
		known, _ := provider.Of(n.Address)
		if !known.HasServer() {
			return MailboxAdded{}, problem.New(problem.MailServerUnknown, problem.Values{"domain": domain})
		}
		user := account.User
		account = accountAt(known.Server, known.UserOf(n.Address))
		account.User = cmp.Or(user, account.User)
	}
	account.User = cmp.Or(account.User, n.Address)
	client, err := n.Client.with(n.ClientSecret)
	if err != nil {
		return MailboxAdded{}, err
	}
	if n.Account.Host != "" {
		// Whether its certificate is trusted is told before the person says yes, not afterwards.
		report(progress, Progress{What: "connecting"})
		if err := imap.Reach(ctx, account); err != nil {
			return MailboxAdded{}, err
		}
	}
	report(progress, Progress{What: "authorizing"})
	token, err := client.Authorize(ctx, oauth.Asking{
		Address: n.Address, Open: n.Browser.Open, Page: func(granted bool) []byte { return leavePage(n.Browser.Language, granted) },
	})
	if err != nil {
		return MailboxAdded{}, err
	}
	account.Token = token.Access
	one := mailboxOf(n.Address, account)
	one.SignIn, one.Client = ByOAuth, &n.Client
	added, err := c.tryAndKeep(ctx, one, account, leaveText(token.Refresh, n.ClientSecret), progress)
	if err == nil {
		c.session.putToken(added.ID, token)
	}
	return added, err
}

// ReauthorizeMailbox asks for leave again, for a mailbox whose leave has ended.
//
// Problems: not_found, and those of AuthorizeMailbox.
func (c *Casework) ReauthorizeMailbox(ctx context.Context, id string, browser Browser, progress func(Progress)) (MailboxAdded, error) {
	one, err := c.mailbox(ctx, id)
	if err == nil && one.Client == nil {
		err = problem.New(problem.NotFound, problem.Values{"kind": "mailbox", "value": id})
	}
	if err != nil {
		return MailboxAdded{}, err
	}
	account, err := one.account()
	if err != nil {
		return MailboxAdded{}, err
	}
	_, kept, err := c.leaveOf(id)
	if err != nil {
		return MailboxAdded{}, err
	}
	return c.AuthorizeMailbox(ctx, NewOAuthMailbox{
		Address: one.Address, Account: account, Client: *one.Client, ClientSecret: secret.NewText(kept.ClientSecret), Browser: browser,
	}, progress)
}

// accessTo gives a token that opens a mailbox now: the one of before, or a renewed one.
func (c *Casework) accessTo(ctx context.Context, one Mailbox) (secret.Text, error) {
	found, kept, err := c.leaveOf(one.ID)
	if err == nil && !found {
		err = problem.New(problem.MailboxNeedsSecret, problem.Values{"mailbox": one.Address})
	}
	if err != nil {
		return secret.Text{}, err
	}
	const spare = 2 * time.Minute // a sign-in takes its time
	if token := c.session.token(one.ID); !token.Access.Empty() && time.Until(token.Expires) > spare {
		return token.Access, nil
	}
	client, err := one.Client.with(secret.NewText(kept.ClientSecret))
	if err != nil {
		return secret.Text{}, err
	}
	token, err := client.Renew(ctx, secret.NewText(kept.Refresh))
	if err != nil {
		return secret.Text{}, err
	}
	if refresh := token.Refresh.Reveal(); refresh != "" && refresh != kept.Refresh {
		if _, err := c.keepSecret(one.ID, leaveText(token.Refresh, client.Secret)); err != nil {
			return secret.Text{}, err
		}
	}
	c.session.putToken(one.ID, token)
	return token.Access, nil
}

// endLeave gives leave back. It tells the service's name when that is left to the person: the service takes nothing back,
// or can't be asked now, which keeps nobody from forgetting.
func (c *Casework) endLeave(ctx context.Context, one Mailbox) (left string, err error) {
	found, kept, err := c.leaveOf(one.ID)
	if err != nil || !found {
		return "", err
	}
	client, err := one.Client.with(secret.NewText(kept.ClientSecret))
	if err != nil {
		return "", err
	}
	taken, err := client.Revoke(ctx, secret.NewText(kept.Refresh))
	if errors.Is(err, problem.New(problem.Cancelled, nil)) {
		return "", err
	}
	if !taken {
		left = client.Service.Name
	}
	return left, nil
}

func (c *Casework) leaveOf(id string) (found bool, kept leave, err error) {
	text, err := c.secretOf(id)
	if err != nil || text.Empty() {
		return false, leave{}, err
	}
	if json.Unmarshal([]byte(text.Reveal()), &kept) != nil {
		return false, leave{}, errors.New("failed to read what is kept of a mailbox") // and not what is kept
	}
	return true, kept, nil
}

func leaveText(refresh, clientSecret secret.Text) secret.Text {
	text, _ := json.Marshal(leave{Refresh: refresh.Reveal(), ClientSecret: clientSecret.Reveal()}) // two texts: it can't fail
	return secret.NewText(string(text))
}

// with is the client with its secret.
func (o OAuthClient) with(clientSecret secret.Text) (oauth.Client, error) {
	service, known := oauth.ServiceOf(o.Service)
	switch {
	case known:
	case o.Service != "":
		return oauth.Client{}, problem.New(problem.NotAChoice,
			problem.Values{"field": "service", "value": o.Service, "choices": "google, microsoft"})
	default:
		service = oauth.Service{AuthURL: o.AuthURL, TokenURL: o.TokenURL, RevokeURL: o.RevokeURL, Scopes: o.Scopes}
		service.Name = service.Host()
	}
	return oauth.Client{Service: service, ID: o.ID, Secret: clientSecret}, nil
}

// leavePage is what the browser shows at the end: a page of its own that loads nothing.
func leavePage(language i18n.Language, granted bool) []byte {
	texts := i18n.For(language)
	outcome := "refused"
	if granted {
		outcome = "granted"
	}
	return fmt.Appendf(nil, leaveHTML, language, texts.Text("mail.page."+outcome), texts.Text("mail.page.back"))
}

// leaveHTML has places for the language and two sentences of the catalogue, which hold no markup.
const leaveHTML = `<!doctype html>
<html lang="%[1]s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Constancia</title>
<style>
:root { color-scheme: light dark; --canvas: #f7f5f0; --surface: #fff; --ink: #1d282e; --line: #d8d3c7; }
@media (prefers-color-scheme: dark) { :root { --canvas: #14191c; --surface: #1c2327; --ink: #e8edef; --line: #333e45; } }
body { display: grid; min-height: 90vh; margin: 0; place-items: center; background: var(--canvas); color: var(--ink); font: 1.1rem/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 1.5rem; padding: 2rem 2.5rem; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0; }
</style>
</head>
<body><main><h1>%[2]s</h1><p>%[3]s</p></main></body>
</html>
`
