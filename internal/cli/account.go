package cli

import "constancia/internal/mail/imap"

// accountWords are the words that say where a mailbox is and who may read it.
type accountWords struct {
	host, user, passwordVariable, pin, caFile string
	security                                  imap.Security
	port                                      int64
}

// Usual ports (RFC 8314, section 3.2).
const (
	tlsPort      = 993
	startTLSPort = 143
)

func (typed *accountWords) flags(flags flags) {
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

// account reads the words. The password comes from the environment, so that it stands in no list of commands.
func (typed *accountWords) account(p *program) (imap.Account, error) {
	if absent := typed.absent(); len(absent) > 0 {
		return imap.Account{}, p.misusedBecause("cli.misuse.flags_missing", values("flags", p.texts.List(absent)))
	}
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
	password, err := p.secretIn("--password-env", typed.passwordVariable)
	account.Password = password
	return account, err
}
