package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// shownEmail is the JSON shape of an email. Its header stands there only where it was asked for.
type shownEmail struct {
	ID          string                 `json:"id"`
	Subject     string                 `json:"subject"`
	From        string                 `json:"from"`
	To          string                 `json:"to"`
	Cc          string                 `json:"cc,omitempty"`
	Date        string                 `json:"date"`
	Text        string                 `json:"text"`
	Links       []emailLink            `json:"links"`
	Blocked     []emailBlocked         `json:"blocked"`
	Attachments []casefile.Attachment  `json:"attachments"`
	Defects     []string               `json:"defects"`
	Source      casefile.MessageSource `json:"source"`
	SHA256      string                 `json:"sha256"`
	Size        int64                  `json:"size"`
}

// emailLink is an address of an email. Named is the host that its words name where it leads to somebody else's.
type emailLink struct {
	Address string `json:"address"`
	Words   string `json:"words,omitempty"`
	Named   string `json:"named,omitempty"`
}

// emailBlocked is what the original look would have loaded from elsewhere.
type emailBlocked struct {
	Host    string `json:"host"`
	Address string `json:"address"`
	Tracks  bool   `json:"tracks"`
}

func (p *program) mailShow() *cobra.Command {
	var (
		headers, links bool
		original       string
	)
	command, flags := p.leaf("mail.show", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			switch {
			case original != "":
				saved, err := work.SaveMessage(command.Context(), args[0], original)
				if err != nil {
					return err
				}
				return p.show(saved, func(w io.Writer) {
					p.line(w, "cli.mail.saved", values("path", original))
					p.pairs(w, [][2]string{{"SHA-256", saved.SHA256}})
				})
			case headers:
				details, err := work.MessageDetails(command.Context(), args[0])
				if err != nil {
					return err
				}
				return p.show(details.Fields, func(w io.Writer) {
					for _, field := range details.Fields {
						fmt.Fprintln(w, plain(field.Name+": "+field.Value))
					}
				})
			}
			opened, err := work.OpenMessage(command.Context(), "", args[0])
			if err != nil {
				return err
			}
			shown := shownEmailOf(opened)
			return p.show(shown, func(w io.Writer) {
				if links {
					p.links(w, shown)
					return
				}
				p.message(w, shown)
			})
		})
	})
	flags.yes(&headers, "headers")
	flags.yes(&links, "links")
	flags.text(&original, "original", "file")
	return command
}

func shownEmailOf(opened casework.OpenedMessage) shownEmail {
	reading := opened.Reading
	shown := shownEmail{
		ID: opened.Message.ID, Subject: reading.Subject, From: casefile.MailboxList(reading.From), To: casefile.MailboxList(reading.To),
		Cc: casefile.MailboxList(reading.Cc), Date: reading.Date, Text: reading.Text, Links: []emailLink{}, Blocked: []emailBlocked{},
		Attachments: append([]casefile.Attachment{}, reading.Attachments...), Defects: append([]string{}, reading.Defects...),
		Source: opened.Message.Source, SHA256: opened.Message.SHA256, Size: opened.Message.Size,
	}
	for _, link := range opened.Original.Links {
		one := emailLink{Address: link.Address, Words: link.Words}
		if link.Deceives {
			one.Named = link.Named
		}
		shown.Links = append(shown.Links, one)
	}
	for _, remote := range opened.Original.Remote {
		shown.Blocked = append(shown.Blocked, emailBlocked{Host: remote.Host, Address: remote.Address, Tracks: remote.Tracks})
	}
	return shown
}

// message tells an email as text.
func (p *program) message(w io.Writer, shown shownEmail) {
	facts := [][2]string{
		{p.texts.Text("cli.column.from"), shown.From}, {p.texts.Text("cli.mail.to"), shown.To}, {p.texts.Text("cli.column.date"), shown.Date},
		{p.texts.Text("cli.column.subject"), shown.Subject}, {"SHA-256", shown.SHA256},
	}
	p.pairs(w, facts)
	fmt.Fprintln(w)
	for line := range strings.SplitSeq(shown.Text, "\n") {
		fmt.Fprintln(w, plain(line))
	}
	for _, one := range shown.Attachments {
		fmt.Fprintln(w, plain(fmt.Sprintf("[%s] %s (%s, %s)", one.Part, one.FileName, one.MediaType, p.texts.Size(one.Size))))
	}
}

// links tells where the links of an email lead, and what its original look would have loaded from elsewhere.
func (p *program) links(w io.Writer, shown shownEmail) {
	if len(shown.Links)+len(shown.Blocked) == 0 {
		p.line(w, "cli.mail.no_links", nil)
	}
	for _, link := range shown.Links {
		fmt.Fprintln(w, plain(link.Address+"  "+link.Words))
		if link.Named != "" {
			fmt.Fprintln(w, plain("  "+p.texts.Text("cli.mail.link_differs", values("named", link.Named))))
		}
	}
	for _, blocked := range shown.Blocked {
		p.line(w, "cli.mail.blocked", values("address", blocked.Address))
	}
}
