package cli

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) recordVerify() *cobra.Command {
	var accept bool
	command, flags := p.leaf("record.verify", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if accept {
				if err := work.AcceptRecord(command.Context()); err != nil {
					return err
				}
			}
			verified, err := work.VerifyRecord(command.Context(), p.report)
			if err != nil {
				return err
			}
			return p.showRecord(verified)
		})
	})
	flags.yes(&accept, "accept")
	return command
}

// showRecord says in plain sentences what holds, since when, and by whose clock. What does not hold is a failure.
func (p *program) showRecord(verified casework.VerifiedRecord) error {
	if !verified.Holds {
		return p.showFindings(verified, verified.Verification, problem.RecordDoesNotHold)
	}
	return p.show(verified, func(w io.Writer) {
		p.line(w, "cli.record.holds", values("entries", p.texts.Count("count.entry", verified.Entries)))
		if first, last, devices := spanOf(verified.Logs); devices > 0 {
			p.line(w, "cli.record.recorded", values(
				"first", p.instant(first), "last", p.instant(last), "clocks", p.texts.Count("count.computer", devices)))
		}
		for _, log := range verified.Logs {
			if log.SetBack > 0 {
				p.line(w, "cli.record.set_back", values("title", p.titleOf(log), "times", p.texts.Count("count.time", log.SetBack)))
			}
		}
		p.sayWhatIsSealed(w, verified.Logs)
		switch {
		case verified.Key.Keyring:
			p.line(w, "cli.record.key_in_keyring", nil)
		case verified.Key.File != "":
			p.line(w, "cli.record.key_in_file", values("path", verified.Key.File))
		}
		rows := make([][]string, len(verified.Logs))
		for i, log := range verified.Logs {
			rows[i] = []string{p.titleOf(log), p.texts.Number(log.Entries), log.Root, log.ID}
		}
		if len(rows) > 0 {
			fmt.Fprintln(w)
			p.table(w, []string{"record", "entries", "fingerprint", "id"}, rows)
		}
	})
}

// sayWhatIsSealed says of each case what somebody else's clock covers, and of all without what that means.
func (p *program) sayWhatIsSealed(w io.Writer, logs []casework.VerifiedLog) {
	unsealed := false
	for _, log := range logs {
		switch {
		case log.CaseID == "":
		case log.Sealed == nil:
			unsealed = true
		default:
			p.line(w, "cli.record.sealed", values("title", log.Title, "entries", p.texts.Count("count.entry", log.Sealed.Entries),
				"at", p.instant(log.Sealed.At), "by", log.Sealed.By))
			p.sayWhatTheSealRestsOn(w, log.Sealed)
		}
	}
	if unsealed {
		p.line(w, "cli.record.unsealed", nil)
	}
}

func (p *program) titleOf(log casework.VerifiedLog) string {
	if log.CaseID == "" {
		return p.texts.Count("term.library", 1)
	}
	return short(log.Title, 40)
}

// spanOf gives when the first and the last entry were recorded, and on how many devices.
func spanOf(logs []casework.VerifiedLog) (first, last string, devices int64) {
	seen := map[string]bool{}
	for _, log := range logs {
		if first == "" || log.First < first {
			first = log.First
		}
		last = max(last, log.Last)
		seen[log.DeviceID] = true
	}
	return first, last, int64(len(seen))
}

// instant writes an instant in UTC, as it is in the record.
func (p *program) instant(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return p.texts.DateTime(at.UTC()) + " UTC"
}

func (p *program) recordRebuild() *cobra.Command {
	command, _ := p.leaf("record.rebuild", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if err := work.RebuildRecord(command.Context(), p.report); err != nil {
				return err
			}
			return p.show(rebuilt{Rebuilt: true}, func(w io.Writer) { p.line(w, "cli.record.rebuilt", nil) })
		})
	})
	return command
}

// rebuilt is the JSON shape of views made anew.
type rebuilt struct {
	Rebuilt bool `json:"rebuilt"`
}

// showFindings tells what does not hold, as part of an answer, and is a failure.
func (p *program) showFindings(answer any, v casework.Verification, otherwise problem.Code) error {
	if err := p.show(answer, func(w io.Writer) { p.findings(w, v) }); err != nil {
		return err
	}
	return problem.New(otherwise, problem.Values{"count": strconv.Itoa(len(v.Problems))})
}

func (p *program) findings(w io.Writer, v casework.Verification) {
	rows := make([][]string, len(v.Problems))
	for i, finding := range v.Problems {
		rows[i] = []string{p.texts.Text("cli.finding." + string(finding.What)), finding.Where}
	}
	if len(rows) > 0 {
		p.table(w, []string{"finding", "where"}, rows)
	}
}
