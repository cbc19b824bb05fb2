package app

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"constancia/internal/casework"
	"constancia/internal/mail/imap"
	"constancia/internal/mail/provider"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// read turns what was typed into a mailbox with a password, or tells all that is wrong with it.
func (n MailboxInput) read() (casework.NewMailbox, error) {
	var wrong problems
	account := n.account(&wrong)
	wrong.require("password", n.Password)
	account.Password = secret.NewText(n.Password)
	return casework.NewMailbox{Address: strings.TrimSpace(n.Address), Account: account}, wrong.joined()
}

// read turns what was typed into a mailbox that is read by leave, or tells all that is wrong with it.
func (n OAuthInput) read() (casework.NewOAuthMailbox, error) {
	var wrong problems
	account := n.Mailbox.account(&wrong)
	wrong.require("client_id", n.ClientID)
	client := casework.OAuthClient{ID: strings.TrimSpace(n.ClientID), Service: n.Service}
	if n.Service == "" {
		client.AuthURL = readService(&wrong, "authorize_url", n.AuthorizeURL)
		client.TokenURL = readService(&wrong, "token_url", n.TokenURL)
		client.Scopes = strings.Fields(n.Scopes)
	}
	return casework.NewOAuthMailbox{
		Address: strings.TrimSpace(n.Mailbox.Address), Account: account, Client: client,
		ClientSecret: secret.NewText(strings.TrimSpace(n.ClientSecret)),
	}, wrong.joined()
}

// readService is an address of a service that gives leave.
func readService(wrong *problems, field, typed string) string {
	address := strings.TrimSpace(typed)
	if wrong.require(field, address); address != "" {
		wrong.noteField(field, casework.CheckServiceAddress(address))
	}
	return address
}

// account is where the mailbox is, without its secret.
func (n MailboxInput) account(wrong *problems) imap.Account {
	_, err := provider.DomainOf(strings.TrimSpace(n.Address))
	wrong.noteField("address", err)
	account := imap.Account{
		Host: strings.ToLower(strings.TrimSpace(n.Host)), Security: imap.TLS, User: strings.TrimSpace(n.User),
	}
	if n.StartTLS {
		account.Security = imap.StartTLS
	}
	if account.Host != "" {
		wrong.note(readHost(account.Host))
		account.Port, err = readPort(n.Port, n.StartTLS)
		wrong.note(err)
	}
	if n.Pin != "" {
		account.Pin, err = imap.ParsePin(n.Pin)
		wrong.noteField("pin", err)
	}
	return account
}

// names of servers, as in RFC 1123; an address by numbers is one, too.
var hostName = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)

// readHost refuses what names no server: anything that holds more than a name, a port above all.
func readHost(typed string) error {
	if _, err := netip.ParseAddr(typed); err == nil || hostName.MatchString(typed) {
		return nil
	}
	return problem.New(problem.NotAServer, problem.Values{"field": "host", "value": typed})
}

// readPort is the port that was typed, or the usual one (RFC 8314, section 3.2).
func readPort(typed string, startTLS bool) (int, error) {
	typed = strings.TrimSpace(typed)
	switch {
	case typed == "" && startTLS:
		return 143, nil
	case typed == "":
		return 993, nil
	}
	port, err := strconv.ParseUint(typed, 10, 16)
	if err != nil || port == 0 {
		return 0, problem.Wrap(err, problem.NotANumber, problem.Values{"field": "port", "value": typed})
	}
	return int(port), nil
}
