package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) mailSignatures() *cobra.Command {
	command, _ := p.leaf("mail.signatures", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			signatures, err := work.CheckSignatures(command.Context(), args[0])
			if err != nil {
				return err
			}
			return p.show(list[casework.MessageSignature]{signatures}, func(w io.Writer) {
				if len(signatures) == 0 {
					p.line(w, "signature.none", nil)
				}
				for _, one := range signatures {
					said := one.Sentence(p.texts)
					if kept := one.KeySentence(p.texts, time.Local); kept != "" {
						said += " " + kept
					}
					fmt.Fprintln(w, plain(said))
				}
			})
		})
	})
	return command
}

func (p *program) mailKeys() *cobra.Command {
	var caseID string
	command, flags := p.leaf("mail.keys", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			kept, err := work.KeepKeys(command.Context(), caseID)
			if err != nil {
				return err
			}
			return p.show(kept, func(w io.Writer) {
				p.pairs(w, [][2]string{
					{p.texts.Text("cli.keys.kept"), p.texts.Number(kept.Kept)},
					{p.texts.Text("cli.keys.waiting"), p.texts.Number(kept.Waiting)},
				})
			})
		})
	})
	flags.text(&caseID, "case", "id")
	flags.require("case")
	return command
}

// asking is whether the keys of signatures are asked for without being told to.
type asking struct {
	Asks bool `json:"asks"`
}

func (p *program) mailAsk() *cobra.Command {
	command, _ := p.leaf("mail.ask", mayBeOne, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) (err error) {
			if len(args) > 0 {
				if args[0] != "on" && args[0] != "off" {
					return problem.New(problem.NotAChoice, problem.Values{"field": "ask", "value": args[0], "choices": "on, off"})
				}
				if err := work.AskForKeys(command.Context(), args[0] == "on"); err != nil {
					return err
				}
			}
			var now asking
			if now.Asks, err = work.AsksForKeys(command.Context()); err != nil {
				return err
			}
			return p.show(now, func(w io.Writer) {
				p.line(w, map[bool]string{true: "cli.keys.asked", false: "cli.keys.unasked"}[now.Asks], nil)
			})
		})
	})
	return command
}
