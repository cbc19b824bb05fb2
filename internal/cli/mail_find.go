package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) mailSuggest() *cobra.Command {
	command, _ := p.leaf("mail.suggest", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			suggestions, err := work.SuggestMail(command.Context(), args[0])
			if err != nil {
				return err
			}
			return showList(p, suggestions, "cli.mail.nothing_known", []string{"term", "why"},
				func(one casework.MailSuggestion) []string { return []string{termWord(one.MailTerm), p.reasonFor(one)} })
		})
	})
	return command
}

// termWord is a term as mail find takes it: domain:corral.example.
func termWord(term casework.MailTerm) string {
	if term.Text == "" {
		return string(term.Kind)
	}
	return string(term.Kind) + ":" + term.Text
}

// readTerm reads a term as it is typed. Without a kind it is words of the subject.
func readTerm(typed string) casework.MailTerm {
	kind, text, found := strings.Cut(typed, ":")
	if typed == string(casework.TermReplies) {
		return casework.MailTerm{Kind: casework.TermReplies}
	}
	if kinds := []string{"domain", "address", "name", "reference", "words"}; !found || !slices.Contains(kinds, kind) {
		return casework.MailTerm{Kind: casework.TermWords, Text: typed}
	}
	return casework.MailTerm{Kind: casework.MailTermKind(kind), Text: text}
}

func (p *program) reasonFor(one casework.MailSuggestion) string {
	return p.texts.Text("cli.mail.reason."+string(one.Reason), values(
		"company", one.Company, "label", one.Label, "day", one.Day, "number", p.texts.Number(one.Count)))
}

// findWords are the words that say what to look for, and where.
type findWords struct {
	search  casework.MailSearch
	terms   []string
	files   []string
	take    []string
	account accountWords
}

func (p *program) mailFind() *cobra.Command {
	var typed findWords
	command, flags := p.leaf("mail.find", oneArgument, func(command *cobra.Command, args []string) error {
		typed.search.CaseID = args[0]
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			review, err := p.findMail(command.Context(), work, typed)
			if err != nil {
				return err
			}
			defer review.Close()
			if len(typed.take) > 0 {
				return p.takeFound(command.Context(), work, review, typed.take)
			}
			return p.showFound(review)
		})
	})
	flags.texts(&typed.terms, "term", "term")
	flags.texts(&typed.files, "file", "file")
	typed.account.flags(flags)
	flags.text(&typed.search.Since, "since", "date")
	flags.text(&typed.search.Until, "until", "date")
	flags.yes(&typed.search.Text, "text")
	flags.yes(&typed.search.ThrownAway, "thrown-away")
	flags.yes(&typed.search.Everything, "everything")
	flags.texts(&typed.take, "take", "id")
	return command
}

// findMail looks for emails: in files, in a mailbox that is kept, or in that of an account. Without a term it looks for
// what is likely.
func (p *program) findMail(ctx context.Context, work *casework.Casework, typed findWords) (*casework.MailReview, error) {
	for _, term := range typed.terms {
		typed.search.Terms = append(typed.search.Terms, readTerm(term))
	}
	if len(typed.terms) == 0 && !typed.search.Everything {
		suggestions, err := work.SuggestMail(ctx, typed.search.CaseID)
		if err != nil {
			return nil, err
		}
		for _, one := range suggestions {
			if one.Likely {
				typed.search.Terms = append(typed.search.Terms, one.MailTerm)
			}
		}
	}
	review, err := work.NewMailReview(ctx, typed.search)
	if err != nil {
		return nil, err
	}
	if len(typed.files) > 0 {
		return review, work.SearchMailFiles(ctx, review, typed.files, p.report)
	}
	kept, err := keptMailbox(ctx, work, typed.account.address)
	if err != nil {
		return nil, err
	}
	if kept != "" && typed.account.host == "" {
		return review, work.SearchMailbox(ctx, review, kept, p.report)
	}
	account, err := typed.account.account(p)
	if err != nil {
		return nil, err
	}
	return review, work.SearchAccount(ctx, review, account, p.report)
}

// keptMailbox is the id of the mailbox that is kept for an address; empty when there is none.
func keptMailbox(ctx context.Context, work *casework.Casework, address string) (string, error) {
	mailboxes, err := work.Mailboxes(ctx)
	for _, one := range mailboxes {
		if address != "" && strings.EqualFold(one.Address, address) {
			return one.ID, err
		}
	}
	return "", err
}

// shownFound is the JSON shape of an email that was found.
type shownFound struct {
	// ID is the Message-ID: what --take names it by.
	ID           string              `json:"id"`
	Conversation int64               `json:"conversation"` // counted from 1
	Date         string              `json:"date"`
	From         string              `json:"from"`
	Subject      string              `json:"subject"`
	Size         int64               `json:"size"`
	State        casework.MailState  `json:"state"`
	Why          []casework.MailTerm `json:"why"`
}

// everyConversation is more than a search finds.
const everyConversation = 1 << 20

func (p *program) showFound(review *casework.MailReview) error {
	shown := []shownFound{}
	for i, one := range review.Page(0, everyConversation).Conversations {
		for _, mail := range one.Emails {
			shown = append(shown, shownFound{
				ID: mail.MessageID, Conversation: int64(i + 1), Date: mail.Date, From: casefile.MailboxList(mail.From),
				Subject: mail.Subject, Size: mail.Size, State: mail.State, Why: append([]casework.MailTerm{}, mail.Why...),
			})
		}
	}
	p.progress.clear()
	columns := []string{"conversation", "date", "from", "subject", "state", "why"}
	return showList(p, shown, "cli.mail.none", columns, func(one shownFound) []string {
		why := make([]string, len(one.Why))
		for i, term := range one.Why {
			why[i] = term.Text
		}
		return []string{p.texts.Number(one.Conversation), one.Date, short(one.From, 30), short(one.Subject, 50),
			p.texts.Text("cli.mail.state." + string(one.State)), short(strings.Join(why, ", "), 30)}
	})
}

// takeFound takes emails in by their Message-IDs, or all of them.
func (p *program) takeFound(ctx context.Context, work *casework.Casework, review *casework.MailReview, ids []string) error {
	wanted := map[string]bool{}
	for _, one := range review.Page(0, everyConversation).Conversations {
		for _, mail := range one.Emails {
			wanted[mail.ID] = slices.Contains(ids, "all") || mail.MessageID != "" && slices.Contains(ids, mail.MessageID)
		}
	}
	plan, err := review.Plan(func(id string) bool { return wanted[id] })
	if err != nil {
		return err
	}
	result, err := work.ImportPlanned(ctx, plan, p.report)
	return p.showImport(result, err)
}

func (p *program) mailWatch() *cobra.Command {
	var address string
	command, flags := p.leaf("mail.watch", arguments{2, 2}, func(command *cobra.Command, args []string) error {
		ctx, caseID := command.Context(), args[0]
		return p.with(ctx, false, func(work *casework.Casework) error {
			switch args[1] {
			case "on":
				return p.beginWatch(ctx, work, caseID, address)
			case "off":
				if err := work.StopWatchingMail(ctx, caseID); err != nil {
					return err
				}
				return p.showWatch(casework.MailWatch{CaseID: caseID}, "cli.mail.watch_off")
			case "now":
				watch, err := work.LookForMail(ctx, caseID, p.report)
				if err != nil {
					return err
				}
				p.progress.clear()
				return p.showWatch(watch, "cli.mail.watch_waiting")
			}
			return problem.New(problem.NotAChoice, problem.Values{"field": "watch", "value": args[1], "choices": "on, off, now"})
		})
	})
	flags.text(&address, "address", "address")
	return command
}

// beginWatch watches a case in the mailbox of an address, or in the only one that is kept.
func (p *program) beginWatch(ctx context.Context, work *casework.Casework, caseID, address string) error {
	mailboxes, err := work.Mailboxes(ctx)
	if err != nil {
		return err
	}
	if address == "" && len(mailboxes) == 1 {
		address = mailboxes[0].Address
	}
	kept, err := keptMailbox(ctx, work, address)
	if err != nil {
		return err
	}
	if kept == "" {
		return problem.New(problem.NotFound, problem.Values{"kind": "mailbox", "value": address})
	}
	if err := work.WatchMail(ctx, caseID, kept, nil); err != nil {
		return err
	}
	return p.showWatch(casework.MailWatch{CaseID: caseID, MailboxID: kept}, "cli.mail.watch_on")
}

func (p *program) showWatch(watch casework.MailWatch, key string) error {
	return p.show(watch, func(w io.Writer) {
		p.line(w, key, values("number", p.texts.Number(int64(len(watch.Waiting)))))
		for _, mail := range watch.Waiting {
			p.pairs(w, [][2]string{{mail.Date, casefile.MailboxList(mail.From) + ": " + mail.Subject}})
		}
	})
}
