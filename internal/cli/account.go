package cli

import (
	"constancia/internal/casework"
	"constancia/internal/mail/imap"
	"constancia/internal/mail/provider"
)

// accountWords are the words that say where a mailbox is and who may read it.
type accountWords struct {
	address, host, user, passwordVariable, pin, caFile string
	security                                           imap.Security
	port                                               int64
}

// Usual ports (RFC 8314, section 3.2).
const (
	tlsPort      = 993
	startTLSPort = 143
)

func (typed *accountWords) flags(flags flags) {
	flags.text(&typed.address, "address", "address")
	typed.serverFlags(flags)
}

// serverFlags are those that say more than an address does.
func (typed *accountWords) serverFlags(flags flags) {
	flags.text(&typed.host, "host", "host")
	flags.number(&typed.port, "port", 0)
	choice(flags, &typed.security, "security", []imap.Security{imap.TLS, imap.StartTLS})
	flags.text(&typed.user, "user", "name")
	flags.text(&typed.passwordVariable, "password-env", "variable")
	flags.text(&typed.pin, "pin", "pin")
	flags.text(&typed.caFile, "ca", "file")
}

// absent are the flags without which there is no account.
func (typed *accountWords) absent() []string {
	var names []string
	for _, one := range []struct{ name, value string }{
		{"--host", typed.host}, {"--user", typed.user}, {"--password-env", typed.passwordVariable},
	} {
		if one.value == "" {
			names = append(names, one.name)
		}
	}
	return names
}

// fillIn adds what an address tells and the other words do not: its provider's server, and the user there.
func (typed *accountWords) fillIn() error {
	if typed.address == "" {
		return nil
	}
	if _, err := provider.DomainOf(typed.address); err != nil {
		return err
	}
	known, _ := provider.Of(typed.address)
	if typed.user == "" {
		typed.user = known.UserOf(typed.address)
	}
	if typed.host != "" {
		return nil
	}
	at, err := casework.AccountOf(typed.address)
	if err != nil {
		return err
	}
	typed.host = at.Host
	if typed.port == 0 && typed.security == "" {
		typed.port, typed.security = int64(at.Port), at.Security
	}
	return nil
}

// securityOf is how a connection to a server gets its TLS.
func securityOf(server provider.Server) string {
	switch {
	case server.Host == "":
		return ""
	case server.StartTLS:
		return string(imap.StartTLS)
	}
	return string(imap.TLS)
}

// account reads the words. The password comes from the environment, so that it stands in no list of commands.
func (typed *accountWords) account(p *program) (imap.Account, error) {
	if err := typed.fillIn(); err != nil {
		return imap.Account{}, err
	}
	if absent := typed.absent(); len(absent) > 0 {
		return imap.Account{}, p.misusedBecause("cli.misuse.flags_missing", values("flags", p.texts.List(absent)))
	}
	account, err := typed.place(p)
	if err != nil {
		return imap.Account{}, err
	}
	password, err := p.secretIn("--password-env", typed.passwordVariable)
	account.Password = password
	return account, err
}

// place reads where the account is, as far as the words tell.
func (typed *accountWords) place(p *program) (imap.Account, error) {
	if typed.pin != "" && typed.caFile != "" {
		return imap.Account{}, p.misusedBecause("cli.misuse.flags_together", values("flags", "--pin, --ca"))
	}
	account := imap.Account{
		Host: typed.host, Port: int(typed.port), Security: typed.security, User: typed.user, CAFile: typed.caFile,
	}
	if account.Security == "" {
		account.Security = imap.TLS
	}
	if account.Port == 0 {
		account.Port = tlsPort
		if account.Security == imap.StartTLS {
			account.Port = startTLSPort
		}
	}
	if typed.pin != "" {
		pin, err := imap.ParsePin(typed.pin)
		if err != nil {
			return imap.Account{}, err
		}
		account.Pin = pin
	}
	return account, nil
}
