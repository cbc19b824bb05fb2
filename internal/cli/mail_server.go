package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/mail/provider"
	"constancia/internal/mail/provider/discover"
	"constancia/internal/problem"
)

func (p *program) mailServer() *cobra.Command {
	var ask bool
	command, flags := p.leaf("mail.server", oneArgument, func(command *cobra.Command, args []string) error {
		address := args[0]
		domain, err := provider.DomainOf(address)
		if err != nil {
			return err
		}
		if known, ok := provider.Of(address); ok && (known.SignIn != provider.Unconfirmed || !ask) {
			return p.showServer(address, discover.Found{Domain: domain, Provider: known, User: known.UserOf(address), Origin: fromTable})
		}
		if !ask {
			return problem.New(problem.MailServerUnknown, problem.Values{"domain": domain})
		}
		found, err := p.findMailServer(command.Context(), address)
		if err != nil {
			return err
		}
		return p.showServer(address, found)
	})
	flags.yes(&ask, "ask-network")
	return command
}

// fromTable is the origin of what nobody was asked about.
const fromTable discover.Origin = "table"

func (p *program) findMailServer(ctx context.Context, address string) (discover.Found, error) {
	if p.environment.FindMailServer != nil {
		return p.environment.FindMailServer(ctx, address)
	}
	return casework.FindMailServer(ctx, address)
}

// shownServer is the JSON shape of a mail server and of how to get at what it holds. The host is empty where there is no
// server, or none is known.
type shownServer struct {
	Address  string   `json:"address"`
	Provider string   `json:"provider"`
	Host     string   `json:"host"`
	Port     int      `json:"port"`
	Security string   `json:"security"`
	User     string   `json:"user"`
	SignIn   string   `json:"sign_in"`
	How      string   `json:"how"`
	Before   []string `json:"before"`
	Files    []string `json:"files"`
	Help     string   `json:"help,omitempty"`
	Origin   string   `json:"origin"`
	Where    string   `json:"where,omitempty"`
	Sources  []string `json:"sources,omitempty"`
	Checked  string   `json:"checked,omitempty"`
}

func (p *program) showServer(address string, found discover.Found) error {
	row := found.Provider
	shown := shownServer{
		Address: address, Provider: row.Name, Host: row.Host, Port: row.Port, Security: securityOf(row.Server), User: found.User,
		SignIn: string(row.SignIn), How: p.texts.Text("mail.sign_in."+string(row.SignIn), values("provider", row.Name)),
		Before: p.steps("mail.before.", row.Before, row.Name), Files: p.steps("mail.files.", row.Files, row.Name),
		Help: row.Help, Origin: string(found.Origin), Where: found.Where, Sources: row.Sources, Checked: row.Checked,
	}
	return p.show(shown, func(w io.Writer) {
		server := ""
		if row.HasServer() {
			server = p.texts.Text("cli.server.at", values("host", row.Host, "port", strconv.Itoa(row.Port), "security", strings.ToUpper(shown.Security)))
		} else {
			shown.User = ""
		}
		p.pairs(w, [][2]string{
			{p.texts.Text("cli.server.provider"), shown.Provider},
			{p.texts.Text("cli.server.server"), server},
			{p.texts.Text("cli.server.user"), shown.User},
			{p.texts.Text("cli.server.how"), shown.How},
		})
		p.numbered(w, "cli.server.before", shown.Before)
		p.numbered(w, "cli.server.files", shown.Files)
		p.line(w, "cli.server.import", nil)
		fmt.Fprintln(w)
		p.line(w, "mail.origin."+shown.Origin, values("domain", found.Domain, "where", found.Where, "provider", row.Name))
		if day, err := time.Parse(time.DateOnly, row.Checked); err == nil {
			p.line(w, "cli.server.checked", values("day", p.texts.Date(day)))
		}
		if row.Help != "" {
			p.line(w, "cli.server.help", values("help", row.Help))
		}
	})
}

// steps are the words of steps, by their keys below a prefix.
func (p *program) steps(prefix string, keys []string, name string) []string {
	texts := make([]string, len(keys))
	for i, key := range keys {
		texts[i] = p.texts.Text(prefix+key, values("provider", name))
	}
	return texts
}

// numbered writes steps below a heading, when there are any.
func (p *program) numbered(w io.Writer, heading string, steps []string) {
	if len(steps) == 0 {
		return
	}
	fmt.Fprintln(w)
	p.line(w, heading, nil)
	for i, step := range steps {
		fmt.Fprintln(w, plain(fmt.Sprintf("%d. %s", i+1, step)))
	}
}
