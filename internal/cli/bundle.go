package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) bundleExport() *cobra.Command {
	var request casework.ExportBundle
	var entries, fields string
	var passphrase bool
	command, flags := p.leaf("bundle.export", noArguments, func(command *cobra.Command, _ []string) error {
		request.Language = p.texts.Language()
		request.Entries, request.Fields = listed(entries), listed(fields)
		switch {
		case passphrase && request.Recipient != "":
			return p.misusedBecause("cli.misuse.flags_together", values("flags", p.texts.List([]string{"--passphrase-stdin", "--recipient"})))
		case len(request.Fields) > 0 && len(request.Entries) == 0:
			return p.misusedBecause("cli.misuse.flags_missing", values("flags", "--entries"))
		}
		var err error
		if request.Passphrase, err = p.newPassphrase(passphrase); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			made, err := work.ExportBundle(command.Context(), request, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.show(made, func(w io.Writer) {
				p.line(w, "cli.bundle.made", values("path", made.Path, "size", p.texts.Size(made.Size)))
				if made.Without > 0 {
					p.line(w, "cli.bundle.without", values("files", p.texts.Count("count.file", int64(made.Without))))
				}
				if passphrase || request.Recipient != "" {
					p.line(w, "cli.bundle.encrypted", nil)
				} else {
					p.line(w, "cli.bundle.readable", nil)
				}
				p.pairs(w, [][2]string{{"SHA-256", made.SHA256}})
			})
		})
	})
	flags.text(&request.CaseID, "case", "id")
	flags.text(&request.Out, "out", "file")
	flags.text(&entries, "entries", "ids")
	flags.text(&fields, "fields", "fields")
	flags.yes(&passphrase, "passphrase-stdin")
	flags.text(&request.Recipient, "recipient", "key")
	flags.yes(&request.Overwrite, "overwrite")
	flags.require("case", "out")
	return command
}

// listed are the parts of a text with commas between them.
func listed(text string) []string {
	var parts []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// readBundle adds the flags that open an encrypted bundle.
func (f flags) readBundle(request *casework.ReadBundle, passphrase *bool) {
	f.yes(passphrase, "passphrase-stdin")
	f.text(&request.Identities, "identity", "file")
}

func (p *program) bundleVerify() *cobra.Command {
	var request casework.ReadBundle
	var passphrase bool
	command, flags := p.leaf("bundle.verify", oneArgument, func(command *cobra.Command, args []string) (err error) {
		request.Path = args[0]
		if request.Passphrase, err = p.passphrase(passphrase); err != nil {
			return err
		}
		verified, err := casework.VerifyBundle(command.Context(), request, p.report)
		p.progress.clear()
		if err != nil {
			return p.showUnreadable(err)
		}
		if !verified.Holds {
			return p.showFindings(verified, verified.Verification, problem.BundleDoesNotHold)
		}
		return p.show(verified, func(w io.Writer) { p.sayWhatTheBundleHolds(w, verified) })
	})
	flags.readBundle(&request, &passphrase)
	return command
}

// showUnreadable tells programs of a bundle that can't even be opened, or only in part, as of one that does not hold.
func (p *program) showUnreadable(err error) error {
	found := problem.From(err)
	switch found.Code {
	case problem.BundleDamaged, problem.BundleNameRefused, problem.BundleNameTwice, problem.BundleLink, problem.BundleCompressed,
		problem.BundleTooLarge:
	default:
		return err
	}
	if p.json {
		where := found.Values["name"]
		if where == "" {
			where = found.Values["where"]
		}
		if err := encode(p.streams.Out, casework.DoesNotHold(string(found.Code), where)); err != nil {
			return err
		}
	}
	return err
}

// sayWhatTheBundleHolds says in plain sentences what holds, since when, and by whose clock.
func (p *program) sayWhatTheBundleHolds(w io.Writer, verified casework.VerifiedBundle) {
	holds := "cli.bundle.holds_chosen"
	if verified.Whole {
		holds = "cli.bundle.holds"
	}
	p.line(w, holds, values("entries", p.texts.Count("count.entry", verified.Entries)))
	if verified.Hidden > 0 {
		p.line(w, "cli.bundle.hidden", values("shown", p.texts.Number(verified.Fields), "hidden", p.texts.Number(verified.Hidden)))
	}
	for _, sealed := range verified.Seals {
		p.line(w, "cli.bundle.sealed", values(
			"entries", p.texts.Count("count.entry", sealed.Entries), "at", p.instant(sealed.At), "by", sealed.By))
	}
	if len(verified.Seals) == 0 {
		p.line(w, "cli.bundle.unsealed", nil)
	}
	if verified.Without > 0 {
		p.line(w, "cli.bundle.without", values("files", p.texts.Count("count.file", int64(verified.Without))))
	}
	if len(verified.Vouched) > 0 {
		p.line(w, "cli.bundle.vouched", nil)
	}
	if len(verified.Foreign) > 0 {
		p.line(w, "cli.bundle.foreign", values("files", p.texts.List(verified.Foreign)))
	}
	p.pairs(w, [][2]string{{p.texts.Text("cli.bundle.fingerprint"), verified.Fingerprint}})
}

func (p *program) bundleImport() *cobra.Command {
	var request casework.ImportBundle
	var passphrase bool
	command, flags := p.leaf("bundle.import", oneArgument, func(command *cobra.Command, args []string) (err error) {
		request.Path = args[0]
		if request.Passphrase, err = p.passphrase(passphrase); err != nil {
			return err
		}
		return p.with(command.Context(), true, func(work *casework.Casework) error {
			came, err := work.ImportBundle(command.Context(), request, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.show(came, func(w io.Writer) { p.sayWhatCame(w, came) })
		})
	})
	flags.readBundle(&request.ReadBundle, &passphrase)
	flags.yes(&request.Erase, "erase")
	return command
}

func (p *program) sayWhatCame(w io.Writer, came casework.ImportedBundle) {
	said := values("title", came.Title, "entries", p.texts.Count("count.entry", came.Entries))
	switch {
	case came.New:
		p.line(w, "cli.bundle.came_new", said)
	case came.Entries == 0:
		p.line(w, "cli.bundle.came_nothing", said)
	default:
		p.line(w, "cli.bundle.came", said)
	}
	if came.Erased > 0 {
		p.line(w, "cli.bundle.erased", values("entries", p.texts.Count("count.entry", came.Erased)))
	}
	if came.Missing > 0 {
		p.line(w, "cli.bundle.missing", values("files", p.texts.Count("count.file", int64(came.Missing))))
	}
	p.pairs(w, [][2]string{{"ID", came.CaseID}})
}
