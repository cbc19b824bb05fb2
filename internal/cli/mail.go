package cli

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) mailImportIMAP() *cobra.Command {
	var (
		request casework.IMAPImport
		typed   accountWords
		mailbox string
		dryRun  bool
	)
	command, flags := p.leaf("mail.import.imap", noArguments, func(command *cobra.Command, _ []string) error {
		var err error
		if mailbox == "" {
			request.Account, err = typed.account(p)
		} else if typed.host != "" || typed.address != "" || typed.user != "" {
			err = p.misusedBecause("cli.misuse.flags_together", values("flags", "--mailbox, --address, --host, --user"))
		}
		if err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if mailbox != "" {
				if request.Account, err = p.openMailbox(command, work, mailbox, typed.passwordVariable); err != nil {
					return err
				}
			}
			if dryRun {
				candidates, err := work.FindMail(command.Context(), request, p.report)
				if err != nil {
					return err
				}
				return p.showCandidates(candidates)
			}
			result, err := work.ImportIMAP(command.Context(), request, p.report)
			return p.showImport(result, err)
		})
	})
	flags.text(&request.CaseID, "case", "id")
	flags.text(&mailbox, "mailbox", "id")
	typed.flags(flags)
	flags.text(&request.Mailbox, "folder", "name")
	flags.text(&request.From, "from", "text")
	flags.text(&request.To, "to", "text")
	flags.text(&request.Subject, "subject", "text")
	flags.text(&request.Since, "since", "date")
	flags.yes(&request.WithoutKeys, "without-keys")
	flags.yes(&dryRun, "dry-run")
	flags.require("case")
	return command
}

func (p *program) mailImportFiles() *cobra.Command {
	var (
		request casework.FilesImport
		dryRun  bool
	)
	command, flags := p.leaf("mail.import.files", oneOrMore, func(command *cobra.Command, args []string) error {
		request.Paths = args
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if dryRun {
				candidates, err := work.FindInFiles(command.Context(), request, p.report)
				if err != nil {
					return err
				}
				return p.showCandidates(candidates)
			}
			result, err := work.ImportFromFiles(command.Context(), request, p.report)
			return p.showImport(result, err)
		})
	})
	flags.text(&request.CaseID, "case", "id")
	flags.text(&request.From, "from", "text")
	flags.text(&request.To, "to", "text")
	flags.text(&request.Subject, "subject", "text")
	flags.text(&request.Since, "since", "date")
	flags.yes(&request.WithoutKeys, "without-keys")
	flags.yes(&dryRun, "dry-run")
	flags.require("case")
	return command
}

// shownCandidate is the JSON shape of an email that an import would bring.
type shownCandidate struct {
	UID     int64  `json:"uid"`
	Date    string `json:"date"`
	From    string `json:"from"`
	Subject string `json:"subject"`
	Size    int64  `json:"size"`
	Already bool   `json:"already"`
}

func (p *program) showCandidates(candidates []casework.Candidate) error {
	shown := make([]shownCandidate, len(candidates))
	for i, one := range candidates {
		shown[i] = shownCandidate(one)
	}
	p.progress.clear()
	columns := []string{"date", "from", "subject", "size", "stored"}
	return showList(p, shown, "cli.mail.none", columns, func(one shownCandidate) []string {
		stored := p.texts.Text("cli.no")
		if one.Already {
			stored = p.texts.Text("cli.yes")
		}
		return []string{one.Date, short(one.From, 40), short(one.Subject, 60), p.texts.Size(one.Size), stored}
	})
}

// importAnswer is the JSON shape of an import.
type importAnswer struct {
	Imported  int64           `json:"imported"`
	Already   int64           `json:"already"`
	Defective int64           `json:"defective"`
	Failed    int64           `json:"failed"`
	Failures  []importFailure `json:"failures,omitempty"`
	// KeysKept are the answers about keys of signatures that were put on record, KeysWaiting the keys that are asked for later.
	KeysKept    int64 `json:"keys_kept,omitempty"`
	KeysWaiting int64 `json:"keys_waiting,omitempty"`
	// Skipped is what was passed over in folders and archives; Skips are the first of it.
	Skipped int64                 `json:"skipped"`
	Skips   []casework.ImportSkip `json:"skips,omitempty"`
}

// importFailure is a message that was not stored, and why.
type importFailure struct {
	Where string `json:"where"`
	explained
}

func (p *program) importAnswer(result casework.ImportResult) importAnswer {
	answer := importAnswer{Imported: result.Imported, Already: result.Already, Defective: result.Defective, Failed: result.Failed,
		KeysKept: result.KeysKept, KeysWaiting: result.KeysWaiting, Skipped: result.Skipped, Skips: result.Skips}
	for _, failure := range result.Failures {
		answer.Failures = append(answer.Failures, importFailure{Where: failure.Where, explained: p.tell(failure.Problem)})
	}
	return answer
}

// showImport tells what an import did, also of one that ended early: what it stored stays. One that could not store
// every message is a failure; what kept a single one back is told as such.
func (p *program) showImport(result casework.ImportResult, err error) error {
	if err != nil && result.Imported+result.Already+result.Failed == 0 {
		return err
	}
	p.progress.clear()
	answer := p.importAnswer(result)
	shown := p.show(answer, func(w io.Writer) {
		for _, failure := range answer.Failures {
			fmt.Fprintln(w, plain(failure.Where+": "+failure.Message))
		}
		counts := [][2]string{
			{p.texts.Text("cli.import.imported"), p.texts.Number(result.Imported)},
			{p.texts.Text("cli.import.already"), p.texts.Number(result.Already)},
			{p.texts.Text("cli.import.defective"), p.texts.Number(result.Defective)},
			{p.texts.Text("cli.import.failed"), p.texts.Number(result.Failed)},
		}
		for _, more := range []struct {
			key   string
			count int64
		}{
			{"cli.import.skipped", result.Skipped},
			{"cli.keys.kept", result.KeysKept},
			{"cli.keys.waiting", result.KeysWaiting},
		} {
			if more.count > 0 {
				counts = append(counts, [2]string{p.texts.Text(more.key), p.texts.Number(more.count)})
			}
		}
		p.pairs(w, counts)
		p.skips(w, answer)
	})
	switch {
	case err != nil:
		return err
	case shown != nil:
		return shown
	case len(result.Failures) == 1:
		return result.Failures[0].Problem
	case result.Failed > 0:
		return problem.New(problem.ImportIncomplete, problem.Values{"failed": strconv.FormatInt(result.Failed, 10)})
	}
	return nil
}

// skips tells what was passed over, as far as a person reads it.
func (p *program) skips(w io.Writer, answer importAnswer) {
	const most = 20
	for _, skip := range answer.Skips[:min(most, len(answer.Skips))] {
		fmt.Fprintln(w, plain(skip.Where+": "+p.texts.Text("cli.skip."+skip.Why)))
	}
	if answer.Skipped > most {
		p.line(w, "cli.skip.more", values("count", p.texts.Number(answer.Skipped-most)))
	}
}

// drafted is the JSON shape of a draft: the file it is in, or its place on the server.
type drafted struct {
	Path    string `json:"path,omitempty"`
	Mailbox string `json:"mailbox,omitempty"`
	UID     int64  `json:"uid,omitempty"`
}

func (p *program) mailDraft() *cobra.Command {
	var (
		request  casework.DraftMail
		typed    accountWords
		out      string
		toServer bool
	)
	command, flags := p.leaf("mail.draft", noArguments, func(command *cobra.Command, _ []string) error {
		if (out == "") == !toServer {
			return p.misusedBecause("cli.misuse.out_or_append", nil)
		}
		request.Language = p.texts.Language()
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if !toServer {
				if err := work.WriteDraft(command.Context(), request, out); err != nil {
					return err
				}
				return p.show(drafted{Path: out}, func(w io.Writer) { p.line(w, "cli.draft.written", values("path", out)) })
			}
			account, err := typed.account(p)
			if err != nil {
				return err
			}
			appended, err := work.AppendDraft(command.Context(), request, account)
			if err != nil {
				return err
			}
			return p.show(drafted{Mailbox: appended.Mailbox, UID: appended.UID}, func(w io.Writer) {
				p.line(w, "cli.draft.appended", values("mailbox", appended.Mailbox, "host", account.Host))
			})
		})
	})
	flags.text(&request.CaseID, "case", "id")
	flags.text(&request.Dossier, "dossier", "file")
	flags.text(&request.To, "to", "address")
	flags.text(&request.From, "from", "address")
	flags.text(&out, "out", "file")
	flags.yes(&toServer, "append")
	typed.flags(flags)
	flags.require("case", "dossier", "to")
	return command
}
