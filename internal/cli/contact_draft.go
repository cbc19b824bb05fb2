package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) contactDraftBegin() *cobra.Command {
	var (
		request casework.LogContact
		typed   contactWords
	)
	command, flags := p.leaf("contact.draft.begin", noArguments, func(command *cobra.Command, _ []string) error {
		if err := typed.read(p, &request); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			draft, err := work.BeginContactDraft(command.Context(), casework.TypedContact{LogContact: request})
			if err != nil {
				return err
			}
			return p.show(draft, func(w io.Writer) {
				p.line(w, "cli.contact_draft.begun", values("id", draft.ID, "clock", p.clockOf(draft.BeganAt)))
			})
		})
	})
	flags.text(&request.CaseID, "case", "id")
	typed.flags(flags, &request)
	return command
}

func (p *program) contactDraftNote() *cobra.Command {
	command, _ := p.leaf("contact.draft.note", arguments{2, 1 << 20}, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			note, err := work.NoteInContactDraft(command.Context(), args[0], strings.Join(args[1:], " "))
			if err != nil {
				return err
			}
			return p.show(note, func(w io.Writer) { p.line(w, "cli.contact_draft.noted", values("clock", p.clockOf(note.At))) })
		})
	})
	return command
}

func (p *program) contactDraftEnd() *cobra.Command {
	command, _ := p.leaf("contact.draft.end", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if err := work.EndContactDraft(command.Context(), args[0], time.Time{}); err != nil {
				return err
			}
			return p.showCreated("cli.contact_draft.ended", args[0])
		})
	})
	return command
}

func (p *program) contactDraftChange() *cobra.Command {
	return p.overDraft("contact.draft.change", nil,
		func(ctx context.Context, work *casework.Casework, id string, typed casework.LogContact) error {
			if err := work.ChangeContactDraft(ctx, id, casework.TypedContact{LogContact: typed}); err != nil {
				return err
			}
			return p.showCreated("cli.contact_draft.changed", id)
		})
}

func (p *program) contactDraftSave() *cobra.Command {
	var withoutNotes bool
	return p.overDraft("contact.draft.save", func(flags flags) { flags.yes(&withoutNotes, "without-notes") },
		func(ctx context.Context, work *casework.Casework, id string, typed casework.LogContact) error {
			logged, err := work.SaveContactDraft(ctx, id, casework.SaveDraft{Contact: typed, WithoutNotes: withoutNotes})
			if err != nil {
				return err
			}
			return p.show(logged, func(w io.Writer) { p.line(w, "cli.contact.logged", values("id", logged.ID)) })
		})
}

// overDraft is a command on a draft: what its flags say goes over what was typed before.
func (p *program) overDraft(
	key string, more func(flags), do func(context.Context, *casework.Casework, string, casework.LogContact) error,
) *cobra.Command {
	var (
		request casework.LogContact
		typed   contactWords
	)
	command, flags := p.leaf(key, oneArgument, func(command *cobra.Command, args []string) error {
		if err := typed.read(p, &request); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			_, earlier, err := work.ContactDraft(command.Context(), args[0])
			if err != nil {
				return err
			}
			both, err := request.Over(earlier.LogContact)
			if err != nil {
				return err
			}
			return do(command.Context(), work, args[0], both)
		})
	})
	flags.text(&request.CaseID, "case", "id")
	typed.flags(flags, &request)
	if more != nil {
		more(flags)
	}
	return command
}

func (p *program) contactDraftDiscard() *cobra.Command {
	command, _ := p.leaf("contact.draft.discard", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if _, err := work.DiscardContactDraft(command.Context(), args[0]); err != nil {
				return err
			}
			return p.showCreated("cli.contact_draft.discarded", args[0])
		})
	})
	return command
}

func (p *program) contactDraftList() *cobra.Command {
	var id string
	command, flags := p.leaf("contact.draft.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			drafts, err := work.ContactDrafts(command.Context(), id)
			if err != nil {
				return err
			}
			return p.show(list[casefile.ContactDraft]{Items: drafts}, func(w io.Writer) {
				if len(drafts) == 0 {
					p.line(w, "cli.contact_draft.none", nil)
				}
				for _, draft := range drafts {
					p.describeDraft(w, draft)
				}
			})
		})
	})
	flags.text(&id, "case", "id")
	return command
}

func (p *program) describeDraft(w io.Writer, draft casefile.ContactDraft) {
	until := p.texts.Text("cli.contact_draft.goes_on")
	if draft.EndedAt != nil {
		until = p.clockOf(*draft.EndedAt)
	}
	var typed casework.LogContact
	_ = json.Unmarshal(draft.Typed, &typed) // what can't be read is not shown
	fmt.Fprintf(w, "%s  %s – %s  %s\n", draft.ID, p.clockOf(draft.BeganAt), until,
		plain(strings.Trim(typed.Company+": "+typed.Summary, ": ")))
	for _, note := range draft.Notes {
		fmt.Fprintf(w, "  %s  %s\n", p.clockOf(note.At), plain(note.Text))
	}
}
