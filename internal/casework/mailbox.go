package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"constancia/internal/library"
	"constancia/internal/mail/imap"
	"constancia/internal/mail/provider"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Mailbox is a mail account that the program may read. It is kept beside the log: how somebody reads their mail proves
// nothing about a dispute, changes as passwords do, and each imported message names its server and account itself. Its
// secret is not part of it: that is in the system's keyring, or in memory for as long as the library is open.
type Mailbox struct {
	ID       string        `json:"id"`
	Address  string        `json:"address"`
	Host     string        `json:"host"`
	Port     int           `json:"port"`
	Security imap.Security `json:"security"`
	User     string        `json:"user"`
	SignIn   MailboxSignIn `json:"sign_in"`
	// Pin is the public key that the person accepted, in hex; empty when an authority vouches for the server.
	Pin string `json:"pin,omitempty"`
	// CAFile is a file of certificates that are trusted instead of the system's, or empty.
	CAFile string `json:"ca_file,omitempty"`
	// Client is who asks for leave; nil when it is opened by a password.
	Client *OAuthClient `json:"client,omitempty"`

	// HasSecret is whether it can be opened without asking the person.
	HasSecret bool `json:"-"`
}

// MailboxSignIn is how the program signs in to a mailbox.
type MailboxSignIn string

const (
	// ByPassword is with a password, be it the account's own or one made for programs.
	ByPassword MailboxSignIn = "password"
	// ByOAuth is with a token that the provider gives the program (RFC 6749).
	ByOAuth MailboxSignIn = "oauth"
)

// NewMailbox is a mailbox as it was typed. The account's host, port, security and user may be left out where the address
// tells them: see [AccountOf].
type NewMailbox struct {
	Address string
	Account imap.Account
}

// MailboxAdded is what came of adding a mailbox.
type MailboxAdded struct {
	ID string
	// Messages is how many it holds.
	Messages int64
	// Kept is whether the keyring has its secret; else it is remembered until the library is closed.
	Kept bool
}

// AccountOf is the account of an address by the table of providers, without a password; nobody is asked.
//
// Problems: not_an_address, passwords_refused, no_imap, mail_server_unknown.
func AccountOf(address string) (imap.Account, error) {
	domain, err := provider.DomainOf(address)
	if err != nil {
		return imap.Account{}, err
	}
	known, _ := provider.Of(address)
	switch {
	case known.SignIn == provider.OAuth:
		return imap.Account{}, problem.New(problem.PasswordsRefused, problem.Values{"provider": known.Name})
	case known.SignIn == provider.NoIMAP:
		return imap.Account{}, problem.New(problem.NoIMAP, problem.Values{"provider": known.Name})
	case !known.HasServer():
		return imap.Account{}, problem.New(problem.MailServerUnknown, problem.Values{"domain": domain})
	}
	return accountAt(known.Server, known.UserOf(address)), nil
}

func accountAt(server provider.Server, user string) imap.Account {
	account := imap.Account{Host: server.Host, Port: server.Port, Security: imap.TLS, User: user}
	if server.StartTLS {
		account.Security = imap.StartTLS
	}
	return account
}

// Mailboxes lists those that are kept, by their addresses.
func (c *Casework) Mailboxes(ctx context.Context) ([]Mailbox, error) {
	kept, err := c.library.Settings(ctx, mailboxSetting)
	if err != nil {
		return nil, err
	}
	mailboxes := make([]Mailbox, 0, len(kept))
	for _, text := range kept {
		one, err := c.readMailbox(text)
		if err != nil {
			return nil, err
		}
		mailboxes = append(mailboxes, one)
	}
	slices.SortFunc(mailboxes, func(a, b Mailbox) int {
		return cmp.Or(strings.Compare(a.Address, b.Address), strings.Compare(a.ID, b.ID))
	})
	return mailboxes, nil
}

// AddMailbox signs in to a mailbox, and keeps it when that succeeds. One that is known by its server and user is not kept
// twice: its secret, address and pin are taken anew.
//
// Problems: those of AccountOf, missing, password_missing, those of the server and the sign-in, certificate_untrusted
// with what the person needs to accept it, disk_full.
func (c *Casework) AddMailbox(ctx context.Context, n NewMailbox, progress func(Progress)) (MailboxAdded, error) {
	if _, err := provider.DomainOf(n.Address); err != nil {
		return MailboxAdded{}, err
	}
	account, err := n.complete()
	if err != nil {
		return MailboxAdded{}, err
	}
	one := mailboxOf(n.Address, account)
	one.SignIn = ByPassword
	return c.tryAndKeep(ctx, one, account, account.Password, progress)
}

func mailboxOf(address string, account imap.Account) Mailbox {
	one := Mailbox{
		Address: address, Host: account.Host, Port: account.Port, Security: account.Security, User: account.User, CAFile: account.CAFile,
	}
	if account.Pin != (imap.Pin{}) {
		one.Pin = account.Pin.String()
	}
	return one
}

// tryAndKeep signs in, and keeps the mailbox and its secret when that succeeds.
func (c *Casework) tryAndKeep(ctx context.Context, one Mailbox, account imap.Account, value secret.Text, progress func(Progress)) (
	added MailboxAdded, err error) {
	if added.Messages, err = try(ctx, account, progress); err != nil {
		return MailboxAdded{}, err
	}
	if one.ID, err = c.mailboxID(ctx, account); err != nil {
		return MailboxAdded{}, err
	}
	if err := c.putMailbox(ctx, one); err != nil {
		return MailboxAdded{}, err
	}
	added.ID = one.ID
	added.Kept, err = c.keepSecret(one.ID, value)
	return added, err
}

// complete is the account with what its address tells.
func (n NewMailbox) complete() (imap.Account, error) {
	account := n.Account
	if account.Host == "" {
		known, err := AccountOf(n.Address)
		if err != nil {
			return account, err
		}
		account.Host, account.Port, account.Security = known.Host, known.Port, known.Security
		account.User = cmp.Or(account.User, known.User)
	}
	account.User = cmp.Or(account.User, n.Address)
	if account.Password.Empty() {
		return account, problem.New(problem.Missing, problem.Values{"field": "password"})
	}
	return account, nil
}

// try signs in for real, and counts what is there.
func try(ctx context.Context, account imap.Account, progress func(Progress)) (messages int64, err error) {
	report(progress, Progress{What: "connecting"})
	client, err := imap.Connect(ctx, account)
	if err != nil {
		return 0, err
	}
	defer func() { _ = client.Close() }() // all that was asked for is here
	report(progress, Progress{What: "counting"})
	return client.Count(ctx)
}

// RenewMailbox signs in to a mailbox that is kept with another password, and keeps that when it succeeds.
//
// Problems: not_found, missing, and those of the server and the sign-in.
func (c *Casework) RenewMailbox(ctx context.Context, id string, password secret.Text, progress func(Progress)) (MailboxAdded, error) {
	one, err := c.mailbox(ctx, id)
	if err != nil {
		return MailboxAdded{}, err
	}
	account, err := one.account()
	if err != nil {
		return MailboxAdded{}, err
	}
	account.Password = password
	return c.AddMailbox(ctx, NewMailbox{Address: one.Address, Account: account}, progress)
}

// OpenMailbox gives the account of a mailbox with its secret, for FindMail and ImportIMAP. A token that has ended is
// renewed first.
//
// Problems: not_found, mailbox_needs_secret when the person has to be asked for it, keyring_silent; oauth_expired when
// leave has to be asked for again, and those of oauth.Client.Renew.
func (c *Casework) OpenMailbox(ctx context.Context, id string) (imap.Account, error) {
	one, err := c.mailbox(ctx, id)
	if err != nil {
		return imap.Account{}, err
	}
	account, err := one.account()
	if err != nil {
		return imap.Account{}, err
	}
	if one.SignIn == ByOAuth {
		account.Token, err = c.accessTo(ctx, one)
		return account, err
	}
	account.Password, err = c.secretOf(id)
	if err == nil && account.Password.Empty() {
		err = problem.New(problem.MailboxNeedsSecret, problem.Values{"mailbox": one.Address})
	}
	return account, err
}

// ForgetMailbox forgets a mailbox and its secret, and gives a provider's leave back. What was imported from it stays. left
// is the name of the service where the person may end leave themselves, since it takes none back or does not answer;
// empty otherwise.
//
// Problems: not_found, keyring_silent, cancelled: then nothing is forgotten.
func (c *Casework) ForgetMailbox(ctx context.Context, id string) (left string, err error) {
	one, err := c.mailbox(ctx, id)
	if err != nil {
		return "", err
	}
	if one.SignIn == ByOAuth {
		if left, err = c.endLeave(ctx, one); err != nil {
			return "", err
		}
	}
	if err := c.forgetSecret(id); err != nil {
		return "", err
	}
	return left, c.library.PutSetting(ctx, mailboxSetting+id, "")
}

// mailboxSetting stands before a mailbox's id in the name of the setting that holds it.
const mailboxSetting = "mailbox:"

func (c *Casework) mailbox(ctx context.Context, id string) (Mailbox, error) {
	text, err := c.library.Setting(ctx, mailboxSetting+id)
	if err == nil && text == "" {
		err = problem.New(problem.NotFound, problem.Values{"kind": "mailbox", "value": id})
	}
	if err != nil {
		return Mailbox{}, err
	}
	return c.readMailbox(text)
}

func (c *Casework) readMailbox(text string) (one Mailbox, err error) {
	if err := json.Unmarshal([]byte(text), &one); err != nil {
		return one, fmt.Errorf("failed to read a mailbox: %w", err)
	}
	one.HasSecret = c.hasSecret(one.ID)
	return one, nil
}

func (c *Casework) putMailbox(ctx context.Context, one Mailbox) error {
	text, err := json.Marshal(one)
	if err != nil {
		return fmt.Errorf("failed to write a mailbox: %w", err)
	}
	return c.library.PutSetting(ctx, mailboxSetting+one.ID, string(text))
}

// mailboxID is the id of the mailbox of an account: that of the one that is kept, or a new one.
func (c *Casework) mailboxID(ctx context.Context, account imap.Account) (string, error) {
	kept, err := c.Mailboxes(ctx)
	for _, one := range kept {
		if strings.EqualFold(one.Host, account.Host) && one.Port == account.Port && one.User == account.User {
			return one.ID, err
		}
	}
	return library.NewID(), err
}

// account is where the mailbox is, without its secret.
func (m Mailbox) account() (imap.Account, error) {
	account := imap.Account{Host: m.Host, Port: m.Port, Security: m.Security, User: m.User, CAFile: m.CAFile}
	if m.Pin == "" {
		return account, nil
	}
	pin, err := imap.ParsePin(m.Pin)
	account.Pin = pin
	return account, err
}
