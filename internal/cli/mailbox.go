package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// clientWords are the words that say with which client id a provider's leave is asked for.
type clientWords struct {
	client         casework.OAuthClient
	secretVariable string
}

func (typed *clientWords) flags(flags flags) {
	flags.text(&typed.client.ID, "client-id", "id")
	flags.text(&typed.secretVariable, "client-secret-env", "variable")
	choice(flags, &typed.client.Service, "service", []string{"google", "microsoft"})
	flags.text(&typed.client.AuthURL, "authorization-url", "address")
	flags.text(&typed.client.TokenURL, "token-url", "address")
	flags.text(&typed.client.RevokeURL, "revocation-url", "address")
	flags.texts(&typed.client.Scopes, "scope", "text")
}

// addedMailbox is the JSON shape of a mailbox that was added. Kept is whether the keyring has its secret.
type addedMailbox struct {
	ID       string `json:"id"`
	Messages int64  `json:"messages"`
	Kept     bool   `json:"kept"`
}

func (p *program) mailboxAdd() *cobra.Command {
	var (
		typed  accountWords
		client clientWords
	)
	command, flags := p.leaf("mail.mailbox.add", oneArgument, func(command *cobra.Command, args []string) error {
		typed.address = args[0]
		if typed.caFile != "" { // it is read again from wherever the program runs then
			absolute, err := filepath.Abs(typed.caFile)
			if err != nil {
				return err
			}
			typed.caFile = absolute
		}
		add, err := p.adding(&typed, &client)
		if err != nil {
			return err
		}
		return p.with(command.Context(), true, func(work *casework.Casework) error {
			added, err := add(work, command)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.show(addedMailbox(added), func(w io.Writer) {
				p.line(w, "cli.mailbox.added", values("address", typed.address, "count", p.texts.Number(added.Messages)))
				if !added.Kept {
					p.line(w, "cli.mailbox.not_kept", nil)
				}
				fmt.Fprintln(w, added.ID)
			})
		})
	})
	typed.serverFlags(flags)
	client.flags(flags)
	return command
}

// adding is how the mailbox is added that was typed: with leave when there is a client id, else with a password.
func (p *program) adding(typed *accountWords, client *clientWords) (
	func(*casework.Casework, *cobra.Command) (casework.MailboxAdded, error), error) {
	if client.client.ID == "" {
		account, err := typed.account(p)
		return func(work *casework.Casework, command *cobra.Command) (casework.MailboxAdded, error) {
			return work.AddMailbox(command.Context(), casework.NewMailbox{Address: typed.address, Account: account}, p.report)
		}, err
	}
	place, err := typed.place(p)
	if err != nil {
		return nil, err
	}
	n := casework.NewOAuthMailbox{
		Address: typed.address, Account: place, Client: client.client,
		Browser: casework.Browser{Language: p.texts.Language(), Open: p.sayAddress},
	}
	if client.secretVariable != "" {
		n.ClientSecret, err = p.secretIn("--client-secret-env", client.secretVariable)
	}
	return func(work *casework.Casework, command *cobra.Command) (casework.MailboxAdded, error) {
		return work.AuthorizeMailbox(command.Context(), n, p.report)
	}, err
}

// sayAddress has the person open an address themselves: whoever works here may have no browser beside the terminal.
func (p *program) sayAddress(address string) error {
	p.progress.clear()
	p.line(p.streams.Err, "cli.mailbox.open", nil)
	fmt.Fprintln(p.streams.Err, plain(address))
	return nil
}

// shownMailbox is the JSON shape of a mailbox that is kept.
type shownMailbox struct {
	ID        string `json:"id"`
	Address   string `json:"address"`
	Host      string `json:"host"`
	Port      int    `json:"port"`
	Security  string `json:"security"`
	User      string `json:"user"`
	SignIn    string `json:"sign_in"`
	HasSecret bool   `json:"has_secret"`
}

func (p *program) mailboxList() *cobra.Command {
	command, _ := p.leaf("mail.mailbox.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			mailboxes, err := work.Mailboxes(command.Context())
			if err != nil {
				return err
			}
			shown := make([]shownMailbox, len(mailboxes))
			for i, one := range mailboxes {
				shown[i] = shownMailbox{ID: one.ID, Address: one.Address, Host: one.Host, Port: one.Port, Security: string(one.Security),
					User: one.User, SignIn: string(one.SignIn), HasSecret: one.HasSecret}
			}
			return showList(p, shown, "cli.mailbox.none", []string{"address", "server", "secret", "id"}, func(one shownMailbox) []string {
				kept := p.texts.Text("cli.no")
				if one.HasSecret {
					kept = p.texts.Text("cli.yes")
				}
				return []string{one.Address, one.Host, kept, one.ID}
			})
		})
	})
	return command
}

// forgottenMailbox is the JSON shape of a mailbox that was forgotten. Left is the service where leave is left to end.
type forgottenMailbox struct {
	ID   string `json:"id"`
	Left string `json:"left,omitempty"`
}

func (p *program) mailboxForget() *cobra.Command {
	command, _ := p.leaf("mail.mailbox.forget", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			id, err := mailboxID(command, work, args[0])
			if err != nil {
				return err
			}
			left, err := work.ForgetMailbox(command.Context(), id)
			if err != nil {
				return err
			}
			return p.show(forgottenMailbox{ID: id, Left: left}, func(w io.Writer) {
				p.line(w, "cli.mailbox.forgotten", nil)
				if left != "" {
					p.line(w, "cli.mailbox.left", values("service", left))
				}
			})
		})
	})
	return command
}

// mailboxID is the id of a mailbox that is named by it, or by an address that only one has.
func mailboxID(command *cobra.Command, work *casework.Casework, named string) (string, error) {
	mailboxes, err := work.Mailboxes(command.Context())
	if err != nil {
		return "", err
	}
	var found []string
	for _, one := range mailboxes {
		if one.ID == named {
			return named, nil
		}
		if strings.EqualFold(one.Address, named) {
			found = append(found, one.ID)
		}
	}
	if len(found) != 1 {
		return "", problem.New(problem.NotFound, problem.Values{"kind": "mailbox", "value": named})
	}
	return found[0], nil
}

// openMailbox is the account of a mailbox that is kept. A password that was remembered for one session only comes from
// the environment, when a variable is named.
func (p *program) openMailbox(command *cobra.Command, work *casework.Casework, named, variable string) (imap.Account, error) {
	id, err := mailboxID(command, work, named)
	if err != nil {
		return imap.Account{}, err
	}
	var password secret.Text
	if variable != "" {
		if password, err = p.secretIn("--password-env", variable); err != nil {
			return imap.Account{}, err
		}
	}
	account, err := work.OpenMailbox(command.Context(), id)
	if errors.Is(err, problem.New(problem.MailboxNeedsSecret, nil)) && !password.Empty() {
		account.Password, err = password, nil
	}
	return account, err
}
