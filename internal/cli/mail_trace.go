package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) mailTrace() *cobra.Command {
	command, _ := p.leaf("mail.trace", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			details, err := work.MessageDetails(command.Context(), args[0])
			if err != nil {
				return err
			}
			return p.show(details, func(w io.Writer) { p.trace(w, details) })
		})
	})
	return command
}

// trace tells the way an email took, and what the servers on it found.
func (p *program) trace(w io.Writer, details casework.MessageDetails) {
	if len(details.Route) == 0 {
		p.line(w, "cli.trace.no_route", nil)
	}
	for _, hop := range details.Route {
		words := []string{hop.Time, hop.By}
		if from := strings.TrimSpace(hop.From.Name + " " + hop.From.Address); from != "" {
			words = append(words, "← "+from)
		}
		words = append(words, hop.With)
		if hop.DelaySeconds != nil {
			words = append(words, fmt.Sprintf("(%+d s)", *hop.DelaySeconds))
		}
		fmt.Fprintln(w, plain(strings.Join(words, "  ")))
	}
	for _, one := range details.Authentication {
		key := "cli.trace.claimed"
		if one.ByLast {
			key = "cli.trace.found"
		}
		var results []string
		for _, result := range one.Results {
			results = append(results, result.Method+"="+result.Value)
		}
		p.line(w, key, values("server", one.Server, "results", strings.Join(results, ", ")))
	}
	for _, link := range details.Chain {
		p.line(w, "cli.trace.handed_on", values("server", link.Domain, "before", link.Before))
	}
	for _, one := range details.Signatures {
		fmt.Fprintln(w, plain(one.Sentence(p.texts)))
	}
}
